//! Data flows one way through the modules of the generator, and each stage uses only what stands before it.

#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What every module may use: it knows no stage.
const SHARED: [&str; 5] = ["error", "escape", "rustdoc", "source", "words"];

/// Each module, and the modules beside those of `SHARED` that it may use.
const LAYERS: [(&str, &[&str]); 21] = [
    ("error", &[]),
    ("escape", &[]),
    ("rustdoc", &[]),
    ("source", &["names"]),
    ("words", &[]),
    ("names", &[]),
    ("model", &[]),
    ("dialect", &["model"]),
    ("trace", &["document", "model"]),
    ("document", &["dialect", "model", "trace"]),
    ("lower", &["dialect", "document", "model", "trace"]),
    (
        "passes",
        &["dialect", "document", "lower", "model", "names", "trace"],
    ),
    ("rust", &["model", "names", "trace"]),
    ("examples", &["dialect", "document"]),
    ("render", &["examples", "model", "names", "rust"]),
    ("reference", &["model", "rust"]),
    ("page", &["model", "rust"]),
    (
        "samples",
        &["dialect", "document", "generate", "model", "rust"],
    ),
    ("summary", &["document", "model", "trace"]),
    ("diff", &["generate", "model", "names", "rust"]),
    ("explain", &["generate", "model", "names", "rust", "trace"]),
];

/// The modules that put the stages together.
const ENTRIES: [&str; 2] = ["generate", "lib"];

#[test]
fn each_module_uses_only_modules_of_earlier_stages() {
    let uses = uses();
    let allowed: BTreeMap<&str, BTreeSet<&str>> = LAYERS
        .into_iter()
        .map(|(module, below)| (module, SHARED.iter().chain(below).copied().collect()))
        .collect();
    let mut wrong = Vec::new();
    let mut edges = 0;
    for (module, used) in &uses {
        if ENTRIES.contains(&module.as_str()) {
            continue;
        }
        let allowed = allowed
            .get(module.as_str())
            .unwrap_or_else(|| panic!("LAYERS does not say what `{module}` may use"));
        edges += used.len();
        wrong.extend(
            used.iter()
                .filter(|other| !allowed.contains(other.as_str()))
                .map(|other| format!("{module} uses {other}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(uses.len(), LAYERS.len() + ENTRIES.len());
    assert!(edges >= 50, "only {edges} uses were found");
}

/// The modules at the root that each module uses, its tests left out.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files(&source) {
        let inner = path.strip_prefix(&source).expect("it is below");
        let first = inner.iter().next().expect("it has a name");
        let module = Path::new(first).with_extension("").display().to_string();
        let text = fs::read_to_string(&path).expect("the file is there");
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        let used = found.entry(module.clone()).or_default();
        used.extend(roots(code.unwrap_or_default()));
        used.remove(&module);
    }
    // What else follows `crate::` stands in code that the generator writes.
    let modules: BTreeSet<String> = found.keys().cloned().collect();
    for used in found.values_mut() {
        used.retain(|name| modules.contains(name));
    }
    found
}

/// What follows `crate::`, the names of a group each.
fn roots(code: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let letters = text.chars();
        letters
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split(';').next().unwrap_or_default();
                found.extend(names_of_group(group).into_iter().map(&word));
            }
            None => found.push(word(rest)),
        }
    }
    found.retain(|name| name.starts_with(char::is_lowercase));
    found
}

/// The names at the top of `a::{b, c}, d}`.
fn names_of_group(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut start = 0;
    let mut names = Vec::new();
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found = Vec::new();
    for path in paths {
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !is_test {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test {
            found.push(path);
        }
    }
    found
}

#[test]
fn uses_are_found_in_groups_and_in_paths() {
    let code = "use crate::{escape, rust::{Plan, paths}, names};\nuse crate::model::Api;\nlet a = crate::document::read();";
    assert_eq!(
        roots(code),
        ["escape", "rust", "names", "model", "document"]
    );
}
