//! Documents with random changes.

pub(crate) mod change;
mod random;
mod schemas;

use std::fs;
use std::path::PathBuf;

use fastrand::Rng;
use serde_json::Value;

use crate::releases::release;
use crate::support::{self, conclude, folder};

/// The number of changes in each document. A smaller number keeps the first changes.
const CHANGES: usize = 300;

/// Writes `count` documents with random changes, each to its own folder with a list of its changes. Seeds make them reproducible.
pub(crate) fn documents(original: &str, count: usize, changes: usize) -> Vec<(u64, PathBuf)> {
    let original: Value = serde_json::from_str(original).expect("the document is JSON");
    let first = support::count("SEAM_SEED", 1) as u64;
    let document = |seed: u64| {
        let mut changed = original.clone();
        let descriptions = change::apply_many(&mut changed, &mut Rng::with_seed(seed), changes);
        assert!(
            descriptions.len() > changes / 2,
            "only {} changes",
            descriptions.len()
        );
        let own = folder("mutations").join(format!("seed-{seed}"));
        fs::create_dir_all(&own).expect("the folder can be made");
        let path = own.join("openapi.json");
        let text = serde_json::to_string_pretty(&changed).expect("it is JSON");
        fs::write(&path, text).expect("the folder can be written");
        fs::write(own.join("changes.txt"), descriptions.join("\n") + "\n")
            .expect("it can be written");
        (seed, path)
    };
    (first..).take(count).map(document).collect()
}

#[test]
#[ignore = "compiles three clients or as many as SEAM_MUTATIONS says, from SEAM_SEED on, and needs npm"]
fn randomly_changed_documents_compile() {
    let count = support::count("SEAM_MUTATIONS", 3);
    let mut faults = Vec::new();
    for (seed, path) in documents(&release("1.977.0").text, count, CHANGES) {
        let crate_folder = path.with_file_name("crate");
        let compiles =
            support::render(&path, &crate_folder).and_then(|()| support::compile(&crate_folder));
        println!(
            "seed {seed:4} {}",
            compiles.as_ref().map_or("FAILED", |()| "compiles")
        );
        faults.extend(compiles.err().map(|error| format!("seed {seed}: {error}")));
    }
    conclude("documents", count, 1, &faults);
}
