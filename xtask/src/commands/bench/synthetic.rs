//! A crate of plain serde structs that never changes: the reference for the compile budget.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const STRUCTS: usize = 200;
const MANIFEST: &str = "[package]\nname = \"synthetic\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
    [dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";

/// Writes the crate into `folder`.
pub(super) fn write(folder: &Path) -> Result<()> {
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), MANIFEST)?;
        fs::write(folder.join("src").join("lib.rs"), source())
    };
    write().with_context(|| format!("{} cannot be written", folder.display()))
}

fn source() -> String {
    let mut source = "use serde::{Deserialize, Serialize};\n".to_owned();
    for number in 0..STRUCTS {
        let _ = write!(
            source,
            "\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\npub struct Resource{number} {{\n    \
             pub id: String,\n    pub name: Option<String>,\n    pub count: i64,\n    pub level: Option<f64>,\n    \
             pub is_on: bool,\n    pub labels: Vec<String>,\n    \
             pub data: std::collections::BTreeMap<String, String>,\n    \
             #[serde(rename = \"type\")]\n    pub kind: String,\n    pub sizes: Vec<i64>,\n}}\n"
        );
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_synthetic_crate_has_200_structs_of_9_fields_and_is_always_the_same() {
        let text = source();
        assert_eq!(text.matches("pub struct ").count(), 200);
        assert_eq!(text.matches("    pub ").count(), 200 * 9);
        assert_eq!(text, source());
    }
}
