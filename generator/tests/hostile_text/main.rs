//! No text of a document becomes code, an attribute, a test, a heading or a mention, wherever it stands.

#![allow(missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod docs;
mod page;

use generator::{Errors, Front, Generated, Options, Source, escape, generate};
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{Event, Options as Markdown, Parser, Tag, TagEnd};
use serde_json::{Value, json};

/// Texts that leave the place that they are put in, where nobody takes care.
const HOSTILE: [&str; 26] = [
    "1\n#![doc = include_str!(\"/etc/hostname\")]\n//",
    "*/ pub fn hostile() {} /*",
    "\"; include_str!(\"/etc/hostname\"); \"",
    "\\\"#]\n#[path = \"/etc/hostname\"] mod hostile;",
    "\r#[test] fn hostile() {}",
    "\u{2028}extern crate hostile;",
    "\u{202e}reversed\u{202c}",
    "\u{1b}[2J\u{1b}]0;hostile\u{7}",
    "```\nassert!(false);\n```",
    "~~~rust\nassert!(false);\n~~~",
    "text\n\n    assert!(false);\n",
    "- a\n\n      assert!(false);",
    "# Hostile",
    "a\n\n# Hostile\n\nHostile\n=======",
    "<script>alert(1)</script>",
    "--> <img src=x onerror=alert(1)> <!--",
    "</details><h1>Hostile</h1>",
    "@hostile and #1 and hostile/hostile#2",
    "[click](https://hostile.example) ![i](https://hostile.example/i.png)",
    "https://hostile.example www.hostile.example",
    "a | b | c",
    "`` ` `` ``` `",
    "]\nhostile = [\"\"]\n[dependencies]\nhostile = \"1\"",
    "{{ hostile }} {% include \"hostile\" %} {0} {}",
    "",
    "\u{0}\u{feff}\\",
];

/// A document that has `text` wherever text may stand.
fn document(text: &str) -> Value {
    let schema = json!({
        "type": "object", "title": text, "description": text, "required": ["kind", text], "x-title": text,
        "properties": {
            "kind": {"type": "string", "enum": ["one", text], "default": text, "example": text, "title": text},
            text: {"type": "string", "description": text, "default": text, "format": text, "pattern": text},
            "deprecated": {"type": "string", "deprecated": true, "x-deprecated": text, "x-draft": text},
            "hidden": {"type": "string", "x-undocumented": text},
            "choice": {"oneOf": [
                {"type": "object", "required": [text], "properties": {text: {"type": "string", "enum": [text]}, "a": {}}},
                {"type": "object", "required": [text], "properties": {text: {"type": "string", "enum": ["b"]}, "c": {}}},
            ], "discriminator": {"propertyName": text, "mapping": {text: "#/components/schemas/Thing"}}},
            "keyed": {"oneOf": [
                {"type": "object", "required": ["k"], "description": text, "properties": {"k": {"type": "string"}}},
                {"type": "object", "required": [text], "properties": {text: {"type": "integer"}}},
            ]},
            "list": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
        },
    });
    let path = format!("/things/{}", text.replace(['{', '}'], ""));
    let operation = |id: &str| {
        json!({
            "summary": text, "description": text, "operationId": id, "tags": [text], "deprecated": true,
            "x-deprecated": text, "x-draft": text, "x-undocumented": text, "x-response-key": text, "x-other": text,
            "parameters": [
                {"name": text, "in": "query", "description": text, "schema": {"type": "string", "enum": [text, "b"]}},
                {"name": "h", "in": "header", "description": text, "schema": {"type": "string"}, "example": text},
                {"name": text, "in": "cookie", "schema": {"type": "string"}},
                {"name": text, "in": "path", "required": true, "schema": {"type": "string"}},
            ],
            "requestBody": {"description": text, "content": {"application/json": {"schema": schema, "example": text}}},
            "responses": {"200": {"description": text, "content": {"application/json": {"schema": {"type": "object", "properties": {
                "thing": {"$ref": "#/components/schemas/Thing"}, text: schema, "other": {"type": "string"},
            }}}}}},
        })
    };
    json!({
        "openapi": "3.0.3",
        "info": {"title": text, "version": text, "description": text, "contact": {"name": text, "url": text}},
        "servers": [{"url": text, "description": text}, {
            "url": format!("https://{{v}}.example/{text}/{{{text}}}"),
            "variables": {"v": {"default": text, "enum": [text, "b"], "description": text}, text: {"default": "c", "description": text}},
        }],
        "security": [{"key": [], text: []}, {"scheme": []}, {text: []}],
        "tags": [{"name": text, "description": text}],
        "paths": {
            "/plain": {"post": operation(text), "servers": [{"url": format!("https://own.example/{text}")}]},
            path: {"put": operation("second")},
            "/raw": {"post": {"requestBody": {"content": {text: {"schema": {"type": "string"}}}}, "responses": {
                "200": {"description": text, "content": {text: {}}},
            }}},
        },
        "components": {
            "schemas": {"Thing": {"type": "object", "description": text, "properties": {"id": {"type": "string"}}}},
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": text, "description": text},
                text: {"type": "apiKey", "in": "query", "name": text, "description": text},
                "scheme": {"type": "http", "scheme": text, "description": text},
                "basic": {"type": "http", "scheme": "basic", "description": text},
            },
        },
    })
}

/// The same in Seam's conventions: calls that are named by their paths.
fn by_paths(text: &str) -> Value {
    let mut document = document(text);
    document["paths"]["/plain"]["post"]["summary"] = json!("/plain");
    let paths = document["paths"].as_object_mut().expect("it is one");
    paths.retain(|path, _| path == "/plain");
    document
}

/// Renders a document that has extensions which nobody has accounted for.
fn read_with_unknown_keywords(document: &str) -> Result<Generated, Errors> {
    let source = Source {
        document,
        name: "hostile.json",
        overlay: None,
        names: None,
        client: None,
        files: None,
    };
    let options = Options {
        allow_unknown_keywords: true,
        tests: true,
        ..Options::default()
    };
    generate(&source, options)
}

/// What was checked: how many documents render, how many of them with a front page, and how many doc comments they have.
#[derive(Debug, Default, Clone, Copy)]
struct Checked {
    documents: usize,
    fronts: usize,
    docs: usize,
}

impl std::iter::Sum for Checked {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |one, other| Self {
            documents: one.documents + other.documents,
            fronts: one.fronts + other.fronts,
            docs: one.docs + other.docs,
        })
    }
}

/// Checks both documents with a text.
fn check(text: &str) -> Checked {
    let each = [document(text), by_paths(text)].map(|document| {
        match read_with_unknown_keywords(&document.to_string()) {
            Ok(generated) => check_generated(&generated, text),
            Err(errors) => {
                assert_shown(&errors.to_string());
                Checked::default()
            }
        }
    });
    each.into_iter().sum()
}

fn check_generated(generated: &Generated, text: &str) -> Checked {
    let mut checked = Checked {
        documents: 1,
        ..Checked::default()
    };
    for (path, source) in generated.files.iter().chain(&generated.tests) {
        let (header, rest) = source.split_once('\n').expect("there are lines");
        assert!(header.starts_with("// @generated by"), "{text:?}: {header}");
        assert!(
            rest.starts_with('\n'),
            "{text:?}, {}: {rest}",
            path.display()
        );
        let file = syn::parse_file(source).expect("it is Rust");
        let mut docs = Vec::new();
        check_tokens(quote::ToTokens::to_token_stream(&file), &mut docs, text);
        checked.docs += docs.len();
        docs::check(&docs, &generated.client, text);
    }
    if let Some(Front { readme, docs }) = &generated.front {
        checked.fronts += 1;
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        docs::check(&[lines(readme), lines(docs)], &generated.client, text);
    }
    page::check(&generated.page, text);
    let manifest = format!("[features]\n{}", generated.features);
    let manifest: toml_edit::DocumentMut = manifest.parse().expect("it is TOML");
    assert_eq!(manifest.len(), 1, "{text:?}: {manifest}");
    let is_feature = |c: char| c.is_alphanumeric() || "_-".contains(c);
    for (name, value) in manifest["features"].as_table().expect("it is a table") {
        assert!(name.chars().all(is_feature), "{text:?}: {name}");
        assert!(value.is_array(), "{text:?}: {name} = {value}");
    }
    for comment in generated
        .features
        .lines()
        .filter(|line| line.starts_with('#'))
    {
        assert_shown(comment);
    }
    check_page(&generated.reference, text);
    check_page(&generated.coverage, text);
    assert_shown(&generated.summary.to_string());
    checked
}

/// A terminal and a reviewer see every character.
fn assert_shown(said: &str) {
    let hidden = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(!said.contains(hidden), "{said:?}");
}

/// Attributes that the templates have.
const ATTRIBUTES: [&str; 10] = [
    "doc",
    "cfg",
    "derive",
    "non_exhaustive",
    "must_use",
    "deprecated",
    "inline",
    "allow",
    "rustfmt",
    "default",
];

/// Looks for items and attributes that no template has, and collects what is documentation.
fn check_tokens(tokens: TokenStream, docs: &mut Vec<Vec<String>>, text: &str) {
    let mut tokens = tokens.into_iter().peekable();
    let mut block: Vec<String> = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let mut next = tokens.next();
                if matches!(&next, Some(TokenTree::Punct(bang)) if bang.as_char() == '!') {
                    next = tokens.next();
                }
                let Some(TokenTree::Group(group)) = next else {
                    continue;
                };
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let name = inner[0].to_string();
                assert!(
                    ATTRIBUTES.contains(&name.as_str()),
                    "{text:?}: #[{}]",
                    group.stream()
                );
                if let [_, TokenTree::Punct(equals), TokenTree::Literal(line)] = inner.as_slice()
                    && name == "doc"
                    && equals.as_char() == '='
                {
                    let line: syn::LitStr = syn::parse_str(&line.to_string()).expect("it is text");
                    block.push(line.value());
                    continue;
                }
                assert!(
                    name != "doc" || inner.len() == 2,
                    "{text:?}: #[{}]",
                    group.stream()
                );
            }
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let foreign = [
                    "include_str",
                    "include",
                    "extern",
                    "unsafe",
                    "static",
                    "hostile",
                ];
                let is_name =
                    matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
                assert!(
                    is_name || !foreign[..5].contains(&word.as_str()),
                    "{text:?}: {word}"
                );
            }
            TokenTree::Group(group) => check_tokens(group.stream(), docs, text),
            _ => {}
        }
        if !block.is_empty() {
            docs.push(std::mem::take(&mut block));
        }
    }
    if !block.is_empty() {
        docs.push(block);
    }
}

/// A page for people has its own headings and no tags, and mentions nobody.
fn check_page(page: &str, text: &str) {
    let mut comments = 0;
    let mut in_heading = false;
    let mut in_code = false;
    for event in Parser::new_ext(
        page,
        Markdown::ENABLE_TABLES | Markdown::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Html(html) => {
                comments += 1;
                let is_ours =
                    html.starts_with("<!-- @generated") && html.trim_end().ends_with("-->");
                assert!(
                    is_ours && html.matches("-->").count() == 1,
                    "{text:?}: {html}"
                );
            }
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{text:?}"),
            Event::Text(said) => {
                let ours = ["Every call", "Undocumented calls"];
                assert!(
                    !in_heading || ours.contains(&&*said),
                    "{text:?} becomes a heading: {said}"
                );
                assert!(!said.contains("@hostile"), "{text:?}: {said}");
            }
            _ => {}
        }
        assert!(!in_code, "{text:?}: {page}");
    }
    assert!(comments <= 1, "{text:?}: {page}");
    // A table has as many cells in each row as in its head.
    let cells = |row: &str| row.replace("\\|", "").matches('|').count();
    let rows = page.lines().filter(|line| line.starts_with('|'));
    for (row, next) in rows.clone().zip(rows.skip(1)) {
        let is_head = row.starts_with("| call") || row.starts_with("| feature");
        assert!(
            !is_head || cells(row) == cells(next),
            "{text:?}: {row}\n{next}"
        );
    }
}

#[test]
fn no_hostile_text_is_more_than_text() {
    let checked: Checked = HOSTILE.into_iter().map(check).sum();
    assert_eq!(checked.documents, 2 * HOSTILE.len());
    // Seam's own client has its front page written by hand.
    assert_eq!(checked.fronts, HOSTILE.len());
    assert!(checked.docs > 50 * HOSTILE.len(), "{checked:?}");
}

#[test]
fn no_hostile_text_is_more_than_text_in_what_is_said_of_a_change() {
    let render = |text: &str| document(text).to_string();
    let options = Options {
        allow_unknown_keywords: true,
        ..Options::default()
    };
    let plain = render("plain");
    let mut told = 0;
    for text in HOSTILE {
        let hostile = render(text);
        let source = |document| Source {
            document,
            name: "hostile.json",
            overlay: None,
            names: None,
            client: None,
            files: None,
        };
        for (old, new) in [(&plain, &hostile), (&hostile, &plain)] {
            let Ok(changes) = generator::compare(&source(old), &source(new), options) else {
                continue;
            };
            for change in changes.changes.iter().chain(&changes.undocumented) {
                told += 1;
                assert_shown(&escape::line(&change.sentence));
                assert!(
                    !change.sentence.contains('\n'),
                    "{text:?}: {}",
                    change.sentence
                );
                let sentence = format!("- {}", escape::unmentioned(&change.sentence));
                for event in Parser::new(&sentence) {
                    match event {
                        Event::Html(html) | Event::InlineHtml(html) => panic!("{text:?}: {html}"),
                        Event::Start(
                            Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Image { .. },
                        ) => {
                            panic!("{text:?}: {sentence}")
                        }
                        Event::Text(said) => assert!(!said.contains("@hostile"), "{sentence}"),
                        _ => {}
                    }
                }
            }
        }
    }
    assert!(told > 100, "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn no_mixture_of_hostile_texts_is_more_than_text(
        parts in prop::collection::vec(prop::sample::select(&HOSTILE[..]), 1..4),
        between in prop::sample::select(vec!["", " ", "\n", "\n\n", "`", "\\", "\n    "]),
    ) {
        prop_assert!(check(&parts.join(between)).documents > 0);
    }
}
