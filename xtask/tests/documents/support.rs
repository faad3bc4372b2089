//! The repository, its command and cargo, as the tests use them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};

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

/// Compiles a crate with all features; a warning is an error. The dependencies are built once for all crates of a folder.
pub(crate) fn compile(crate_folder: &Path) -> Result<(), String> {
    let build = BuildFolder::take();
    let mut command = cargo(crate_folder);
    command
        .args(["rustc", "--quiet", "--lib", "--all-features"])
        .args(["--profile", "check", "--color", "never"])
        .args(["--", "-D", "warnings"])
        .env("CARGO_TARGET_DIR", build.path());
    printed(&mut command).map(drop)
}

/// How many things are done at once.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The build folders that nobody uses.
static FREE: LazyLock<Mutex<Vec<usize>>> = LazyLock::new(|| Mutex::new((0..cores()).collect()));
static RETURNED: Condvar = Condvar::new();

/// One of the folders to build in, of which there is one for each core. Where two cargos share one, the second waits.
pub(crate) struct BuildFolder(usize);

impl BuildFolder {
    /// Waits until a folder is free.
    pub(crate) fn take() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = RETURNED
            .wait_while(free, |free| free.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        Self(free.pop().expect("one is free"))
    }

    pub(crate) fn path(&self) -> PathBuf {
        folder("build").join(self.0.to_string())
    }
}

impl Drop for BuildFolder {
    fn drop(&mut self) {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        free.push(self.0);
        RETURNED.notify_one();
    }
}

/// Does the same to each item, on all cores; the results are in the order of the items.
pub(crate) fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores()).map(|_| scope.spawn(worker)).collect();
        let results = workers.into_iter().map(|worker| worker.join());
        results
            .flat_map(|done| done.expect("no work panics"))
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn each_item_has_a_result_in_its_place() {
    let items: Vec<usize> = (0..100).collect();
    assert_eq!(in_parallel(&items, |item| *item), items);
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
