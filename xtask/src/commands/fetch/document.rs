//! Checks that a text is an OpenAPI document, and formats it for `spec`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Yaml,
}

impl Format {
    /// Returns the format by the name of the file. The default is JSON, because any text is a valid YAML string.
    pub(crate) fn of(path: &Path) -> Self {
        let extension = path
            .extension()
            .map(|extension| extension.to_ascii_lowercase());
        match extension
            .as_deref()
            .and_then(|extension| extension.to_str())
        {
            Some("yaml" | "yml") => Self::Yaml,
            _ => Self::Json,
        }
    }
}

/// A document that can be pinned.
#[derive(Debug)]
pub(crate) struct Document {
    /// The document as pretty-printed JSON, with its keys in their original order.
    pub(crate) json: String,
    /// The version of OpenAPI.
    pub(crate) openapi: String,
    /// `info.version`.
    pub(crate) version: Option<String>,
    pub(crate) paths: usize,
}

/// The parts that show that a text is an OpenAPI document.
#[derive(Deserialize)]
struct Probe {
    openapi: Option<String>,
    swagger: Option<IgnoredAny>,
    info: Option<Info>,
    paths: Option<BTreeMap<String, IgnoredAny>>,
}

#[derive(Deserialize)]
struct Info {
    version: Option<String>,
}

impl Document {
    /// Reads and checks a document.
    pub(crate) fn read(text: &str, format: Format) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let json = match format {
            Format::Json => pretty_json(text)?,
            Format::Yaml => pretty_yaml(text)?,
        };
        ensure!(
            json.starts_with('{'),
            "it is not an OpenAPI document: expected an object, found text that starts with `{}`",
            json.lines().next().unwrap_or_default()
        );
        let probe: Probe = serde_json::from_str(&json).context("it is not an OpenAPI document")?;
        if probe.swagger.is_some() {
            bail!("it is a Swagger 2 document; convert it to OpenAPI 3.0 first");
        }
        let Some(openapi) = probe.openapi else {
            bail!("it is not an OpenAPI document: the key `openapi` is missing");
        };
        ensure!(
            is_supported(&openapi),
            "it is an OpenAPI {openapi} document; the generator reads 3.0 and 3.1"
        );
        let paths = probe.paths.unwrap_or_default();
        let paths = paths.keys().filter(|path| path.starts_with('/')).count();
        ensure!(
            paths > 0,
            "it has no paths, so there is nothing to generate"
        );
        Ok(Self {
            json,
            openapi,
            version: probe.info.and_then(|info| info.version),
            paths,
        })
    }
}

fn is_supported(openapi: &str) -> bool {
    ["3.0", "3.1"].iter().any(|version| {
        let rest = openapi.strip_prefix(version);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn pretty_json(text: &str) -> Result<String> {
    ensure!(!text.trim().is_empty(), "it is empty");
    // A separate step, because transcoding reports text that is cut off like text that is wrong.
    let well_formed: serde_json::Result<IgnoredAny> = serde_json::from_str(text);
    well_formed.map_err(|error| {
        let message = if error.is_eof() {
            "it is incomplete: the download or the file was cut off"
        } else {
            "it is not JSON (a YAML document needs a name that ends in .yaml)"
        };
        anyhow!(error).context(message)
    })?;
    let mut reader = serde_json::Deserializer::from_str(text);
    pretty(|writer| serde_transcode::transcode(&mut reader, writer))
        .context("it contains a value that cannot be written as JSON")
}

fn pretty_yaml(text: &str) -> Result<String> {
    let reader = serde_yaml::Deserializer::from_str(text);
    pretty(|writer| serde_transcode::transcode(reader, writer))
        .context("it is not YAML that can be written as JSON")
}

type Writer<'a> =
    serde_json::Serializer<&'a mut Vec<u8>, serde_json::ser::PrettyFormatter<'static>>;

/// Converts text to text. A map in between could sort the keys or drop one.
fn pretty(
    transcode: impl FnOnce(&mut Writer<'_>) -> serde_json::Result<()>,
) -> serde_json::Result<String> {
    let mut json = Vec::new();
    transcode(&mut serde_json::Serializer::pretty(&mut json))?;
    json.push(b'\n');
    Ok(String::from_utf8(json).expect("serde_json writes UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretty_printing_keeps_key_order_numbers_and_text() {
        let text = "\u{feff}{\"paths\":{\"/b\":{},\"/a\":{}},\"openapi\":\"3.0.0\",\"x-n\":[1,1.0,-7e-3,18446744073709551615,\"’\\n\"]}";
        let document = Document::read(text, Format::Json).unwrap();
        assert_eq!(
            document.json,
            r#"{
  "paths": {
    "/b": {},
    "/a": {}
  },
  "openapi": "3.0.0",
  "x-n": [
    1,
    1.0,
    -0.007,
    18446744073709551615,
    "’\n"
  ]
}
"#
        );
        assert_eq!((document.paths, document.openapi.as_str()), (2, "3.0.0"));
    }

    #[test]
    fn yaml_is_converted_to_json_with_its_keys_in_order() {
        let yaml = "openapi: 3.1.0\ninfo:\n  version: '7'\npaths:\n  /z:\n    get:\n      responses:\n        200:\n          description: ok\n  /a: {}\n";
        let document = Document::read(yaml, Format::Yaml).unwrap();
        assert!(document.json.contains("\"200\": {"), "{}", document.json);
        assert!(document.json.find("/z") < document.json.find("/a"));
        assert_eq!(document.version.as_deref(), Some("7"));
    }

    #[test]
    fn text_that_is_not_a_document_is_refused_with_the_reason() {
        for (text, message) in [
            ("\n", "it is empty"),
            (
                "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\"",
                "it is incomplete",
            ),
            ("Bad gateway", "it is not JSON"),
            ("{\"openapi\": \"3.0.0\"} {}", "it is not JSON"),
            ("[]", "starts with `[]`"),
            ("{}", "`openapi` is missing"),
            ("{\"openapi\": 3}", "it is not an OpenAPI document"),
            (
                "{\"swagger\": \"2.0\", \"paths\": {\"/a\": {}}}",
                "Swagger 2",
            ),
            (
                "{\"openapi\": \"3.2.0\", \"paths\": {\"/a\": {}}}",
                "OpenAPI 3.2.0",
            ),
            (
                "{\"openapi\": \"3.05\", \"paths\": {\"/a\": {}}}",
                "OpenAPI 3.05",
            ),
            ("{\"openapi\": \"3.0.0\", \"paths\": {}}", "it has no paths"),
            (
                "{\"openapi\": \"3.0.0\", \"paths\": {\"x-note\": 1}}",
                "it has no paths",
            ),
        ] {
            let error = Document::read(text, Format::Json).unwrap_err();
            let error = format!("{error:#}");
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
