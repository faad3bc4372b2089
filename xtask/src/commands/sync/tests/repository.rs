//! A repository of the shape of this one, in a temporary folder, in step with its document.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use crate::commands::codegen;
use crate::commands::fetch;
use crate::commands::sync::{Checks, Synced, sync};
use crate::files;
use crate::repo::Repo;

/// A document of one call and one resource.
pub(super) const DOCUMENT: &str = r##"{
  "openapi": "3.0.0",
  "info": { "title": "Locks", "version": "1.0.0" },
  "paths": {
    "/locks/unlock": {
      "post": {
        "summary": "/locks/unlock",
        "requestBody": {
          "content": { "application/json": { "schema": {
            "type": "object",
            "required": ["lock_id"],
            "properties": { "lock_id": { "type": "string", "format": "uuid" } }
          } } }
        },
        "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": {
          "type": "object",
          "required": ["ok", "lock"],
          "properties": { "ok": { "type": "boolean" }, "lock": { "$ref": "#/components/schemas/lock" } }
        } } } } },
        "x-response-key": "lock"
      }
    }
  },
  "components": { "schemas": { "lock": {
    "type": "object",
    "required": ["lock_id", "name", "state"],
    "properties": {
      "lock_id": { "type": "string", "format": "uuid" },
      "name": { "type": "string" },
      "state": { "type": "string", "enum": ["locked", "unlocked"] }
    }
  } } }
}
"##;

pub(super) struct Repository {
    folder: TempDir,
}

impl Repository {
    pub(super) fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, text) in [
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"generated-client\"]\n",
            ),
            (
                "Cargo.lock",
                "version = 4\n\n[[package]]\nname = \"generated-client\"\nversion = \"0.1.0\"\n",
            ),
            (
                "CHANGELOG.md",
                "# Changelog\n\n## Unreleased\n\n### Added\n\n- Written by hand.\n\n## 0.1.0\n\nThe first.\n",
            ),
            (
                "generated-client/Cargo.toml",
                "[package]\nname = \"generated-client\"\nversion = \"0.1.0\"\n\n[features]\n\
                 # @generated features: begin\n# @generated features: end\n",
            ),
            (
                "generated-client/README.md",
                "# Client\n\n```toml\ngenerated-client = \"0.1\"\n```\n\n\
                 <!-- @generated coverage: begin -->\n<!-- @generated coverage: end -->\n",
            ),
            ("generated-client/src/lib.rs", "mod generated;\n"),
        ] {
            repository.write(path, text);
        }
        let document = repository.document(DOCUMENT);
        fetch::pin(document.path().to_str().unwrap(), &repository.repo().spec()).unwrap();
        repository.codegen();
        repository
    }

    fn repo(&self) -> Repo {
        Repo::at(self.folder.path()).unwrap()
    }

    /// Returns a file with a document.
    fn document(&self, text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    }

    /// Renders the client from the pinned document.
    pub(super) fn codegen(&self) {
        let repo = self.repo();
        let (_, changes) = codegen::plan_for(&repo, &codegen::pinned(&repo).unwrap()).unwrap();
        for (path, contents) in changes {
            match contents {
                Some(contents) => self.write(path, contents),
                None => fs::remove_file(self.folder.path().join(path)).unwrap(),
            }
        }
    }

    /// Returns the result of a sync and its output, or the error with its causes.
    pub(super) fn sync(
        &self,
        document: &str,
        checks: &Checks<'_>,
    ) -> Result<(Option<Synced>, String), String> {
        self.run(document, checks, false)
    }

    pub(super) fn dry_run(&self, document: &str, checks: &Checks<'_>) -> Result<String, String> {
        self.run(document, checks, true).map(|(_, output)| output)
    }

    fn run(
        &self,
        document: &str,
        checks: &Checks<'_>,
        dry_run: bool,
    ) -> Result<(Option<Synced>, String), String> {
        let file = self.document(document);
        let repo = self.repo();
        let from = file.path().to_str().unwrap();
        let obtain = || fetch::obtain(from, &repo.spec(), Duration::from_secs(60));
        let mut output = Vec::new();
        match sync(&repo, obtain, checks, dry_run, &mut output) {
            Ok(synced) => Ok((synced, String::from_utf8(output).unwrap())),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    pub(super) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    pub(super) fn write(&self, path: impl AsRef<Path>, contents: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    pub(super) fn make_folder(&self, path: &str) {
        fs::create_dir_all(self.folder.path().join(path)).unwrap();
    }

    /// Returns all files except those of cargo.
    pub(super) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.folder.path();
        let all = files::list(root, Path::new("")).unwrap().into_iter();
        all.filter(|path| !path.starts_with("target"))
            .map(|path| {
                let contents = fs::read(root.join(&path)).unwrap();
                (path, contents)
            })
            .collect()
    }
}
