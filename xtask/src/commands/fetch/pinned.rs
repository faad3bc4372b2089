//! Reads and writes the pinned document: `openapi.json`, its source in `source.toml`, and the vendor's `LICENSE`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::{Timestamp, Unit};
use sha2::{Digest, Sha256};
use toml_edit::{DocumentMut, value};

use super::document::Document;
use super::source::{Retrieved, Source};
use crate::files::{self, Durability, Transaction};

const DOCUMENT: &str = "openapi.json";
const RECORD: &str = "source.toml";
const LICENCE: &str = "LICENSE";

/// The pinned document and its record; each part may be missing.
#[derive(Debug)]
pub(crate) struct Pinned {
    folder: PathBuf,
    document: Option<Vec<u8>>,
    licence: Option<Vec<u8>>,
    record: Option<DocumentMut>,
}

impl Pinned {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let read = |name: &str| files::read(folder, Path::new(name));
        let document = read(DOCUMENT)?;
        // A record with another hash is ignored: the document was edited by hand, or a power cut came between two renames.
        let record = read(RECORD)?
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| text.parse::<DocumentMut>().ok())
            .filter(|record| {
                let sum = document.as_deref().map(sha256);
                sum.is_some() && entry(record, "sha256") == sum.as_deref()
            });
        Ok(Self {
            folder: folder.to_owned(),
            licence: read(LICENCE)?,
            document,
            record,
        })
    }

    /// Returns the entity tag of the pinned document if it came from `source`.
    pub(crate) fn etag_of(&self, source: &Source) -> Option<&str> {
        let record = self.record.as_ref()?;
        let same = entry(record, "source") == Some(source.record().as_str());
        entry(record, "etag").filter(|_| same)
    }

    /// Returns the pinned version.
    pub(crate) fn version(&self) -> Option<&str> {
        entry(self.record.as_ref()?, "version")
    }

    /// Returns the source of the pinned document, as exactly as it is known.
    pub(crate) fn origin(&self) -> Option<String> {
        let record = self.record.as_ref()?;
        Some(named(entry(record, "source")?, entry(record, "version")))
    }

    /// Returns true if these contents are pinned already.
    pub(crate) fn has_same_contents(&self, document: &Document, licence: Option<&[u8]>) -> bool {
        self.record.is_some()
            && self.document.as_deref() == Some(document.json.as_bytes())
            && licence.is_none_or(|licence| self.licence.as_deref() == Some(licence))
    }

    /// Returns the files that pin `document`, by name.
    pub(crate) fn files(
        document: &Document,
        retrieved: &Retrieved,
    ) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let mut files = vec![(DOCUMENT, document.json.clone().into_bytes())];
        if let Some(licence) = &retrieved.licence {
            files.push((LICENCE, licence.clone()));
        }
        files.push((RECORD, record(document, retrieved)?.into_bytes()));
        Ok(files)
    }

    /// Pins `document`: writes all of its files, or none.
    pub(crate) fn replace(&self, document: &Document, retrieved: &Retrieved) -> Result<()> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("{} cannot be made", self.folder.display()))?;
        let mut transaction = Transaction::begin(&self.folder, Durability::Flushed)?;
        for (name, contents) in Self::files(document, retrieved)? {
            transaction.write(Path::new(name), &contents)?;
        }
        transaction.commit()
    }
}

/// Formats a source with the version of its document. The name of a package includes the version.
pub(crate) fn named(source: &str, version: Option<&str>) -> String {
    match version {
        Some(version) if !source.starts_with("npm:") => format!("{source} {version}"),
        _ => source.to_owned(),
    }
}

fn record(document: &Document, retrieved: &Retrieved) -> Result<String> {
    let mut record = DocumentMut::new();
    record["source"] = value(retrieved.origin.record());
    if let Some(version) = retrieved.origin.version().or(document.version.as_deref()) {
        record["version"] = value(version);
    }
    record["sha256"] = value(sha256(document.json.as_bytes()));
    let now = Timestamp::now().round(Unit::Second)?;
    record["fetched"] = value(now.to_string());
    if let Some(etag) = &retrieved.etag {
        record["etag"] = value(etag);
    }
    Ok(format!(
        "# Where openapi.json came from. `cargo xtask fetch` writes this file.\n{record}"
    ))
}

fn entry<'a>(record: &'a DocumentMut, key: &str) -> Option<&'a str> {
    record.get(key)?.as_str()
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
