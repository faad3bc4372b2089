//! Renders an OpenAPI document as a Rust client: document → model → Rust source.
//!
//! The library knows no HTTP and touches no file: text comes in, files go out as text.

mod changes;
mod dialect;
mod document;
mod error;
pub mod escape;
pub mod examples;
mod explain;
mod generate;
mod lower;
pub mod model;
mod names;
mod passes;
mod reference;
mod render;
mod rustdoc;
mod spell;
mod summary;
mod trace;

pub use changes::{
    Change, Changes, Class, Event, Item as ChangedItem, Side, Told, Verdict, compare, gathered,
};
pub use document::{Keywords, UnknownKeyword};
pub use error::{Errors, Problem, Warning};
pub use explain::{Choice, ExplainError, Explanation, Item, explain};
pub use generate::{Companion, Generated, Options, Source, generate, model};
pub use summary::Summary;
pub use trace::{Count, Counted, Coverage};
