//! Parts that only some documents need: styles, headers, cookies, forms, uploads, streams. Other clients are compiled with the
//! module `none` in their place.

mod cookies;
mod download;
mod events;
mod exchange;
mod follow;
mod form;
mod multipart;
mod outgoing;
mod path_style;
mod setters;
mod style;
mod upload;

use bytes::Bytes;

use super::settings::Settings;

pub(super) use download::OpenBody;
pub use download::{Download, DownloadFuture};
pub use events::{Event, Eventful, Events};
pub(super) use exchange::{add_cookies, exchange};
#[allow(unused_imports, reason = "whether it is named depends on the document")]
pub(crate) use path_style::PathStyle;
pub(super) use setters::add_to_query;
pub(crate) use style::Style;
pub use upload::Upload;

/// A body that is not JSON.
#[derive(Clone)]
pub(super) enum RareBody {
    /// A urlencoded form of the parameters.
    Form,
    /// A multipart form of the parameters.
    Multipart,
    /// Bytes, and their default media type.
    Raw(Upload, &'static str),
}

impl RareBody {
    /// Returns the body of an operation that sends this media type; `None` for a JSON object of the parameters.
    pub(super) fn of(sends: &str) -> Option<Self> {
        match sends {
            form::FORM => Some(Self::Form),
            multipart::FORM => Some(Self::Multipart),
            _ => None,
        }
    }

    /// Returns the body and its media type, without uploads that stream.
    pub(super) fn encoded(&self, settings: &Settings) -> (Bytes, &str) {
        match self {
            Self::Form => (form::encode(settings).into(), form::FORM),
            Self::Multipart => (multipart::encode(settings).into(), multipart::CONTENT_TYPE),
            Self::Raw(upload, media) => {
                let media = upload.media_type.as_deref().unwrap_or(media);
                (upload.source.bytes(), media)
            }
        }
    }

    /// Returns true if the body consists of named fields.
    pub(super) fn has_fields(&self) -> bool {
        matches!(self, Self::Form | Self::Multipart)
    }
}

/// A location that only some requests use, with the style of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RarePlace {
    /// In the query, in a style that the document names.
    Query(Style),
    /// In a cookie.
    Cookie(Style),
    /// A field of a urlencoded form.
    Form(Style),
    /// A part of a multipart form.
    Part,
}

impl RarePlace {
    pub(super) fn is_in_query(self) -> bool {
        matches!(self, Self::Query(_))
    }

    pub(super) fn is_in_body(self) -> bool {
        matches!(self, Self::Form(_) | Self::Part)
    }
}

/// A value that is not plain text.
#[derive(Clone)]
pub(super) enum RareContent {
    /// A text in a part of a form, with its media type.
    Typed(String, &'static str),
    /// A file, and its default media type.
    File(Upload, &'static str),
}

impl RareContent {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Typed(text, _) => text,
            Self::File(..) => "",
        }
    }
}
