//! Counts of keywords in a document.

use std::fmt;

use crate::escape;

/// The counts of used, ignored and unknown keywords of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keywords {
    /// The number of different keywords that the generator reads.
    pub used: usize,
    /// The number of different keywords that are left out for a known reason.
    pub waived: usize,
    /// The unknown keywords, in the order of the document.
    pub unknown: Vec<UnknownKeyword>,
}

/// A keyword that the generator does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownKeyword {
    /// Its name.
    pub keyword: String,
    /// The number of its places.
    pub places: usize,
    /// The JSON pointer of its first place.
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
