//! The client against the whole document: every call sends what the document says and reads what it may reply, and every type keeps the
//! decoding rules.
//!
//! What is sent is rendered from the document (`generated`); what is expected is derived from it again, by
//! `generator::examples`, which knows nothing of how the client is made.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![allow(unreachable_pub, reason = "it is one crate")]

mod call;
mod documented;
mod fake;
mod faults;
mod fuzz;
#[path = "../../src/fuzz.rs"]
mod fuzzing;
#[rustfmt::skip]
#[allow(deprecated, reason = "what the document deprecates is still called")]
#[allow(unused_variables, reason = "examples in the documentation name what they give")]
mod generated;
mod kind;
mod replies;
mod requests;
mod secrets;
mod types;

use std::path::Path;
use std::sync::LazyLock;

use generator::examples::Examples;
use generator::{Companion, Source};

/// The examples of the pinned document.
static EXAMPLES: LazyLock<Examples> = LazyLock::new(|| {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let read = |name: &str| std::fs::read_to_string(spec.join(name));
    let document = read("openapi.json").unwrap();
    let overlay = read("overlay.yaml").ok();
    let overlay = overlay.as_deref().map(|text| Companion {
        text,
        name: "spec/overlay.yaml",
    });
    Examples::read(&Source {
        document: &document,
        name: "spec/openapi.json",
        overlay,
        names: None,
        client: None,
        files: None,
    })
    .unwrap()
});
