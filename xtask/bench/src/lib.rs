//! Shared by the measuring programs.

pub mod canned;
pub mod data;
pub mod report;
pub mod rounds;
pub mod server;
/// Rendered by `cargo xtask bench`.
#[rustfmt::skip]
pub mod baseline;
