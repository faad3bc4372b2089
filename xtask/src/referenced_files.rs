//! The files that the references of a document may point to.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use generator::{FileError, Files};

/// The largest file that is read.
const MAX_BYTES: u64 = 16 << 20;

/// The folder of a document, and the name of the document in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReferencedFiles {
    folder: PathBuf,
    document: String,
}

impl ReferencedFiles {
    /// Returns the files in the folder of the document at `path`, and below it.
    pub(crate) fn of(path: &Path) -> Self {
        let folder = path.parent().filter(|folder| folder != &Path::new(""));
        let document = path.file_name().unwrap_or_default();
        Self {
            folder: folder.unwrap_or(Path::new(".")).to_owned(),
            document: document.to_string_lossy().into_owned(),
        }
    }
}

impl Files for ReferencedFiles {
    fn document(&self) -> &str {
        &self.document
    }

    fn text(&self, path: &str) -> Result<String, FileError> {
        // Symbolic links are resolved on both sides.
        let folder = self.folder.canonicalize().map_err(reason)?;
        let place = folder.join(path).canonicalize().map_err(reason)?;
        if !place.starts_with(&folder) {
            return Err(FileError::Outside);
        }
        if !fs::metadata(&place).map_err(reason)?.is_file() {
            let found = "it is not a regular file".to_owned();
            return Err(FileError::Unreadable(found));
        }
        let mut text = String::new();
        let file = File::open(&place).map_err(reason)?;
        file.take(MAX_BYTES + 1)
            .read_to_string(&mut text)
            .map_err(reason)?;
        if text.len() as u64 > MAX_BYTES {
            return Err(FileError::TooLarge { most: MAX_BYTES });
        }
        Ok(text)
    }
}

fn reason(error: io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileError::Missing,
        ErrorKind::InvalidData => FileError::Unreadable("it is not UTF-8".to_owned()),
        _ => FileError::Unreadable(error.to_string()),
    }
}
