//! The conventions of vendors, with one interface.
//!
//! [`of`] recognises the dialect of a document once. All stages ask the dialect for the conventions that they need. The document
//! of an unknown vendor is plain REST.

mod docs;
mod rest;
mod seam;

use std::fmt::Debug;

use openapiv3::{Operation, SchemaData};
use serde_json::Value;

use crate::model::{Docs, Method, Secret};

pub(crate) use seam::attempt;

/// The key of the payload in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ResponseKey {
    /// The document does not say.
    Unknown,
    /// There is nothing to return.
    Nothing,
    /// The payload stands under this key.
    Named(String),
}

/// The pagination of a dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The key of a reply with the pagination.
    pub(crate) key: &'static str,
    /// The parameter for the next page.
    pub(crate) cursor: &'static str,
}

/// The conventions of a vendor.
pub(crate) trait Dialect: Debug + Send + Sync {
    /// Returns the name of the vendor's client, whose runtime has the credentials; `None` if the document has the security
    /// schemes.
    fn client(&self) -> Option<&'static str>;

    /// Returns the header with credentials, with a shell variable for the key; `None` if the document has the security schemes.
    fn header(&self) -> Option<&'static str>;

    /// Corrects types that the vendor's documents are known to state too widely, in a document that is not typed yet.
    fn correct(&self, document: &mut Value);

    /// Returns true if every extension of OpenAPI that the vendor uses has a meaning or a reason to be ignored.
    fn accounts_for_extensions(&self) -> bool;

    /// Returns true if a path is one call, named by its path, with any methods. Otherwise each operation is a call.
    fn calls_by_path(&self) -> bool;

    /// Returns true if the only value of an enum is a constant. Otherwise values may be added.
    fn has_constants(&self) -> bool;

    /// Returns the method that says what a path with these methods does.
    fn semantic_method(&self, methods: &[Method]) -> Method;

    /// Returns true if every resource has its own type of id, which names of properties and parameters refer to.
    fn resources_have_ids(&self) -> bool;

    /// Returns true if all unions whose tag has the same name are one concept: all that have an `error_code` are errors.
    fn tags_are_concepts(&self) -> bool;

    /// Returns true if webhooks deliver this component.
    fn is_delivered(&self, component: &str) -> bool;

    /// Returns true if a component is the action attempt.
    fn is_action_attempt(&self, component: &str) -> bool;

    /// Returns the documentation of a schema.
    fn schema_docs(&self, schema: &SchemaData) -> Docs;

    /// Returns the documentation of an operation.
    fn operation_docs(&self, operation: &Operation) -> Docs;

    /// Returns the page about a path on the vendor's site.
    fn page(&self, path: &str) -> Option<String>;

    /// Returns true if a call refuses a request without any parameter, although none is required.
    fn needs_parameter(&self, operation: &Operation) -> bool;

    /// Returns the action that a call starts.
    fn action_type(&self, operation: &Operation) -> Option<String>;

    /// Returns true if the payload of a reply is under a key of an envelope.
    fn has_envelope(&self) -> bool;

    /// Returns the key of a reply that repeats the HTTP status.
    fn status_key(&self) -> Option<&'static str>;

    /// Returns the key of the payload in a reply.
    fn response_key(&self, operation: &Operation) -> ResponseKey;

    /// Returns the pagination of lists.
    fn paging(&self) -> Option<Paging>;

    /// Returns true if an untyped operation may reply with this body. Also sets the status in the body of a successful example.
    fn settle_reply(&self, operation: &Value, body: &mut Value) -> bool;

    /// Returns the resource that every call is made in, in words.
    fn workspace(&self) -> Option<&'static str>;

    /// Returns the properties that hold secrets.
    fn secrets(&self) -> Vec<Secret>;

    /// Texts for examples that suit this API, each with the words that a name ends with.
    fn example_texts(&self) -> &'static [(&'static str, &'static str)];

    /// The key of an example of a map, and the text of its value.
    fn example_entry(&self) -> (&'static str, &'static str);
}

/// Returns the dialect of a document that is not typed yet.
pub(crate) fn of(document: &Value) -> &'static dyn Dialect {
    if seam::is_spoken(document) {
        &seam::Seam
    } else {
        &rest::Rest
    }
}

/// Returns the dialect of plain REST, for tests.
#[cfg(test)]
pub(crate) fn rest() -> &'static dyn Dialect {
    &rest::Rest
}
