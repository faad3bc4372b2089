//! A repository of the shape of this one, in a temporary folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};
use generator::ClientName;
use tempfile::TempDir;

use crate::commands::codegen::marked::{COVERAGE, FEATURES};
use crate::commands::codegen::{Args, codegen};
use crate::files;
use crate::outcome::Outcome;
use crate::render::{Input, Rendered};
use crate::repo::Repo;

pub(super) struct Repository {
    folder: TempDir,
}

impl Repository {
    pub(super) fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let client = format!(
            "[package]\nname = \"client\"\nversion = \"1.2.3\"\nedition = \"2024\"\n\n\
             [features]\n{}\n{}\n",
            FEATURES.begin, FEATURES.end
        );
        let readme = format!("# Client\n\n{}\n{}\n", COVERAGE.begin, COVERAGE.end);
        for (path, text) in [
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"generated-client\"]\n",
            ),
            ("Cargo.lock", "version = 4\n"),
            ("LICENSE-MIT", "MIT\n"),
            ("spec/openapi.json", "{}\n"),
            ("generated-client/Cargo.toml", &client),
            ("generated-client/README.md", &readme),
            (
                "generated-client/src/lib.rs",
                "mod generated;\nmod runtime;\n",
            ),
            ("generated-client/src/runtime/mod.rs", "// runtime\n"),
            ("generated-client/examples/hello.rs", "fn main() {}\n"),
            ("generated-client/tests/e2e.rs", "// tests\n"),
        ] {
            let path = repository.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        repository
    }

    pub(super) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Returns the outcome and the output, or the error with its causes.
    pub(super) fn run(
        &self,
        args: &Args,
        render: impl FnOnce(&Input) -> Result<Rendered>,
    ) -> Result<(Outcome, String), String> {
        let repo = Repo::at(self.folder.path()).unwrap();
        let mut output = anstream::StripStream::new(Vec::new());
        match codegen(&repo, args, render, &mut output) {
            Ok(outcome) => Ok((outcome, String::from_utf8(output.into_inner()).unwrap())),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    pub(super) fn codegen(&self, args: &Args, rendered: &Rendered) -> (Outcome, String) {
        self.run(args, |_| Ok(rendered.clone())).unwrap()
    }

    /// Returns the input of the renderer.
    pub(super) fn input(&self, args: &Args) -> Input {
        let mut given = None;
        self.run(args, |input| {
            given = Some(input.clone());
            bail!("enough seen")
        })
        .unwrap_err();
        given.unwrap()
    }

    /// Returns every file with its modification time.
    pub(super) fn snapshot(&self) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        self.files_under(Path::new(""))
    }

    pub(super) fn files_under(&self, folder: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        let paths = files::list(self.folder.path(), folder).unwrap();
        let state = |path: PathBuf| {
            let full = self.path(&path);
            let modified = fs::metadata(&full).unwrap().modified().unwrap();
            (path, (modified, fs::read(full).unwrap()))
        };
        paths.into_iter().map(state).collect()
    }

    /// Sets old modification times, so that a rewritten file is recognised with any resolution of the clock.
    pub(super) fn age(&self) {
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for path in self.snapshot().keys() {
            let file = File::options().append(true).open(self.path(path)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
    }
}

/// Returns a rendering of these files, with the feature `locks`.
pub(super) fn rendered(files: &[(&str, &str)]) -> Rendered {
    let file = |&(path, text): &(&str, &str)| (path.into(), text.to_owned());
    Rendered {
        client: ClientName {
            package: "acme".to_owned(),
            library: "acme".to_owned(),
            ..ClientName::default()
        },
        front: None,
        names: None,
        examples: String::new(),
        lost: 0,
        unknown: Vec::new(),
        files: files.iter().map(file).collect(),
        tests: BTreeMap::new(),
        features: "locks = []\n".to_owned(),
        reference: "# Every call\n".to_owned(),
        page: "<!DOCTYPE html>\n".to_owned(),
        coverage: "| locks | 1 |\n".to_owned(),
        summary: "1 endpoints\n".to_owned(),
        stages: vec![
            ("document", Duration::from_millis(1)),
            ("lower", Duration::from_millis(2)),
        ],
    }
}
