//! Parses and checks a document: text in, a typed OpenAPI 3.0 document out.

mod anchors;
mod bundle;
mod connection;
mod definitions;
mod deliveries;
mod external;
mod findings;
mod found;
mod keywords;
mod modern;
mod names;
mod objects;
mod overlay;
mod paths;
mod place;
mod pointer;
mod recent;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod typed;
mod values;
mod version;
mod walk;

use openapiv3::OpenAPI;
use serde_json::Value;

pub(crate) use bundle::Origins;
pub(crate) use connection::DeclaredConnection;
pub(crate) use deliveries::Delivery;
pub(crate) use modern::TUPLE;
pub(crate) use names::{FixedStruct, NamedType, Names, with_structs};
pub(crate) use pointer::{Pointer, tokens, unescaped};
pub use tally::{Keywords, UnknownKeyword};
pub(crate) use text::parse;

use crate::dialect::{self, Dialect};
use crate::error::{Errors, Problem, Warning};
use crate::source::{Options, Source};
use crate::trace::Places;
use bundle::Bundled;
use version::Version;
use walk::Rules;

/// The result of reading a document.
pub(crate) struct Read {
    pub(crate) document: OpenAPI,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) keywords: Keywords,
    /// Violations of OpenAPI, and how they are read.
    pub(crate) warnings: Vec<Warning>,
    /// The places that come from other files.
    pub(crate) origins: Origins,
    /// Everything that the document has, by its place.
    pub(crate) places: Places,
    /// The webhooks and callbacks.
    pub(crate) deliveries: Vec<Delivery>,
    /// The names for places from `names.yaml`.
    pub(crate) names: Names,
    /// Servers and security schemes.
    pub(crate) connection: DeclaredConnection,
    /// The document before it is typed, if tests are derived from it.
    pub(crate) untyped: Option<Value>,
    /// Its components before they are typed.
    pub(crate) components: Value,
}

/// Reads JSON or YAML as an OpenAPI document with paths.
pub(crate) fn read(source: &Source<'_>, options: Options) -> Result<Read, Errors> {
    let Tree {
        mut value,
        dialect,
        keywords,
        warnings,
        origins,
        connection,
    } = tree(source, options)?;
    let errors = |problems| errors(source, &origins, problems);
    let names = match &source.names {
        Some(file) => {
            names::read(&value, file, options.allow_expired_corrections).map_err(errors)?
        }
        None => Names::default(),
    };
    let places = Places::of(&value);
    let untyped = options.tests.then(|| value.clone());
    let components = value.get("components").cloned().unwrap_or_default();
    let deliveries = deliveries::take(&mut value).map_err(errors)?;
    let document = typed::typed(value).map_err(errors)?;
    Ok(Read {
        document,
        dialect,
        keywords,
        warnings,
        origins,
        places,
        deliveries,
        names,
        connection,
        untyped,
        components,
    })
}

/// A document before it is typed.
pub(crate) struct Tree {
    pub(crate) value: Value,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) keywords: Keywords,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) origins: Origins,
    pub(crate) connection: DeclaredConnection,
}

/// Returns the document before it is typed: checked, corrected, in the form of OpenAPI 3.0.
pub(crate) fn tree(source: &Source<'_>, options: Options) -> Result<Tree, Errors> {
    let unread = |problems| errors(source, &Origins::default(), problems);
    let mut value = text::parse(source.document).map_err(|problem| unread(vec![problem]))?;
    let files = source.files.map(|files| bundle::bundle(&mut value, files));
    let Bundled { origins, warnings } = files.transpose().map_err(unread)?.unwrap_or_default();
    let errors = |problems| errors(source, &origins, problems);
    if let Some(overlay) = &source.overlay {
        overlay::apply(&mut value, overlay, options.allow_expired_corrections).map_err(errors)?;
    }
    deliveries::spell(&mut value);
    let version = version::check(&value).map_err(|problem| errors(vec![problem]))?;
    version::spell(&mut value);
    let mut warnings = warnings;
    warnings.extend(paths::spell(&mut value));
    if version == Version::V32 {
        warnings.extend(recent::spell(&mut value));
    }
    // Hardly any document has anchors, and those without need no further walk.
    if ["$anchor", "$dynamicAnchor"]
        .iter()
        .any(|key| source.document.contains(key))
    {
        warnings.extend(anchors::resolve(&mut value));
    }
    let dialect = dialect::of(&value);
    dialect.correct(&mut value);
    let rules = Rules {
        version,
        extensions_accounted_for: dialect.accounts_for_extensions(),
    };
    if let Some(problem) = external::problem(&value) {
        return Err(errors(vec![problem]));
    }
    let connection = connection::read(&value);
    let mut findings = walk::walk(&mut value, rules);
    if !rules.extensions_accounted_for && !options.allow_unknown_keywords {
        findings.warn_of_unknown();
    }
    findings.warnings.splice(0..0, warnings);
    let warnings = std::mem::take(&mut findings.warnings);
    let definitions = std::mem::take(&mut findings.definitions);
    let keywords = findings
        .verdict(options.allow_unknown_keywords)
        .map_err(errors)?;
    definitions::make_components(&mut value, definitions);
    definitions::inline_path_items(&mut value);
    Ok(Tree {
        value,
        dialect,
        keywords,
        warnings,
        origins,
        connection,
    })
}

fn errors(source: &Source<'_>, origins: &Origins, mut problems: Vec<Problem>) -> Errors {
    origins.name_in(&mut problems);
    Errors {
        document: source.name.to_owned(),
        problems,
    }
}
