//! A workspace member's manifest becomes one that stands alone: what it inherits is written out.

use std::path::Path;

use anyhow::{Context, Result, bail};
use toml_edit::{Array, DocumentMut, InlineTable, Item, KeyMut, TableLike, Value};

const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Rewrites `member`, a manifest in the workspace whose manifest is `workspace`. Targets whose sources are not copied
/// go; `has_file` tells which files will stand beside the manifest.
pub(super) fn stand_alone(
    member: &str,
    workspace: &str,
    has_file: impl Fn(&Path) -> bool,
) -> Result<String> {
    let workspace: DocumentMut = workspace
        .parse()
        .context("the workspace's manifest is not TOML")?;
    let workspace = Inherited(&workspace);
    let mut manifest: DocumentMut = member.parse().context("it is not TOML")?;

    if let Some(package) = table(&mut manifest, "package") {
        inherit_package(package, workspace)?;
        for key in ["readme", "license-file"] {
            let file = package.get(key).and_then(Item::as_str);
            if file.is_some_and(|file| !has_file(Path::new(file))) {
                package.remove(key);
            }
        }
        // These are about this repository's own client.
        for key in [
            "documentation",
            "homepage",
            "include",
            "repository",
            "workspace",
        ] {
            package.remove(key);
        }
    }
    inherit_all_dependencies(manifest.as_table_mut(), workspace)?;
    if let Some(targets) = table(&mut manifest, "target") {
        for (_, target) in targets.iter_mut() {
            if let Some(target) = target.as_table_like_mut() {
                inherit_all_dependencies(target, workspace)?;
            }
        }
    }
    if manifest.get("lints").is_some_and(is_inherited) {
        let lints = workspace
            .get("lints")
            .context("the workspace has no [workspace.lints]")?;
        manifest["lints"] = without_position(lints.clone());
    }
    for target in ["example", "test", "bench"] {
        manifest.remove(target);
    }
    // Without it cargo would look for a workspace in the folders above.
    Ok(format!(
        "{}\n\n[workspace]\n",
        manifest.to_string().trim_end()
    ))
}

/// What members can inherit.
#[derive(Clone, Copy)]
struct Inherited<'a>(&'a DocumentMut);

impl<'a> Inherited<'a> {
    fn get(self, key: &str) -> Option<&'a Item> {
        self.0.get("workspace")?.get(key)
    }
}

fn table<'a>(manifest: &'a mut DocumentMut, key: &str) -> Option<&'a mut dyn TableLike> {
    manifest.get_mut(key)?.as_table_like_mut()
}

fn is_inherited(item: &Item) -> bool {
    item.get("workspace").and_then(Item::as_bool) == Some(true)
}

fn inherit_package(package: &mut dyn TableLike, workspace: Inherited<'_>) -> Result<()> {
    for (key, item) in package.iter_mut() {
        if is_inherited(item) {
            let value = workspace
                .get("package")
                .and_then(|package| package.get(key.get()))
                .with_context(|| format!("package.{key} is not in [workspace.package]"))?;
            *item = value.clone();
        }
    }
    Ok(())
}

fn inherit_all_dependencies(owner: &mut dyn TableLike, workspace: Inherited<'_>) -> Result<()> {
    for kind in DEPENDENCIES {
        let Some(dependencies) = owner.get_mut(kind).and_then(Item::as_table_like_mut) else {
            continue;
        };
        for (mut name, item) in dependencies.iter_mut() {
            if is_inherited(item) {
                keep_comment(&mut name, item);
                *item = inherit_dependency(name.get(), item, workspace)?;
            }
        }
        let by_path: Vec<String> = dependencies
            .iter()
            .filter(|(_, item)| item.get("path").is_some())
            .map(|(name, _)| name.to_owned())
            .collect();
        for name in by_path {
            // What only serves the repository's own tests may stay behind; what the crate is built of may not.
            if kind != "dev-dependencies" {
                bail!(
                    "`{name}` is a dependency by path, which leads nowhere outside the repository"
                );
            }
            dependencies.remove(&name);
        }
    }
    Ok(())
}

/// The comment above `name.workspace = true` belongs to the last key of the line, which is about to go.
fn keep_comment(name: &mut KeyMut<'_>, item: &Item) {
    let last = item.as_table().filter(|table| table.is_dotted());
    if let Some(key) = last.and_then(|table| table.key("workspace"))
        && let Some(comment) = key.leaf_decor().prefix()
    {
        name.leaf_decor_mut().set_prefix(comment.clone());
    }
}

/// The workspace's entry with what the member adds to it.
fn inherit_dependency(name: &str, member: &Item, workspace: Inherited<'_>) -> Result<Item> {
    let base = workspace
        .get("dependencies")
        .and_then(|dependencies| dependencies.get(name))
        .with_context(|| format!("`{name}` is not in [workspace.dependencies]"))?;
    let mut merged = InlineTable::new();
    if let Some(version) = base.as_str() {
        merged.insert("version", version.into());
    } else {
        let base = base
            .as_table_like()
            .with_context(|| format!("`{name}` in [workspace.dependencies] is no dependency"))?;
        copy_values(base, &mut merged);
    }

    let member = member
        .as_table_like()
        .context("a dependency that inherits is a table")?;
    let mut added = InlineTable::new();
    copy_values(member, &mut added);
    added.remove("workspace");
    if let Some(features) = added.remove("features") {
        let features = union(merged.get("features"), &features);
        merged.insert("features", Value::Array(features));
    }
    for (key, value) in added {
        merged.insert(key, value);
    }

    merged.fmt();
    Ok(match (merged.len(), merged.get("version")) {
        (1, Some(version)) => toml_edit::value(version.clone()),
        _ => toml_edit::value(merged),
    })
}

fn copy_values(from: &dyn TableLike, to: &mut InlineTable) {
    for (key, item) in from.iter() {
        if let Some(value) = item.as_value() {
            to.insert(key, value.clone().decorated(" ", ""));
        }
    }
}

fn union(base: Option<&Value>, added: &Value) -> Array {
    let mut features = Array::new();
    let mut seen = Vec::new();
    for list in [base, Some(added)].into_iter().flatten() {
        for feature in list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !seen.contains(&feature) {
                seen.push(feature);
                features.push(feature);
            }
        }
    }
    features
}

/// A table of another document brings its place there along, which means nothing in this one.
fn without_position(mut item: Item) -> Item {
    if let Some(table) = item.as_table_mut() {
        table.set_position(None);
        for (_, inner) in table.iter_mut() {
            *inner = without_position(std::mem::take(inner));
        }
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKSPACE: &str = r#"
[workspace]
members = ["client"]

[workspace.package]
version = "1.2.3"
license = "MIT"

[workspace.dependencies]
http = "1"
jiff = { version = "1", default-features = false, features = ["std"] }
inner = { path = "inner" }

[workspace.lints.rust]
unsafe_code = "forbid"
"#;

    fn alone(member: &str) -> Result<String> {
        stand_alone(member, WORKSPACE, |_| false)
    }

    #[test]
    fn what_is_inherited_is_written_out() {
        let manifest = alone(
            r#"[package]
name = "client"
version.workspace = true
license = { workspace = true }
readme = "../README.md"

[lints]
workspace = true

[dependencies]
# Headers.
http.workspace = true
jiff = { workspace = true, features = ["serde", "std"], optional = true }

[target.'cfg(unix)'.dependencies]
http = { workspace = true }

[dev-dependencies]
inner.workspace = true
serde = "1"

[[test]]
name = "e2e"

[features]
default = []
# The end.
"#,
        )
        .unwrap();
        assert_eq!(
            manifest,
            r#"[package]
name = "client"
version = "1.2.3"
license = "MIT"

[lints.rust]
unsafe_code = "forbid"

[dependencies]
# Headers.
http = "1"
jiff = { version = "1", default-features = false, features = ["std", "serde"], optional = true }

[target.'cfg(unix)'.dependencies]
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

    #[test]
    fn a_dependency_by_path_is_refused_with_its_name() {
        let error = alone("[dependencies]\ninner.workspace = true\n").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`inner` is a dependency by path")
        );
    }

    #[test]
    fn what_the_workspace_does_not_have_is_an_error_that_names_it() {
        for (member, named) in [
            ("[package]\nedition.workspace = true\n", "package.edition"),
            ("[dependencies]\nabsent.workspace = true\n", "`absent`"),
        ] {
            let error = alone(member).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }
}
