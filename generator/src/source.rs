//! What the generator is given: a document, the files beside it, and how to read them.

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
    /// Keywords that nobody has accounted for are counted and left out, instead of being errors.
    pub allow_unknown_keywords: bool,
    /// Corrections that the document does not need are left out, instead of being errors.
    pub allow_expired_corrections: bool,
    /// Whatever is not as OpenAPI has it is an error, instead of a warning.
    pub strict_document: bool,
    /// Render the tests that follow the document too.
    pub tests: bool,
}
