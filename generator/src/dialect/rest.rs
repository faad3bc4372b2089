//! Plain REST: the conventions of OpenAPI, and no others.

use openapiv3::{Operation, SchemaData};
use serde_json::Value;

use super::{Dialect, Paging, ResponseKey, docs};
use crate::model::{Docs, Method, Secret};

/// The endings of names of secrets in any API.
pub(super) const SECRETS: [Secret; 5] = [
    Secret::ending("token"),
    Secret::ending("secret"),
    Secret::ending("password"),
    Secret::ending("api_key"),
    Secret::ending("private_key"),
];

#[derive(Debug)]
pub(super) struct Rest;

impl Dialect for Rest {
    fn client(&self) -> Option<&'static str> {
        None
    }

    fn header(&self) -> Option<&'static str> {
        None
    }

    fn correct(&self, _: &mut Value) {}

    fn accounts_for_extensions(&self) -> bool {
        false
    }

    fn calls_by_path(&self) -> bool {
        false
    }

    fn has_constants(&self) -> bool {
        true
    }

    fn semantic_method(&self, methods: &[Method]) -> Method {
        methods.first().copied().unwrap_or(Method::Post)
    }

    fn resources_have_ids(&self) -> bool {
        false
    }

    fn tags_are_concepts(&self) -> bool {
        false
    }

    fn is_delivered(&self, _: &str) -> bool {
        false
    }

    fn is_action_attempt(&self, _: &str) -> bool {
        false
    }

    fn schema_docs(&self, schema: &SchemaData) -> Docs {
        docs::of_schema(schema)
    }

    fn operation_docs(&self, operation: &Operation) -> Docs {
        docs::of_operation(operation, operation.summary.clone())
    }

    fn page(&self, _: &str) -> Option<String> {
        None
    }

    fn needs_parameter(&self, _: &Operation) -> bool {
        false
    }

    fn action_type(&self, _: &Operation) -> Option<String> {
        None
    }

    fn has_envelope(&self) -> bool {
        false
    }

    fn status_key(&self) -> Option<&'static str> {
        None
    }

    fn response_key(&self, _: &Operation) -> ResponseKey {
        ResponseKey::Unknown
    }

    fn paging(&self) -> Option<Paging> {
        None
    }

    fn settle_reply(&self, _: &Value, _: &mut Value) -> bool {
        true
    }

    fn workspace(&self) -> Option<&'static str> {
        None
    }

    fn secrets(&self) -> Vec<Secret> {
        SECRETS.to_vec()
    }

    fn example_texts(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn example_entry(&self) -> (&'static str, &'static str) {
        ("key", "value")
    }
}
