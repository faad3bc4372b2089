//! The outcome of each place in a document: emitted, left out with a reason, or decided with a reason.
//!
//! [`Places`] lists the places of a document. The stages record the outcome of each place in the [`Trace`]. [`Coverage`] compares
//! the two: every place must be in the trace. `explain` reads the trace as well.

mod coverage;
mod log;
mod places;
mod reason;

pub use coverage::{Count, Counted, Coverage};
pub(crate) use log::Trace;
pub(crate) use places::Places;
pub(crate) use reason::Reason;
