//! `cargo xtask explain`: explains how an endpoint or a schema became Rust.

use std::path::PathBuf;

use anyhow::Result;

use crate::commands::codegen;
use crate::outcome::Outcome;
use crate::render::explain;
use crate::repo::Repo;

/// Show where an item comes from, what it became in Rust, and the decisions about it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A path (/locks/lock_door), a JSON pointer (/components/schemas/device) or a Rust name (seam::Device)
    what: String,
    /// Use another document than the pinned one
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: a list of explanations
    Json,
}

pub(crate) fn run(args: &Args) -> Result<Outcome> {
    let repo = Repo::find()?;
    let input = match &args.spec {
        None => codegen::pinned(&repo)?,
        Some(path) => codegen::other(path, None, None)?,
    };
    let explanations = explain(&input, &args.what)?;
    match args.format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&explanations)?),
        Format::Text => {
            let texts: Vec<String> = explanations.iter().map(ToString::to_string).collect();
            print!("{}", generator::escape::lines(&texts.join("\n")));
        }
    }
    Ok(Outcome::Good)
}
