//! What the documentation of a call says, at its method and on its page.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test may fail that way")]

mod support;

use std::path::Path;

use support::render;

const DOCUMENT: &str = r##"
openapi: 3.0.0
info: { title: Docs, version: 1.0.0 }
paths:
  /things/update:
    patch:
      summary: /things/update
      description: Updates a thing. More about it.
      x-response-key: null
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [thing_id, parts]
              properties:
                thing_id: { type: string }
                parts:
                  type: array
                  items:
                    type: object
                    required: [email]
                    properties: { email: { type: string } }
                name: { type: string, nullable: true, description: New name. }
      responses: { "200": { description: OK, content: { application/json: { schema: { type: object, properties: { ok: { type: boolean } } } } } } }
  /things/list:
    get:
      summary: /things/list
      x-response-key: null
      parameters:
        - { name: cursor, in: query, schema: { type: string, nullable: true } }
      responses: { "200": { description: OK, content: { application/json: { schema: { type: object, properties: { ok: { type: boolean } } } } } } }
"##;

fn things() -> String {
    let generated = render(DOCUMENT, "docs.yaml").unwrap();
    generated.files[Path::new("things.rs")].clone()
}

#[test]
fn a_method_links_each_optional_parameter_and_the_page_of_its_call() {
    let things = things();
    let (methods, _) = things
        .split_once("/// Updates a thing. More about it.")
        .expect("pages follow the methods");
    assert!(
        methods.contains("/// Optional: [`name`](Update#method.name)."),
        "{methods}"
    );
    assert!(methods.contains("[`Update`] has an example."), "{methods}");
}

#[test]
fn the_page_of_a_call_has_all_of_its_description_and_an_example_of_built_values() {
    let things = things();
    let (page, _) = things
        .split_once("pub type Update = Request<markers::Update>;")
        .expect("it has a page");
    assert!(
        page.contains("/// Updates a thing. More about it."),
        "{page}"
    );
    assert!(page.contains("Part::new(\"jane@example.com\")"), "{page}");
    assert!(page.contains(".name(\"Front Door\")"), "{page}");
    assert!(!page.contains("Default::default()"), "{page}");
}

#[test]
fn only_calls_that_change_something_say_that_null_clears_a_parameter() {
    let things = things();
    assert_eq!(
        things.matches("[`Null`](crate::Null) clears it.").count(),
        1,
        "{things}"
    );
    let (_, list) = things.split_once("impl List").expect("it has setters");
    let (list, _) = list.split_once("\n}").expect("they end");
    assert!(!list.contains("clears it"), "{list}");
}
