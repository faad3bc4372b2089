//! Measures the cost of a process and its children.

use std::fs::File;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

/// The number of last lines that are shown of a failed process.
const SHOWN: usize = 20;

/// The time and memory that a process took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    pub(super) wall: Duration,
    /// The user time of the process and its children. Other load on the machine affects it least.
    pub(super) cpu: Duration,
    /// The peak memory of the largest process among it and its children, in bytes.
    pub(super) peak: u64,
}

/// A process that has ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) cost: Cost,
    pub(super) stdout: String,
    pub(super) stderr: String,
    status: ExitStatus,
    name: String,
}

impl Ended {
    pub(super) fn has_failed(&self) -> bool {
        !self.status.success()
    }

    /// Returns an error with the last lines of the output if the process has failed.
    pub(super) fn ensure_success(self) -> Result<Self> {
        if !self.has_failed() {
            return Ok(self);
        }
        let text = [&self.stderr, &self.stdout]
            .into_iter()
            .find(|text| !text.trim().is_empty());
        let lines: Vec<&str> = text.map_or("", String::as_str).trim_end().lines().collect();
        let shown = lines[lines.len().saturating_sub(SHOWN)..].join("\n");
        bail!("`{}` failed with {}: {shown}", self.name, self.status)
    }
}

/// Runs a command to its end; returns an error with its last lines if it fails.
pub(super) fn run(command: &mut Command) -> Result<Cost> {
    Ok(attempt(command)?.ensure_success()?.cost)
}

/// Runs a command to its end, and returns its output too.
pub(super) fn run_for_output(command: &mut Command) -> Result<(Cost, String)> {
    let ended = attempt(command)?.ensure_success()?;
    Ok((ended.cost, ended.stdout))
}

/// Runs a command to its end; a failure of the command is not an error.
pub(super) fn attempt(command: &mut Command) -> Result<Ended> {
    let name = command.get_program().to_string_lossy().into_owned();
    let folder = tempfile::tempdir()?;
    let (stdout, stderr) = (folder.path().join("stdout"), folder.path().join("stderr"));
    // The output goes to files, because a pipe that nobody reads blocks.
    command
        .stdin(Stdio::null())
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?);
    let started = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("`{name}` could not be started"))?;
    let ended = child
        .wait4()
        .with_context(|| format!("waiting for `{name}` failed"))?;
    let wall = started.elapsed();
    let text = |path| std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(Ended {
        cost: Cost {
            wall,
            cpu: ended.rusage.utime,
            peak: ended.rusage.maxrss,
        },
        stdout: text(stdout)?,
        stderr: text(stderr)?,
        status: ended.status,
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_process_is_an_error_with_its_output() {
        let error = run(Command::new("cargo").arg("--no-such-option")).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("`cargo` failed"), "{error}");
        assert!(error.contains("--no-such-option"), "{error}");
    }

    #[test]
    fn the_output_and_the_memory_of_a_process_are_returned() {
        let (cost, stdout) = run_for_output(Command::new("cargo").arg("--version")).unwrap();
        assert!(stdout.starts_with("cargo "), "{stdout}");
        assert!(cost.peak > 100_000, "{cost:?}");
        assert!(cost.wall > Duration::ZERO);
    }
}
