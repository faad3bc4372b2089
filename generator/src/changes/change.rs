//! What a comparison finds.

use std::fmt;

use serde::Serialize;

use super::place::Finding;

/// What a change means to a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A program that compiled and worked may do so no longer.
    Breaking,
    /// There is more than there was.
    Additive,
    /// Something should no longer be used.
    Deprecation,
    /// Something is sent or spelled otherwise on the wire. A program stays as it is, and needs the new client.
    Wire,
    /// Only the words have changed.
    Documentation,
}

/// What all changes together mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Callers see no difference.
    None,
    /// Only the words have changed.
    Documentation,
    /// Programs stay as they are, and need the new client, which sends or reads something otherwise.
    Wire,
    /// There is more than there was. A deprecation counts as such, as it does in Semantic Versioning.
    Additive,
    /// Some program has to be changed.
    Breaking,
}

/// What sort of thing has changed.
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
    /// What a call returns.
    Output,
    /// What a reply carries besides.
    ReplyKey,
    /// A type.
    Type,
    /// The newtype of an id.
    Id,
    /// A property of a struct.
    Property,
    /// What gives a property that all branches of an enum have.
    Accessor,
    /// How a value is built.
    Constructor,
    /// A value of a string enum.
    Value,
    /// A branch of an enum that holds something.
    Branch,
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It is no longer there.
    Gone,
    /// It was not there before.
    New,
    /// It is another.
    Changed,
    /// It should no longer be used.
    Deprecated,
    /// It is described in other words.
    Described,
}

/// One of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// One thing that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The first segment of its path: `locks`, `device`.
    pub group: String,
    /// What it means to a caller.
    pub class: Class,
    /// What sort of thing it is.
    pub item: Item,
    /// What happened to it.
    pub event: Event,
    /// What it belongs to, as a caller writes it: a call, or the path of a type.
    pub subject: String,
    /// The fact about the subject, as the end of a sentence.
    pub fact: String,
    /// The sentence that subject and fact make.
    pub sentence: String,
    /// What it is called within the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is called on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    /// The Rust path of the thing itself.
    pub rust: String,
    /// The JSON pointer of where it comes from.
    pub pointer: String,
    /// The document that the pointer leads into.
    pub document: Side,
    /// The page about it on the vendor's site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The resource that it is about. A namespace is about the resource of its name: `device` for `devices`.
    pub resource: String,
    /// The call or path as programs have it, where they have to change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The same as programs need it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Everything that a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// What the changes of the documented API mean together.
    pub verdict: Verdict,
    /// The changes of the documented API: breaking ones first in each group.
    pub changes: Vec<Change>,
    /// Changes behind the feature `undocumented`. It promises nothing, so they do not count for the verdict.
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

    /// Returns true if the documents make the same client but for undocumented parts.
    pub fn is_none(&self) -> bool {
        self.verdict == Verdict::None
    }

    /// The documented changes of a class.
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
