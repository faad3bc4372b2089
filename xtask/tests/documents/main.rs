//! Tests with other documents than the pinned one: Seam's releases, the generator's fixtures, and documents with random
//! changes; and with wrong programs. These tests take minutes: `cargo test -p xtask --test documents -- --ignored`.

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
