//! Reads a document and checks that it is one: text in, a typed OpenAPI 3.0 document out.

mod definitions;
mod findings;
mod found;
mod keywords;
mod modern;
mod objects;
mod overlay;
mod place;
mod pointer;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod typed;
mod values;
mod version;
mod walk;

use openapiv3::OpenAPI;

pub(crate) use pointer::Pointer;
pub use tally::{Keywords, UnknownKeyword};

use crate::error::{Errors, Problem};
use crate::generate::{Options, Source};
use crate::seam::Conventions;
use walk::Rules;

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
        overlay::apply(&mut value, overlay, options.allow_expired_corrections).map_err(errors)?;
    }
    let version = version::check(&value).map_err(|problem| errors(vec![problem]))?;
    version::spell(&mut value);
    let rules = Rules {
        version,
        extensions_accounted_for: Conventions::hold_for(&value),
    };
    let mut findings = walk::walk(&mut value, rules);
    let definitions = std::mem::take(&mut findings.definitions);
    let keywords = findings
        .verdict(options.allow_unknown_keywords)
        .map_err(errors)?;
    definitions::settle(&mut value, definitions);
    definitions::inline_path_items(&mut value);
    let document = typed::typed(value).map_err(errors)?;
    Ok(Read { document, keywords })
}
