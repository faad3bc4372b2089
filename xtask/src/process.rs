//! Runs other programs, which must not outlive this one.

use std::io;
use std::process::{Child, Command, Output, Stdio};

/// Kills the programs that it started, and their children, when this process ends, even by a signal that no process can
/// handle. Only on Unix; elsewhere they keep running.
#[derive(Debug)]
pub(crate) struct Guard {
    /// A shell that waits for a line and leads the process group of the programs. If this process ends, its end of the pipe is
    /// closed, and the shell kills the group.
    #[cfg(unix)]
    shell: Child,
}

impl Guard {
    #[cfg(unix)]
    pub(crate) fn new() -> io::Result<Self> {
        use std::os::unix::process::CommandExt;
        let shell = Command::new("sh")
            .args(["-c", "read -r done || kill -KILL 0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Self { shell })
    }

    #[cfg(not(unix))]
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Starts a program.
    pub(crate) fn spawn(&self, command: &mut Command) -> io::Result<Child> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.process_group(self.shell.id().try_into().map_err(io::Error::other)?);
        }
        command.spawn()
    }
}

#[cfg(unix)]
impl Drop for Guard {
    fn drop(&mut self) {
        use std::io::Write;
        // A shell that has exited has nothing left to kill.
        if let Some(mut pipe) = self.shell.stdin.take() {
            let _ = pipe.write_all(b"done\n");
        }
        let _ = self.shell.wait();
    }
}

/// Runs a program to its end, without input, and returns what it wrote.
pub(crate) fn output(command: &mut Command) -> io::Result<Output> {
    let guard = Guard::new()?;
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    guard.spawn(command)?.wait_with_output()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_guard_does_not_kill_a_program_that_exits_by_itself() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo error >&2; exit 3"]);
        let output = output(&mut command).unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(output.stdout, b"out\n");
        assert_eq!(output.stderr, b"error\n");
    }
}
