//! The sources of documents.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail, ensure};
use url::Url;

use super::document::Format;
use super::http::{self, Limits, Reply};
use super::npm;

/// The source of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Url(Url),
    /// `None` is the newest version.
    Npm {
        name: String,
        version: Option<String>,
    },
    File(PathBuf),
}

/// The answer of a source.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The document is still the one that the entity tag belongs to.
    NotModified,
    Retrieved(Retrieved),
}

/// A document that is not checked yet.
#[derive(Debug)]
pub(crate) struct Retrieved {
    pub(crate) text: String,
    pub(crate) format: Format,
    /// The exact source: an npm package has its version.
    pub(crate) origin: Source,
    /// The entity tag for the next request.
    pub(crate) etag: Option<String>,
    /// The licence notice that came with the document.
    pub(crate) licence: Option<Vec<u8>>,
}

impl Source {
    /// Gets the document. `etag` is the entity tag of the local copy.
    pub(crate) fn retrieve(&self, etag: Option<&str>, limits: Limits) -> Result<Answer> {
        let (text, format, origin, etag, licence) = match self {
            Self::Url(url) => match http::get(url, etag, limits)? {
                Reply::NotModified => return Ok(Answer::NotModified),
                Reply::Body { text, etag } => {
                    let format = Format::of(Path::new(url.path()));
                    (text, format, self.clone(), etag, None)
                }
            },
            Self::Npm { name, version } => {
                let package = npm::fetch(name, version.as_deref(), limits)?;
                let origin = Self::Npm {
                    name: name.clone(),
                    version: Some(package.version),
                };
                (
                    package.document,
                    Format::Json,
                    origin,
                    None,
                    package.licence,
                )
            }
            Self::File(path) => {
                let text = read_file(path, limits)?;
                (text, Format::of(path), self.clone(), None, None)
            }
        };
        Ok(Answer::Retrieved(Retrieved {
            text,
            format,
            origin,
            etag,
            licence,
        }))
    }

    /// Returns the source as `source.toml` names it. That file is committed, so it contains neither credentials of a URL nor
    /// local folders.
    pub(crate) fn record(&self) -> String {
        match self {
            Self::File(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                format!("file:{}", name.to_string_lossy())
            }
            other => other.to_string(),
        }
    }

    /// Returns the version of the source, which may differ from that in the document.
    pub(crate) fn version(&self) -> Option<&str> {
        match self {
            Self::Npm { version, .. } => version.as_deref(),
            Self::Url(_) | Self::File(_) => None,
        }
    }
}

fn read_file(path: &Path, limits: Limits) -> Result<String> {
    let metadata = fs::metadata(path).with_context(|| {
        format!(
            "{} cannot be read; --from takes a file, a URL, or npm:NAME@VERSION",
            path.display()
        )
    })?;
    ensure!(metadata.is_file(), "{} is not a file", path.display());
    ensure!(
        metadata.len() <= limits.bytes,
        "{} holds {} bytes, more than the {} that a document may have",
        path.display(),
        metadata.len(),
        limits.bytes
    );
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

impl FromStr for Source {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        if let Some(package) = text.strip_prefix("npm:") {
            return npm_source(package);
        }
        match text.split_once("://") {
            Some(("http" | "https", _)) => {
                let url = text
                    .parse()
                    .with_context(|| format!("`{text}` is not a URL"))?;
                Ok(Self::Url(url))
            }
            Some((scheme, _)) => {
                bail!(
                    "`{scheme}://` is not supported; --from takes http:// and https://, a file, or npm:NAME@VERSION"
                )
            }
            None => Ok(Self::File(text.into())),
        }
    }
}

fn npm_source(package: &str) -> Result<Source> {
    // The name of a scoped package also starts with `@`.
    let (name, version) = match package.rsplit_once('@') {
        Some((name, version)) if !name.is_empty() => (name, Some(version)),
        _ => (package, None),
    };
    // Only names that the registry allows: npm would also accept an option, a folder or a git address.
    let plain = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-+~".contains(c))
    };
    let name_is_plain = match name.strip_prefix('@') {
        Some(scoped) => scoped
            .split_once('/')
            .is_some_and(|(scope, name)| plain(scope) && plain(name)),
        None => plain(name),
    };
    ensure!(
        name_is_plain && version.is_none_or(plain),
        "`npm:{package}` is not a package; write npm:NAME@VERSION, such as npm:@seamapi/types@1.977.0"
    );
    Ok(Source::Npm {
        name: name.to_owned(),
        version: version.map(str::to_owned),
    })
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => {
                let mut url = url.clone();
                // Both fail only for a URL without a host, which has no credentials either.
                let _ = url.set_username("");
                let _ = url.set_password(None);
                url.set_fragment(None);
                url.fmt(f)
            }
            Self::Npm { name, version } => match version {
                Some(version) => write!(f, "npm:{name}@{version}"),
                None => write!(f, "npm:{name}"),
            },
            Self::File(path) => path.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npm(name: &str, version: Option<&str>) -> Source {
        Source::Npm {
            name: name.to_owned(),
            version: version.map(str::to_owned),
        }
    }

    #[test]
    fn a_source_is_a_url_a_package_or_a_file() {
        for (text, source) in [
            (
                "npm:@seamapi/types@1.977.0",
                npm("@seamapi/types", Some("1.977.0")),
            ),
            ("npm:@seamapi/types", npm("@seamapi/types", None)),
            ("npm:types@latest", npm("types", Some("latest"))),
            (
                "spec/openapi.json",
                Source::File("spec/openapi.json".into()),
            ),
            (SEAM, Source::Url(SEAM.parse().unwrap())),
        ] {
            assert_eq!(text.parse::<Source>().unwrap(), source);
        }
    }

    const SEAM: &str = super::super::SEAM;

    #[test]
    fn only_names_of_packages_are_passed_to_npm() {
        for text in [
            "npm:",
            "npm:--flag",
            "npm:../folder",
            "npm:@scope",
            "npm:a@../b",
            "npm:a@",
            "npm:a@git+ssh://b",
        ] {
            let error = text.parse::<Source>().unwrap_err().to_string();
            assert!(error.contains("write npm:NAME@VERSION"), "{text}: {error}");
        }
        let error = "ftp://example.org/openapi.json"
            .parse::<Source>()
            .unwrap_err();
        assert!(error.to_string().contains("`ftp://` is not supported"));
    }

    #[test]
    fn credentials_and_folders_are_not_written_to_the_record() {
        for (text, record) in [
            (
                "https://user:secret@example.org/openapi.json#top",
                "https://example.org/openapi.json",
            ),
            ("some/folder/openapi.yaml", "file:openapi.yaml"),
        ] {
            assert_eq!(text.parse::<Source>().unwrap().record(), record);
        }
    }
}
