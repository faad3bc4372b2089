use std::fmt;

/// A place where a reply differs from the API's document.
///
/// A deviation does not fail a call: the rest of the value is decoded. It shows where reply and document differ, for logs and bug
/// reports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// The JSON pointer (RFC 6901) of the place in the body of the reply.
    pub pointer: String,
    /// The value that the document expects.
    pub expected: String,
    /// The value that was found: a JSON type, `nothing`, or a value that the document does not list.
    pub found: String,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected {}, found {}",
            self.pointer, self.expected, self.found
        )
    }
}
