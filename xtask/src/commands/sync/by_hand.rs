//! What is written by hand and names the document: tests, examples, the code in the documentation. A document that breaks
//! callers may break it too, and a person has to mend it then.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::commands::{Cargo, PACKAGE, PROOF};

/// A file that does not fit the new document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Relative to the repository.
    pub(crate) path: PathBuf,
    /// The first thing that is wrong in it.
    pub(crate) error: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Cargo {
    /// All of the client's tests pass, and its examples compile; where they `may_break`, what does not is listed.
    pub(crate) fn by_hand(&self, tree: &Path, may_break: bool) -> Result<Vec<Misfit>> {
        let all = self.run(tree, &["test", "--package", PACKAGE, "--all-features"]);
        match all {
            Ok(()) => Ok(Vec::new()),
            Err(error) if !may_break => Err(error),
            Err(error) => match self.misfits(tree)? {
                // Whatever it was, it was no file by hand.
                misfits if misfits.is_empty() => Err(error),
                misfits => Ok(misfits),
            },
        }
    }

    /// What is wrong, target by target: one that does not compile must not hide the others.
    fn misfits(&self, tree: &Path) -> Result<Vec<Misfit>> {
        let mut misfits: Vec<Misfit> = Vec::new();
        for (args, main) in self.targets(tree)? {
            let command = ["test", "--package", PACKAGE, "--all-features"];
            let args = args.iter().map(String::as_str);
            let args: Vec<&str> = command.into_iter().chain(args).collect();
            let output = self.output(tree, &args)?;
            if output.succeeded {
                continue;
            }
            for misfit in told(&output.said, &main) {
                if misfits.iter().all(|known| known.path != misfit.path) {
                    misfits.push(misfit);
                }
            }
        }
        Ok(misfits)
    }

    /// The targets by hand, each by the arguments that test it, with its main file.
    fn targets(&self, tree: &Path) -> Result<Vec<(Vec<String>, PathBuf)>> {
        let metadata = ["metadata", "--no-deps", "--format-version", "1"];
        let said = self.output(tree, &metadata)?.said;
        let metadata: Metadata = said
            .lines()
            .find(|line| line.starts_with('{'))
            .and_then(|line| serde_json::from_str(line).ok())
            .context("cargo describes the repository in a form that is not known")?;
        let own = metadata
            .packages
            .into_iter()
            .find(|package| package.name == PACKAGE)
            .with_context(|| format!("the repository has no package {PACKAGE}"))?;
        let root = tree.canonicalize()?;
        let relative = |path: &Path| path.strip_prefix(&root).unwrap_or(path).to_owned();
        let mut targets = Vec::new();
        for target in own.targets {
            let main = relative(&target.src_path);
            let kind = target.kind.first().map_or("", String::as_str);
            let args = match kind {
                "lib" => vec!["--doc", "--", "--skip", "src/generated"],
                "test" if target.name != PROOF => vec!["--test", &target.name],
                "example" => vec!["--example", &target.name],
                _ => continue,
            };
            targets.push((args.into_iter().map(str::to_owned).collect(), main));
        }
        Ok(targets)
    }
}

/// What cargo tells of the files of a target: of each the compiler's first error, or else the first test that fails.
fn told(said: &str, main: &Path) -> Vec<Misfit> {
    let lines: Vec<&str> = said.lines().collect();
    let mut misfits: Vec<Misfit> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !line.starts_with("error") {
            continue;
        }
        // The place stands below what may be several lines.
        let below = lines[index + 1..].iter().take(5);
        let place = below
            .map_while(|line| (!line.trim().is_empty()).then_some(line.trim_start()))
            .find_map(|line| line.strip_prefix("--> "));
        let Some(path) = place.map(file) else {
            continue;
        };
        if misfits.iter().all(|known| known.path != path) {
            misfits.push(Misfit {
                path,
                error: (*line).to_owned(),
            });
        }
    }
    if misfits.is_empty() {
        misfits.push(Misfit {
            path: main.to_owned(),
            error: failure(&lines),
        });
    }
    misfits
}

/// `tests/a.rs` of `tests/a.rs:12:5`, with no way up in it.
fn file(place: &str) -> PathBuf {
    let mut parts = place.rsplitn(3, ':');
    let path = parts.nth(2).unwrap_or(place);
    let mut file = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            std::path::Component::ParentDir => {
                file.pop();
            }
            part => file.push(part),
        }
    }
    file
}

/// The first test that fails, and what it says; or the last that was said at all.
fn failure(lines: &[&str]) -> String {
    let panic = lines
        .iter()
        .position(|line| line.starts_with("thread '") && line.contains(" panicked at "));
    if let Some(index) = panic {
        let test = lines[index].split('\'').nth(1).unwrap_or_default();
        let said = lines.get(index + 1).map_or("", |line| line.trim());
        return format!("the test `{test}` fails: {said}");
    }
    let last = lines.iter().rev().find(|line| !line.trim().is_empty());
    last.map_or("it fails", |line| line.trim()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(said: &str) -> Vec<(String, String)> {
        let misfits = told(said, Path::new("tests/main.rs")).into_iter();
        misfits
            .map(|misfit| (misfit.path.display().to_string(), misfit.error))
            .collect()
    }

    #[test]
    fn each_file_is_told_with_the_compilers_first_error() {
        let said = "\
warning: unused import
 --> tests/e2e/main.rs:1:1

error[E0432]: unresolved import `seam::Lock`
  --> tests/e2e/guide.rs:3:5
   |
error[E0599]: no method named `lock_door` found
 expected one of two
  --> tests/e2e/guide.rs:9:5

error[E0599]: no method named `get` found
  --> src/../README.md:14:10

error: could not compile `generated-client` (test \"e2e\") due to 3 previous errors
";
        assert_eq!(
            of(said),
            [
                (
                    "tests/e2e/guide.rs".to_owned(),
                    "error[E0432]: unresolved import `seam::Lock`".to_owned()
                ),
                (
                    "README.md".to_owned(),
                    "error[E0599]: no method named `get` found".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn of_a_target_that_compiles_the_first_failing_test_is_told() {
        let said = "\
running 2 tests
test a ... ok

---- waits stdout ----

thread 'waits' (42) panicked at tests/waiting.rs:12:5:
assertion `left == right` failed
  left: 1

error: test failed, to rerun pass `-p generated-client --test waiting`
";
        assert_eq!(
            of(said),
            [(
                "tests/main.rs".to_owned(),
                "the test `waits` fails: assertion `left == right` failed".to_owned()
            )]
        );
    }

    #[test]
    fn what_says_neither_is_told_by_its_last_words() {
        assert_eq!(of("the disk is full\n\n")[0].1, "the disk is full");
    }
}
