//! What became of each place of a document: emitted, left out and why, decided and why.
//!
//! [`Places`] lists what a document has. The stages write in the [`Trace`] what became of each place. [`Coverage`] compares the
//! two: every place has to be in the trace. `explain` reads the trace as well.

mod coverage;
mod log;
mod places;
mod reason;

pub use coverage::{Count, Counted, Coverage};
pub(crate) use log::Trace;
pub(crate) use places::Places;
pub(crate) use reason::Reason;
