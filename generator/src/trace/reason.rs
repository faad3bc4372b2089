//! The reasons why parts of a document are left out.

/// The reason why a part of a document is not in the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Reason {
    AnyJson,
    AnyText,
    AttemptError,
    Duplicate,
    Endless,
    Extra,
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
    OtherValues,
    OwnHeader,
    Overridden,
    Raw,
    ReadOnly,
    WriteOnly,
    Redirect,
    Refined,
    ReplyHeader,
    Same,
    SameDelivery,
    SameReply,
    Status,
    Unreferenced,
    NoTagValue,
}

impl Reason {
    /// Returns the reason as a sentence.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::AnyJson => "it is any JSON, because it has no type",
            Self::AnyText => "any text is allowed too",
            Self::AttemptError => "the error of an action attempt is its type and message, as text",
            Self::Duplicate => "it is listed twice",
            Self::Endless => "it is behind more choices at the same time than the limit",
            Self::Extra => "`extra()` has the further properties of a variant, as JSON",
            Self::Failure => "a failure, for which the client has its own type",
            Self::NamedOnly => "a query or a form has only the named properties",
            Self::LacksShared => {
                "it lacks what all others of its kind have, so it is read as an unknown one"
            }
            Self::NoBody => "the method has no body",
            Self::NoName => "only strings and integers have names",
            Self::NoOperation => "it has no operation",
            Self::NoPlace => "the path has no place for it",
            Self::OtherKind => "the keyword does not apply to its type",
            Self::OtherMedia => "another media type of the same body is used",
            Self::OtherMethod => "another method of the path is the call",
            Self::OtherValues => {
                "other parts of the schema describe additional properties in another way"
            }
            Self::OtherReply => "the call returns another successful reply",
            Self::OwnHeader => "a header that the client sets itself",
            Self::Overridden => "another place declares the same parameter",
            Self::Raw => "text or bytes, which are not parsed",
            Self::ReadOnly => "only the server sets it",
            Self::WriteOnly => "only callers set it",
            Self::Redirect => "the call returns the `Location` of a redirect",
            Self::Refined => "another part of the `allOf` is more specific",
            Self::ReplyHeader => "headers of a reply are not parsed",
            Self::Same => "it is merged with the same property of another branch",
            Self::SameDelivery => "another call has the same callback",
            Self::SameReply => "another reply of the call has the same body",
            Self::Status => "it repeats the status of the reply",
            Self::Unreferenced => "no rendered item refers to it",
            Self::NoTagValue => "no value selects the branch, so it is read as an unknown one",
        }
    }
}
