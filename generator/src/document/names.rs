//! Reads `names.yaml`: places of the document that share one type, better names for types, and the fields of structs with a tag.
//!
//! An entry that no longer matches is an error, as in an overlay.

mod structs;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::text;
use crate::error::Problem;
use crate::source::Companion;
pub(crate) use structs::{FixedStruct, with_structs};

/// The names in a file, with their places in a document.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) types: Vec<NamedType>,
    /// The fields of structs, by their tags; `None` without a file.
    pub(crate) structs: Option<Vec<FixedStruct>>,
    /// True if entries that no longer match are left out, instead of being errors.
    pub(crate) allow_unmatched: bool,
}

/// A type with a name from the file.
#[derive(Debug)]
pub(crate) struct NamedType {
    /// Its Rust path below the crate. A path without a module is at the root.
    pub(crate) name: String,
    /// The JSON pointers of its places.
    pub(crate) places: Vec<String>,
    /// The place of the entry, for errors.
    pub(crate) pointer: String,
}

/// Reads the names, and finds their places. An entry without a match is an error, unless `allow_unmatched` is true.
pub(super) fn read(
    document: &Value,
    file: &Companion<'_>,
    allow_unmatched: bool,
) -> Result<Names, Vec<Problem>> {
    let at = |problem: Problem| Problem {
        pointer: match problem.pointer.as_str() {
            "" => file.name.to_owned(),
            pointer => format!("{}#{pointer}", file.name),
        },
        ..problem
    };
    let value = text::parse(file.text).map_err(|problem| vec![at(problem)])?;
    let Some(entries) = value.get("types").and_then(Value::as_array) else {
        return Err(vec![at(problem(
            "",
            "no list `types`",
            "a list `types` of entries with `name`, `places` and `reason`",
            "Add the list; it may be empty.",
        ))]);
    };
    let mut names = Names {
        structs: Some(structs::read(&value, file.name).map_err(|problem| vec![at(problem)])?),
        allow_unmatched,
        ..Names::default()
    };
    let mut problems = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match named_type(document, entry, &format!("/types/{index}"), allow_unmatched) {
            Ok(named) => names.types.extend(named.map(|named| NamedType {
                pointer: format!("{}#{}", file.name, named.pointer),
                ..named
            })),
            Err(problem) => problems.push(at(problem)),
        }
    }
    match problems.is_empty() {
        true => Ok(names),
        false => Err(problems),
    }
}

fn named_type(
    document: &Value,
    entry: &Value,
    pointer: &str,
    allow_unmatched: bool,
) -> Result<Option<NamedType>, Problem> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::trim);
    let name = text("name").filter(|name| is_path(name)).ok_or_else(|| {
        problem(
            &format!("{pointer}/name"),
            "no Rust path",
            "a path such as `access_grants::Schedule`, or a name such as `Schedule` for the root",
            "Write the modules in snake_case and the name in PascalCase.",
        )
    })?;
    if text("reason").is_none_or(str::is_empty) {
        return Err(problem(
            pointer,
            "an entry without a reason",
            "a `reason` in words",
            "Say why these places share a type, or why the name is better.",
        ));
    }
    let listed = entry.get("places").and_then(Value::as_array);
    let mut places: Vec<String> = Vec::new();
    for (index, place) in listed.into_iter().flatten().enumerate() {
        let at = format!("{pointer}/places/{index}");
        let found = places_of(document, place.as_str().unwrap_or_default(), &at)?;
        if found.is_empty() && !allow_unmatched {
            return Err(problem(
                &at,
                &format!("{place}, which matches nothing"),
                "a place that is in the document",
                "The document has changed: delete the place, or correct it.",
            ));
        }
        let new = found.into_iter().filter(|place| !places.contains(place));
        let new: Vec<String> = new.collect();
        places.extend(new);
    }
    if places.is_empty() && !allow_unmatched {
        return Err(problem(
            pointer,
            "an entry without a place",
            "`places`, a list of JSON pointers or JSONPaths",
            "Name the places, or delete the entry.",
        ));
    }
    Ok((!places.is_empty()).then(|| NamedType {
        name: name.to_owned(),
        places,
        pointer: pointer.to_owned(),
    }))
}

/// Returns the places that match a JSON pointer or JSONPath.
fn places_of(document: &Value, place: &str, at: &str) -> Result<Vec<String>, Problem> {
    if place.starts_with('/') {
        let found = document.pointer(place).map(|_| place.to_owned());
        return Ok(found.into_iter().collect());
    }
    let path = JsonPath::parse(place).map_err(|error| {
        problem(
            at,
            &format!("{place:?}: {error}"),
            "a JSON pointer or a JSONPath",
            "A pointer begins with `/`, a path with `$`.",
        )
    })?;
    let found = path.query_located(document);
    Ok(found
        .locations()
        .map(|location| location.to_json_pointer())
        .collect())
}

fn is_path(name: &str) -> bool {
    let is_word = |word: &str, first: fn(&char) -> bool| {
        word.chars().next().is_some_and(|letter| first(&letter))
            && word
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    let mut words: Vec<&str> = name.split("::").collect();
    let last = words.pop().unwrap_or_default();
    is_word(last, char::is_ascii_uppercase)
        && words
            .iter()
            .all(|word| is_word(word, char::is_ascii_lowercase))
}

fn problem(pointer: &str, found: &str, expected: &str, advice: &str) -> Problem {
    Problem {
        pointer: pointer.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
        advice: advice.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;
    use crate::source::Companion;

    const ENTRY: &str = "
types:
  - name: lock::Battery
    reason: A battery is a battery.
    places:
      - /components/schemas/lock/properties/battery
      - $.components.schemas.*.properties.battery
";

    /// Returns the places that match in a small document, or the problems.
    fn places(text: &str, allow_unmatched: bool) -> Result<Vec<String>, Vec<String>> {
        let document = json!({ "components": { "schemas": {
            "lock": { "properties": { "battery": {} } },
            "hub": { "properties": { "battery": {} } },
        } } });
        let file = Companion {
            text,
            name: "names.yaml",
        };
        match read(&document, &file, allow_unmatched) {
            Ok(names) => Ok(names
                .types
                .into_iter()
                .flat_map(|named| named.places)
                .collect()),
            Err(problems) => Err(problems
                .into_iter()
                .map(|problem| format!("{}: {}", problem.pointer, problem.found))
                .collect()),
        }
    }

    #[test]
    fn pointers_and_paths_find_each_place_once() {
        let mut found = places(ENTRY, false).unwrap();
        found.sort();
        assert_eq!(
            found,
            [
                "/components/schemas/hub/properties/battery",
                "/components/schemas/lock/properties/battery"
            ]
        );
    }

    #[test]
    fn an_entry_without_a_match_is_an_error_unless_it_is_allowed() {
        let expired = ENTRY.replace("$.components.schemas.*", "$.components.schemas.door");
        assert_eq!(
            places(&expired, false).unwrap_err(),
            [
                "names.yaml#/types/0/places/1: \"$.components.schemas.door.properties.battery\", which matches nothing"
            ]
        );
        assert_eq!(places(&expired, true).unwrap().len(), 1);
    }

    #[test]
    fn an_incomplete_entry_is_an_error_that_says_what_is_missing() {
        for (from, to, expected) in [
            (
                "lock::Battery",
                "lock::battery",
                "names.yaml#/types/0/name: no Rust path",
            ),
            (
                "reason: A battery is a battery.",
                "reason: ' '",
                "names.yaml#/types/0: an entry without a reason",
            ),
            (
                "$.components",
                "components",
                "names.yaml#/types/0/places/1: ",
            ),
            ("types:", "names:", "names.yaml: no list `types`"),
        ] {
            let wrong = places(&ENTRY.replacen(from, to, 1), false).unwrap_err();
            assert!(wrong[0].starts_with(expected), "{wrong:?}");
        }
    }
}
