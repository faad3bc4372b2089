//! Cargo, which most commands run.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Returns the cargo that runs this command, or the one on the PATH if the command was started directly.
pub(crate) fn command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Counts the tests that `cargo test` would run with these arguments. `cargo test` itself succeeds without any test.
pub(crate) fn count_tests(folder: &Path, args: &[&str], test_args: &[&str]) -> Result<usize> {
    let output = command()
        .current_dir(folder)
        .args([&["test", "--quiet"], args, &["--", "--list"], test_args].concat())
        .stderr(Stdio::inherit())
        .output()
        .context("cargo could not be started")?;
    ensure!(
        output.status.success(),
        "`cargo test {}` cannot list its tests",
        args.join(" ")
    );
    let listed = String::from_utf8_lossy(&output.stdout);
    let tests = listed.lines().filter(|line| line.ends_with(": test"));
    Ok(tests.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_that_a_filter_matches_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        let manifest = "[package]\nname = \"small\"\nedition = \"2024\"\n\n[workspace]\n";
        std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let source = "#[test]\nfn one() {}\n\n#[test]\n#[ignore]\nfn other() {}\n";
        std::fs::write(folder.path().join("src/lib.rs"), source).unwrap();
        let target = folder.path().join("target");
        let args = ["--lib", "--target-dir", target.to_str().unwrap()];
        let count = |test_args: &[&str]| count_tests(folder.path(), &args, test_args).unwrap();
        assert_eq!(count(&["one"]), 1);
        assert_eq!(count(&["two"]), 0);
        assert_eq!(count(&["--ignored"]), 1);
        assert_eq!(count(&["--ignored", "one"]), 0);
        assert!(count_tests(folder.path(), &["--no-such-option"], &[]).is_err());
    }
}
