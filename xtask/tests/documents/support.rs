//! The repository, `cargo xtask` and cargo for the tests.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};

use generator::{Companion, Options, Source};

/// Returns the top folder of the repository.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("the repository is there")
}

/// Returns a folder below `target/documents`. It is kept for inspection and for the next run.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = root().join("target/documents").join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// Returns the count in an environment variable, or the default.
pub(crate) fn count(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |count| count.parse().expect("it is a number"))
}

/// Runs `cargo xtask` in a folder.
pub(crate) fn xtask<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    output_of(command.current_dir(folder).args(args))
}

/// Returns the cargo that runs the tests.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// Returns the output of a command, or its status and output if it fails.
pub(crate) fn output_of(command: &mut Command) -> Result<String, String> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command starts");
    if status.success() {
        Ok(String::from_utf8_lossy(&stdout).into_owned())
    } else {
        let text = [stdout, stderr].concat();
        Err(format!("{status}: {}", String::from_utf8_lossy(&text)))
    }
}

/// Renders a document as a complete crate in a folder.
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
    output_of(&mut command).map(drop)
}

/// Returns the number of parallel tasks.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The build folders that are not in use.
static FREE: LazyLock<Mutex<Vec<usize>>> = LazyLock::new(|| Mutex::new((0..cores()).collect()));
static RETURNED: Condvar = Condvar::new();

/// A build folder. There is one for each core, because two runs of cargo cannot use one at the same time.
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

/// Runs `work` for each item on all cores; returns the results in the order of the items.
pub(crate) fn map_in_parallel<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
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
fn results_are_in_the_order_of_the_items() {
    let items: Vec<usize> = (0..100).collect();
    assert_eq!(map_in_parallel(&items, |item| *item), items);
}

/// A document for the generator.
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// `spec/names.yaml`, if the comparison uses it.
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

/// Returns options that allow unknown keywords, because other releases may have some.
pub(crate) fn lenient_options() -> Options {
    Options {
        allow_unknown_keywords: true,
        allow_expired_corrections: true,
        ..Options::default()
    }
}

/// Fails with all faults, or if fewer than `floor` items were tried.
pub(crate) fn conclude(what: &str, tried: usize, floor: usize, faults: &[String]) {
    println!("{tried} {what}, {} faults", faults.len());
    assert!(tried >= floor, "only {tried} {what} of at least {floor}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
