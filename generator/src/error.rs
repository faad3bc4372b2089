//! Errors and warnings about a document, in words a maintainer can act on.

use std::fmt;

use crate::escape;

/// One problem, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The JSON pointer into the document; empty for the document as a whole.
    pub pointer: String,
    /// What stands there.
    pub found: String,
    /// What would be right.
    pub expected: String,
    /// What to do about it.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() {
            "the document"
        } else {
            &self.pointer
        };
        let text = format!(
            "{pointer}: found {}, expected {}",
            self.found, self.expected
        );
        f.write_str(&escape::lines(&text))?;
        if self.advice.is_empty() {
            Ok(())
        } else {
            write!(f, "\n    {}", escape::lines(&self.advice))
        }
    }
}

/// Something that is not as OpenAPI has it, and how it is read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The JSON pointer into the document.
    pub pointer: String,
    /// What stands there.
    pub found: String,
    /// What it is read as.
    pub taken: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!(
            "{}: found {}, read as {}",
            self.pointer, self.found, self.taken
        );
        f.write_str(&escape::lines(&text))
    }
}

impl Warning {
    /// Returns the same where nothing is read otherwise than OpenAPI has it.
    pub(crate) fn into_problem(self) -> Problem {
        Problem {
            pointer: self.pointer,
            found: self.found,
            expected: "a document as OpenAPI has it".to_owned(),
            advice: format!(
                "Correct it with an action in the overlay. Without --strict-document it is read as {}.",
                self.taken
            ),
        }
    }
}

/// More problems at once than these are not read.
const MOST_SHOWN: usize = 50;

/// Everything that keeps a document from being rendered.
#[derive(Debug, thiserror::Error)]
pub struct Errors {
    /// The name of the document.
    pub document: String,
    /// At least one problem.
    pub problems: Vec<Problem>,
}

impl Errors {
    pub(crate) fn one(document: &str, problem: Problem) -> Self {
        Self {
            document: document.to_owned(),
            problems: vec![problem],
        }
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be rendered", escape::line(&self.document))?;
        for problem in self.problems.iter().take(MOST_SHOWN) {
            write!(f, "\n  {problem}")?;
        }
        match self.problems.len().saturating_sub(MOST_SHOWN) {
            0 => Ok(()),
            1 => write!(f, "\n  and 1 more problem"),
            more => write!(f, "\n  and {more} more problems"),
        }
    }
}
