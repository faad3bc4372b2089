//! What replies become: values, and errors of every kind.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

mod broken;
mod refusals;
#[path = "../support/mod.rs"]
mod support;
mod values;

use seam::Error;
use support::{Answer, Server};

/// What a call fails with that gets this answer.
async fn error(with: Answer) -> Error {
    let server = Server::start(vec![with]);
    server.seam().devices().get("d1").await.unwrap_err()
}

/// The error's line without the server's address.
fn placeless(error: &Error) -> String {
    let line = error.to_string();
    let (before, after) = line.split_once("127.0.0.1:").unwrap();
    let (_, after) = after.split_once('/').unwrap();
    format!("{before}…/{after}")
}
