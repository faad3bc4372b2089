//! The steps of a sync, and the message about a step that failed.

use std::fmt;

use anyhow::Result;

use super::correction;

/// A step of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Fetch,
    Diff,
    Codegen,
    Version,
    Copy,
    Check,
    Test,
    ByHand,
    Write,
}

impl Step {
    /// Runs the work of the step. Its error names the step, says that nothing has changed, and what to do.
    pub(super) fn run<T>(self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        work().map_err(|error| {
            let correction = match self {
                Self::Codegen | Self::Check | Self::Test => correction_for(&format!("{error:#}")),
                _ => None,
            };
            error.context(StepFailure {
                step: self,
                correction,
            })
        })
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Fetch => {
                "check that the source can be reached, or name another: --from URL, PATH or npm:NAME@VERSION"
            }
            Self::Diff => {
                "one of the documents cannot be read: `cargo xtask codegen --spec PATH --out DIR` shows more about it"
            }
            Self::Codegen => {
                "correct spec/overlay.yaml or the generator as the problems below say, and run it again. Delete corrections \
                 that the new document does not need"
            }
            Self::Version => {
                "fix the problem below in generated-client/Cargo.toml or CHANGELOG.md, and run it again"
            }
            Self::Copy => "free some space on the disk of target/, and run it again",
            Self::Check => {
                "correct the generator, because its client does not compile: `cargo xtask codegen --spec PATH --out DIR` \
                 writes the same crate for inspection"
            }
            Self::Test => {
                "see below whether the client or the test contradicts the document. If it is the client, correct the generator; \
                 `cargo xtask explain` shows the origin of each part. If it is the test, correct generator/src/render/conformance or \
                 generated-client/tests/conformance"
            }
            Self::ByHand => {
                "tests or examples by hand fail, but the verdict says that the document breaks nothing. Either they expect \
                 more than the API promises, or `cargo xtask diff` misses the change that breaks them. Correct one of them, \
                 and run it again"
            }
            Self::Write => {
                "check that the disk has free space and that the files are writable, and run it again"
            }
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fetch => "fetch",
            Self::Diff => "diff",
            Self::Codegen => "codegen",
            Self::Version => "version",
            Self::Copy => "copy",
            Self::Check => "check",
            Self::Test => "test",
            Self::ByHand => "by hand",
            Self::Write => "write",
        })
    }
}

/// Suggests a correction for the first place of the document that a message names, unless the message has one.
fn correction_for(message: &str) -> Option<String> {
    if message.contains("- target: ") {
        return None;
    }
    correction::pointer(message).map(correction::entry)
}

/// The context of an error: the step that failed.
#[derive(Debug)]
struct StepFailure {
    step: Step,
    correction: Option<String>,
}

impl fmt::Display for StepFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "sync stopped at the step `{}`, and the repository is as it was.\n  what to do: {}",
            self.step,
            self.step.advice()
        )?;
        if let Some(entry) = &self.correction {
            write!(
                f,
                "\n  if the document is wrong there, add this to the actions of spec/overlay.yaml:\n{entry}"
            )?;
        }
        Ok(())
    }
}
