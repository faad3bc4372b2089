//! Samples of documentation become Rust, and what does not fit the document is told.

use generator::samples::{File, Samples, markdown, render};
use generator::{Options, Source};

const DOCUMENT: &str = include_str!("fixtures/samples/document.yaml");
const DOORS: &str = include_str!("fixtures/samples/doors.yaml");
const MISFITS: &str = include_str!("fixtures/samples/misfits.yaml");

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

/// The misfits, a line each.
fn told(samples: &Samples) -> String {
    let lines = samples.misfits.iter().map(|misfit| {
        let title = misfit.title.as_deref().unwrap_or("-");
        format!("{title}: {}: {}\n", misfit.pointer, misfit.problem)
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
    let samples = rendered(&[("misfits.yaml", MISFITS)]);
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
