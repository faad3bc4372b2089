//! Runs the test suites that a new client has to pass: the generated ones, and those written by hand. Everything is compiled
//! once, and each suite runs once.

use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::{Context, Result, bail, ensure};
use cargo_metadata::diagnostic::DiagnosticLevel;
use cargo_metadata::{Artifact, CompilerMessage, Message, TargetKind};

use super::by_hand::{self, BrokenFile};
use crate::process;

/// The number of lines that are shown of a command's output.
const SHOWN: usize = 40;

const PACKAGE: &str = "generated-client";
/// The tests that are generated from the document.
const CONFORMANCE: &str = "conformance";

/// Cargo, on a copy of the repository.
#[derive(Debug, Clone)]
pub(crate) struct Cargo {
    /// The target folder; it is kept, so that the next run does not build all dependencies again.
    pub(crate) target: PathBuf,
}

/// The client with its tests and examples, compiled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compiled {
    /// The tests by hand that compile.
    pub(crate) tests: Vec<Target>,
    /// The files by hand that do not compile.
    pub(crate) broken: Vec<BrokenFile>,
}

/// A test or an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The option of cargo that selects it.
    option: &'static str,
    name: String,
    main: PathBuf,
}

impl Cargo {
    /// Compiles the client with all features, its tests and its examples. Fails if a file that is not written by hand has an
    /// error.
    pub(crate) fn compile(&self, tree: &Path) -> Result<Compiled> {
        // Otherwise the builds of old versions would pile up.
        self.run(tree, &["clean", "--package", PACKAGE])?;
        let (mut errors, mut tests) = (Vec::<CompilerMessage>::new(), Vec::<Target>::new());
        for [command, targets @ ..] in [
            ["check", "--lib", "--examples"],
            ["build", "--lib", "--tests"],
        ] {
            let args = ["--package", PACKAGE, "--all-features", "--keep-going"];
            let format = ["--message-format", "json"];
            let output = self.output(tree, &[&[command], &targets[..], &args, &format].concat())?;
            let before = errors.len();
            for message in Message::parse_stream(output.stdout.as_slice()) {
                match message.context("cargo describes the build in an unknown format")? {
                    Message::CompilerMessage(message)
                        if message.message.level == DiagnosticLevel::Error =>
                    {
                        errors.push(message);
                    }
                    Message::CompilerArtifact(artifact) => tests.extend(test_of(&artifact, tree)?),
                    _ => {}
                }
            }
            ensure!(
                output.status.success() || errors.len() > before,
                "`cargo {command}` fails:\n{}",
                failure_text(&output)
            );
        }
        ensure_generated_compiles(&errors)?;
        for name in by_hand::targets(&tree.join(PACKAGE).join("tests"), CONFORMANCE)? {
            ensure!(
                tests.iter().any(|test| test.name == name)
                    || errors.iter().any(|error| error.target.name == name),
                "cargo has not compiled the test `{name}`"
            );
        }
        Ok(Compiled {
            tests,
            broken: by_hand::files_of(&errors, Path::new(PACKAGE)),
        })
    }

    /// Runs the unit tests of the runtime, and the generated tests.
    pub(crate) fn test(&self, tree: &Path) -> Result<()> {
        let args = ["test", "--package", PACKAGE, "--all-features"];
        for target in [&["--lib"][..], &["--test", CONFORMANCE]] {
            let output = self.run(tree, &[&args[..], target].concat())?;
            let what = target.join(" ");
            ensure!(tests_of(&output) > 0, "`cargo test {what}` runs no test");
        }
        Ok(())
    }

    /// Runs the tests by hand and the examples in the documentation; returns the files that fail.
    pub(crate) fn by_hand(&self, tree: &Path, compiled: &Compiled) -> Result<Vec<BrokenFile>> {
        let args = ["test", "--package", PACKAGE, "--all-features"];
        let mut broken = Vec::new();
        for target in &compiled.tests {
            let only = [target.option, target.name.as_str()];
            let output = self.output(tree, &[&args[..], &only].concat())?;
            let error = match (output.status.success(), tests_of(&output)) {
                (true, 0) => "it has no test".to_owned(),
                (true, _) => continue,
                (false, _) => by_hand::failed_test(&text_of(&output)),
            };
            broken.push(BrokenFile {
                path: target.main.clone(),
                error,
            });
        }
        let output = self.output(tree, &[&args[..], &["--doc"]].concat())?;
        if output.status.success() {
            ensure!(tests_of(&output) > 0, "the documentation has no example");
        } else {
            let failed = by_hand::failed_documentation(&text_of(&output), Path::new(PACKAGE));
            let is_generated = |file: &BrokenFile| {
                file.path
                    .components()
                    .any(|part| part.as_os_str() == "generated")
            };
            if failed.is_empty() || failed.iter().any(is_generated) {
                bail!(
                    "the examples in the documentation fail:\n{}",
                    failure_text(&output)
                );
            }
            broken.extend(failed);
        }
        Ok(broken)
    }

    /// Runs a command; fails if it does not succeed.
    fn run(&self, tree: &Path, args: &[&str]) -> Result<Output> {
        let output = self.output(tree, args)?;
        if output.status.success() {
            return Ok(output);
        }
        bail!(
            "`cargo {}` fails:\n{}",
            args.join(" "),
            failure_text(&output)
        )
    }

    fn output(&self, tree: &Path, args: &[&str]) -> Result<Output> {
        let (command, rest) = args
            .split_first()
            .context("a command of cargo is expected")?;
        let mut cargo = crate::cargo::command();
        cargo
            .current_dir(tree)
            .args([command, "--quiet", "--color", "never"])
            .args(rest)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUST_BACKTRACE", "0")
            // There is no second build, and nobody debugs the result.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        process::output(&mut cargo)
            .with_context(|| format!("`cargo {}` could not be started", args.join(" ")))
    }
}

/// Returns the option by which cargo selects a target that is written by hand; `None` for the library and the conformance tests.
fn option_of(target: &cargo_metadata::Target) -> Option<&'static str> {
    match target.kind.first() {
        Some(TargetKind::Test) if target.name != CONFORMANCE => Some("--test"),
        Some(TargetKind::Example) => Some("--example"),
        _ => None,
    }
}

/// Returns the test of an artifact if it is a test by hand.
fn test_of(artifact: &Artifact, tree: &Path) -> Result<Option<Target>> {
    let option = option_of(&artifact.target).filter(|_| artifact.profile.test);
    let Some(option) = option else {
        return Ok(None);
    };
    let main = artifact.target.src_path.as_std_path();
    let root = tree.canonicalize()?;
    Ok(Some(Target {
        option,
        name: artifact.target.name.clone(),
        main: main.strip_prefix(&root).unwrap_or(main).to_owned(),
    }))
}

/// Fails with the first error in a file that is not written by hand.
fn ensure_generated_compiles(errors: &[CompilerMessage]) -> Result<()> {
    let mut generated = errors.iter();
    match generated.find(|error| option_of(&error.target).is_none()) {
        None => Ok(()),
        Some(error) => bail!(
            "the client does not compile:\n{}",
            error
                .message
                .rendered
                .as_deref()
                .unwrap_or(&error.message.message)
        ),
    }
}

/// Returns the number of tests that passed or were ignored. Cargo itself succeeds without any test.
fn tests_of(output: &Output) -> usize {
    let text = String::from_utf8_lossy(&output.stdout);
    let results = text
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. "));
    let counts = results.flat_map(|counts| counts.split("; "));
    let counts = counts.filter_map(|count| {
        let (number, what) = count.split_once(' ')?;
        matches!(what, "passed" | "ignored").then(|| number.parse::<usize>().ok())?
    });
    counts.sum()
}

fn text_of(output: &Output) -> String {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}

/// Returns the part of the output that describes the failure: from the first error on, or else the end.
fn failure_text(output: &Output) -> String {
    let text = text_of(output);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('{')).collect();
    let error = lines.iter().position(|line| {
        line.starts_with("error") || line.contains("FAILED") || line.contains("panicked at")
    });
    let from = error.unwrap_or_else(|| lines.len().saturating_sub(SHOWN));
    let shown: Vec<&str> = lines[from..].iter().take(SHOWN).copied().collect();
    let left = lines.len() - from - shown.len();
    let rest = if left > 0 {
        format!("\n… and {left} more lines")
    } else {
        String::new()
    };
    shown.join("\n") + &rest
}
