//! The repository, its command and cargo, as the tests use them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::{Companion, Options, Source};

/// The top folder of the repository.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("the repository is there")
}

/// A folder below `target/documents`, which stays for a look and for the next run.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = root().join("target/documents").join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// A count that an environment variable can raise or lower.
pub(crate) fn count(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |count| count.parse().expect("it is a number"))
}

/// Runs `cargo xtask` in a folder.
pub(crate) fn xtask<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    printed(command.current_dir(folder).args(args))
}

/// The cargo that runs the tests.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// The output of a command, or its status and all that it wrote if it fails.
pub(crate) fn printed(command: &mut Command) -> Result<String, String> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command starts");
    if status.success() {
        Ok(String::from_utf8_lossy(&stdout).into_owned())
    } else {
        let said = [stdout, stderr].concat();
        Err(format!("{status}: {}", String::from_utf8_lossy(&said)))
    }
}

/// Makes a folder a crate of its own from a document.
pub(crate) fn render(document: &Path, into: &Path) -> Result<(), String> {
    let args = [
        "codegen".as_ref(),
        "--spec".as_ref(),
        document.as_os_str(),
        "--out".as_ref(),
        into.as_os_str(),
    ];
    xtask(&root(), &args).map(drop)
}

/// Compiles a crate with all features; a warning is an error. The dependencies are built once for all crates.
pub(crate) fn compile(crate_folder: &Path) -> Result<(), String> {
    let mut command = cargo(crate_folder);
    command
        .args(["rustc", "--quiet", "--lib", "--all-features"])
        .args(["--profile", "check", "--color", "never"])
        .args(["--", "-D", "warnings"])
        .env("CARGO_TARGET_DIR", folder("build"));
    printed(&mut command).map(drop)
}

/// A document as the generator takes it.
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// `spec/names.yaml`, where the comparison is to follow it.
    pub(crate) names: Option<String>,
}

impl Document {
    pub(crate) fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).expect("the document can be read");
        Self {
            path,
            text,
            names: None,
        }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            document: &self.text,
            name: "document",
            overlay: None,
            client: None,
            files: None,
            names: self.names.as_deref().map(|text| Companion {
                text,
                name: "spec/names.yaml",
            }),
        }
    }
}

/// Releases may have keywords that the generator does not know.
pub(crate) fn lenient() -> Options {
    Options {
        allow_unknown_keywords: true,
        allow_expired_corrections: true,
        ..Options::default()
    }
}

/// Fails with everything that went wrong, or if too little was looked at.
pub(crate) fn conclude(what: &str, tried: usize, floor: usize, faults: &[String]) {
    println!("{tried} {what}, {} faults", faults.len());
    assert!(tried >= floor, "only {tried} {what} of at least {floor}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
