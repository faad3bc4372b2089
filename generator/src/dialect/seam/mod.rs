//! The conventions of Seam's API.

mod counts;
mod secrets;

use openapiv3::{Operation, SchemaData};
use serde_json::Value;

use super::docs::{self, text};
use super::{Dialect, Paging, ResponseKey};
use crate::escape;
use crate::model::{Docs, Method, Secret};

/// The resource in which every call is made.
const WORKSPACE: &str = "workspace";
/// The component that webhooks deliver.
const EVENT: &str = "event";
/// The key of a reply that repeats the HTTP status.
const STATUS: &str = "ok";
/// The key of a success message, which later documents do not have.
const MESSAGE: &str = "message";
/// The component of action attempts, and the key of one in a reply.
const ACTION_ATTEMPT: &str = "action_attempt";
const PAGING: Paging = Paging {
    key: "pagination",
    cursor: "page_cursor",
};
/// The order in which the semantic method of a path is chosen. If a path has PUT and PATCH, PUT is an alias.
const SEMANTIC_ORDER: [Method; 8] = [
    Method::Patch,
    Method::Put,
    Method::Get,
    Method::Delete,
    Method::Head,
    Method::Options,
    Method::Trace,
    Method::Post,
];

/// The properties of an action attempt.
pub(crate) mod attempt {
    pub(crate) const ID: &str = "action_attempt_id";
    pub(crate) const TYPE: &str = "action_type";
    pub(crate) const STATUS: &str = "status";
    pub(crate) const PENDING: &str = "pending";
    pub(crate) const SUCCESS: &str = "success";
    /// The status of a failed action attempt, and the property with the error.
    pub(crate) const ERROR: &str = "error";
    pub(crate) const RESULT: &str = "result";
}

/// Returns true if a document follows the conventions: most of its paths have an operation whose summary is the path.
pub(super) fn is_spoken(document: &Value) -> bool {
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return false;
    };
    let is_named = |path: &str, item: &Value| {
        let operations = item.as_object().into_iter().flat_map(|item| item.values());
        operations
            .filter_map(|operation| operation.get("summary"))
            .any(|summary| summary.as_str() == Some(path))
    };
    let paths = paths.iter().filter(|(path, _)| path.starts_with('/'));
    let named: Vec<bool> = paths.map(|(path, item)| is_named(path, item)).collect();
    let named_by_path = named.iter().filter(|named| **named).count();
    named_by_path * 2 > named.len()
}

#[derive(Debug)]
pub(super) struct Seam;

impl Dialect for Seam {
    fn client(&self) -> Option<&'static str> {
        Some("seam")
    }

    fn header(&self) -> Option<&'static str> {
        Some("Authorization: Bearer $SEAM_API_KEY")
    }

    fn correct(&self, document: &mut Value) {
        counts::make_whole_numbers(document);
    }

    fn accounts_for_extensions(&self) -> bool {
        true
    }

    fn calls_by_path(&self) -> bool {
        true
    }

    /// Returns false, because an enum with one value, such as an operator of a filter, may gain others.
    fn has_constants(&self) -> bool {
        false
    }

    fn semantic_method(&self, methods: &[Method]) -> Method {
        SEMANTIC_ORDER
            .into_iter()
            .find(|method| methods.contains(method))
            .unwrap_or(Method::Post)
    }

    fn resources_have_ids(&self) -> bool {
        true
    }

    fn tags_are_concepts(&self) -> bool {
        true
    }

    fn is_delivered(&self, component: &str) -> bool {
        component == EVENT
    }

    fn is_action_attempt(&self, component: &str) -> bool {
        component == ACTION_ATTEMPT
    }

    fn schema_docs(&self, schema: &SchemaData) -> Docs {
        docs::of_schema(schema)
    }

    /// Returns the documentation without a title, because the summary is the path.
    fn operation_docs(&self, operation: &Operation) -> Docs {
        docs::of_operation(operation, None)
    }

    fn page(&self, path: &str) -> Option<String> {
        Some(format!("https://docs.seam.co/api{}", linked(path)))
    }

    fn needs_parameter(&self, operation: &Operation) -> bool {
        text(&operation.extensions, "x-has-required-parameters").is_some()
    }

    fn action_type(&self, operation: &Operation) -> Option<String> {
        text(&operation.extensions, "x-action-attempt-type")
    }

    fn has_envelope(&self) -> bool {
        true
    }

    fn status_key(&self) -> Option<&'static str> {
        Some(STATUS)
    }

    fn response_key(&self, operation: &Operation) -> ResponseKey {
        match operation.extensions.get("x-response-key") {
            Some(Value::String(key)) => ResponseKey::Named(key.clone()),
            Some(_) => ResponseKey::Nothing,
            None => match text(&operation.extensions, "x-fern-sdk-return-value") {
                Some(key) if key == MESSAGE => ResponseKey::Nothing,
                Some(key) => ResponseKey::Named(key),
                None => ResponseKey::Unknown,
            },
        }
    }

    fn paging(&self) -> Option<Paging> {
        Some(PAGING)
    }

    fn settle_reply(&self, operation: &Value, body: &mut Value) -> bool {
        set_success(body);
        may_reply(operation, body)
    }

    fn workspace(&self) -> Option<&'static str> {
        Some(WORKSPACE)
    }

    fn secrets(&self) -> Vec<Secret> {
        secrets::all()
    }

    fn example_texts(&self) -> &'static [(&'static str, &'static str)] {
        &EXAMPLE_TEXTS
    }

    fn example_entry(&self) -> (&'static str, &'static str) {
        ("room", "101")
    }
}

/// Texts that somebody who manages doors would use.
const EXAMPLE_TEXTS: [(&str, &str); 8] = [
    ("access_code", "1234"),
    ("company_name", "Acme Hotels"),
    ("daily_at", "21:00:00[America/Los_Angeles]"),
    ("description", "Guest room on the second floor"),
    ("message", "Welcome!"),
    ("name", "Front Door"),
    ("search", "front door"),
    ("title", "Welcome"),
];

/// Sets the status of a successful reply to true. It is a boolean in the document, and false is a failure.
fn set_success(body: &mut Value) {
    if let Some(status @ Value::Bool(false)) = body.get_mut(STATUS) {
        *status = Value::Bool(true);
    }
}

/// Returns true if an untyped operation may reply with this body: its action attempt must be of the right action, and its payload
/// must be present.
fn may_reply(operation: &Value, body: &Value) -> bool {
    let extension = |key: &str| operation.get(key).and_then(Value::as_str);
    let attempt = body.get(ACTION_ATTEMPT);
    let action = attempt.and_then(|attempt| attempt.get(attempt::TYPE));
    let is_its_own = match (extension("x-action-attempt-type"), action) {
        (Some(expected), Some(action)) => action == expected,
        _ => true,
    };
    let key = match operation.get("x-response-key") {
        Some(key) => key.as_str(),
        None => extension("x-fern-sdk-return-value"),
    };
    let returns = key.is_none_or(|key| body.get(key).is_some());
    is_its_own && returns
}

/// Returns a path for a link in Markdown.
fn linked(path: &str) -> String {
    escape::percent(path, |byte| {
        byte.is_ascii_alphanumeric() || b"/_-.~{}[]:".contains(&byte)
    })
}
