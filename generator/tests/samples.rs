//! Samples of documentation become Rust, and what does not fit the document is told.

use std::collections::BTreeMap;
use std::path::Path;

use generator::examples::Examples;
use generator::samples::{File, Samples, markdown, render};
use generator::{Companion, Options, Source, model};
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("fixtures/samples/document.yaml");
const DOORS: &str = include_str!("samples/doors.yaml");
const MISMATCHES: &str = include_str!("samples/mismatches.yaml");

fn rendered(files: &[(&str, &str)]) -> Samples {
    let source = Source {
        document: DOCUMENT,
        name: "document.yaml",
        ..Source::default()
    };
    let files = files.iter().map(|&(name, text)| File { name, text });
    let files: Vec<File<'_>> = files.collect();
    render(&source, Options::default(), &files).expect("the document is good")
}

/// The mismatches, a line each.
fn told(samples: &Samples) -> String {
    let lines = samples.mismatches.iter().map(|mismatch| {
        let title = mismatch.title.as_deref().unwrap_or("-");
        format!("{title}: {}: {}\n", mismatch.pointer, mismatch.problem)
    });
    lines.collect()
}

#[test]
fn a_sample_becomes_a_call_and_what_it_gives() {
    let samples = rendered(&[("doors.yaml", DOORS)]);
    assert_eq!(samples.samples.len(), 3);
    insta::assert_snapshot!(markdown(&samples));
}

#[test]
fn a_reply_that_does_not_fit_is_told_and_shown_as_far_as_it_does() {
    insta::assert_snapshot!(told(&rendered(&[("doors.yaml", DOORS)])));
}

#[test]
fn a_call_that_does_not_fit_is_told_and_not_written() {
    let samples = rendered(&[("mismatches.yaml", MISMATCHES)]);
    assert!(samples.samples.is_empty());
    insta::assert_snapshot!(told(&samples));
}

#[test]
fn a_file_that_is_no_list_of_samples_is_told_and_the_others_are_read() {
    let samples = rendered(&[
        ("broken.yaml", "- title: \"no end"),
        ("object.yaml", "title: One"),
        ("doors.yaml", DOORS),
    ]);
    assert_eq!((samples.unreadable, samples.samples.len()), (2, 3));
    insta::assert_snapshot!(
        told(&samples)
            .lines()
            .take(2)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

/// A sample of every documented call, with all that its JSON body takes and a reply that it may send.
fn of_all(source: &Source<'_>) -> Vec<Value> {
    let api = model(source, Options::default()).expect("the document is good");
    let examples = Examples::read(source).expect("the document is good");
    let replies = examples.replies(1);
    let replies: BTreeMap<String, Vec<_>> = replies
        .map(|reply| (reply.operation, reply.bodies))
        .collect();
    let mut samples = Vec::new();
    for (_, endpoint) in api.endpoints() {
        let is_hidden = |name: &str| {
            let mut options = endpoint.options.iter();
            options.any(|param| param.name == name && param.docs.undocumented.is_some())
        };
        let request = examples.request(&endpoint.pointer);
        let request = request.filter(|_| endpoint.docs.undocumented.is_none());
        let reply = replies.get(&endpoint.pointer).and_then(|all| all.first());
        for body in request.into_iter().flat_map(|request| request.bodies) {
            let parameters = body.properties.into_iter();
            let parameters = parameters.filter(|(name, _)| !is_hidden(name));
            let parameters = parameters.map(|(name, mut values)| (name, values.swap_remove(0)));
            samples.push(json!({
                "title": format!("{} {}", endpoint.pointer, samples.len()),
                "request": {
                    "path": endpoint.path,
                    "parameters": parameters.collect::<Map<_, _>>(),
                },
                "response": { "body": reply.map(|reply| &reply.json) },
            }));
        }
    }
    samples
}

#[test]
fn every_documented_call_is_written_with_all_that_it_takes() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let text = |name: &str| std::fs::read_to_string(spec.join(name)).unwrap_or_default();
    let document = text("openapi.json");
    let (overlay, names) = (text("overlay.yaml"), text("names.yaml"));
    let companion = |text, name| Some(Companion { text, name });
    let source = Source {
        document: &document,
        name: "spec/openapi.json",
        overlay: companion(&overlay, "spec/overlay.yaml"),
        names: companion(&names, "spec/names.yaml"),
        client: None,
        files: None,
    };
    let samples = of_all(&source);
    let text = Value::from(samples.as_slice()).to_string();
    let file = File {
        name: "all.json",
        text: &text,
    };
    let all = render(&source, Options::default(), &[file]).expect("the document is good");
    // The examples have what is undocumented below a parameter, which is no fault of the call.
    let mismatches = all.mismatches.iter();
    let mismatches = mismatches.filter(|mismatch| !mismatch.problem.contains("undocumented"));
    let mismatches: Vec<String> = mismatches.map(|mismatch| format!("{mismatch:?}")).collect();
    assert!(mismatches.is_empty(), "{}", mismatches.join("\n"));
    assert!(
        all.samples.len() * 10 > samples.len() * 9,
        "{} of {}",
        all.samples.len(),
        samples.len()
    );
}
