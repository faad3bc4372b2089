//! Reads the documentation of schemas and operations, from keywords of OpenAPI and common extensions.

use indexmap::IndexMap;
use openapiv3::{Operation, SchemaData};
use serde_json::Value;

use crate::model::Docs;
use crate::rustdoc;

pub(super) fn of_schema(schema: &SchemaData) -> Docs {
    docs(
        &schema.extensions,
        schema.title.clone(),
        schema.description.clone(),
        schema.deprecated,
    )
}

/// Returns the documentation of an operation. The title is that of an extension, or `summary`.
pub(super) fn of_operation(operation: &Operation, summary: Option<String>) -> Docs {
    docs(
        &operation.extensions,
        text(&operation.extensions, "x-title").or(summary),
        operation.description.clone(),
        operation.deprecated,
    )
}

fn docs(
    extensions: &IndexMap<String, Value>,
    title: Option<String>,
    description: Option<String>,
    deprecated: bool,
) -> Docs {
    // Older descriptions have these notes between rules, instead of extensions.
    let notes = description
        .as_deref()
        .filter(|text| text.contains("---"))
        .map(rustdoc::notes)
        .unwrap_or_default();
    let note = |key: &str| {
        let in_description = notes
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, note)| note.clone());
        text(extensions, &format!("x-{key}")).or(in_description)
    };
    Docs {
        title,
        deprecated: note("deprecated").or_else(|| deprecated.then(String::new)),
        draft: note("draft"),
        undocumented: note("undocumented"),
        description,
    }
}

/// Returns the text of an extension; empty if it is only `true`.
pub(super) fn text(extensions: &IndexMap<String, Value>, name: &str) -> Option<String> {
    match extensions.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Bool(true) => Some(String::new()),
        _ => None,
    }
}
