//! Reads a document from an npm package. `npm pack` gets the package, so that npm's configuration, caches and checksums
//! apply. The package is read as text: nothing of it is unpacked or executed.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;

use super::http::Limits;
use super::{literal, progress};
use crate::files;
use crate::node::{self, NPM};
use crate::process::Guard;

/// The largest size of an unpacked package. Seam's has 40 MB.
const MAX_UNPACKED: u64 = 512 << 20;
/// The largest size of its manifest, and of its licence notice.
const MAX_SMALL: u64 = 1 << 20;

/// The parts of a package that matter here.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) version: String,
    /// JSON.
    pub(crate) document: String,
    pub(crate) licence: Option<Vec<u8>>,
}

/// Gets the package from the registry that npm is configured with.
pub(crate) fn fetch(name: &str, version: Option<&str>, limits: Limits) -> Result<Package> {
    node::require_npm()?;
    let folder = tempfile::tempdir().context("there is no room for temporary files")?;
    let bar = progress::step(format!("npm pack {name}"));
    let tarball = pack(NPM.as_ref(), name, version, folder.path(), limits)?;
    bar.set_message("reading the document");
    let tarball =
        File::open(&tarball).with_context(|| format!("{} cannot be read", tarball.display()))?;
    open(tarball, limits)
}

/// Runs `npm pack` in the folder `into`; returns the tarball that it leaves there.
pub(super) fn pack(
    npm: &OsStr,
    name: &str,
    version: Option<&str>,
    into: &Path,
    limits: Limits,
) -> Result<PathBuf> {
    let wanted = format!("{name}@{}", version.unwrap_or("latest"));
    let mut command = Command::new(npm);
    command
        .current_dir(into)
        // `--silent` would suppress the reason of a failure.
        .args([
            "pack",
            "--ignore-scripts",
            "--loglevel=error",
            "--",
            &wanted,
        ])
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| is_needed_by_npm(&name.to_string_lossy())));
    let (succeeded, stderr) = run(command, limits.time)?;
    if !succeeded {
        bail!(explain(name, version, &stderr));
    }
    let tarballs = files::list(into, Path::new(""))?;
    let tarball = tarballs
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "tgz"))
        .with_context(|| format!("`npm pack {wanted}` succeeded and left no package"))?;
    Ok(into.join(tarball))
}

/// Returns true if npm gets this environment variable. It gets those that it needs to run and to reach its registry, but
/// no others, because they may hold tokens.
fn is_needed_by_npm(variable: &str) -> bool {
    const NEEDED: [&str; 18] = [
        "APPDATA",
        "COMSPEC",
        "HOME",
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "LOCALAPPDATA",
        "NODE_EXTRA_CA_CERTS",
        "NO_PROXY",
        "PATH",
        "PATHEXT",
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "USERPROFILE",
        "WINDIR",
    ];
    let variable = variable.to_uppercase();
    NEEDED.contains(&variable.as_str()) || variable.starts_with("NPM_CONFIG_")
}

/// Runs a command with a time limit; returns true if it succeeded, and its error output.
fn run(mut command: Command, time: Duration) -> Result<(bool, String)> {
    let no_room = "there is no room for temporary files";
    let errors = tempfile::NamedTempFile::new().context(no_room)?;
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors.reopen().context(no_room)?);
    let unstarted = "npm could not be started";
    let guard = Guard::new().context(unstarted)?;
    let mut child = guard.spawn(&mut command).context(unstarted)?;
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().context("npm could not be waited for")? {
            break status;
        }
        if started.elapsed() >= time {
            // The process may have ended by itself just now.
            let _ = child.kill();
            let _ = child.wait();
            bail!(
                "npm took longer than {} s. Try again, or allow more with --timeout SECONDS",
                time.as_secs_f32()
            );
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let stderr = fs::read(errors.path()).context("the output of npm cannot be read")?;
    Ok((
        status.success(),
        String::from_utf8_lossy(&stderr).trim().to_owned(),
    ))
}

fn explain(name: &str, version: Option<&str>, stderr: &str) -> String {
    let has = |codes: &[&str]| codes.iter().any(|code| stderr.contains(code));
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
        format!("npm cannot reach its registry; check the network. It stderr:\n{stderr}")
    } else {
        format!("npm failed:\n{stderr}")
    }
}

/// Reads the document, the version and the licence notice out of a package's tarball.
pub(crate) fn open(tarball: impl Read, limits: Limits) -> Result<Package> {
    let unreadable = "the package cannot be read: it is damaged, cut off or far too large";
    let mut archive = tar::Archive::new(GzDecoder::new(tarball).take(MAX_UNPACKED));
    let (mut manifest, mut licence) = (None, None);
    let mut document: Option<((bool, usize), PathBuf, Vec<u8>)> = None;
    for entry in archive.entries().context(unreadable)? {
        let entry = entry.context(unreadable)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        // All files of a package are in one folder.
        let path: PathBuf = entry
            .path()
            .context(unreadable)?
            .components()
            .skip(1)
            .collect();
        let read =
            |most| bytes(entry, most).with_context(|| format!("{} in the package", path.display()));
        if path == Path::new("package.json") {
            manifest = Some(read(MAX_SMALL)?);
        } else if is_licence(&path) {
            licence = Some(read(MAX_SMALL)?);
        } else if let Some(rank) = rank(&path)
            && document.as_ref().is_none_or(|(best, ..)| rank < *best)
        {
            let text = read(limits.bytes)?;
            document = Some((rank, path, text));
        }
    }
    let manifest = manifest.context("the package has no package.json")?;
    let (_, path, text) = document.context(
        "the package has no OpenAPI document: no file in it is called openapi.js or openapi.json",
    )?;
    Ok(Package {
        version: version(&manifest)?,
        document: read_document(&path, text)
            .with_context(|| format!("{} in the package is not a document", path.display()))?,
        licence,
    })
}

fn bytes(entry: impl Read, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry
        .take(most + 1)
        .read_to_end(&mut bytes)
        .context("it cannot be read: the package is damaged, cut off or far too large")?;
    ensure!(
        bytes.len() as u64 <= most,
        "it has more than the allowed {most} bytes"
    );
    Ok(bytes)
}

fn is_licence(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.components().count() == 1 && matches!(stem.to_uppercase().as_str(), "LICENSE" | "LICENCE")
}

/// Returns the rank of a file; the file with the lowest rank is the document. Seam's packages have the document in
/// `lib/seam/connect/openapi.js`. In other packages the file nearest to the top is taken.
fn rank(path: &Path) -> Option<(bool, usize)> {
    const NAMES: [&str; 4] = ["openapi.json", "openapi.js", "openapi.mjs", "openapi.cjs"];
    let is_usual = path
        .parent()
        .is_some_and(|folder| folder.ends_with("seam/connect"));
    NAMES
        .iter()
        .any(|name| path.ends_with(name))
        .then(|| (!is_usual, path.components().count()))
}

fn version(manifest: &[u8]) -> Result<String> {
    #[derive(Deserialize)]
    struct Manifest {
        version: String,
    }
    let manifest: Manifest =
        serde_json::from_slice(manifest).context("the package's package.json has no version")?;
    Ok(manifest.version)
}

fn read_document(path: &Path, text: Vec<u8>) -> Result<String> {
    let text = String::from_utf8(text).context("it is not UTF-8")?;
    match path.extension() {
        Some(extension) if extension == "json" => Ok(text),
        _ => literal::json(&text),
    }
}
