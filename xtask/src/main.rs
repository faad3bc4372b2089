//! The commands of this repository: `cargo xtask --help`.

mod bench;
mod cargo;
mod codegen;
mod compat;
mod compile;
mod corpus;
mod diff;
mod e2e;
mod explain;
mod features;
mod fetch;
mod files;
mod fixtures;
mod fuzz;
mod mutate;
mod node;
mod render;
mod repo;
mod semver;
mod sync;
mod walk;
mod workflows;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// A document is a hundred thousand small values; with the system's allocator a run takes half as long again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Keeps the client in step with Seam's API.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Render the pinned document into the client
    Codegen(codegen::Args),
    /// Say what changed between two documents for callers of the client, and whether it breaks them
    Diff(diff::Args),
    /// Say how an endpoint or a schema became Rust, and why
    Explain(explain::Args),
    /// Bring a document in and pin it in spec/
    Fetch(fetch::Args),
    /// Take in a new document, and all that follows from it: client, version, changelog
    Sync(sync::Args),
    /// Render the releases of the document that the npm registry holds, and compile some of them (needs npm)
    Corpus(corpus::Args),
    /// Render the generator's fixtures, each as a crate of its own, and compile them
    Fixtures(fixtures::Args),
    /// Build one document's client and read with it what another document lets the API reply
    Compat(compat::Args),
    /// Feed the client random replies and parameters, for as long as is said
    Fuzz(fuzz::Args),
    /// Change a document at random, and compile what comes of it
    Mutate(mutate::Args),
    /// Take a copy of this repository through the history of the document by sync (needs npm)
    Walk(walk::Args),
    /// Check the workflows of GitHub Actions (needs Node and npm)
    Workflows(workflows::Args),
    /// Hold the verdicts of diff against cargo-semver-checks (needs it and npm)
    Semver(semver::Args),
    /// Compile the client with each of its features alone, with none and with all
    Features(features::Args),
    /// Measure generation, compiling, size, decoding and calling, beside the peers
    Bench(bench::Args),
    /// Run the client against Seam's own fake server (needs Node and npm)
    E2e(e2e::Args),
}

/// How a command that could do its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is as it should be.
    Good,
    /// What was to be checked does not hold: the crate is out of step, a test failed.
    Bad,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Codegen(args) => codegen::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Fetch(args) => fetch::run(&args),
        Command::Sync(args) => sync::run(&args),
        Command::Corpus(args) => corpus::run(&args),
        Command::Fixtures(args) => fixtures::run(&args),
        Command::Compat(args) => compat::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Mutate(args) => mutate::run(&args),
        Command::Walk(args) => walk::run(&args),
        Command::Workflows(args) => workflows::run(&args),
        Command::Semver(args) => semver::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::E2e(args) => e2e::run(&args),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Bad) => ExitCode::from(1),
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints an error, and under it what led to it.
fn report(error: &anyhow::Error) {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{red}error:{red:#} {error}");
    for cause in error.chain().skip(1) {
        anstream::eprintln!("  because: {cause}");
    }
}
