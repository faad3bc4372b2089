//! The steps of a sync, and what is told of one that fails.

use std::fmt;

use anyhow::Result;

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
        work().map_err(|error| error.context(Stopped(self)))
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
                "the generator has made what does not compile: `cargo xtask codegen --spec PATH --out DIR` makes the \
                 same crate to look at"
            }
            Self::Test => {
                "the client that the generator has made does not do what the document says: `cargo xtask explain` tells \
                 how each part came about"
            }
            Self::ByHand => {
                "tests or examples by hand do not fit, though the verdict is that nothing breaks: either they hold \
                 more than the API promises, or `cargo xtask diff` does not see what breaks them. Mend one or the other, \
                 and run it again"
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

/// That a step has failed.
#[derive(Debug)]
struct Stopped(Step);

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "sync stopped at the step `{}`, and the repository is as it was.\n  what to do: {}",
            self.0,
            self.0.advice()
        )
    }
}
