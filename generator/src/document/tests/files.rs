//! References to other files, and the errors about them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{Tree, tree};
use crate::source::{FileError, Files, Options, Source};

/// Files in memory.
#[derive(Debug)]
struct Folder(BTreeMap<&'static str, &'static str>);

impl Files for Folder {
    fn document(&self) -> &str {
        "api.yaml"
    }

    fn text(&self, path: &str) -> Result<String, FileError> {
        let text = self.0.get(path).copied();
        text.map(str::to_owned).ok_or(FileError::Missing)
    }
}

fn read(document: &str, files: &[(&'static str, &'static str)]) -> Result<Tree, String> {
    let files = Folder(files.iter().copied().collect());
    let source = Source {
        document,
        name: "api.yaml",
        files: Some(&files),
        ..Source::default()
    };
    let options = Options {
        allow_unknown_keywords: true,
        ..Options::default()
    };
    tree(&source, options).map_err(|errors| errors.to_string())
}

/// Bundles a document without faults.
fn bundled(document: &str, files: &[(&'static str, &'static str)]) -> Value {
    match read(document, files) {
        Ok(tree) => tree.value,
        Err(message) => panic!("{message}"),
    }
}

/// Returns a document with these paths, and with components.
fn document(paths: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Shop, version: '1' }}\npaths: {paths}\ncomponents: {components}\n"
    )
}

/// Returns a document whose only call returns this schema.
fn returning(schema: &str) -> String {
    document(&reply(schema), "{}")
}

fn reply(schema: &str) -> String {
    format!(
        "{{ /a: {{ get: {{ responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {schema} }} }} }} }} }} }} }}"
    )
}

fn schemas(document: &Value) -> Vec<&str> {
    let schemas = document["components"]["schemas"].as_object();
    let names = schemas.into_iter().flatten();
    names.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn references_to_path_items_and_operations_are_replaced_by_them() {
    let document = document(
        "{ /a: { $ref: paths/a.yaml }, /b: { get: { $ref: 'paths/b.json#/get' } }, /c: { summary: C, $ref: './paths/a.yaml' } }",
        "{}",
    );
    let whole = bundled(
        &document,
        &[
            (
                "paths/a.yaml",
                "parameters: [ { $ref: '../parameters.yaml#/limit' } ]\nget: { operationId: a, responses: { $ref: '../replies.yaml' } }\n",
            ),
            (
                "paths/b.json",
                r##"{"get": {"operationId": "b", "requestBody": {"$ref": "#/body"}, "responses": {"404": {"$ref": "../replies.yaml#/404"}}}, "body": {"content": {"text/plain": {}}}}"##,
            ),
            (
                "replies.yaml",
                "'404': { description: Gone, headers: { x: { $ref: 'headers/x.yaml' } } }\n",
            ),
            ("headers/x.yaml", "schema: { type: string }\n"),
            (
                "parameters.yaml",
                "limit: { name: limit, in: query, schema: { type: integer } }\n",
            ),
        ],
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&whole).unwrap());
}

#[test]
fn all_spellings_of_a_reference_to_one_place_are_one_component() {
    let document = returning(
        "{ properties: { a: { $ref: schemas/pet.yaml }, b: { $ref: './schemas/pet.yaml#' }, c: { $ref: 'all.yaml#/Pet' }, d: { $ref: 'all.yaml#/Owner' } } }",
    );
    let whole = bundled(
        &document,
        &[
            (
                "schemas/pet.yaml",
                "properties: { owner: { $ref: '../all.yaml#/Owner' }, young: { type: array, items: { $ref: '#' } }, tag: { $ref: '#/definitions/Tag' } }\ndefinitions: { Tag: { type: string } }\n",
            ),
            (
                "all.yaml",
                "Pet: { $ref: schemas/pet.yaml }\nOwner: { properties: { pets: { type: array, items: { $ref: '#/Pet' } } } }\n",
            ),
        ],
    );
    assert_eq!(schemas(&whole), ["pet", "Owner", "Tag"]);
    let pet = "#/components/schemas/pet";
    let schemas = &whole["components"]["schemas"];
    assert_eq!(schemas["Owner"]["properties"]["pets"]["items"]["$ref"], pet);
    assert_eq!(schemas["pet"]["properties"]["young"]["items"]["$ref"], pet);
    assert_eq!(schemas["pet"].get("definitions"), None);
    let reply = whole.pointer("/paths/~1a/get/responses/200/content/application~1json/schema");
    let reply = &reply.unwrap()["properties"];
    assert_eq!(reply["a"]["$ref"], pet);
    assert_eq!(reply["b"]["$ref"], pet);
    assert_eq!(reply["c"]["$ref"], pet);
}

#[test]
fn a_component_that_is_only_a_reference_names_its_target() {
    let document = document(
        &reply("{ $ref: models/pet_v2.yaml }"),
        "{ schemas: { Animal: { type: string }, Pet: { $ref: models/pet_v2.yaml }, Same: { $ref: 'models/pet_v2.yaml#' }, Other: { $ref: 'api.yaml#/components/schemas/Animal' } } }",
    );
    let pet = "properties: { kind: { $ref: '../api.yaml#/components/schemas/Animal' }, next: { $ref: '#' } }\n";
    let whole = bundled(&document, &[("models/pet_v2.yaml", pet)]);
    assert_eq!(
        whole["components"]["schemas"],
        json!({
            "Animal": {"type": "string"},
            "Pet": {"properties": {
                "kind": {"$ref": "#/components/schemas/Animal"},
                "next": {"$ref": "#/components/schemas/Pet"},
            }},
            "Same": {"$ref": "#/components/schemas/Pet"},
            "Other": {"$ref": "#/components/schemas/Animal"},
        })
    );
}

#[test]
fn all_paths_and_all_components_may_be_in_files() {
    let document = "openapi: 3.0.3\ninfo: { title: Shop, version: '1', description: { $ref: about.md } }\npaths: { $ref: paths.yaml }\ncomponents: { $ref: components.yaml }\n";
    let whole = bundled(
        document,
        &[
            ("about.md", "# Shop\n\nPets: all of them.\n"),
            (
                "paths.yaml",
                "/a: { get: { responses: { '200': { $ref: 'components.yaml#/responses/Pet' } } } }\n",
            ),
            (
                "components.yaml",
                "schemas: { $ref: schemas/_index.yaml }\nresponses: { Pet: { description: OK, content: { application/json: { schema: { $ref: 'api.yaml#/components/schemas/Pet' } } } } }\nexamples: { a: { $ref: missing.yaml } }\n",
            ),
            ("schemas/_index.yaml", "Pet: { $ref: pet.yaml }\n"),
            (
                "schemas/pet.yaml",
                "{ type: object, properties: { name: { type: string } } }\n",
            ),
        ],
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&whole).unwrap());
}

#[test]
fn components_of_the_document_are_kept_and_references_in_data_are_ignored() {
    let document = document(
        &reply("{ $ref: pet.yaml }"),
        "{ schemas: { Pet: { properties: { $ref: { type: string } }, default: { $ref: other.yaml }, example: { $ref: other.yaml } } } }",
    );
    let whole = bundled(&document, &[("pet.yaml", "type: string\n")]);
    assert_eq!(schemas(&whole), ["Pet", "pet.yaml"]);
}

#[test]
fn mappings_are_changed_to_the_components_of_their_branches() {
    let document = returning("{ $ref: pets/any.yaml }");
    let whole = bundled(
        &document,
        &[
            (
                "pets/any.yaml",
                "oneOf: [ { $ref: cat.yaml }, { $ref: dog.yaml } ]\ndiscriminator: { propertyName: kind, mapping: { cat: cat.yaml, dog: './dog.yaml#/', x: x } }\n",
            ),
            ("pets/cat.yaml", "type: object\n"),
            ("pets/dog.yaml", "'': { type: object }\n"),
        ],
    );
    let mapping = &whole["components"]["schemas"]["any"]["discriminator"]["mapping"];
    assert_eq!(mapping["cat"], "#/components/schemas/cat");
    assert_eq!(mapping["x"], "x");
}

#[test]
fn a_file_may_refer_to_components_of_the_document_as_its_own() {
    let document = document(
        &reply("{ $ref: pet.yaml }"),
        "{ schemas: { Owner: { type: string } } }",
    );
    let files = [(
        "pet.yaml",
        "properties: { owner: { $ref: '#/components/schemas/Owner' } }\n",
    )];
    let tree = read(&document, &files).ok().unwrap();
    let warnings = tree.warnings.iter().map(ToString::to_string);
    insta::assert_snapshot!(warnings.collect::<Vec<_>>().join("\n"));
}

#[test]
fn faults_of_references_are_reported_once_for_each_file() {
    let schemas = "{ properties: { \
        a: { $ref: missing.yaml }, b: { $ref: 'missing.yaml#/B' }, c: { $ref: ../outside.yaml }, d: { $ref: /etc/passwd }, \
        e: { $ref: broken.yaml }, f: { $ref: 'good.yaml#/F' }, g: { $ref: 'good.yaml#anchor' }, h: { $ref: circle.yaml }, \
        i: { $ref: good.yaml }, j: { $ref: Pet } } }";
    let schemas = format!("{{ schemas: {{ All: {schemas} }} }}");
    let document = document("{ /a: { post: { $ref: post.yaml } } }", &schemas);
    let message = read(
        &document,
        &[
            ("broken.yaml", "a: [\n"),
            (
                "good.yaml",
                "properties: { a: { $ref: nowhere/at/all.json } }\n",
            ),
            ("circle.yaml", "$ref: './round.yaml'\n"),
            ("round.yaml", "$ref: 'circle.yaml#'\n"),
            (
                "post.yaml",
                "responses: {}\ncallbacks: { done: { '{$url}': { post: { $ref: post.yaml } } } }\n",
            ),
        ],
    );
    insta::assert_snapshot!(message.err().unwrap());
}

#[test]
fn many_missing_files_are_one_problem() {
    let properties: Vec<String> = (0..40)
        .map(|index| format!("p{index}: {{ $ref: parts/{index}.yaml }}"))
        .collect();
    let message = read(
        &returning(&format!(
            "{{ properties: {{ {} }} }}",
            properties.join(", ")
        )),
        &[],
    );
    insta::assert_snapshot!(message.err().unwrap());
}

#[test]
fn references_to_urls_are_one_problem_with_the_advice_to_bundle() {
    let document = returning(
        "{ properties: { a: { $ref: 'https://example.com/a.yaml' }, b: { $ref: b.yaml } } }",
    );
    let b = "properties: { c: { $ref: 'https://example.com/c.yaml' } }\n";
    let message = read(&document, &[("b.yaml", b)]);
    insta::assert_snapshot!(message.err().unwrap());
}

#[test]
fn errors_in_files_name_the_file_and_the_pointer_in_it() {
    let document = document(
        "{ /a: { get: { $ref: a.yaml } } }",
        "{ parameters: { Kind: { $ref: 'all.yaml#/Kind' } } }",
    );
    let message = read(
        &document,
        &[
            (
                "a.yaml",
                "responses: { '200': { description: OK } }\nparameters: 5\n",
            ),
            ("all.yaml", "Kind: { name: kind, in: body }\n"),
        ],
    );
    insta::assert_snapshot!(message.err().unwrap());
}

#[test]
fn an_overlay_applies_to_the_bundled_document() {
    let files = Folder(BTreeMap::from([("pet.yaml", "type: strnig\n")]));
    let overlay = "overlay: 1.0.0\ninfo: { title: Corrections, version: '1' }\nactions:\n- target: $.components.schemas.pet\n  description: It is a text.\n  update: { type: string }\n";
    let source = Source {
        document: &returning("{ $ref: pet.yaml }"),
        name: "api.yaml",
        overlay: Some(crate::source::Companion {
            text: overlay,
            name: "overlay.yaml",
        }),
        files: Some(&files),
        ..Source::default()
    };
    let tree = tree(&source, Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(
        tree.value["components"]["schemas"]["pet"],
        json!({"type": "string"})
    );
}

#[test]
fn copies_that_multiply_are_an_error() {
    let mut files = Vec::new();
    for level in 0..40 {
        let name: &'static str = Box::leak(format!("{level}.yaml").into_boxed_str());
        let next = level + 1;
        let text = format!(
            "responses: {{}}\ncallbacks: {{ a: {{ u: {{ post: {{ $ref: {next}.yaml }} }}, v: {{ post: {{ $ref: {next}.yaml }} }} }} }}\n"
        );
        files.push((name, &*Box::leak(text.into_boxed_str())));
    }
    files.push(("40.yaml", "responses: {}\n"));
    let document = document("{ /a: { get: { $ref: 0.yaml } } }", "{}");
    let message = read(&document, &files).err().unwrap();
    assert!(message.contains("more than 100 levels"), "{message}");
}
