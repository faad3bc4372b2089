//! Reads a document and checks that it is one: text in, a typed OpenAPI 3.0 document out.

mod found;
mod overlay;
mod pointer;
mod tally;
mod text;
mod typed;
mod version;

use openapiv3::OpenAPI;

pub(crate) use pointer::Pointer;
pub use tally::{Keywords, UnknownKeyword};

use crate::error::{Errors, Problem};
use crate::generate::{Options, Source};

/// What reading a document gives.
pub(crate) struct Read {
    pub(crate) document: OpenAPI,
    pub(crate) keywords: Keywords,
}

/// Reads JSON or YAML as an OpenAPI document with paths.
pub(crate) fn read(source: &Source<'_>, options: Options) -> Result<Read, Errors> {
    let errors = |problems: Vec<Problem>| Errors {
        document: source.name.to_owned(),
        problems,
    };
    let mut value = text::parse(source.document).map_err(|problem| errors(vec![problem]))?;
    if let Some(overlay) = &source.overlay {
        overlay::apply(&mut value, overlay).map_err(errors)?;
    }
    version::check(&value).map_err(|problem| errors(vec![problem]))?;
    let keywords = Keywords::default();
    let document = typed::typed(value).map_err(errors)?;
    Ok(Read { document, keywords })
}
