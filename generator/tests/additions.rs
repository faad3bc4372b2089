//! What only adds to the document only adds to the crate.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test may fail that way")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use generator::model::{Api, Reach, TypeDef};
use generator::{Changes, Class, Companion, Event, Generated, Options, Source, Verdict, generate};
use serde_json::{Value, json};
use support::changes::{at, between, between_named, fixture};

const ERRORS: &str = "/components/schemas/device/properties/errors/items/oneOf";

const STRUCTS: &str = "
types: []
structs:
  - tag: error_code
    fields: [message]
";

/// Every error gets the property, the last one too.
fn with_a_property_of_every_error(document: &mut Value, name: &str) {
    for branch in at(document, ERRORS).as_array_mut().unwrap() {
        branch["properties"][name] = json!({ "type": "string" });
    }
}

fn breaking(changes: &Changes) -> Vec<&str> {
    let breaking = changes.of_class(Class::Breaking);
    breaking.map(|change| change.sentence.as_str()).collect()
}

fn rendered(document: &Value, names: &str) -> Generated {
    let text = document.to_string();
    let source = Source {
        client: None,
        files: None,
        document: &text,
        name: "fixture.yaml",
        overlay: None,
        names: Some(Companion {
            text: names,
            name: "names.yaml",
        }),
    };
    generate(&source, Options::default()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What is wrong with a file of names.
fn refused(document: &Value, names: &str) -> String {
    let text = document.to_string();
    let source = Source {
        client: None,
        files: None,
        document: &text,
        name: "fixture.yaml",
        overlay: None,
        names: Some(Companion {
            text: names,
            name: "names.yaml",
        }),
    };
    generate(&source, Options::default())
        .unwrap_err()
        .to_string()
}

#[test]
fn a_property_that_the_last_branch_gains_stays_in_the_variants_of_a_fixed_struct() {
    let old = fixture("devices.yaml");
    let mut new = old.clone();
    with_a_property_of_every_error(&mut new, "since");
    let changes = between_named(&old, &new, Some(STRUCTS));
    assert_eq!(changes.verdict, Verdict::Additive);
    let accessor = changes
        .changes
        .iter()
        .find(|change| change.event == Event::New && change.rust == "seam::device::Error::since");
    assert!(accessor.is_some(), "{:?}", changes.changes);

    // Without a record it moves to the struct.
    assert_eq!(
        breaking(&between(&old, &new)),
        ["`seam::device::ErrorCode` no longer has the property `since` in the branch `Offline`."]
    );
}

#[test]
fn a_branch_that_lacks_a_field_of_a_fixed_struct_is_unknown_and_breaks_nobody() {
    let old = fixture("devices.yaml");
    let mut new = old.clone();
    at(&mut new, ERRORS).as_array_mut().unwrap().push(json!({
        "type": "object",
        "required": ["error_code"],
        "properties": { "error_code": { "type": "string", "enum": ["silent"] } },
    }));
    let changes = between_named(&old, &new, Some(STRUCTS));
    assert_eq!(breaking(&changes), Vec::<&str>::new());
    assert_eq!(
        rendered(&new, STRUCTS).summary.names,
        [
            "1 of 7 branches with `error_code` lack `message` and come through as unknown. Deleting it from `structs` moves it to \
             the variants, which breaks callers."
        ]
    );
}

#[test]
fn the_summary_says_what_a_fixed_struct_keeps_from_its_fields() {
    let mut document = fixture("devices.yaml");
    with_a_property_of_every_error(&mut document, "since");
    assert_eq!(
        rendered(&document, STRUCTS).summary.names,
        [
            "every branch with `error_code` has `since` now, which stays in the variants. Adding it to `structs` moves it to the \
             struct, which breaks callers."
        ]
    );
}

#[test]
fn a_tag_without_an_entry_gets_one_that_fixes_what_its_struct_has() {
    let document = fixture("devices.yaml");
    let names = rendered(&document, STRUCTS).names.unwrap();
    assert_eq!(
        names.strip_prefix(STRUCTS.trim_end()).unwrap(),
        "\n  - tag: \"event_type\"\n    fields: [\"device_id\", \"event_id\"]\n"
    );
    let again = rendered(&document, &names);
    assert_eq!(again.names, None);
    assert_eq!(again.files, rendered(&document, STRUCTS).files);
}

#[test]
fn an_entry_for_a_tag_or_a_field_that_is_gone_is_an_error() {
    for (names, expected) in [
        (
            r#"{ "types": [], "structs": [{ "tag": "colour", "fields": [] }] }"#,
            "the tag `colour`, which is not the discriminator of a union",
        ),
        (
            r#"{ "types": [], "structs": [{ "tag": "error_code", "fields": ["weight"] }] }"#,
            "the field `weight`, which no branch has",
        ),
    ] {
        let said = refused(&fixture("devices.yaml"), names);
        assert!(said.contains("names.yaml#/structs/0"), "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_type_that_several_features_use_is_not_named_into_the_module_of_one() {
    let mut document = fixture("locks.yaml");
    let path = document["paths"]["/locks/unlock"].clone();
    document["paths"]["/doors/unlock"] = path;
    document["paths"]["/doors/unlock"]["post"]["summary"] = json!("/doors/unlock");
    let names = |name: &str| {
        format!(
            "types:\n  - name: {name}\n    reason: A schedule is a schedule.\n    places: [\"$.paths.*.post.requestBody..schedule\"]\n"
        )
    };
    let said = refused(&document, &names("locks::Schedule"));
    assert!(said.contains("names.yaml#/types/0"), "{said}");
    assert!(
        said.contains("`locks::Schedule`, which calls of several features use: `doors`, `locks`"),
        "{said}"
    );
    assert!(said.contains("`name: Schedule`"), "{said}");
    rendered(&document, &names("lock::Schedule"));
    rendered(&document, &names("Schedule"));
    rendered(&fixture("locks.yaml"), &names("locks::Schedule"));
}

/// A document with its names.
struct Pinned {
    document: Value,
    names: Option<String>,
}

impl Pinned {
    fn all() -> Vec<Self> {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
        let text = fs::read_to_string(spec.join("openapi.json")).unwrap();
        let seam = Self {
            document: serde_json::from_str(&text).unwrap(),
            names: Some(fs::read_to_string(spec.join("names.yaml")).unwrap()),
        };
        let fixture = |name| Self {
            document: fixture(name),
            names: None,
        };
        vec![fixture("locks.yaml"), fixture("devices.yaml"), seam]
    }

    fn model(&self, document: &Value) -> Api {
        let text = document.to_string();
        let source = Source {
            client: None,
            files: None,
            document: &text,
            name: "document",
            overlay: None,
            names: self.names.as_deref().map(|text| Companion {
                text,
                name: "names.yaml",
            }),
        };
        let options = Options {
            allow_expired_corrections: true,
            ..Options::default()
        };
        generator::model(&source, options).unwrap_or_else(|errors| panic!("{errors}"))
    }
}

/// A call that replies with a component and takes a parameter like any other.
fn call(path: &str, component: &str) -> Value {
    json!({ "post": {
        "summary": path,
        "requestBody": { "content": { "application/json": { "schema": {
            "type": "object", "properties": { "label": { "type": "string" } },
        } } } },
        "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": {
            "type": "object",
            "required": ["ok", component],
            "properties": {
                "ok": { "type": "boolean" },
                component: { "$ref": format!("#/components/schemas/{component}") },
            },
        } } } } },
        "x-response-key": component,
    } })
}

/// The types that are part of the client, by their places.
fn by_place(api: &Api) -> BTreeMap<String, &TypeDef> {
    let live = api.types.iter().filter(|definition| definition.is_live());
    let place = |definition: &TypeDef| format!("{:?} {}", definition.place, definition.pointer);
    live.map(|definition| (place(definition), definition))
        .collect()
}

#[test]
fn an_endpoint_that_reaches_the_types_of_others_moves_nothing() {
    let mut looked_at = 0;
    for pinned in Pinned::all() {
        let mut components: Vec<String> = pinned.document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        components.truncate(4);
        let first = pinned.document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap();
        let existing = first.split('/').nth(1).unwrap();
        let mut new = pinned.document.clone();
        for (index, component) in components.iter().enumerate() {
            let namespace = if index % 2 == 0 { "zebras" } else { existing };
            let path = format!("/{namespace}/find_{component}");
            new["paths"][&path] = call(&path, component);
        }
        let (before, after) = (pinned.model(&pinned.document), pinned.model(&new));
        let after = by_place(&after);
        for (place, was) in by_place(&before) {
            let is = after
                .get(&place)
                .unwrap_or_else(|| panic!("{place} has moved"));
            for reach in &was.reached {
                let open = Reach {
                    undocumented: false,
                    ..reach.clone()
                };
                let stays = is.reached.contains(reach) || is.reached.contains(&open);
                assert!(stays, "{place} is no longer behind {reach:?}");
            }
            looked_at += 1;
        }
        let changes = between_named(&pinned.document, &new, pinned.names.as_deref());
        let moved: Vec<&str> = changes
            .changes
            .iter()
            .filter(|change| change.event != Event::New)
            .map(|change| change.sentence.as_str())
            .collect();
        assert_eq!(moved, Vec::<&str>::new());
        assert_eq!(changes.verdict, Verdict::Additive);
    }
    assert!(looked_at > 500, "{looked_at} types");
}
