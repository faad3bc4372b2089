//! The tables of all keywords, and how each is handled.
//!
//! `used`: the generator reads it. `waived`: it is left out, for the given reason. Later stages never see it, so a waived
//! keyword cannot be used by mistake. `widened`: it narrows a type in a way that OpenAPI 3.0 cannot express, so it is left out
//! with a warning. A keyword that is in no table is an error. To support one, add a line to a table.

mod extensions;
mod operations;
mod root;
mod schemas;

/// The kinds of objects in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Callback,
    Components,
    Contact,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Flow,
    Flows,
    Header,
    Info,
    Licence,
    Link,
    MediaType,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Xml,
}

/// A keyword of one kind of object.
#[derive(Debug)]
pub(super) struct Keyword {
    pub(super) name: &'static str,
    pub(super) value: Shape,
    pub(super) handling: Handling,
}

/// How a keyword is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handling {
    Used,
    /// Read before the document is typed, and then left out.
    ReadEarly,
    /// Left out, with the reason.
    Waived(&'static str),
    /// Left out with a warning: it narrows a type. The text says how the schema is read without it.
    Widened(&'static str),
}

/// The shape of a keyword's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Any data, without keywords.
    Data,
    Text,
    Truth,
    /// A list of texts.
    Texts,
    /// An object of texts.
    TextMap,
    /// The first number of a parameter; data elsewhere.
    Start,
    /// A list of any values.
    Values,
    /// The name of a type, or a list of names.
    Type,
    /// `query`, `path`, `header` or `cookie`.
    Location,
    One(Kind),
    Many(Kind),
    /// An object whose keys are names.
    Named(Kind),
    /// A schema, true or false.
    SchemaOrTruth,
    /// A schema, or a list of schemas, as in drafts before JSON Schema 2020.
    SchemaOrMany,
    /// Definitions of schemas, for references.
    Definitions,
}

const fn used(name: &'static str, value: Shape) -> Keyword {
    Keyword {
        name,
        value,
        handling: Handling::Used,
    }
}

const fn read_early(name: &'static str, value: Shape) -> Keyword {
    Keyword {
        name,
        value,
        handling: Handling::ReadEarly,
    }
}

const fn waived(name: &'static str, value: Shape, why: &'static str) -> Keyword {
    Keyword {
        name,
        value,
        handling: Handling::Waived(why),
    }
}

const fn widened(name: &'static str, taken: &'static str) -> Keyword {
    Keyword {
        name,
        value: Shape::Data,
        handling: Handling::Widened(taken),
    }
}

/// Returns true if a keyword is a specification extension.
pub(super) fn is_extension(keyword: &str) -> bool {
    keyword.starts_with("x-")
}

/// Returns the entry of an extension.
pub(super) fn extension(keyword: &str) -> Option<&'static Keyword> {
    extensions::TABLE
        .iter()
        .find(|known| match known.name.strip_suffix('*') {
            Some(start) => keyword.starts_with(start),
            None => known.name == keyword,
        })
}

impl Kind {
    /// Returns the entry of a keyword of this kind of object.
    pub(super) fn keyword(self, keyword: &str) -> Option<&'static Keyword> {
        self.table().iter().find(|known| known.name == keyword)
    }

    /// Returns the keywords of this kind of object. `Paths`, `Responses` and `Callback` have names instead.
    pub(super) fn table(self) -> &'static [Keyword] {
        match self {
            Self::Paths | Self::Responses | Self::Callback => &[],
            Self::Components => root::COMPONENTS,
            Self::Contact => root::CONTACT,
            Self::Document => root::DOCUMENT,
            Self::ExternalDocs => root::EXTERNAL_DOCS,
            Self::Flow => root::FLOW,
            Self::Flows => root::FLOWS,
            Self::Info => root::INFO,
            Self::Licence => root::LICENCE,
            Self::SecurityScheme => root::SECURITY_SCHEME,
            Self::Server => root::SERVER,
            Self::ServerVariable => root::SERVER_VARIABLE,
            Self::Tag => root::TAG,
            Self::Encoding => operations::ENCODING,
            Self::Example => operations::EXAMPLE,
            Self::Header => operations::HEADER,
            Self::Link => operations::LINK,
            Self::MediaType => operations::MEDIA_TYPE,
            Self::Operation => operations::OPERATION,
            Self::Parameter => operations::PARAMETER,
            Self::PathItem => operations::PATH_ITEM,
            Self::RequestBody => operations::REQUEST_BODY,
            Self::Response => operations::RESPONSE,
            Self::Discriminator => schemas::DISCRIMINATOR,
            Self::Schema => schemas::SCHEMA,
            Self::Xml => schemas::XML,
        }
    }

    /// Returns the kind of the entries of an object that has names instead of keywords.
    pub(super) fn entries(self) -> Option<Self> {
        match self {
            Self::Paths | Self::Callback => Some(Self::PathItem),
            Self::Responses => Some(Self::Response),
            _ => None,
        }
    }

    /// Returns the required keywords of the object.
    pub(super) fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Info => &["title", "version"],
            Self::Document => &["info"],
            Self::Parameter => &["name", "in"],
            Self::Discriminator => &["propertyName"],
            Self::Operation => &["responses"],
            Self::Tag => &["name"],
            _ => &[],
        }
    }

    /// Returns true if a reference may replace the object.
    pub(super) fn may_be_referred_to(self) -> bool {
        matches!(
            self,
            Self::Callback
                | Self::Example
                | Self::Header
                | Self::Link
                | Self::Parameter
                | Self::PathItem
                | Self::RequestBody
                | Self::Response
                | Self::Schema
                | Self::SecurityScheme
        )
    }

    /// Returns the name of the object in messages.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Callback => "a callback",
            Self::Components => "the components",
            Self::Contact => "a contact",
            Self::Discriminator => "a discriminator",
            Self::Document => "the document",
            Self::Encoding => "an encoding",
            Self::Example => "an example",
            Self::ExternalDocs => "external documentation",
            Self::Flow => "an OAuth flow",
            Self::Flows => "the OAuth flows",
            Self::Header => "a header",
            Self::Info => "the info",
            Self::Licence => "a licence",
            Self::Link => "a link",
            Self::MediaType => "a media type",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::PathItem => "a path item",
            Self::Paths => "the paths",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
            Self::Responses => "the responses",
            Self::Schema => "a schema",
            Self::SecurityScheme => "a security scheme",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Tag => "a tag",
            Self::Xml => "an XML object",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_keyword_is_once_in_a_table_and_each_waiver_has_a_reason() {
        let kinds = [
            Kind::Components,
            Kind::Contact,
            Kind::Discriminator,
            Kind::Document,
            Kind::Encoding,
            Kind::Example,
            Kind::ExternalDocs,
            Kind::Flow,
            Kind::Flows,
            Kind::Header,
            Kind::Info,
            Kind::Licence,
            Kind::Link,
            Kind::MediaType,
            Kind::Operation,
            Kind::Parameter,
            Kind::PathItem,
            Kind::RequestBody,
            Kind::Response,
            Kind::Schema,
            Kind::SecurityScheme,
            Kind::Server,
            Kind::ServerVariable,
            Kind::Tag,
            Kind::Xml,
        ];
        let tables = kinds.map(Kind::table).into_iter();
        for table in tables.chain([extensions::TABLE]) {
            assert!(!table.is_empty());
            for (index, keyword) in table.iter().enumerate() {
                let same = table[..index].iter().find(|k| k.name == keyword.name);
                assert!(same.is_none(), "{} stands twice", keyword.name);
                if let Handling::Waived(why) | Handling::Widened(why) = keyword.handling {
                    assert!(why.len() > 10, "{}: {why}", keyword.name);
                }
            }
        }
    }

    #[test]
    fn required_keywords_are_used() {
        for kind in [
            Kind::Info,
            Kind::Document,
            Kind::Parameter,
            Kind::Discriminator,
            Kind::Operation,
            Kind::Tag,
        ] {
            assert!(!kind.needs().is_empty());
            for name in kind.needs() {
                let handling = kind.keyword(name).map(|keyword| keyword.handling);
                assert_eq!(handling, Some(Handling::Used), "{name}");
            }
        }
    }
}
