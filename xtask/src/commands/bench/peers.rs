//! The other generators: where they are, and what they make.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::process::{self, Cost};
use crate::cargo;

/// A generator to look for.
struct Known {
    name: &'static str,
    program: &'static str,
    /// How it is asked for its version.
    version_argument: &'static str,
    /// The start of its version: the goals are about these versions.
    version: &'static str,
    install: fn(&Path) -> Result<()>,
    /// Where `install` puts it.
    installed: &'static [&'static str],
    generate: fn(&mut Command, document: &Path, out: &Path),
    /// How its crate is checked: TLS, which needs more than Rust with some, is no part of what is measured.
    check: &'static [&'static str],
}

const KNOWN: [Known; 2] = [
    Known {
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
    Known {
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

/// A generator, or why it cannot be had.
pub(super) enum Found {
    Ready(Peer),
    Absent { name: &'static str, why: String },
}

impl Found {
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

/// Looks for the generators, on the PATH first, and installs in `folder` what is not there.
pub(super) fn find(folder: &Path) -> Vec<Found> {
    KNOWN.iter().map(|known| known.find(folder)).collect()
}

impl Known {
    fn find(&self, folder: &Path) -> Found {
        let installed: PathBuf = folder.join(self.installed.iter().collect::<PathBuf>());
        for program in [Path::new(self.program), &installed] {
            if let Ok(peer) = self.at(program) {
                return Found::Ready(peer);
            }
        }
        eprintln!("installing {} {}x", self.name, self.version);
        match (self.install)(folder).and_then(|()| self.at(&installed)) {
            Ok(peer) => Found::Ready(peer),
            Err(error) => Found::Absent {
                name: self.name,
                why: format!("{error:#}"),
            },
        }
    }

    /// The generator that this program is, if its version fits.
    fn at(&self, program: &Path) -> Result<Peer> {
        let (_, stdout) =
            process::run_for_output(Command::new(program).arg(self.version_argument))?;
        let Some(version) = version(&stdout) else {
            bail!("{} does not say its version", program.display());
        };
        ensure!(
            version.starts_with(self.version),
            "{} is {version}, and {}x is wanted",
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
    /// Makes a crate of a document in a folder that does not exist yet.
    pub(super) fn generate(&self, document: &Path, out: &Path) -> Result<Cost> {
        let mut command = Command::new(&self.program);
        (self.generate)(&mut command, document, out);
        process::run(&mut command)
    }
}

/// How the crate of this peer is checked.
pub(super) fn check_arguments(name: &str) -> &'static [&'static str] {
    let known = KNOWN.iter().find(|known| known.name == name);
    known.map_or(&[], |known| known.check)
}

/// The last word of the last line that looks like a version.
fn version(stdout: &str) -> Option<String> {
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

/// From PyPI, whose package holds the program itself.
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
    fn a_version_is_found_whatever_stands_around_it() {
        assert_eq!(version("ploidy 0.15.0\n"), Some("0.15.0".to_owned()));
        assert_eq!(version("a warning\n7.26.0\n"), Some("7.26.0".to_owned()));
        assert_eq!(version("no such command\n"), None);
    }

    #[test]
    fn a_peer_of_another_version_is_not_taken() {
        let cargo = Known {
            program: "cargo",
            version: "0.0.",
            ..KNOWN[0]
        };
        assert!(cargo.at(Path::new("cargo")).is_err());
    }

    #[test]
    fn a_peer_that_cannot_be_installed_is_skipped_with_the_reason() {
        let absent = Known {
            program: "no-such-generator",
            install: |_| bail!("there is no network"),
            ..KNOWN[0]
        };
        let folder = tempfile::tempdir().unwrap();
        match absent.find(folder.path()) {
            Found::Absent { name, why } => {
                assert_eq!(name, "ploidy");
                assert_eq!(why, "there is no network");
            }
            Found::Ready(_) => panic!("it cannot be there"),
        }
    }
}
