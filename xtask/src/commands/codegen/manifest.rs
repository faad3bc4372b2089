//! Rewrites the manifest of the client for a crate of its own.

use std::path::Path;

use anyhow::{Context, Result};
use generator::ClientName;
use toml_edit::{DocumentMut, Item, TableLike, value};

/// Entries of the package that apply only to this repository.
const REPOSITORY_ENTRIES: [&str; 4] = ["documentation", "homepage", "include", "repository"];
/// Entries of the package that describe the API of this repository's client.
const API_ENTRIES: [&str; 3] = ["categories", "description", "keywords"];
/// The dependency and the feature for webhooks, which only that API has.
const WEBHOOKS: (&str, &str) = ("standardwebhooks", "webhook");
/// The dependency that encodes a user name and a password for other APIs.
const BASE64: (&str, &str) = ("base64", "0.22.1");
/// Tables of targets, whose sources are not copied.
const TARGETS: [&str; 2] = ["example", "test"];
/// Dependencies of the examples in the documentation.
const EXAMPLE_DEPENDENCIES: [&str; 3] = ["http", "serde_json", "tokio"];

/// The crate that a manifest is for.
pub(super) struct Crate<'a> {
    pub(super) client: &'a ClientName,
    /// True if the document says where its API is and how to sign in.
    pub(super) has_own_connection: bool,
}

/// Rewrites the client's manifest. `has_file` returns true for files that the crate has.
pub(super) fn make_standalone(
    manifest: &str,
    target: &Crate<'_>,
    has_file: impl Fn(&Path) -> bool,
) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse().context("it is not TOML")?;
    if let Some(package) = table(&mut manifest, "package") {
        package.insert("name", value(&target.client.package));
        // The comment describes how this repository raises the version.
        if let Some(mut version) = package.key_mut("version") {
            version.leaf_decor_mut().clear();
        }
    }
    if target.has_own_connection {
        remove_api_entries(&mut manifest, target.client);
    }
    if let Some(package) = table(&mut manifest, "package") {
        for key in REPOSITORY_ENTRIES {
            package.remove(key);
        }
        let readme = package.get("readme").and_then(Item::as_str);
        if readme.is_some_and(|readme| !has_file(Path::new(readme))) {
            package.remove("readme");
        }
    }
    if let Some(dependencies) = table(&mut manifest, "dev-dependencies") {
        let names = dependencies.iter().map(|(name, _)| name.to_owned());
        let unused = names.filter(|name| !EXAMPLE_DEPENDENCIES.contains(&name.as_str()));
        for name in unused.collect::<Vec<_>>() {
            dependencies.remove(&name);
        }
    }
    if let Some(targets) = table(&mut manifest, "target") {
        for (_, target) in targets.iter_mut() {
            let target = target.as_table_like_mut();
            target.and_then(|target| target.remove("dev-dependencies"));
        }
    }
    for table in TARGETS {
        manifest.remove(table);
    }
    // Without this table cargo would look for a workspace in the folders above.
    Ok(format!(
        "{}\n\n[workspace]\n",
        manifest.to_string().trim_end()
    ))
}

/// Removes what only the API of this repository's client has.
fn remove_api_entries(manifest: &mut DocumentMut, client: &ClientName) {
    if let Some(library) = table(manifest, "lib") {
        library.insert("name", value(&client.library));
    }
    if let Some(dependencies) = table(manifest, "dependencies") {
        dependencies.remove(WEBHOOKS.0);
        dependencies.insert(BASE64.0, value(BASE64.1));
    }
    let Some(package) = table(manifest, "package") else {
        return;
    };
    for key in API_ENTRIES {
        package.remove(key);
    }
    let docs = package
        .get_mut("metadata")
        .and_then(|metadata| metadata.get_mut("docs"));
    let docs = docs.and_then(|docs| docs.get_mut("rs"));
    let features = docs.and_then(|docs| docs.get_mut("features")?.as_array_mut());
    if let Some(features) = features {
        features.retain(|feature| feature.as_str() != Some(WEBHOOKS.1));
    }
}

fn table<'a>(manifest: &'a mut DocumentMut, key: &str) -> Option<&'a mut dyn TableLike> {
    manifest.get_mut(key)?.as_table_like_mut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_about_the_repository_are_removed_and_others_kept() {
        let manifest = make_standalone(
            r#"[package]
name = "client"
homepage = "https://example.org"
keywords = ["iot"]
readme = "README.md"

[lib]
name = "client"

[dependencies]
# Headers.
http = "1"
standardwebhooks = { version = "1", optional = true }

[dev-dependencies]
inner = { path = "../inner" }
serde_json = "1"

[[test]]
name = "e2e"

[features]
default = []
# The end.
"#,
            &Crate {
                client: &ClientName {
                    package: "acme-client".to_owned(),
                    library: "acme_client".to_owned(),
                    ..ClientName::default()
                },
                has_own_connection: true,
            },
            |_| false,
        );
        assert_eq!(
            manifest.unwrap(),
            r#"[package]
name = "acme-client"

[lib]
name = "acme_client"

[dependencies]
# Headers.
http = "1"
base64 = "0.22.1"

[dev-dependencies]
serde_json = "1"

[features]
default = []
# The end.

[workspace]
"#
        );
    }
}
