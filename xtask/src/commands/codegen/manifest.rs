//! The manifest of the client becomes that of a crate of its own.

use std::path::Path;

use anyhow::{Context, Result};
use toml_edit::{DocumentMut, Item, TableLike};

/// Entries of the package that are about this repository's own client.
const OWN: [&str; 4] = ["documentation", "homepage", "include", "repository"];
/// Tables of targets, whose sources stay behind.
const TARGETS: [&str; 2] = ["example", "test"];

/// Rewrites the client's manifest; `has_file` says which files will stand beside it.
pub(super) fn stand_alone(client: &str, has_file: impl Fn(&Path) -> bool) -> Result<String> {
    let mut manifest: DocumentMut = client.parse().context("it is not TOML")?;
    if let Some(package) = table(&mut manifest, "package") {
        for key in OWN {
            package.remove(key);
        }
        let readme = package.get("readme").and_then(Item::as_str);
        if readme.is_some_and(|readme| !has_file(Path::new(readme))) {
            package.remove("readme");
        }
    }
    // The generator serves the repository's own tests.
    if let Some(dependencies) = table(&mut manifest, "dev-dependencies") {
        let by_path: Vec<String> = dependencies
            .iter()
            .filter(|(_, dependency)| dependency.get("path").is_some())
            .map(|(name, _)| name.to_owned())
            .collect();
        for name in by_path {
            dependencies.remove(&name);
        }
    }
    for target in TARGETS {
        manifest.remove(target);
    }
    // Without it cargo would look for a workspace in the folders above.
    Ok(format!(
        "{}\n\n[workspace]\n",
        manifest.to_string().trim_end()
    ))
}

fn table<'a>(manifest: &'a mut DocumentMut, key: &str) -> Option<&'a mut dyn TableLike> {
    manifest.get_mut(key)?.as_table_like_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_the_repository_goes_and_the_rest_stays() {
        let manifest = stand_alone(
            r#"[package]
name = "client"
homepage = "https://example.org"
readme = "README.md"

[dependencies]
# Headers.
http = "1"

[dev-dependencies]
inner = { path = "../inner" }
serde = "1"

[[test]]
name = "e2e"

[features]
default = []
# The end.
"#,
            |_| false,
        );
        assert_eq!(
            manifest.unwrap(),
            r#"[package]
name = "client"

[dependencies]
# Headers.
http = "1"

[dev-dependencies]
serde = "1"

[features]
default = []
# The end.

[workspace]
"#
        );
    }
}
