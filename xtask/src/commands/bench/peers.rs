//! Finds, installs and runs the other generators.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::process::{self, Cost};
use crate::cargo;

/// How to find, install and run a generator.
struct PeerSpec {
    name: &'static str,
    program: &'static str,
    /// The argument that prints its version.
    version_argument: &'static str,
    /// The start of its version. The goals apply to these versions.
    version: &'static str,
    install: fn(&Path) -> Result<()>,
    /// The path of the program that `install` creates, below the folder.
    installed: &'static [&'static str],
    generate: fn(&mut Command, document: &Path, out: &Path),
    /// Arguments for `cargo check` of its crate. They turn TLS off, which needs other tools than Rust for some crates.
    check: &'static [&'static str],
}

const PEERS: [PeerSpec; 2] = [
    PeerSpec {
        name: "ploidy",
        program: "ploidy",
        version_argument: "--version",
        version: "0.15.",
        install: install_ploidy,
        installed: &["bin", "ploidy"],
        generate: |command, document, out| {
            command
                .args(["generate", "rust", "--name", "peer", "--output"])
                .arg(out)
                .arg(document);
        },
        check: &[],
    },
    PeerSpec {
        name: "openapi-generator",
        program: "openapi-generator-cli",
        version_argument: "version",
        version: "7.26.",
        install: install_openapi_generator,
        installed: &[
            "venv",
            if cfg!(windows) { "Scripts" } else { "bin" },
            "openapi-generator-cli",
        ],
        generate: |command, document, out| {
            command
                .args(["generate", "--generator-name", "rust", "--input-spec"])
                .arg(document)
                .arg("--output")
                .arg(out);
        },
        check: &["--no-default-features"],
    },
];

/// A generator that can be run.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) version: String,
    program: PathBuf,
    generate: fn(&mut Command, document: &Path, out: &Path),
}

/// A generator, or the reason why it is not available.
pub(super) enum PeerStatus {
    Ready(Peer),
    Absent { name: &'static str, why: String },
}

impl PeerStatus {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ready(peer) => peer.name,
            Self::Absent { name, .. } => name,
        }
    }

    pub(super) fn ready(&self) -> Option<&Peer> {
        match self {
            Self::Ready(peer) => Some(peer),
            Self::Absent { .. } => None,
        }
    }
}

/// Looks for the generators on the PATH, and installs missing ones in `folder`.
pub(super) fn find(folder: &Path) -> Vec<PeerStatus> {
    PEERS.iter().map(|known| known.find(folder)).collect()
}

impl PeerSpec {
    fn find(&self, folder: &Path) -> PeerStatus {
        let installed: PathBuf = folder.join(self.installed.iter().collect::<PathBuf>());
        for program in [Path::new(self.program), &installed] {
            if let Ok(peer) = self.at(program) {
                return PeerStatus::Ready(peer);
            }
        }
        eprintln!("installing {} {}x", self.name, self.version);
        match (self.install)(folder).and_then(|()| self.at(&installed)) {
            Ok(peer) => PeerStatus::Ready(peer),
            Err(error) => PeerStatus::Absent {
                name: self.name,
                why: format!("{error:#}"),
            },
        }
    }

    /// Returns the generator at this path if its version matches.
    fn at(&self, program: &Path) -> Result<Peer> {
        let (_, stdout) =
            process::run_for_output(Command::new(program).arg(self.version_argument))?;
        let Some(version) = find_version(&stdout) else {
            bail!("{} does not print its version", program.display());
        };
        ensure!(
            version.starts_with(self.version),
            "{} has version {version}, and {}x is needed",
            program.display(),
            self.version
        );
        Ok(Peer {
            name: self.name,
            version,
            program: program.to_owned(),
            generate: self.generate,
        })
    }
}

impl Peer {
    /// Generates a crate from a document, in a folder that does not exist yet.
    pub(super) fn generate(&self, document: &Path, out: &Path) -> Result<Cost> {
        let mut command = Command::new(&self.program);
        (self.generate)(&mut command, document, out);
        process::run(&mut command)
    }
}

/// Returns the arguments for `cargo check` of the crate of this peer.
pub(super) fn check_arguments(name: &str) -> &'static [&'static str] {
    let known = PEERS.iter().find(|known| known.name == name);
    known.map_or(&[], |known| known.check)
}

/// Returns the last word in the output that looks like a version.
fn find_version(stdout: &str) -> Option<String> {
    let words = stdout
        .lines()
        .rev()
        .filter_map(|line| line.split_whitespace().last());
    words
        .filter(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
        .next()
}

fn install_ploidy(folder: &Path) -> Result<()> {
    process::run(
        cargo::command()
            .args([
                "install",
                "--quiet",
                "ploidy",
                "--version",
                "^0.15",
                "--root",
            ])
            .arg(folder),
    )?;
    Ok(())
}

/// Installs from PyPI, because its package contains the program.
fn install_openapi_generator(folder: &Path) -> Result<()> {
    process::run(Command::new("java").arg("-version")).context("it needs Java 11 or newer")?;
    let python = if cfg!(windows) { "python" } else { "python3" };
    let venv = folder.join("venv");
    process::run(Command::new(python).args(["-m", "venv"]).arg(&venv))
        .context("it needs Python with venv")?;
    let pip = venv
        .join(if cfg!(windows) { "Scripts" } else { "bin" })
        .join("pip");
    process::run(Command::new(pip).args(["install", "--quiet", "openapi-generator-cli==7.26.0"]))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_any_surrounding_text() {
        assert_eq!(find_version("ploidy 0.15.0\n"), Some("0.15.0".to_owned()));
        assert_eq!(
            find_version("a warning\n7.26.0\n"),
            Some("7.26.0".to_owned())
        );
        assert_eq!(find_version("no such command\n"), None);
    }

    #[test]
    fn a_peer_of_another_version_is_rejected() {
        let cargo = PeerSpec {
            program: "cargo",
            version: "0.0.",
            ..PEERS[0]
        };
        assert!(cargo.at(Path::new("cargo")).is_err());
    }

    #[test]
    fn a_peer_that_cannot_be_installed_is_skipped_with_the_reason() {
        let absent = PeerSpec {
            program: "no-such-generator",
            install: |_| bail!("there is no network"),
            ..PEERS[0]
        };
        let folder = tempfile::tempdir().unwrap();
        match absent.find(folder.path()) {
            PeerStatus::Absent { name, why } => {
                assert_eq!(name, "ploidy");
                assert_eq!(why, "there is no network");
            }
            PeerStatus::Ready(_) => panic!("it cannot be there"),
        }
    }
}
