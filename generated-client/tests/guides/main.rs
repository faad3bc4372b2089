//! The programs in `examples/`, run against answers that follow the API's document.
//!
//! Each test calls the function that a program is about, over a [`FakeTransport`](seam::test::FakeTransport). The clock is paused,
//! so waiting takes no time. The programs whose calls Seam's own fake knows run against it too, in `tests/e2e`.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![allow(
    dead_code,
    reason = "the tests call the functions of the programs, not `main`"
)]

mod codes;
mod devices;
mod examples;
mod grants;
mod script;
mod users;
