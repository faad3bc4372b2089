//! Crates that use the client, for measurements.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Bench;

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
seam = { path = "../ours" }
tokio = { version = "1", features = ["macros", "rt"] }

[profile.release]
strip = STRIP
"#;

const TEN_CALLS: &str = include_str!("users/ten_calls.rs");
const HELLO_LOCK: &str = include_str!("users/hello_lock.rs");

/// Writes a program that makes ten calls.
pub(super) fn ten_calls(bench: &Bench) -> Result<PathBuf> {
    write(bench, "ten-calls", TEN_CALLS, false)
}

/// Writes a minimal program that locks a door, with symbols stripped.
pub(super) fn hello_lock(bench: &Bench) -> Result<PathBuf> {
    write(bench, "hello-lock", HELLO_LOCK, true)
}

fn write(bench: &Bench, name: &str, source: &str, strip: bool) -> Result<PathBuf> {
    bench.ours()?;
    let folder = bench.folder.join("crates").join(name);
    let manifest = MANIFEST
        .replace("NAME", name)
        .replace("STRIP", &strip.to_string());
    files(&folder, &manifest, source)
        .with_context(|| format!("{} cannot be written", folder.display()))?;
    bench.seed_lock(&folder)?;
    Ok(folder)
}

fn files(folder: &Path, manifest: &str, source: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src").join("main.rs"), source)
}
