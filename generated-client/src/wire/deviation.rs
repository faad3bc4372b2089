use std::fmt;

/// One place where a reply departs from the API's document.
///
/// A deviation does not fail a call: the value is decoded as far as it goes. It says where the reply and the document
/// disagree, for logs and for bug reports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// Where it was found, as a JSON pointer (RFC 6901) into the body of the reply.
    pub pointer: String,
    /// What the document says should stand there.
    pub expected: String,
    /// What stood there instead: a JSON type, `nothing`, or a value that the document does not list.
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
