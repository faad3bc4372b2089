//! The commands of this repository: `cargo xtask --help`.

mod beside;
mod cargo;
mod commands;
mod files;
mod node;
mod outcome;
mod process;
mod render;
mod repo;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// A document is a hundred thousand small values; with the system's allocator a run takes half as long again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Keeps the client in step with Seam's API.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    outcome::exit_code(Cli::parse().command.run())
}
