//! Wire names to Rust identifiers. `words` splits them.
//!
//! Two layers. The functions here are pure: they turn one wire name into one identifier and know
//! nothing of other names. [`Scope`], [`variants`] and [`fields`] keep a namespace free of
//! collisions; they choose by meaning and spelling, and a number is their last resort.
//!
//! The rules, in the order in which they apply:
//!
//! - Words are split as `heck` does, after Unicode normalization (NFC), as `rustc` does too.
//! - Punctuation separates words. In enum values the signs that mean something (`+`, `<`, `%`, …)
//!   are spelled, in every name a sign before a leading digit (`-1` is `Minus1`), and in a name without
//!   letters and digits all of them (`=` is `Equals`).
//! - A leading number up to 99 is spelled (`1hour` is `OneHour`), any other gets an `N` (`N404`).
//! - Two numbers in a row keep an underscore between them (`V1_0` is not `V10`).
//! - Identifiers over 60 characters lose words from their end.
//! - Keywords become raw identifiers; the few that cannot be raw get a trailing underscore.

mod client;
mod reserved;
mod runtime;
mod scope;
mod sets;

pub use client::ClientName;
pub(crate) use reserved::is_prelude;
pub(crate) use runtime::{ATTEMPT_KEY, is_runtime_module, is_runtime_type, root_namespace};
pub(crate) use scope::{Claimed, Scope};
pub(crate) use sets::{claim_fields, fields, variants};

use crate::words::{LONGEST, Punctuation, Words};

/// Returns the name of a type: `access_code` is `AccessCode`.
///
/// Prelude names come through; [`type_name_in`] avoids them.
pub(crate) fn type_name(wire: &str) -> String {
    reserved::escape_type(Words::of(wire, Punctuation::Separates).pascal())
}

/// Returns the name of a type that belongs to `parent`, a Rust type name.
///
/// A name of the prelude takes the parent's as its prefix: `option` in `Form` is `FormOption`.
pub(crate) fn type_name_in(wire: &str, parent: &str) -> String {
    let plain = Words::of(wire, Punctuation::Separates).pascal();
    if plain != "Self" && !is_prelude(&plain) {
        plain
    } else if parent.is_empty() {
        format!("{plain}Value")
    } else {
        format!("{parent}{plain}")
    }
}

/// Returns the module of a resource and what belongs to it.
pub(crate) fn resource_module(resource: &str) -> String {
    let module = module_name(resource);
    if is_runtime_module(&module) {
        format!("{module}_resource")
    } else {
        module
    }
}

/// Returns the name of a resource: its own, unless the client has something of that name.
pub(crate) fn resource_name(resource: &str) -> String {
    if is_runtime_type(&type_name(resource)) {
        format!("api {resource}")
    } else {
        resource.to_owned()
    }
}

/// Returns the name of a struct's field or of a parameter: `type` is `r#type`, `URL` is `url`.
pub(crate) fn field_name(wire: &str) -> String {
    reserved::escape_snake(Words::of(wire, Punctuation::Separates).snake())
}

/// Returns true if every struct has a method of this name already.
pub(crate) fn is_own_method(field: &str) -> bool {
    ["clone", "default", "extra", "new"].contains(&field)
}

/// Returns the name of a method: `validate-config` is `validate_config`. It borrows, so that a method of the prelude that takes
/// the value itself would come first: `into` is `into_`.
pub(crate) fn method_name(wire: &str) -> String {
    match field_name(wire).as_str() {
        name @ ("into" | "try_into") => format!("{name}_"),
        name => name.to_owned(),
    }
}

/// Returns the name of the method for one way to call an endpoint: `get`, `get_by_name`.
pub(crate) fn call_name(endpoint: &str, suffix: Option<&str>) -> String {
    let Some(suffix) = suffix else {
        return method_name(endpoint);
    };
    let whole = format!("{endpoint}_{suffix}");
    if !Words::of(&whole, Punctuation::Separates).overflow() {
        return method_name(&whole);
    }
    // The end is what tells two ways apart, and what an over-long name loses.
    let mut words = Words::of(endpoint, Punctuation::Separates);
    words.truncate(LONGEST.saturating_sub(suffix.chars().count() + 1));
    method_name(&format!("{}_{suffix}", words.snake()))
}

/// Returns the name of a module, which is also the stem of its file: never `mod`, `lib`, `main`, a crate of
/// the standard library, or what Windows reserves.
pub(crate) fn module_name(wire: &str) -> String {
    reserved::escape_module(Words::of(wire, Punctuation::Separates).snake())
}

/// Returns the name of a cargo feature for a namespace: snake_case as its module is, ASCII, none that the client itself has.
pub(crate) fn feature_name(wire: &str) -> String {
    reserved::escape_feature(&Words::of(wire, Punctuation::Separates).snake())
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
