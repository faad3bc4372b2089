//! Computes the next version from the changes.

use anyhow::{Context, Result, bail};
use generator::Verdict;
use semver::{Prerelease, Version};
use toml_edit::{DocumentMut, value};

/// Returns the version after `current`. Below 1.0 a breaking change raises the second number, as Cargo expects, and any other
/// change the third; below 0.1 every version may break. A pre-release is followed by the next pre-release.
pub(super) fn next(current: &Version, verdict: Verdict) -> Result<Version> {
    if !current.pre.is_empty() {
        return next_prerelease(current);
    }
    let Version {
        major,
        minor,
        patch,
        ..
    } = *current;
    Ok(match (verdict, major, minor) {
        (Verdict::Breaking, 0, 0) => Version::new(0, 0, patch + 1),
        (Verdict::Breaking, 0, _) => Version::new(0, minor + 1, 0),
        (Verdict::Breaking, _, _) => Version::new(major + 1, 0, 0),
        (Verdict::Additive, 1.., _) => Version::new(major, minor + 1, 0),
        (Verdict::Additive | Verdict::Wire | Verdict::Documentation | Verdict::None, _, _) => {
            Version::new(major, minor, patch + 1)
        }
    })
}

fn next_prerelease(current: &Version) -> Result<Version> {
    let (name, number) = match current.pre.rsplit_once('.') {
        Some((name, number)) => (Some(name), number),
        None => (None, current.pre.as_str()),
    };
    let Ok(number) = number.parse::<u64>() else {
        bail!(
            "{current} is a pre-release without a number that could be raised; set the version by hand"
        );
    };
    let next = name.map_or_else(
        || format!("{}", number + 1),
        |name| format!("{name}.{}", number + 1),
    );
    Ok(Version {
        pre: Prerelease::new(&next)?,
        ..current.clone()
    })
}

/// Returns the requirement by which users depend on a version: `0.3`, `1`.
pub(super) fn requirement(version: &Version) -> String {
    match version {
        version if !version.pre.is_empty() => version.to_string(),
        Version {
            major: 0,
            minor: 0,
            patch,
            ..
        } => format!("0.0.{patch}"),
        Version {
            major: 0, minor, ..
        } => format!("0.{minor}"),
        Version { major, .. } => major.to_string(),
    }
}

/// Reads the version of the client from its manifest.
pub(super) fn read(manifest: &str) -> Result<Version> {
    let manifest: DocumentMut = manifest
        .parse()
        .context("the client's Cargo.toml is not TOML")?;
    let version = manifest["package"]["version"].as_str();
    let version = version.context(
        "the client's Cargo.toml has no `version = \"…\"` of its own; it must not be the version of the workspace",
    )?;
    Version::parse(version)
        .with_context(|| format!("the client's version, {version}, is not a valid version"))
}

/// Returns the client's manifest with another version.
pub(super) fn write(manifest: &str, version: &Version) -> Result<String> {
    let mut manifest: DocumentMut = manifest
        .parse()
        .context("the client's Cargo.toml is not TOML")?;
    replace(&mut manifest["package"]["version"], version);
    Ok(manifest.to_string())
}

/// Returns the lock file with another version of `package`.
pub(super) fn write_lock(lock: &str, package: &str, version: &Version) -> Result<String> {
    let mut lock: DocumentMut = lock.parse().context("Cargo.lock is not TOML")?;
    let packages = lock
        .get_mut("package")
        .and_then(|packages| packages.as_array_of_tables_mut());
    let own = packages
        .into_iter()
        .flat_map(|packages| packages.iter_mut())
        .find(|entry| {
            let name = entry.get("name").and_then(|name| name.as_str());
            name == Some(package) && !entry.contains_key("source")
        });
    if let Some(own) = own {
        replace(&mut own["version"], version);
    }
    Ok(lock.to_string())
}

fn replace(item: &mut toml_edit::Item, version: &Version) {
    let decor = item.as_value().map(|value| value.decor().clone());
    *item = value(version.to_string());
    if let (Some(decor), Some(new)) = (decor, item.as_value_mut()) {
        *new.decor_mut() = decor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_decides_which_number_is_raised_below_and_above_1_0() {
        use Verdict::{Additive, Breaking, Documentation, None, Wire};
        for (current, verdict, expected) in [
            ("0.0.3", Breaking, "0.0.4"),
            ("0.0.3", Additive, "0.0.4"),
            ("0.1.0", Breaking, "0.2.0"),
            ("0.1.7", Breaking, "0.2.0"),
            ("0.1.7", Additive, "0.1.8"),
            ("0.1.7", Documentation, "0.1.8"),
            ("0.1.7", None, "0.1.8"),
            ("1.4.2", Breaking, "2.0.0"),
            ("1.4.2", Additive, "1.5.0"),
            ("0.1.7", Wire, "0.1.8"),
            ("1.4.2", Wire, "1.4.3"),
            ("1.4.2", Documentation, "1.4.3"),
            ("1.4.2", None, "1.4.3"),
            ("2.0.0-rc.1", Breaking, "2.0.0-rc.2"),
            ("2.0.0-7", Additive, "2.0.0-8"),
        ] {
            let next = next(&Version::parse(current).unwrap(), verdict).unwrap();
            assert_eq!(next.to_string(), expected, "{current} {verdict}");
        }
        let error = next(&Version::parse("1.0.0-beta").unwrap(), Breaking).unwrap_err();
        assert!(error.to_string().contains("by hand"), "{error}");
    }

    #[test]
    fn the_requirement_allows_compatible_versions() {
        for (version, expected) in [
            ("0.0.4", "0.0.4"),
            ("0.3.1", "0.3"),
            ("2.4.1", "2"),
            ("2.0.0-rc.1", "2.0.0-rc.1"),
        ] {
            assert_eq!(requirement(&Version::parse(version).unwrap()), expected);
        }
    }

    #[test]
    fn only_the_version_changes_in_the_manifest_and_in_the_lock_file() {
        let version = Version::new(0, 2, 0);
        let manifest = "[package]\nname = \"c\" # ours\nversion = \"0.1.0\" # follows\n";
        assert_eq!(read(manifest).unwrap(), Version::new(0, 1, 0));
        assert_eq!(
            write(manifest, &version).unwrap(),
            manifest.replace("0.1.0", "0.2.0")
        );
        let lock = "version = 4\n\n[[package]]\nname = \"c\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"d\"\nversion = \"0.1.0\"\n";
        let expected = lock.replacen("version = \"0.1.0\"", "version = \"0.2.0\"", 1);
        assert_eq!(write_lock(lock, "c", &version).unwrap(), expected);
        let error = read("[package]\nversion.workspace = true\n").unwrap_err();
        assert!(error.to_string().contains("of its own"), "{error}");
    }
}
