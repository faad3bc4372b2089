//! A document in several files is as good as one that is whole.

#![allow(missing_docs)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Changes, FileError, Files, Generated, Options, Source, Verdict};
use support::{fixtures, outline::outline};

const DOCUMENT: &str = "openapi.yaml";

/// A folder, with changes to some of its files.
#[derive(Debug, Default)]
struct Folder {
    changed: BTreeMap<&'static str, String>,
}

impl Folder {
    fn path(path: &str) -> PathBuf {
        fixtures("files").join("market").join(path)
    }

    fn with(path: &'static str, text: String) -> Self {
        Self {
            changed: BTreeMap::from([(path, text)]),
        }
    }

    fn document_text(&self) -> String {
        self.text(DOCUMENT).expect("the document is there")
    }
}

impl Files for Folder {
    fn document(&self) -> &str {
        DOCUMENT
    }

    fn text(&self, path: &str) -> Result<String, FileError> {
        match self.changed.get(path) {
            Some(text) => Ok(text.clone()),
            None => fs::read_to_string(Self::path(path)).map_err(|_| FileError::Missing),
        }
    }
}

fn source<'a>(document: &'a str, folder: &'a Folder) -> Source<'a> {
    Source {
        document,
        name: DOCUMENT,
        files: Some(folder),
        ..Source::default()
    }
}

fn render(folder: &Folder) -> Generated {
    let document = folder.document_text();
    let options = Options {
        tests: true,
        ..Options::default()
    };
    let generated = generator::generate(&source(&document, folder), options);
    generated.unwrap_or_else(|errors| panic!("{errors}"))
}

fn compare(old: &Folder, new: &Folder) -> Changes {
    let (before, after) = (old.document_text(), new.document_text());
    let (before, after) = (source(&before, old), source(&after, new));
    generator::compare(&before, &after, Options::default())
        .unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn a_market_whose_stalls_and_goods_are_in_files_that_refer_to_each_other() {
    let generated = render(&Folder::default());
    assert_eq!(generated.summary.coverage.lost, [""; 0]);
    let warnings: Vec<_> = generated.summary.warnings.iter().collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/files");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("market", outline(&generated)));
}

#[test]
fn more_references_and_more_files_rename_nothing() {
    let document = Folder::default().document_text();
    let more = "  /more: { get: { operationId: more, responses: { '200': { description: OK, content: { application/json: { \
                schema: { type: object, properties: { a: { $ref: schemas/stall.yaml }, b: { $ref: 'schemas/goods.json#/Cheese' }, \
                c: { $ref: schemas/stalls/other/status.yaml } } } } } } } } }\n";
    let changed = document.replacen("paths:\n", &format!("paths:\n{more}"), 1);
    let mut folder = Folder::with(DOCUMENT, changed);
    let other = "type: string\nenum: [new, used]\n".to_owned();
    folder
        .changed
        .insert("schemas/stalls/other/status.yaml", other);
    let changes = compare(&Folder::default(), &folder);
    assert_eq!(changes.verdict, Verdict::Additive, "{:#?}", changes.changes);
}

#[test]
fn an_explanation_says_in_which_file_something_stands() {
    let folder = Folder::default();
    let document = folder.document_text();
    let ask = |what: &str| -> String {
        let found = generator::explain(&source(&document, &folder), what);
        found.expect("it is known")[0].to_string()
    };
    let place = ask("market::Place");
    assert!(
        place.contains("schemas/stall.yaml#/definitions/Place"),
        "{place}"
    );
    let call = ask("/stalls");
    assert!(call.contains("from /paths/~1stalls/get\n"), "{call}");
    assert!(call.contains("paths/stalls.yaml#/get"), "{call}");
}

#[test]
fn the_folder_of_the_fixture_is_used_whole() {
    let mut files = Vec::new();
    collect(&Folder::path(""), &mut files);
    assert_eq!(files.len(), 12, "{files:?}");
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => collect(&path, found),
            false => found.push(path),
        }
    }
}
