//! The commands and their arguments.

pub(crate) mod bench;
pub(crate) mod codegen;
pub(crate) mod diff;
mod e2e;
mod explain;
pub(crate) mod fetch;
mod samples;
pub(crate) mod sync;

use anyhow::Result;

use crate::outcome::Outcome;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Render the pinned document into the client
    Codegen(codegen::Args),
    /// Say what changed between two documents for callers of the client, and whether it breaks them
    Diff(diff::Args),
    /// Explain how an endpoint or a schema became Rust, and why
    Explain(explain::Args),
    /// Render the samples of Seam's documentation as Rust, compile them, send each, and read its reply
    Samples(samples::Args),
    /// Download or copy a document and pin it in spec/
    Fetch(fetch::Args),
    /// Update to a new document: client, tests, version and changelog
    Sync(sync::Args),
    /// Measure generation, compiling, size, decoding and calling, and compare with other generators
    Bench(bench::Args),
    /// Run the client against Seam's own fake server (needs Node and npm)
    E2e(e2e::Args),
}

impl Command {
    pub(crate) fn run(&self) -> Result<Outcome> {
        match self {
            Self::Codegen(args) => codegen::run(args),
            Self::Diff(args) => diff::run(args),
            Self::Explain(args) => explain::run(args),
            Self::Samples(args) => samples::run(args),
            Self::Fetch(args) => fetch::run(args),
            Self::Sync(args) => sync::run(args),
            Self::Bench(args) => bench::run(args),
            Self::E2e(args) => e2e::run(args),
        }
    }
}
