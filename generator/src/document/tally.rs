//! The keywords of a document, counted.

use std::fmt;

use crate::escape;

/// How many keywords of a document are used, ignored and unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keywords {
    /// How many different ones carry meaning for the client.
    pub used: usize,
    /// How many different ones are left out for a known reason.
    pub waived: usize,
    /// The unknown ones, in the order of the document.
    pub unknown: Vec<UnknownKeyword>,
}

/// A keyword that the generator does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownKeyword {
    /// Its name.
    pub keyword: String,
    /// In how many places it stands.
    pub places: usize,
    /// The JSON pointer of the first.
    pub first: String,
}

impl fmt::Display for Keywords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} used, {} waived, {} unknown",
            self.used,
            self.waived,
            self.unknown.len()
        )?;
        for unknown in &self.unknown {
            write!(f, "\n           {unknown}")?;
        }
        Ok(())
    }
}

impl fmt::Display for UnknownKeyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            keyword,
            places,
            first,
        } = self;
        let (keyword, first) = (escape::line(keyword), escape::line(first));
        write!(
            f,
            "warning: unknown keyword `{keyword}`, left out at {first}"
        )?;
        match places - 1 {
            0 => Ok(()),
            1 => write!(f, " and in 1 more place"),
            more => write!(f, " and in {more} more places"),
        }
    }
}
