//! Parses references: within a file, to another file, or out of reach.

use super::super::{pointer, tokens};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Location {
    /// The path of the file, relative to the document's folder.
    pub(super) file: String,
    /// The tokens of the pointer in the file.
    pub(super) tokens: Vec<String>,
}

/// The destination of a reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    To(Location),
    /// A URL, such as `https://…`.
    Away,
    /// A file outside of the document's folder.
    Outside,
    /// A named anchor, such as `pet.yaml#anchor`.
    ByName(String),
}

/// Parses a reference in the file `from`.
pub(super) fn read(reference: &str, from: &str) -> Destination {
    let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if is_url(address) {
        return Destination::Away;
    }
    let file = match address {
        "" => from.to_owned(),
        address => match joined(from, &pointer::percent_decoded(address)) {
            Some(file) => file,
            None => return Destination::Outside,
        },
    };
    // Many documents write `#/` for the whole file, although it means the value of an empty key.
    if matches!(fragment, "" | "/") {
        let tokens = Vec::new();
        return Destination::To(Location { file, tokens });
    }
    match tokens(&format!("#{fragment}")) {
        Some(tokens) => Destination::To(Location { file, tokens }),
        None => Destination::ByName(file),
    }
}

/// Returns the fragment of a reference in the file `from` to a place in the same file.
pub(super) fn fragment_in<'a>(reference: &'a str, from: &str) -> Option<&'a str> {
    match read(reference, from) {
        Destination::To(Location { file, .. }) if file == from => reference
            .split_once('#')
            .map(|(_, fragment)| fragment)
            .or(Some("")),
        _ => None,
    }
}

/// Returns true if a value of a mapping is a reference, not the name of a component.
pub(super) fn is_one(text: &str) -> bool {
    let address = text.split('#').next().unwrap_or_default();
    text.contains(['/', '#']) || is_read_as_values(address)
}

/// Returns true if a file with this name contains JSON or YAML.
pub(super) fn is_read_as_values(file: &str) -> bool {
    is_yaml(file) || extension(file).is_some_and(|extension| extension == "json")
}

/// Returns true if a file with this name contains YAML.
pub(super) fn is_yaml(file: &str) -> bool {
    matches!(extension(file).as_deref(), Some("yaml" | "yml"))
}

fn extension(file: &str) -> Option<String> {
    let (_, extension) = file.rsplit_once('.')?;
    Some(extension.to_ascii_lowercase())
}

fn is_url(address: &str) -> bool {
    let is_scheme = |scheme: &str| {
        // A single letter is a drive of Windows.
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    address.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// Resolves `path` in the file `from`; returns `None` if the result is outside of the folder.
fn joined(from: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || is_drive {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as_text(reference: &str, from: &str) -> String {
        match read(reference, from) {
            Destination::To(Location { file, tokens }) => format!("{file} {}", tokens.join(" ")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn references_are_relative_to_the_folder_of_their_file() {
        for (reference, expected) in [
            ("pet.yaml", "a/b/pet.yaml "),
            ("./pet.yaml#/Pet", "a/b/pet.yaml Pet"),
            ("../pet.yaml#/~1pets/a%20b", "a/pet.yaml /pets a b"),
            ("../../pet%20shop.json", "pet shop.json "),
            ("..\\pet.yaml", "a/pet.yaml "),
            ("#/Pet", "a/b/own.yaml Pet"),
            ("#", "a/b/own.yaml "),
            ("pet.yaml#/", "a/b/pet.yaml "),
            ("../../../pet.yaml", "Outside"),
            ("/etc/passwd", "Outside"),
            ("c:\\pet.yaml", "Outside"),
            ("https://example.com/pet.yaml", "Away"),
            ("//example.com/pet.yaml", "Away"),
            ("file:///etc/passwd", "Away"),
            ("pet.yaml#anchor", "ByName(\"a/b/pet.yaml\")"),
        ] {
            assert_eq!(
                read_as_text(reference, "a/b/own.yaml"),
                expected,
                "{reference}"
            );
        }
        assert_eq!(read_as_text("a/../../b.yaml", "own.yaml"), "Outside");
    }
}
