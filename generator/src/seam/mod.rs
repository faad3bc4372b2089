//! Every convention of Seam's API, in this one place.
//!
//! A document that does not follow them (another vendor's, say) is recognised, and gets plain REST output.

mod counts;
mod secrets;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, SchemaData};
use serde_json::Value;

use crate::model::{Docs, Method};
use crate::{names, rustdoc};

pub(crate) use counts::settle;
pub(crate) use secrets::secrets;

/// What every call is made in, in words.
pub(crate) const WORKSPACE: &str = "workspace";
/// The component that webhooks deliver.
const EVENT: &str = "event";
/// The key of a reply that says no more than the HTTP status.
pub(crate) const STATUS: &str = "ok";
/// The key of a reply that says in words that all went well; later documents say something else in its place.
const MESSAGE: &str = "message";
/// The component that stands for an action in progress.
const ACTION_ATTEMPT: &str = "action_attempt";
/// The semantic method of a path with several, most telling first: PUT is but an alias of PATCH where both are there.
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
    /// The key of a reply that holds one.
    pub(crate) const KEY: &str = "action_attempt";
    pub(crate) const TYPE: &str = "action_type";
    pub(crate) const STATUS: &str = "status";
    pub(crate) const SUCCESS: &str = "success";
    pub(crate) const RESULT: &str = "result";
}

/// How a list comes in pages.
pub(crate) mod pagination {
    /// The key of a reply that says what follows.
    pub(crate) const KEY: &str = "pagination";
    /// The parameter that asks for it.
    pub(crate) const CURSOR: &str = "page_cursor";
}

/// The conventions that hold for one document.
#[derive(Debug)]
pub(crate) struct Conventions {
    /// One path is one call, whatever methods it declares.
    pub(crate) calls_by_path: bool,
    /// What has an id of its own, in words: `access_code`.
    pub(crate) resources: BTreeSet<String>,
}

/// The key of the payload in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ResponseKey {
    /// The document does not say.
    Unsaid,
    /// There is nothing to return.
    Nothing,
    /// The payload stands under this key.
    Named(String),
}

impl Conventions {
    /// The conventions that a document follows.
    pub(crate) fn of(document: &OpenAPI) -> Self {
        let named_by_path = document
            .paths
            .iter()
            .filter(|(path, item)| {
                item.as_item().is_some_and(|item| {
                    item.iter()
                        .any(|(_, operation)| operation.summary.as_ref() == Some(path))
                })
            })
            .count();
        Self {
            calls_by_path: named_by_path * 2 > document.paths.paths.len(),
            resources: BTreeSet::new(),
        }
    }

    /// Whether a document that is not typed yet follows our conventions.
    pub(crate) fn hold_for(document: &Value) -> bool {
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

    /// Whether a component is what webhooks deliver.
    pub(crate) fn is_delivered(&self, component: &str) -> bool {
        self.calls_by_path && component == EVENT
    }

    /// Whether a component is the action attempt.
    pub(crate) fn is_action_attempt(&self, component: &str) -> bool {
        self.calls_by_path && component == ACTION_ATTEMPT
    }

    /// The id newtype of a uuid property, `AccessCodeId` for `pulled_backup_access_code_id`.
    pub(crate) fn id_of(&self, property: &str) -> Option<String> {
        let of = property.strip_suffix("_id")?;
        let resource = self
            .resources
            .iter()
            .filter(|resource| {
                of == *resource
                    || of
                        .strip_suffix(resource.as_str())
                        .is_some_and(|rest| rest.ends_with('_'))
            })
            .max_by_key(|resource| resource.len())?;
        Some(names::type_name(&format!("{resource}_id")))
    }

    /// The id newtype of a property that is called what an id is, `WebhookId` for `webhook_id`, whatever its format.
    pub(crate) fn id_named(&self, property: &str) -> Option<String> {
        let of = property.strip_suffix("_id")?;
        let is_resource = self.resources.contains(of);
        is_resource.then(|| names::type_name(property))
    }

    /// The module of a resource and what belongs to it.
    pub(crate) fn resource_module(&self, component: &str) -> String {
        let module = names::module_name(component);
        if names::is_runtime_module(&module) {
            format!("{module}_resource")
        } else {
            module
        }
    }

    /// What a resource is called: by its own name, unless the client has something of that name.
    pub(crate) fn resource_name(&self, component: &str) -> String {
        if names::is_runtime_type(&names::type_name(component)) {
            format!("api {component}")
        } else {
            component.to_owned()
        }
    }

    /// What a schema says about itself.
    pub(crate) fn schema_docs(&self, data: &SchemaData) -> Docs {
        docs(
            &data.extensions,
            data.title.clone(),
            data.description.clone(),
            data.deprecated,
        )
    }

    /// What an operation says about itself.
    pub(crate) fn operation_docs(&self, operation: &openapiv3::Operation) -> Docs {
        let title = text(&operation.extensions, "x-title")
            .or_else(|| operation.summary.clone().filter(|_| !self.calls_by_path));
        docs(
            &operation.extensions,
            title,
            operation.description.clone(),
            operation.deprecated,
        )
    }

    /// Whether unions that are told by a property of one name are of one kind: all that have an `error_code` are errors.
    pub(crate) fn tags_are_concepts(&self) -> bool {
        self.calls_by_path
    }

    /// Where in a reply the payload stands.
    pub(crate) fn response_key(&self, operation: &openapiv3::Operation) -> ResponseKey {
        match operation.extensions.get("x-response-key") {
            Some(Value::String(key)) => ResponseKey::Named(key.clone()),
            Some(_) => ResponseKey::Nothing,
            None => match text(&operation.extensions, "x-fern-sdk-return-value") {
                Some(key) if key == MESSAGE => ResponseKey::Nothing,
                Some(key) => ResponseKey::Named(key),
                None => ResponseKey::Unsaid,
            },
        }
    }

    /// Keys of a reply that are never its payload.
    pub(crate) fn is_envelope(&self, key: &str) -> bool {
        matches!(key, STATUS | pagination::KEY)
    }

    /// The key that every reply has and that says nothing more than the status.
    pub(crate) fn is_status(&self, key: &str) -> bool {
        key == STATUS
    }

    /// Whether a call asks for a parameter, whichever it is.
    pub(crate) fn needs_parameter(&self, operation: &openapiv3::Operation) -> bool {
        let marked = |extensions| text(extensions, "x-has-required-parameters").is_some();
        marked(&operation.extensions)
    }

    /// The action that a call starts.
    pub(crate) fn action_type(&self, operation: &openapiv3::Operation) -> Option<String> {
        text(&operation.extensions, "x-action-attempt-type")
    }

    /// The method that says what a path with these methods does.
    pub(crate) fn semantic(&self, methods: &[Method]) -> Method {
        SEMANTIC_ORDER
            .into_iter()
            .find(|method| methods.contains(method))
            .unwrap_or(Method::Post)
    }

    /// The page about an endpoint on Seam's site.
    pub(crate) fn page(&self, path: &str) -> Option<String> {
        self.calls_by_path
            .then(|| format!("https://docs.seam.co/api{}", linked(path)))
    }
}

/// Makes the reply to a request that succeeded say so. Its status is a boolean in the document, and false is a failure.
pub(crate) fn say_success(body: &mut Value) {
    if let Some(status @ Value::Bool(false)) = body.get_mut(STATUS) {
        *status = Value::Bool(true);
    }
}

/// Whether an operation, as the document has it, replies with such a body: an action attempt is one of the action that it
/// starts, and what it returns is there.
pub(crate) fn may_reply(operation: &Value, body: &Value) -> bool {
    let said = |key: &str| operation.get(key).and_then(Value::as_str);
    let attempt = body.get(ACTION_ATTEMPT);
    let action = attempt.and_then(|attempt| attempt.get(attempt::TYPE));
    let is_its_own = match (said("x-action-attempt-type"), action) {
        (Some(expected), Some(action)) => action == expected,
        _ => true,
    };
    let key = match operation.get("x-response-key") {
        Some(key) => key.as_str(),
        None => said("x-fern-sdk-return-value"),
    };
    let returns = key.is_none_or(|key| body.get(key).is_some());
    is_its_own && returns
}

/// A path as a link in Markdown takes it.
fn linked(path: &str) -> String {
    let mut link = String::with_capacity(path.len());
    for character in path.chars() {
        if character.is_ascii_alphanumeric() || "/_-.~{}[]:".contains(character) {
            link.push(character);
        } else {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).bytes();
            link.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    link
}

fn docs(
    extensions: &IndexMap<String, Value>,
    title: Option<String>,
    description: Option<String>,
    deprecated: bool,
) -> Docs {
    // Before there were extensions for it, descriptions said so between rules.
    let notes = description
        .as_deref()
        .filter(|text| text.contains("---"))
        .map(rustdoc::notes)
        .unwrap_or_default();
    let said = |key: &str| {
        let noted = notes
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, note)| note.clone());
        text(extensions, &format!("x-{key}")).or(noted)
    };
    Docs {
        title,
        deprecated: said("deprecated").or_else(|| deprecated.then(String::new)),
        draft: said("draft"),
        undocumented: said("undocumented"),
        description,
    }
}

/// The text of an extension; empty where it only says `true`.
fn text(extensions: &IndexMap<String, Value>, name: &str) -> Option<String> {
    match extensions.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Bool(true) => Some(String::new()),
        _ => None,
    }
}
