//! Files that are written by hand and use the generated API: tests, examples, code in the documentation. A document that
//! breaks callers may break them too. Then a person has to fix them.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use cargo_metadata::CompilerMessage;

/// A file by hand that the new document breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BrokenFile {
    /// Relative to the repository.
    pub(crate) path: PathBuf,
    /// The first error in it.
    pub(crate) error: String,
}

/// Returns the tests in a folder by cargo's rules, except `but`: each is a file, or a folder with a `main.rs`.
pub(super) fn targets(folder: &Path, but: &str) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_test = match path.is_dir() {
            true => path.join("main.rs").is_file(),
            false => path.extension().is_some_and(|extension| extension == "rs"),
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if is_test && name != but {
            names.push(name.into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Returns the files with errors of the compiler, each with its first error. `package` is the folder for paths that cargo
/// prints relative to the package.
pub(super) fn files_of(messages: &[CompilerMessage], package: &Path) -> Vec<BrokenFile> {
    let mut broken: Vec<BrokenFile> = Vec::new();
    for message in messages {
        let mut spans = message.message.spans.iter();
        let Some(span) = spans.find(|span| span.is_primary) else {
            continue;
        };
        let path = in_repository(&span.file_name, package);
        if broken.iter().all(|known| known.path != path) {
            let code = message.message.code.as_ref();
            let code = code.map_or(String::new(), |code| format!("[{}]", code.code));
            broken.push(BrokenFile {
                path,
                error: format!("error{code}: {}", message.message.message),
            });
        }
    }
    broken
}

/// Returns the first test that fails, with its message; or else the last line of the output.
pub(super) fn failed_test(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let panic = lines
        .iter()
        .position(|line| line.starts_with("thread '") && line.contains(" panicked at "));
    if let Some(index) = panic {
        let test = lines[index].split('\'').nth(1).unwrap_or_default();
        let why = lines.get(index + 1).map_or("", |line| line.trim());
        return format!("the test `{test}` fails: {why}");
    }
    let last = lines.iter().rev().find(|line| !line.trim().is_empty());
    last.map_or("it fails", |line| line.trim()).to_owned()
}

/// Returns the files with examples that fail: rustdoc lists them as `PATH - ITEM (line N)`.
pub(super) fn failed_documentation(output: &str, package: &Path) -> Vec<BrokenFile> {
    let mut broken: Vec<BrokenFile> = Vec::new();
    for line in output.lines().filter(|line| line.starts_with("    ")) {
        let place = line.trim().split_once(" - ");
        let Some((path, number)) = place.and_then(|(path, item)| {
            let (_, number) = item.rsplit_once("(line ")?;
            Some((path, number.strip_suffix(')')?))
        }) else {
            continue;
        };
        let path = in_repository(path, package);
        if broken.iter().all(|known| known.path != path) {
            broken.push(BrokenFile {
                path,
                error: format!("the example in line {number} fails"),
            });
        }
    }
    broken
}

/// Returns a path relative to the repository, without `..`.
fn in_repository(path: &str, package: &Path) -> PathBuf {
    let path = Path::new(path);
    let mut file = if path.starts_with(package) {
        PathBuf::new()
    } else {
        package.to_owned()
    };
    for part in path.components() {
        match part {
            Component::ParentDir => {
                file.pop();
            }
            part => file.push(part),
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_of_this_repository_are_found_as_cargo_finds_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/tests");
        let found = targets(&folder, "conformance").unwrap();
        for name in ["call_sites", "e2e", "guides", "waiting"] {
            assert!(found.iter().any(|found| found == name), "{found:?}");
        }
        for name in ["conformance", "support"] {
            assert!(found.iter().all(|found| found != name), "{found:?}");
        }
        assert_eq!(targets(&folder.join("none"), "").unwrap(), [""; 0]);
    }

    #[test]
    fn a_failing_test_is_named_with_its_message() {
        let output = "\
running 2 tests
test a ... ok

---- waits stdout ----

thread 'waits' (42) panicked at tests/waiting.rs:12:5:
assertion `left == right` failed
  left: 1

error: test failed, to rerun pass `-p generated-client --test waiting`
";
        assert_eq!(
            failed_test(output),
            "the test `waits` fails: assertion `left == right` failed"
        );
        assert_eq!(failed_test("the disk is full\n\n"), "the disk is full");
    }

    #[test]
    fn each_file_whose_documentation_fails_is_named_once() {
        let output = "\
failures:

---- src/client.rs - client::Client (line 12) stdout ----
error[E0599]: no method named `get`

failures:
    src/../README.md - (line 10)
    src/client.rs - client::Client (line 12)
    src/client.rs - client::Client::new (line 40)

test result: FAILED. 1 passed; 3 failed; 0 ignored
";
        let broken = failed_documentation(output, Path::new("client"));
        let shown: Vec<String> = broken
            .iter()
            .map(|file| format!("{}: {}", file.path.display(), file.error))
            .collect();
        assert_eq!(
            shown,
            [
                "client/README.md: the example in line 10 fails",
                "client/src/client.rs: the example in line 12 fails"
            ]
        );
    }
}
