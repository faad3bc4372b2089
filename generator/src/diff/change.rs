//! The results of a comparison.

use std::fmt;

use serde::Serialize;

use super::place::Finding;

/// The effect of a change on callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A program may no longer compile or work.
    Breaking,
    /// Something was added.
    Additive,
    /// Something is deprecated.
    Deprecation,
    /// Something is sent differently on the wire. Programs stay as they are, but need the new client.
    Wire,
    /// Only descriptions have changed.
    Documentation,
}

/// The effect of all changes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Callers see no difference.
    None,
    /// Only descriptions have changed.
    Documentation,
    /// Programs stay as they are, but need the new client, which sends or reads something differently.
    Wire,
    /// Something was added or deprecated. Semantic Versioning treats both in the same way.
    Additive,
    /// Some programs have to be changed.
    Breaking,
}

/// The kind of thing that has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A cargo feature.
    Feature,
    /// A group of calls.
    Namespace,
    /// A call.
    Call,
    /// A required parameter.
    Argument,
    /// An optional parameter.
    Parameter,
    /// The output of a call.
    Output,
    /// A further key of a reply.
    ReplyKey,
    /// A type.
    Type,
    /// The newtype of an id.
    Id,
    /// A property of a struct.
    Property,
    /// A method that returns a property of the branches of an enum.
    Accessor,
    /// The way to build a value: `new` and setters.
    Constructor,
    /// A value of a string enum.
    Value,
    /// A branch of a union.
    Branch,
}

/// The kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was removed.
    Gone,
    /// It is new.
    New,
    /// It has changed.
    Changed,
    /// It is deprecated.
    Deprecated,
    /// Its description has changed.
    Described,
}

/// One of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The old document.
    Old,
    /// The new document.
    New,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The first segment of its path: `locks`, `device`.
    pub group: String,
    /// The effect on callers.
    pub class: Class,
    /// The kind of thing.
    pub item: Item,
    /// The kind of change.
    pub event: Event,
    /// The call or the path of the type that it belongs to, as callers write it.
    pub subject: String,
    /// The fact about the subject, as the predicate of a sentence.
    pub fact: String,
    /// The sentence of subject and fact.
    pub sentence: String,
    /// Its name in the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its name on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    /// Its Rust path.
    pub rust: String,
    /// The JSON pointer of its origin.
    pub pointer: String,
    /// The document that the pointer applies to.
    pub document: Side,
    /// Its page on the vendor's site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The resource that it belongs to. A namespace belongs to the resource of its name: `device` for `devices`.
    pub resource: String,
    /// The old call or path, if programs have to change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The new call or path, if programs have to change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// The results of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The verdict on the changes of the documented API.
    pub verdict: Verdict,
    /// The changes of the documented API: breaking ones first in each group.
    pub changes: Vec<Change>,
    /// Changes behind the feature `undocumented`. The feature makes no promises, so they do not affect the verdict.
    pub undocumented: Vec<Change>,
}

impl Changes {
    pub(super) fn of(findings: Vec<Finding>) -> Self {
        let sorted = |hidden: bool| {
            let of_kind = findings.iter().filter(|findings| findings.hidden == hidden);
            let mut changes: Vec<Change> =
                of_kind.map(|findings| findings.change.clone()).collect();
            changes.sort();
            changes.dedup();
            changes
        };
        let changes = sorted(false);
        let classes = changes.iter().map(|change| change.class);
        Self {
            verdict: classes.map(Verdict::of).max().unwrap_or(Verdict::None),
            undocumented: sorted(true),
            changes,
        }
    }

    /// Returns true if both documents have the same client, except undocumented parts.
    pub fn is_none(&self) -> bool {
        self.verdict == Verdict::None
    }

    /// Returns the documented changes of a class.
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(move |change| change.class == class)
    }
}

impl Verdict {
    fn of(class: Class) -> Self {
        match class {
            Class::Breaking => Self::Breaking,
            Class::Additive | Class::Deprecation => Self::Additive,
            Class::Wire => Self::Wire,
            Class::Documentation => Self::Documentation,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Documentation => "documentation",
            Self::Wire => "wire",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        })
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Deprecation => "deprecation",
            Self::Wire => "wire",
            Self::Documentation => "documentation",
        })
    }
}
