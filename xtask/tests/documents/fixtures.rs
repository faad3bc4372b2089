//! The documents among the generator's fixtures.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{self, conclude, folder, root};

/// The folder of the documents in the repository.
const FIXTURES: &str = "generator/tests/fixtures";
/// The least number of fixtures.
const FLOOR: usize = 50;
/// Documents that describe no client, and must be refused.
const REFUSED: [&str; 1] = ["edges-empty"];

#[test]
#[ignore = "compiles each fixture as a crate of its own"]
fn every_fixture_compiles_or_is_refused() {
    let fixtures = root().join(FIXTURES);
    let mut documents = Vec::new();
    collect(&fixtures, &mut documents);
    documents.sort();
    let faults = support::map_in_parallel(&documents, |path| {
        let name = name_of(path.strip_prefix(&fixtures).expect("it lies there"));
        let crate_folder = folder("crates").join(&name);
        let rendered = support::render(path, &crate_folder);
        let fault = if REFUSED.contains(&name.as_str()) {
            refused(rendered)
        } else {
            rendered
                .and_then(|()| support::compile(&crate_folder))
                .err()
        };
        println!(
            "{name:40} {}",
            if fault.is_some() { "FAILED" } else { "good" }
        );
        fault.map(|fault| format!("{name}: {fault}"))
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    conclude("documents", documents.len(), FLOOR, &faults);
}

/// Returns a fault if a document was not refused as expected.
fn refused(rendered: Result<(), String>) -> Option<String> {
    match rendered {
        Err(message) if message.contains("cannot be rendered") => None,
        Err(message) => Some(message),
        Ok(()) => Some("it is not refused".to_owned()),
    }
}

/// Collects the documents in a folder and below. A document with further files is called `openapi.yaml`.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let whole = folder.join("openapi.yaml");
    if whole.is_file() {
        return found.push(whole);
    }
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            collect(&path, found);
        } else if matches!(extension, Some("yaml" | "json")) {
            found.push(path);
        }
    }
}

/// `others/pet_shop.yaml` is `others-pet_shop`.
fn name_of(path: &Path) -> String {
    let parts: Vec<_> = path
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("-")
}
