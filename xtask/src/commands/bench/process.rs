//! What a process costs, with all that it starts.

use std::fs::File;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

/// How much of what a failed process said is shown.
const SHOWN: usize = 20;

/// What a process took until it ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    pub(super) wall: Duration,
    /// User time of it and of all its children: the measure that other load on the machine moves least.
    pub(super) cpu: Duration,
    /// The peak of the memory of the largest among it and its children, in bytes.
    pub(super) peak: u64,
}

/// A process that has ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) cost: Cost,
    pub(super) printed: String,
    /// What it wrote to stderr.
    pub(super) said: String,
    status: ExitStatus,
    name: String,
}

impl Ended {
    pub(super) fn has_failed(&self) -> bool {
        !self.status.success()
    }

    /// A failure as an error, with what was said last.
    pub(super) fn good(self) -> Result<Self> {
        if !self.has_failed() {
            return Ok(self);
        }
        let said = [&self.said, &self.printed]
            .into_iter()
            .find(|text| !text.trim().is_empty());
        let lines: Vec<&str> = said.map_or("", String::as_str).trim_end().lines().collect();
        let shown = lines[lines.len().saturating_sub(SHOWN)..].join("\n");
        bail!("`{}` failed with {}: {shown}", self.name, self.status)
    }
}

/// Runs a command to its end; a failure is an error with what it said.
pub(super) fn run(command: &mut Command) -> Result<Cost> {
    Ok(attempt(command)?.good()?.cost)
}

/// The same, and what the command printed.
pub(super) fn run_for_output(command: &mut Command) -> Result<(Cost, String)> {
    let ended = attempt(command)?.good()?;
    Ok((ended.cost, ended.printed))
}

/// Runs a command to its end, whatever that is.
pub(super) fn attempt(command: &mut Command) -> Result<Ended> {
    let name = command.get_program().to_string_lossy().into_owned();
    let folder = tempfile::tempdir()?;
    let (printed, said) = (folder.path().join("stdout"), folder.path().join("stderr"));
    // Files, because a pipe that nobody reads fills up.
    command
        .stdin(Stdio::null())
        .stdout(File::create(&printed)?)
        .stderr(File::create(&said)?);
    let started = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("`{name}` could not be started"))?;
    let ended = child
        .wait4()
        .with_context(|| format!("`{name}` could not be waited for"))?;
    let wall = started.elapsed();
    let text = |path| std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ended {
        cost: Cost {
            wall,
            cpu: ended.rusage.utime,
            peak: ended.rusage.maxrss,
        },
        printed: text(printed)?,
        said: text(said)?,
        status: ended.status,
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_process_is_an_error_with_what_it_said() {
        let error = run(Command::new("cargo").arg("--no-such-option")).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("`cargo` failed"), "{error}");
        assert!(error.contains("--no-such-option"), "{error}");
    }

    #[test]
    fn what_a_process_prints_and_holds_is_told() {
        let (cost, printed) = run_for_output(Command::new("cargo").arg("--version")).unwrap();
        assert!(printed.starts_with("cargo "), "{printed}");
        assert!(cost.peak > 100_000, "{cost:?}");
        assert!(cost.wall > Duration::ZERO);
    }
}
