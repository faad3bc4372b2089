//! The steps of a sync, and what is told of one that fails.

use std::fmt;

use anyhow::Result;

use super::correction;

/// One step.
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
    /// Runs what the step does; its error names the step, says that nothing has changed, and what to do.
    pub(super) fn run<T>(self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        work().map_err(|error| {
            let correction = match self {
                Self::Codegen | Self::Check | Self::Test => correction_for(&format!("{error:#}")),
                _ => None,
            };
            error.context(Stopped {
                step: self,
                correction,
            })
        })
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Fetch => {
                "see that the source can be reached, or name another: --from URL, PATH or npm:NAME@VERSION"
            }
            Self::Diff => {
                "one of the documents cannot be read: `cargo xtask codegen --spec PATH --out DIR` tells more of it"
            }
            Self::Codegen => {
                "correct spec/overlay.yaml or the generator as the problems below say, and run it again. A correction \
                 that the new document does not need is to be deleted"
            }
            Self::Version => {
                "put right what is named below in generated-client/Cargo.toml or CHANGELOG.md, and run it again"
            }
            Self::Copy => "make room on the disk that holds target/, and run it again",
            Self::Check => {
                "correct the generator, whose client does not compile: `cargo xtask codegen --spec PATH --out DIR` makes \
                 the same crate to look at"
            }
            Self::Test => {
                "see below which is at odds with the document. If it is the client, correct the generator; `cargo xtask \
                 explain` shows how each part came about. If it is a test, correct generator/src/render/conformance or \
                 generated-client/tests/conformance"
            }
            Self::ByHand => {
                "tests or examples by hand fail, though the verdict is that nothing breaks: either they expect more than \
                 the API promises, or `cargo xtask diff` does not see what breaks them. Correct one or the other, and run \
                 it again"
            }
            Self::Write => {
                "make room on the disk and see that the files can be written, and run it again"
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

/// The correction to write if the document is wrong in the first place that a message names, unless the message has one.
fn correction_for(message: &str) -> Option<String> {
    if message.contains("- target: ") {
        return None;
    }
    correction::pointer(message).map(correction::entry)
}

/// That a step has failed.
#[derive(Debug)]
struct Stopped {
    step: Step,
    correction: Option<String>,
}

impl fmt::Display for Stopped {
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
