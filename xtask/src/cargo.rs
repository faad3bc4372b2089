//! Cargo, which most commands run.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The cargo that runs this command, or the one on the PATH where it was started directly.
pub(crate) fn command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Fails where `cargo test` with these arguments, a filter at their end, would run no test: it takes that for a success.
pub(crate) fn require_tests(folder: &Path, args: &[&str]) -> Result<()> {
    let separator: &[&str] = if args.contains(&"--") { &[] } else { &["--"] };
    let output = command()
        .current_dir(folder)
        .args([&["test", "--quiet"], args, separator, &["--list"]].concat())
        .output()
        .context("cargo could not be started")?;
    let listed = String::from_utf8_lossy(&output.stdout);
    let count = listed
        .lines()
        .filter(|line| line.ends_with(": test"))
        .count();
    // Where it does not compile, the run itself says why.
    ensure!(
        count > 0 || !output.status.success(),
        "`cargo test {}` runs no test",
        args.join(" ")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_matches_no_test_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        let manifest = "[package]\nname = \"small\"\nedition = \"2024\"\n\n[workspace]\n";
        std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let source = "#[test]\nfn one() {}\n";
        std::fs::write(folder.path().join("src/lib.rs"), source).unwrap();
        let target = folder.path().join("target");
        let args = ["--lib", "--target-dir", target.to_str().unwrap()];
        let with = |filter| require_tests(folder.path(), &[&args[..], &[filter]].concat());
        with("one").unwrap();
        let error = with("two").unwrap_err().to_string();
        assert!(error.ends_with("two` runs no test"), "{error}");
    }
}
