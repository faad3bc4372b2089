//! Tests of documents other than the pinned one: Seam's releases, the generator's fixtures, and documents that are
//! changed at random; and of programs with mistakes. These tests take minutes: `cargo test -p xtask --test documents -- --ignored`.

mod additions;
mod compatibility;
mod fixtures;
mod foreign;
mod history;
mod messages;
mod mutations;
mod releases;
mod support;
mod verdicts;
