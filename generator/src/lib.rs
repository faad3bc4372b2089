//! Renders an OpenAPI document as a Rust client.
//!
//! The library knows no HTTP and touches no file: text comes in, files go out as text. A document passes through these stages,
//! each a module: `document` reads and checks it, `lower` and `passes` make a model of the API, `rust` decides every name and
//! signature, `render` prints them.
//!
//! ```
//! use generator::{Options, Source, explain, generate};
//!
//! let document = r##"
//! openapi: 3.0.0
//! info: { title: Garden, version: "1" }
//! paths:
//!   /plants/{plant_id}:
//!     get:
//!       tags: [plants]
//!       operationId: getPlant
//!       parameters:
//!         - { name: plant_id, in: path, required: true, schema: { type: string } }
//!       responses:
//!         "200":
//!           description: The plant.
//!           content:
//!             application/json:
//!               schema: { $ref: "#/components/schemas/plant" }
//! components:
//!   schemas:
//!     plant:
//!       type: object
//!       required: [name]
//!       properties: { name: { type: string }, height: { type: integer } }
//! "##;
//! let source = Source { document, name: "garden.yaml", ..Source::default() };
//! let generated = generate(&source, Options::default())?;
//!
//! // The calls of a namespace are in one file, each component in another.
//! let calls = &generated.files["plants.rs".as_ref() as &std::path::Path];
//! assert!(calls.contains("pub fn get_plant(&self, plant_id: impl IntoParam<String>) -> GetPlant"));
//! let types = &generated.files["plant.rs".as_ref() as &std::path::Path];
//! assert!(types.contains("pub height: Option<i64>"));
//!
//! // Every place of the document is in the client, or left out for a reason.
//! assert!(generated.summary.coverage.lost.is_empty());
//!
//! // Any item can be asked how it came about.
//! let found = explain(&source, "garden::Plant::height")?;
//! assert_eq!(found[0].pointer, "/components/schemas/plant/properties/height");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dialect;
mod diff;
mod document;
mod error;
pub mod escape;
pub mod examples;
mod explain;
mod generate;
mod lower;
pub mod model;
mod names;
mod page;
mod passes;
mod reference;
mod render;
mod rust;
mod rustdoc;
pub mod samples;
mod source;
mod summary;
mod trace;
mod words;

pub use diff::{
    Change, Changes, Class, Entry, Event, Item as ChangedItem, Side, Verdict, compare, grouped,
};
pub use document::{Keywords, UnknownKeyword};
pub use error::{Errors, Problem, Warning};
pub use explain::{Choice, ExplainError, Explanation, Item, explain};
pub use generate::{Generated, generate, model};
pub use names::ClientName;
pub use render::Front;
pub use source::{Companion, FileError, Files, Options, Source};
pub use summary::Summary;
pub use trace::{Count, Counted, Coverage};
