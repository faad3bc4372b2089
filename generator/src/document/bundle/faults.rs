//! Faults of references to files. A fault is reported once, with the number of references that have it.

use std::collections::BTreeMap;

use super::super::Pointer;
use super::reference::Location;
use crate::error::Problem;
use crate::source::FileError;

/// Why a reference cannot be followed.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// A file cannot be read.
    File(String, FileError),
    /// A file is not JSON or YAML.
    Parse(String, Problem),
    /// The file lacks the place.
    Nowhere(Location),
    /// The fragment is a name, not a JSON pointer.
    ByName(String),
    Circle,
    /// A reference on the path points to a URL.
    Away,
    TooMuch(String),
}

impl Fault {
    pub(super) fn outside(reference: &str) -> Self {
        Self::File(reference.to_owned(), FileError::Outside)
    }
}

/// The number of missing files that are reported one by one. With more, the document probably came without its folder.
const MAX_MISSING: usize = 5;

/// Faults by the targets of the references.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: BTreeMap<String, Found>,
}

#[derive(Debug)]
struct Found {
    problem: Problem,
    /// The number of references with this fault.
    references: usize,
    /// True if the file does not exist.
    is_missing: bool,
}

impl Faults {
    /// Adds the fault of a reference. `pointer` is the place of the reference, and `to` the file that it points to.
    pub(super) fn add(&mut self, pointer: String, reference: &str, to: &str, fault: Fault) {
        let key = match &fault {
            Fault::TooMuch(what) => what.clone(),
            Fault::Nowhere(location) => location.to_string(),
            Fault::File(_, FileError::Outside) => String::new(),
            Fault::File(file, _) | Fault::Parse(file, _) => file.clone(),
            _ => to.to_owned(),
        };
        let found = self.found.entry(key).or_insert_with(|| Found {
            is_missing: matches!(fault, Fault::File(_, FileError::Missing)),
            problem: problem(pointer, reference, fault),
            references: 0,
        });
        found.references += 1;
    }

    /// Returns all problems.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let found = self.found.into_values();
        let (mut missing, mut found): (Vec<_>, Vec<_>) = found.partition(|found| found.is_missing);
        if missing.len() > MAX_MISSING {
            let others = missing.drain(1..).map(|found| found.references);
            let others: usize = others.sum();
            missing
                .iter_mut()
                .for_each(|first| first.references += others);
        }
        missing.append(&mut found);
        missing.into_iter().map(Found::into_problem).collect()
    }
}

impl Found {
    fn into_problem(self) -> Problem {
        let mut problem = self.problem;
        problem.found.push_str(&match self.references - 1 {
            0 => String::new(),
            1 => ", and 1 more reference of the kind".to_owned(),
            more => format!(", and {more} more references of the kind"),
        });
        problem
    }
}

fn problem(pointer: String, reference: &str, fault: Fault) -> Problem {
    const BELOW: &str = "a file below the document's folder";
    let (what, expected, advice) = match fault {
        Fault::File(file, error) => {
            let advice = match error {
                FileError::Missing if !reference.contains(['/', '.', '#']) => {
                    format!("If a component is meant, write `#/components/schemas/{reference}`.")
                }
                FileError::Missing => format!(
                    "Get {file} as well, or bundle the document where all its files are, with `npx @redocly/cli bundle` \
                     for instance. If the reference is wrong, correct it: its path starts at the file that it stands in."
                ),
                FileError::Outside => {
                    "Nothing else is read: move the file below that folder, or bundle all files into one document \
                     first, for example with `npx @redocly/cli bundle`."
                        .to_owned()
                }
                _ => format!("Correct {file}, or the reference."),
            };
            (error.to_string(), BELOW.to_owned(), advice)
        }
        Fault::Parse(file, problem) => (
            format!("and {file} is not as it should be: {}", problem.found),
            problem.expected,
            format!("Correct {file}, or the reference."),
        ),
        Fault::Nowhere(location) => (
            format!("and {} has no such place", location.file),
            "a place that the file has".to_owned(),
            format!("Add {location}, or correct the reference."),
        ),
        Fault::ByName(file) => (
            "which is not a JSON pointer".to_owned(),
            format!("a place such as {file}#/pet"),
            "Name the place by its pointer.".to_owned(),
        ),
        Fault::Circle => (
            "which leads back to itself".to_owned(),
            "references without a cycle".to_owned(),
            "Remove one of the references in the cycle.".to_owned(),
        ),
        Fault::Away => (
            "which leads to another address".to_owned(),
            BELOW.to_owned(),
            "Bundle it into one document first, for example with `npx @redocly/cli bundle`."
                .to_owned(),
        ),
        Fault::TooMuch(what) => (
            format!("with which there are {what}"),
            "fewer".to_owned(),
            "Split the document, or leave parts of it out.".to_owned(),
        ),
    };
    Problem {
        pointer,
        found: format!("a reference to `{reference}`, {what}"),
        expected,
        advice,
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if self.tokens.is_empty() {
            return Ok(());
        }
        write!(f, "#{}", self.pointer())
    }
}

impl Location {
    pub(super) fn pointer(&self) -> Pointer {
        let tokens = self.tokens.iter();
        tokens.fold(Pointer::root(""), |pointer, token| pointer.key(token))
    }
}
