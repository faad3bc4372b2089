//! The client against a real server: Seam's own fake of its API, which stands beside this file.
//!
//! Needs Node and `npm ci` in this folder, so its tests are ignored by default: `cargo xtask e2e` installs the fake and runs them.
//! Each test has a server of its own, and some a [`proxy`] before it that makes the faults of a network.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod attempts;
mod errors;
mod fake;
mod faults;
mod guide;
mod many;
mod pages;
mod programs;
mod proxy;
mod signing_in;
