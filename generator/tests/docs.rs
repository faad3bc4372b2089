//! What generated types say: what the document says in their place, and nothing else.

#![allow(missing_docs)]

mod support;

use std::path::Path;

use support::render;

/// A thing with errors and warnings, whose branches are of one shape.
const DOCUMENT: &str = r##"
openapi: 3.0.0
info: { title: Docs, version: 1.0.0 }
paths:
  /things/get:
    post:
      summary: /things/get
      x-response-key: thing
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema:
                type: object
                required: [ok, thing]
                properties: { ok: { type: boolean }, thing: { $ref: "#/components/schemas/thing" } }
components:
  schemas:
    thing:
      type: object
      required: [thing_id, errors, warnings, size, count]
      properties:
        size: { type: number, enum: [0.5, 2.5, 4.5], description: How large it is. }
        count: { type: number, nullable: true, enum: [0.5, 1.5, null] }
        thing_id: { type: string, format: uuid }
        errors:
          type: array
          items:
            discriminator: { propertyName: error_code }
            oneOf:
              - type: object
                required: [error_code, message, created_at]
                properties:
                  error_code: { type: string, enum: [lost] }
                  message: { type: string, description: Text of the error. }
                  created_at: { type: string, description: When the error was made. }
              - type: object
                required: [error_code, message, created_at]
                properties:
                  error_code: { type: string, enum: [broken] }
                  message: { type: string, description: Text of the error. }
                  created_at: { type: string, description: When the error was made. }
        warnings:
          type: array
          items:
            discriminator: { propertyName: warning_code }
            oneOf:
              - type: object
                required: [warning_code, message, created_at]
                properties:
                  warning_code: { type: string, enum: [old] }
                  message: { type: string, description: Text of the warning. }
                  created_at: { type: string, description: Since when we warn. }
              - type: object
                required: [warning_code, message, created_at]
                properties:
                  warning_code: { type: string, enum: [dusty] }
                  message: { type: string, description: Text of the warning. }
                  created_at: { type: string, description: Since when we warn. }
"##;

/// The doc lines right above a line of a file.
fn docs_above<'a>(source: &'a str, line: &str) -> Vec<&'a str> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let at = lines.iter().position(|found| *found == line);
    let at = at.unwrap_or_else(|| panic!("there is no {line} in\n{source}"));
    let first = lines[..at]
        .iter()
        .rposition(|line| !line.starts_with("///"));
    lines[first.map_or(0, |first| first + 1)..at].to_vec()
}

#[test]
fn each_struct_says_what_the_document_says_in_its_own_place() {
    let generated = render(DOCUMENT, "docs.yaml").unwrap();
    let thing = &generated.files[Path::new("thing.rs")];
    let of = |name: &str| {
        let (_, rest) = thing.split_once(&format!("pub struct {name} {{")).unwrap();
        rest.split_once("\n}").unwrap().0.to_owned()
    };
    let (errors, warnings) = (of("Error"), of("Warning"));
    for (source, message, created_at) in [
        (&errors, "Text of the error.", "When the error was made."),
        (&warnings, "Text of the warning.", "Since when we warn."),
    ] {
        assert_eq!(
            docs_above(source, "pub message: String,"),
            [format!("/// {message}")]
        );
        assert_eq!(
            docs_above(source, "pub created_at: String,"),
            [format!("/// {created_at}")]
        );
    }
}

#[test]
fn what_the_document_does_not_describe_is_not_described() {
    let generated = render(DOCUMENT, "docs.yaml").unwrap();
    let thing = &generated.files[Path::new("thing.rs")];
    assert_eq!(
        docs_above(thing, "pub error_code: ErrorCode,"),
        Vec::<&str>::new()
    );
}

#[test]
fn fractions_say_which_the_document_lists() {
    let generated = render(DOCUMENT, "docs.yaml").unwrap();
    let thing = &generated.files[Path::new("thing.rs")];

    assert_eq!(
        docs_above(thing, "pub size: f64,"),
        [
            "/// How large it is.",
            "///",
            "/// One of `0.5`, `2.5`, `4.5`."
        ]
    );
    assert_eq!(
        docs_above(thing, "pub count: Option<f64>,"),
        ["/// One of `0.5`, `1.5`."]
    );
}
