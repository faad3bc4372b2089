//! How the tests report what is at odds with the document. `cargo xtask sync` shows these lines.

use std::fmt;

/// Who is at odds with the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The client does what the document does not say.
    Client,
    /// The client does what the document says, and the test expects something else.
    Test,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "the client",
            Self::Test => "the test",
        })
    }
}

/// A fault, with the JSON pointer of the place in the document.
pub fn at_odds(side: Side, pointer: &str, what: &str) -> String {
    format!("{side} is at odds with {pointer}: {what}")
}
