//! What a run of codegen depended on and left behind, so that the next one knows when there is nothing to do.
//!
//! Like a build system's: sizes and times, not contents. `--check` reads every file all the same.

use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use super::{Args, GENERATED, GENERATED_TESTS, README, REFERENCE};
use crate::files;
use crate::repo::Repo;

/// How often a stamp is written anew until the file system's clock has gone on; it ticks every few milliseconds.
const MOST_TICKS: u32 = 50;

/// The files of a run, as they are at one moment.
#[derive(Debug)]
pub(super) struct Stamp<'a> {
    repo: &'a Repo,
    /// The generator is compiled into it.
    executable: &'a Path,
    options: String,
    inputs: Listing,
}

/// A line for each file, and when the youngest was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listing {
    text: String,
    newest: SystemTime,
}

impl<'a> Stamp<'a> {
    /// Looks at what a run will read.
    pub(super) fn before(repo: &'a Repo, args: &Args, executable: &'a Path) -> Result<Self> {
        Ok(Self {
            repo,
            executable,
            options: format!(
                "allow unknown keywords {}\nstrict document {}\n",
                args.allow_unknown_keywords, args.strict_document
            ),
            inputs: inputs(repo, executable)?,
        })
    }

    /// Whether nothing has moved since the run that the stamp in `target` is of; how many files that one made.
    pub(super) fn holds(&self) -> Option<usize> {
        let path = self.path();
        let stamped = fs::metadata(&path).and_then(|it| it.modified()).ok()?;
        let known = fs::read_to_string(&path).ok()?;
        let outputs = outputs(self.repo).ok()?;
        // A change within the same tick of the clock as the stamp would not show.
        let is_settled = self.inputs.newest.max(outputs.newest) < stamped;
        (is_settled && known == self.text(&outputs)).then(|| outputs.text.lines().count())
    }

    /// Leaves a stamp of a run that is done.
    pub(super) fn leave(&self) -> Result<()> {
        let path = self.path();
        let outputs = outputs(self.repo)?;
        if inputs(self.repo, self.executable)? != self.inputs {
            return Ok(());
        }
        let newest = self.inputs.newest.max(outputs.newest);
        let text = self.text(&outputs);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        for _ in 0..MOST_TICKS {
            fs::write(&path, &text)?;
            if fs::metadata(&path)?.modified()? > newest {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn text(&self, outputs: &Listing) -> String {
        [&self.options, &self.inputs.text, "\n", &outputs.text].concat()
    }

    fn path(&self) -> PathBuf {
        let target = self.repo.root().join("target");
        target.join("codegen").join("stamp")
    }
}

fn inputs(repo: &Repo, executable: &Path) -> Result<Listing> {
    let spec = repo.spec();
    let mut listing = Listing::new();
    listing.add(executable)?;
    listing.add(&spec.join("openapi.json"))?;
    listing.add(&spec.join(super::OVERLAY))?;
    listing.add(&spec.join(super::NAMES))?;
    Ok(listing)
}

/// What is generated whole or in part, and whatever else lies where only that belongs.
fn outputs(repo: &Repo) -> Result<Listing> {
    let client = repo.client();
    let mut listing = Listing::new();
    for name in ["Cargo.toml", README, REFERENCE] {
        listing.add(&client.join(name))?;
    }
    for folder in [GENERATED, GENERATED_TESTS] {
        for path in files::list(&client, Path::new(folder))? {
            listing.add(&client.join(path))?;
        }
    }
    Ok(listing)
}

impl Listing {
    fn new() -> Self {
        Self {
            text: String::new(),
            newest: UNIX_EPOCH,
        }
    }

    /// Adds a line; a missing file has one too.
    fn add(&mut self, path: &Path) -> Result<()> {
        let told = match fs::symlink_metadata(path) {
            Ok(metadata) => self.told(&metadata)?,
            Err(error) if error.kind() == ErrorKind::NotFound => "absent".to_owned(),
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be read", path.display()));
            }
        };
        writeln!(self.text, "{told} {}", path.display())?;
        Ok(())
    }

    fn told(&mut self, metadata: &Metadata) -> Result<String> {
        let modified = metadata.modified()?;
        self.newest = self.newest.max(modified);
        let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(format!("{} {}", metadata.len(), since.as_nanos()))
    }
}
