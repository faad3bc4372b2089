//! What became of each place of a document, noted while it is lowered.

use std::collections::{HashMap, HashSet};

use super::{Census, Counted};
use crate::document::Pointer;
use crate::model::TypeId;

/// Why something of a document is not in the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Reason {
    AnyJson,
    AnyText,
    AttemptError,
    Cookie,
    Duplicate,
    Failure,
    NamedOnly,
    LacksShared,
    NoBody,
    NoName,
    NoOperation,
    NoPlace,
    OtherKind,
    OtherMedia,
    OtherMethod,
    OtherReply,
    OwnHeader,
    Overridden,
    Raw,
    ReadOnly,
    Refined,
    ReplyHeader,
    Same,
    Status,
    Unreferenced,
    Untold,
}

impl Reason {
    /// The reason in a sentence.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::AnyJson => "it is any JSON, because nothing says what it is",
            Self::AnyText => "any text may stand there too",
            Self::AttemptError => "the error of an action attempt is its type and message, as text",
            Self::Cookie => "a cookie is set with the header `cookie`",
            Self::Duplicate => "it is listed twice",
            Self::Failure => "a reply of failure, of which the client has a type of its own",
            Self::NamedOnly => "a query or a form has only what the document names",
            Self::LacksShared => {
                "it lacks what all others of its kind have, so it comes through as an unknown one"
            }
            Self::NoBody => "the method has no body",
            Self::NoName => "a value that is no text has no name",
            Self::NoOperation => "it has no operation",
            Self::NoPlace => "the path has no place for it",
            Self::OtherKind => "a value of its type has no such thing",
            Self::OtherMedia => "another media type of the same body is used",
            Self::OtherMethod => "another method of the path is the call",
            Self::OtherReply => "another reply of success is what the call returns",
            Self::OwnHeader => "a header that the client writes itself",
            Self::Overridden => "another place declares the same parameter",
            Self::Raw => "text or bytes, taken as they are",
            Self::ReadOnly => "only the server sets it",
            Self::Refined => "another part of the `allOf` says it more exactly",
            Self::ReplyHeader => "headers of a reply come as they are",
            Self::Same => "it is one with the same of another branch",
            Self::Status => "it repeats the status of the reply",
            Self::Unreferenced => "nothing that is rendered refers to it",
            Self::Untold => "no value tells the branch from others, so it is an unknown one",
        }
    }
}

/// What became of each place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    /// Places that became something; part of a type, where there is one.
    told: Vec<(String, Option<TypeId>)>,
    /// Schemas whose `enum` became something.
    values: Vec<(String, Option<TypeId>)>,
    /// Places that are left out with all that is below.
    dropped: HashMap<String, Reason>,
}

impl Ledger {
    /// A place became something.
    pub(crate) fn tell(&mut self, pointer: impl ToString, of: Option<TypeId>) {
        self.told.push((pointer.to_string(), of));
    }

    /// The values that a schema lists became something.
    pub(crate) fn tell_values(&mut self, pointer: impl ToString, of: Option<TypeId>) {
        self.values.push((pointer.to_string(), of));
    }

    /// A place, and all that is below it, is left out. What becomes something elsewhere is not lost.
    pub(crate) fn drop(&mut self, pointer: &Pointer, reason: Reason) {
        self.dropped.entry(pointer.to_string()).or_insert(reason);
    }

    /// What was left out.
    pub(crate) fn dropped(&self) -> impl Iterator<Item = (&str, Reason)> {
        let all = self.dropped.iter();
        all.map(|(pointer, reason)| (pointer.as_str(), *reason))
    }

    /// Takes every place as the census has it; what only dead types tell is not told.
    pub(super) fn close(&self, census: &Census, live: &dyn Fn(TypeId) -> bool) -> Closed {
        let place = |pointer: &String| census.place(pointer).unwrap_or_else(|| pointer.clone());
        let mut closed = Closed::default();
        for (pointer, of) in &self.told {
            let set = match of.is_none_or(live) {
                true => &mut closed.told,
                false => &mut closed.dead,
            };
            set.insert(place(pointer));
        }
        for (pointer, of) in &self.values {
            if of.is_none_or(live) {
                closed.values.insert(place(pointer));
            } else {
                closed.dead.insert(place(pointer));
            }
        }
        let dropped = self.dropped.iter();
        closed.dropped = dropped
            .map(|(pointer, reason)| (place(pointer), *reason))
            .collect();
        closed
    }
}

/// A ledger whose places are those of the census.
#[derive(Debug, Default)]
pub(super) struct Closed {
    told: HashSet<String>,
    values: HashSet<String>,
    dead: HashSet<String>,
    dropped: HashMap<String, Reason>,
}

impl Closed {
    pub(super) fn is_told(&self, class: Counted, pointer: &str) -> bool {
        let of_enum = pointer
            .rsplit_once("/enum/")
            .filter(|_| class == Counted::Value);
        self.told.contains(pointer)
            || of_enum.is_some_and(|(schema, _)| {
                self.values.contains(schema) && !self.dropped.contains_key(pointer)
            })
    }

    /// Why a place is not told: of it, or of what it stands in.
    pub(super) fn reason(&self, pointer: &str) -> Option<Reason> {
        let ends = pointer.match_indices('/').map(|(end, _)| end).skip(1);
        ends.chain([pointer.len()]).find_map(|end| {
            let place = &pointer[..end];
            let dropped = self.dropped.get(place).copied();
            dropped.or_else(|| self.dead.contains(place).then_some(Reason::Unreferenced))
        })
    }
}
