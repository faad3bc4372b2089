//! The input of the generator: a document, the files beside it, and how to read them.

use std::fmt;

/// A document to render.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// JSON or YAML.
    pub document: &'a str,
    /// What errors call it.
    pub name: &'a str,
    /// Corrections to the document, applied before anything else.
    pub overlay: Option<Companion<'a>>,
    /// What the client is called, such as `acme`. Otherwise its name follows from the document's title.
    pub client: Option<&'a str>,
    /// Names for types that their places name badly, and places that share one type.
    pub names: Option<Companion<'a>>,
    /// The files that the document's references may lead to. Without them such a reference is an error.
    pub files: Option<&'a dyn Files>,
}

/// The files in the folder of a document and below it.
pub trait Files: fmt::Debug + Sync {
    /// Returns the name of the document's own file, such as `openapi.yaml`. Other files may refer back to it.
    fn document(&self) -> &str;

    /// Returns the text of a file, by its path from the document's folder, such as `schemas/pet.yaml`: its parts are separated by
    /// `/`, and none is `.` or `..`.
    ///
    /// # Errors
    ///
    /// The reason why the file cannot be read.
    fn text(&self, path: &str) -> Result<String, FileError>;
}

/// Why a file beside a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// There is no such file.
    #[error("a file that does not exist")]
    Missing,
    /// The path, or a link on it, leads out of the document's folder.
    #[error("a file outside of the document's folder")]
    Outside,
    /// The file has more bytes than are read.
    #[error("a file of more than {most} bytes")]
    TooLarge {
        /// How many bytes a file may have.
        most: u64,
    },
    /// Any other reason.
    #[error("a file that cannot be read: {0}")]
    Unreadable(String),
}

/// A file beside a document: corrections (OpenAPI Overlay 1.0), or names.
#[derive(Debug, Clone, Copy)]
pub struct Companion<'a> {
    /// JSON or YAML.
    pub text: &'a str,
    /// What errors call it.
    pub name: &'a str,
}

/// How strictly a document is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Unknown keywords are counted and left out, instead of being errors.
    pub allow_unknown_keywords: bool,
    /// Corrections that the document does not need are left out, instead of being errors.
    pub allow_expired_corrections: bool,
    /// A violation of OpenAPI is an error, not a warning.
    pub strict_document: bool,
    /// Render the tests that follow the document too.
    pub tests: bool,
}
