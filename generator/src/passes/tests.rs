//! Short documents, for the tests of passes.

use crate::generate;
use crate::lower::tests::short_document;
use crate::model::Api;
use crate::source::{Options, Source};

/// The model of a document with these paths and schemas, both YAML, after all passes.
pub(super) fn model(paths: &str, schemas: &str) -> Api {
    model_of(&short_document(paths, schemas))
}

/// The model of a whole document, after all passes.
pub(super) fn model_of(document: &str) -> Api {
    let source = Source {
        document,
        name: "things.yaml",
        ..Source::default()
    };
    generate::model(&source, Options::default()).expect("it has a model")
}

/// A call that returns the component `thing`.
pub(super) const GET: &str = "/things: { get: { operationId: get, responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/thing' } } } } } } }\n";

/// A call that takes the component `thing` as a property of its body.
pub(super) const POST: &str = "/sent: { post: { operationId: send, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { it: { $ref: '#/components/schemas/thing' } } } } } }, responses: { '204': { description: OK } } } }\n";
