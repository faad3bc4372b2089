//! A document out of an npm package. The ordinary `npm pack` gets the package, so that its configuration, caches and
//! checksums apply; Node evaluates the module that holds the document.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;

use super::progress;
use crate::files;
use crate::node::{self, NPM};

/// A package is refused above this, unpacked: Seam's has 40 MB.
const MAX_UNPACKED: u64 = 512 << 20;

/// What a package holds for us.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) version: String,
    /// JSON.
    pub(crate) document: String,
    pub(crate) licence: Option<Vec<u8>>,
}

/// Gets the package from the registry that npm is set up with.
pub(crate) fn fetch(name: &str, version: Option<&str>) -> Result<Package> {
    node::require_npm()?;
    let folder = tempfile::tempdir().context("there is no room for temporary files")?;
    let bar = progress::step(format!("npm pack {name}"));
    let tarball = pack(name, version, folder.path())?;
    bar.set_message("reading the document");
    let tarball =
        File::open(&tarball).with_context(|| format!("{} cannot be read", tarball.display()))?;
    open(tarball)
}

fn pack(name: &str, version: Option<&str>, into: &Path) -> Result<PathBuf> {
    let wanted = format!("{name}@{}", version.unwrap_or("latest"));
    let output = Command::new(NPM)
        .current_dir(into)
        // Not `--silent`: that leaves out why it failed.
        .args(["pack", "--loglevel=error", "--", &wanted])
        .output()
        .context("npm could not be started")?;
    if !output.status.success() {
        bail!(explain(name, version, &output));
    }
    let tarballs = files::list(into, Path::new(""))?;
    let tarball = tarballs
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "tgz"))
        .with_context(|| format!("`npm pack {wanted}` said nothing and left no package"))?;
    Ok(into.join(tarball))
}

fn explain(name: &str, version: Option<&str>, output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let has = |codes: &[&str]| codes.iter().any(|code| said.contains(code));
    if has(&["ETARGET"]) {
        let version = version.unwrap_or("latest");
        format!(
            "the registry has no version {version} of {name}; `npm view {name} versions` lists those that it has"
        )
    } else if has(&["E404"]) {
        format!("the registry has no package {name}; check the name")
    } else if has(&[
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ECONNRESET",
        "ETIMEDOUT",
    ]) {
        format!(
            "npm cannot reach its registry; check the network. It said:\n{}",
            said.trim()
        )
    } else {
        format!("npm failed:\n{}", said.trim())
    }
}

/// Reads the document, the version and the licence notice out of a package's tarball. Needs Node.
pub(crate) fn open(tarball: impl Read) -> Result<Package> {
    let folder = tempfile::tempdir().context("there is no room for temporary files")?;
    let mut archive = tar::Archive::new(GzDecoder::new(tarball).take(MAX_UNPACKED));
    archive
        .unpack(folder.path())
        .context("the package cannot be unpacked: it is damaged, cut off or far too large")?;

    let files = files::list(folder.path(), Path::new(""))?;
    let manifest = files
        .iter()
        .filter(|path| path.ends_with("package.json"))
        .min_by_key(|path| path.components().count())
        .context("the package has no package.json")?;
    let top = manifest.parent().unwrap_or(Path::new(""));
    let licence = files
        .iter()
        .find(|path| path.parent() == Some(top) && is_licence(path))
        .map(|path| fs::read(folder.path().join(path)))
        .transpose()
        .context("the package's licence notice cannot be read")?;
    let module = document_module(&files).context(
        "the package holds no OpenAPI document: no file in it is called openapi.js or openapi.json",
    )?;
    Ok(Package {
        version: version(&folder.path().join(manifest))?,
        document: evaluate(&folder.path().join(module)).with_context(|| {
            format!(
                "{} in the package does not give a document",
                module.display()
            )
        })?,
        licence,
    })
}

fn is_licence(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    matches!(stem.to_uppercase().as_str(), "LICENSE" | "LICENCE")
}

/// Which file holds the document. Seam's packages have it in `lib/seam/connect/openapi.js`; where another has a file of
/// that name elsewhere, the one nearest to the top is meant.
fn document_module(files: &[PathBuf]) -> Option<&PathBuf> {
    const NAMES: [&str; 4] = ["openapi.json", "openapi.js", "openapi.mjs", "openapi.cjs"];
    files
        .iter()
        .filter(|path| NAMES.iter().any(|name| path.ends_with(name)))
        .min_by_key(|path| {
            let is_usual = path
                .parent()
                .is_some_and(|folder| folder.ends_with("seam/connect"));
            (!is_usual, path.components().count())
        })
}

fn version(manifest: &Path) -> Result<String> {
    #[derive(Deserialize)]
    struct Manifest {
        version: String,
    }
    let text = fs::read_to_string(manifest).context("the package's package.json cannot be read")?;
    let manifest: Manifest =
        serde_json::from_str(&text).context("the package's package.json has no version")?;
    Ok(manifest.version)
}

/// Prints what a module exports. A CommonJS module comes wrapped twice.
const PRINT: &str = "
import { pathToFileURL } from 'node:url'
const module = await import(pathToFileURL(process.argv[1]))
const document = module.default?.default ?? module.default ?? module.openapi
if (document === null || typeof document !== 'object') throw new Error('it exports no object')
process.stdout.write(JSON.stringify(document))
";

fn evaluate(module: &Path) -> Result<String> {
    if module
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        return fs::read_to_string(module).context("it cannot be read");
    }
    node::require_node()?;
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", PRINT, "--"])
        .arg(module)
        .output()
        .context("Node could not be started")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        // Node shows the line before it says what is wrong with it.
        let reason = said
            .lines()
            .find(|line| line.contains("Error"))
            .unwrap_or(said.trim());
        bail!("Node says: {}", reason.trim());
    }
    ensure!(!output.stdout.is_empty(), "Node printed nothing");
    String::from_utf8(output.stdout).context("Node printed what is not UTF-8")
}
