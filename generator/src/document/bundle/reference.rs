//! Where the text of a reference leads: within a file, to another one, or out of reach.

use super::super::{pointer, tokens};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Location {
    /// The path of the file from the document's folder.
    pub(super) file: String,
    /// The way to the place in it.
    pub(super) tokens: Vec<String>,
}

/// Where a reference leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    To(Location),
    /// To an address that no file below the folder has, such as `https://…`.
    Away,
    /// To a file that does not lie below the document's folder.
    Outside,
    /// To a name that only the file itself could explain, such as `pet.yaml#anchor`.
    ByName(String),
}

/// Reads a reference that stands in the file `from`.
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
    // People write `#/` for the whole file; in fact it is the value of an empty key.
    if matches!(fragment, "" | "/") {
        let tokens = Vec::new();
        return Destination::To(Location { file, tokens });
    }
    match tokens(&format!("#{fragment}")) {
        Some(tokens) => Destination::To(Location { file, tokens }),
        None => Destination::ByName(file),
    }
}

/// The fragment of a reference that stands in the file `from` and leads to a place in it.
pub(super) fn fragment_in<'a>(reference: &'a str, from: &str) -> Option<&'a str> {
    match read(reference, from) {
        Destination::To(Location { file, .. }) if file == from => reference
            .split_once('#')
            .map(|(_, fragment)| fragment)
            .or(Some("")),
        _ => None,
    }
}

/// Returns true if a mapping's value is a reference rather than the name of a component.
pub(super) fn is_one(text: &str) -> bool {
    let address = text.split('#').next().unwrap_or_default();
    text.contains(['/', '#']) || is_read_as_values(address)
}

/// Returns true if a file by this name holds JSON or YAML.
pub(super) fn is_read_as_values(file: &str) -> bool {
    is_yaml(file) || extension(file).is_some_and(|extension| extension == "json")
}

/// Returns true if a file by this name holds YAML.
pub(super) fn is_yaml(file: &str) -> bool {
    matches!(extension(file).as_deref(), Some("yaml" | "yml"))
}

fn extension(file: &str) -> Option<String> {
    let (_, extension) = file.rsplit_once('.')?;
    Some(extension.to_ascii_lowercase())
}

fn is_url(address: &str) -> bool {
    let is_scheme = |scheme: &str| {
        // One letter alone is a drive of Windows.
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    address.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// The path that `path` means in the file `from`, unless it leads out of the folder.
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

    fn led(reference: &str, from: &str) -> String {
        match read(reference, from) {
            Destination::To(Location { file, tokens }) => format!("{file} {}", tokens.join(" ")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn references_are_read_from_the_folder_of_the_file_that_has_them() {
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
            assert_eq!(led(reference, "a/b/own.yaml"), expected, "{reference}");
        }
        assert_eq!(led("a/../../b.yaml", "own.yaml"), "Outside");
    }
}
