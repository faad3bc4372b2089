//! The manifest of the client becomes that of a crate of its own.

use std::path::Path;

use anyhow::{Context, Result};
use generator::ClientName;
use toml_edit::{DocumentMut, Item, TableLike, value};

/// Entries of the package that are about this repository's own client.
const OWN: [&str; 4] = ["documentation", "homepage", "include", "repository"];
/// Entries of the package that are about the API of this repository's client.
const OF_API: [&str; 3] = ["categories", "description", "keywords"];
/// The dependency and the feature for what only that API delivers.
const WEBHOOKS: (&str, &str) = ("standardwebhooks", "webhook");
/// What the code that stands in its place needs: user name and password are sent in this form.
const BASE64: (&str, &str) = ("base64", "0.22.1");
/// Tables of targets, whose sources stay behind.
const TARGETS: [&str; 2] = ["example", "test"];
/// What the examples in the documentation need.
const FOR_EXAMPLES: [&str; 3] = ["http", "serde_json", "tokio"];

/// The crate that a manifest is for.
pub(super) struct Crate<'a> {
    pub(super) client: &'a ClientName,
    /// Whether the document says where its API is and how to sign in.
    pub(super) has_own_connection: bool,
}

/// Rewrites the client's manifest; `has_file` says which files will stand beside it.
pub(super) fn stand_alone(
    manifest: &str,
    of: &Crate<'_>,
    has_file: impl Fn(&Path) -> bool,
) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse().context("it is not TOML")?;
    if let Some(package) = table(&mut manifest, "package") {
        package.insert("name", value(&of.client.package));
        // The comment is about how the repository raises it.
        if let Some(mut version) = package.key_mut("version") {
            version.leaf_decor_mut().clear();
        }
    }
    if of.has_own_connection {
        of_another_api(&mut manifest, of.client);
    }
    if let Some(package) = table(&mut manifest, "package") {
        for key in OWN {
            package.remove(key);
        }
        let readme = package.get("readme").and_then(Item::as_str);
        if readme.is_some_and(|readme| !has_file(Path::new(readme))) {
            package.remove("readme");
        }
    }
    if let Some(dependencies) = table(&mut manifest, "dev-dependencies") {
        let names = dependencies.iter().map(|(name, _)| name.to_owned());
        let needless = names.filter(|name| !FOR_EXAMPLES.contains(&name.as_str()));
        for name in needless.collect::<Vec<_>>() {
            dependencies.remove(&name);
        }
    }
    if let Some(targets) = table(&mut manifest, "target") {
        for (_, target) in targets.iter_mut() {
            let target = target.as_table_like_mut();
            target.and_then(|target| target.remove("dev-dependencies"));
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

/// Takes out what only the API of this repository's client has.
fn of_another_api(manifest: &mut DocumentMut, client: &ClientName) {
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
    for key in OF_API {
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
    fn what_is_about_the_repository_goes_and_the_rest_stays() {
        let manifest = stand_alone(
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
