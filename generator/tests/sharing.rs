//! Which places share a type: by reference, by meaning or by name, and never because their shapes are equal.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test may fail that way")]

use std::path::Path;

use generator::{Changes, Companion, Generated, Options, Source, compare, generate};

const DOCUMENT: &str = r##"
openapi: 3.0.0
info: { title: Doors, version: "1" }
paths:
  /doors/get: &door
    post:
      summary: /doors/get
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema:
                type: object
                required: [ok, door]
                properties:
                  ok: { type: boolean }
                  door:
                    type: object
                    required: [name, lock]
                    properties:
                      name: { type: string }
                      lock: { $ref: "#/components/schemas/lock" }
                      hinge: { type: object, properties: { left: { type: boolean } } }
      x-response-key: door
  /doors/list:
    post:
      summary: /doors/list
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema:
                type: object
                required: [ok, doors]
                properties:
                  ok: { type: boolean }
                  doors:
                    type: array
                    items: { type: object, required: [name], properties: { name: { type: string }, room: { type: string } } }
      x-response-key: doors
  /health:
    get:
      summary: /health
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema:
                type: object
                required: [ok, report]
                properties:
                  ok: { type: boolean }
                  report: { type: object, properties: { load: { type: number } } }
      x-response-key: report
components:
  schemas:
    lock:
      type: object
      required: [lock_id, changes]
      properties:
        lock_id: { type: string, format: uuid }
        hinge: { type: object, properties: { left: { type: boolean } } }
        battery: { type: object, required: [level], properties: { level: { type: number }, spare: { type: boolean } } }
        reserve: { type: object, required: [level, unit], properties: { level: { type: number }, unit: { type: string } } }
        changes:
          type: array
          items:
            type: object
            required: [from, to]
            properties:
              from: { type: object, required: [code], properties: { code: { type: string } } }
              to: { type: object, properties: { code: { type: string }, by: { type: string } } }
"##;

const NAMES: &str = "
types:
  - name: Battery
    reason: A reserve is a battery too.
    places: [\"$.components.schemas.lock.properties['battery','reserve']\"]
";

fn rendered(names: Option<&str>) -> Generated {
    let source = Source {
        client: None,
        files: None,
        document: DOCUMENT,
        name: "doors.yaml",
        overlay: None,
        names: names.map(|text| Companion {
            text,
            name: "names.yaml",
        }),
    };
    generate(&source, Options::default()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The fields of a struct, without documentation.
fn fields(generated: &Generated, file: &str, name: &str) -> Vec<String> {
    let source = &generated.files[Path::new(file)];
    let start = format!("pub struct {name} {{\n");
    let (_, rest) = source
        .split_once(&start)
        .unwrap_or_else(|| panic!("there is no {name} in\n{source}"));
    let (body, _) = rest.split_once("\n}").unwrap();
    let lines = body.lines().map(str::trim);
    let fields = lines.filter(|line| line.starts_with("pub "));
    fields.map(str::to_owned).collect()
}

#[test]
fn the_calls_of_one_namespace_return_one_type_with_the_fields_of_all() {
    assert_eq!(
        fields(&rendered(None), "doors.rs", "Door"),
        [
            "pub name: String,",
            "pub lock: Option<Box<Lock>>,",
            "pub hinge: Option<Box<door::Hinge>>,",
            "pub room: Option<String>,",
        ]
    );
}

#[test]
fn what_a_path_of_one_segment_returns_is_in_the_module_of_its_namespace() {
    assert_eq!(
        fields(&rendered(None), "health.rs", "Report"),
        ["pub load: Option<f64>,"]
    );
}

#[test]
fn equal_shapes_in_two_places_are_two_types() {
    let generated = rendered(None);
    let left = ["pub left: Option<bool>,"];
    assert_eq!(fields(&generated, "doors/door.rs", "Hinge"), left);
    assert_eq!(fields(&generated, "lock.rs", "Hinge"), left);
}

#[test]
fn the_two_sides_of_a_change_are_states_of_one_type() {
    let generated = rendered(None);
    assert_eq!(
        fields(&generated, "lock.rs", "Change"),
        ["pub from: change::State,", "pub to: change::State,"]
    );
    assert_eq!(
        fields(&generated, "lock/change.rs", "State"),
        ["pub code: Option<String>,", "pub by: Option<String>,"]
    );
}

#[test]
fn named_places_share_a_type_at_the_root_that_has_the_fields_of_all() {
    let generated = rendered(Some(NAMES));
    assert_eq!(
        fields(&generated, "battery.rs", "Battery"),
        [
            "pub level: f64,",
            "pub spare: Option<bool>,",
            "pub unit: Option<String>,",
        ]
    );
    assert!(generated.files[Path::new("mod.rs")].contains("pub use battery::Battery;"));
    let lock = fields(&generated, "lock.rs", "Lock");
    for field in [
        "pub battery: Option<Box<Battery>>,",
        "pub reserve: Option<Box<Battery>>,",
    ] {
        assert!(lock.iter().any(|line| line == field), "{lock:?}");
    }
}

/// What is said of a step from one document with names to another.
fn changes(old: (&str, Option<&str>), new: (&str, Option<&str>)) -> Changes {
    let source = |(document, names): (&'static str, Option<&'static str>)| Source {
        client: None,
        files: None,
        document,
        name: "doors.yaml",
        overlay: None,
        names: names.map(|text| Companion {
            text,
            name: "names.yaml",
        }),
    };
    let leaked = |(document, names): (&str, Option<&str>)| {
        let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
        (leak(document), names.map(leak))
    };
    compare(
        &source(leaked(old)),
        &source(leaked(new)),
        Options::default(),
    )
    .unwrap()
}

fn sentences(changes: &Changes) -> Vec<&str> {
    let all = changes.changes.iter();
    all.map(|change| change.sentence.as_str()).collect()
}

#[test]
fn a_type_that_parts_from_a_shared_one_is_one_sentence_for_each_place() {
    // The entry goes: both places get types of their own.
    let parted = changes((DOCUMENT, Some(NAMES)), (DOCUMENT, None));
    assert_eq!(
        sentences(&parted),
        [
            "`seam::Battery` is called `seam::lock::Battery` now.",
            "`seam::lock::Battery` no longer has the property `unit`.",
            "`seam::Lock` has another type for the property `reserve`: `Option<Box<seam::lock::Reserve>>`, which was \
             `Option<Box<seam::Battery>>`.",
        ]
    );
    // A reference becomes a schema of its own.
    let own = DOCUMENT.replace(
        "lock: { $ref: \"#/components/schemas/lock\" }",
        "lock: { type: object, required: [lock_id], properties: { lock_id: { type: string, format: uuid }, hinge: { type: object, properties: { left: { type: boolean } } } } }",
    );
    let kept = own.replace(
        "report: { type: object, properties: {",
        "report: { type: object, properties: { lock: { $ref: \"#/components/schemas/lock\" },",
    );
    let before = DOCUMENT.replace(
        "report: { type: object, properties: {",
        "report: { type: object, properties: { lock: { $ref: \"#/components/schemas/lock\" },",
    );
    let parted = changes((&before, None), (&kept, None));
    assert_eq!(
        sentences(&parted),
        [
            "`seam::doors::Door` has another type for the property `lock`: `Option<Box<seam::doors::door::Lock>>`, which was \
             `Option<Box<seam::Lock>>`."
        ]
    );
}
