//! The reasons for which something of a document is left out.

/// Why something of a document is not in the client.
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
    /// The reason in a sentence.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::AnyJson => "it is any JSON, because nothing says what it is",
            Self::AnyText => "any text may stand there too",
            Self::AttemptError => "the error of an action attempt is its type and message, as text",
            Self::Duplicate => "it is listed twice",
            Self::Endless => "it stands behind more choices at the same time than are looked into",
            Self::Extra => "`extra()` has what a variant holds besides, as JSON",
            Self::Failure => "a reply of failure, of which the client has a type of its own",
            Self::NamedOnly => "a query or a form has only what the document names",
            Self::LacksShared => {
                "it lacks what all others of its kind have, so it comes through as an unknown one"
            }
            Self::NoBody => "the method has no body",
            Self::NoName => "only texts and whole numbers have names",
            Self::NoOperation => "it has no operation",
            Self::NoPlace => "the path has no place for it",
            Self::OtherKind => "a value of its type has no such thing",
            Self::OtherMedia => "another media type of the same body is used",
            Self::OtherMethod => "another method of the path is the call",
            Self::OtherValues => {
                "other parts of the schema say other things about the values of further keys"
            }
            Self::OtherReply => "another reply of success is what the call returns",
            Self::OwnHeader => "a header that the client writes itself",
            Self::Overridden => "another place declares the same parameter",
            Self::Raw => "text or bytes, taken as they are",
            Self::ReadOnly => "only the server sets it",
            Self::WriteOnly => "only callers set it",
            Self::Redirect => "of a redirect the call returns the `Location`",
            Self::Refined => "another part of the `allOf` says it more exactly",
            Self::ReplyHeader => "headers of a reply come as they are",
            Self::Same => "it is one with the same of another branch",
            Self::SameDelivery => "another call has the same callback",
            Self::SameReply => "another reply of the call has the same body",
            Self::Status => "it repeats the status of the reply",
            Self::Unreferenced => "nothing that is rendered refers to it",
            Self::NoTagValue => "no value tells the branch from others, so it is an unknown one",
        }
    }
}
