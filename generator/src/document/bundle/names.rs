//! Names for components from other files. A name follows from the path and the pointer, not from the order of references.

use std::collections::HashSet;

use super::reference::Location;

/// Parts of a path that only name the kind of the objects below.
const KINDS: [&str; 15] = [
    "components",
    "schemas",
    "definitions",
    "$defs",
    "models",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "properties",
    "items",
    "schema",
    "content",
    "allOf",
    "additionalProperties",
];

/// Returns a name for each location, in order. No name equals one in `taken`, even without case and signs.
pub(super) fn choose<'a>(
    locations: impl IntoIterator<Item = &'a Location>,
    taken: impl IntoIterator<Item = &'a str>,
) -> Vec<String> {
    let locations: Vec<&Location> = locations.into_iter().collect();
    let mut taken: HashSet<String> = taken.into_iter().map(plain).collect();
    let mut order: Vec<usize> = (0..locations.len()).collect();
    // The location with the shortest path has the short name, so that a deeper one does not change it.
    order.sort_by_key(|index| (depth(locations[*index]), locations[*index]));
    let mut names = vec![String::new(); locations.len()];
    for index in order {
        let name = free(&candidates(locations[index]), &taken);
        taken.insert(plain(&name));
        names[index] = name;
    }
    names
}

fn depth(location: &Location) -> (usize, usize) {
    let folders = location.file.matches('/').count();
    (folders, location.tokens.len())
}

fn free(candidates: &[String], taken: &HashSet<String>) -> String {
    let is_free = |name: &&String| {
        let plain = plain(name);
        !plain.is_empty() && !taken.contains(&plain)
    };
    if let Some(name) = candidates.iter().find(is_free) {
        return name.clone();
    }
    let longest = candidates.last().map_or("part", String::as_str);
    let numbered = (2_u64..).map(|number| format!("{longest}_{number}"));
    let mut free = numbered.filter(|name| !taken.contains(&plain(name)));
    free.next().unwrap_or_default()
}

/// Returns the last part of a path, then with one more of the parts before it each time, up to the full path.
fn candidates(location: &Location) -> Vec<String> {
    let mut parts = parts(location);
    let last = parts.pop().unwrap_or_else(|| "part".to_owned());
    let mut names = vec![last];
    while let Some(part) = parts.pop() {
        let longer = format!("{part}_{}", names[names.len() - 1]);
        names.push(longer);
    }
    let (stem, _) = location.file.rsplit_once('.').unwrap_or_default();
    for file in [stem, &location.file] {
        let path = [file].into_iter();
        let path = path.chain(location.tokens.iter().map(String::as_str));
        names.push(sanitize(&path.collect::<Vec<_>>().join("_")));
    }
    names
}

/// Returns the parts of a path that distinguish it: folders, the file without its extension, the pointer.
fn parts(location: &Location) -> Vec<String> {
    let (folders, file) = match location.file.rsplit_once('/') {
        Some((folders, file)) => (folders, file),
        None => ("", location.file.as_str()),
    };
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_index = matches!(stem, "index" | "_index") && !folders.is_empty();
    let stem = Some(stem).filter(|_| !is_index);
    let path = folders.split('/').chain(stem);
    let path = path.chain(location.tokens.iter().map(String::as_str));
    let count = folders.split('/').count() + usize::from(stem.is_some());
    let relevant = path.enumerate().filter(|(index, part)| {
        // The name of a file is kept even if it is a number, or a word that has no meaning in a pointer.
        let is_stem = index + 1 == count && stem.is_some();
        is_stem || !part.is_empty() && !KINDS.contains(part) && !is_number(part)
    });
    let mut parts: Vec<String> = relevant.map(|(_, part)| sanitize(part)).collect();
    // A status has no meaning without the part before it.
    if let Some(number) = location.tokens.last().filter(|token| is_number(token)) {
        let before = parts.pop().unwrap_or_default();
        parts.push(format!("{before}_{number}"));
    }
    parts
}

fn is_number(part: &str) -> bool {
    part.chars().all(|sign| sign.is_ascii_digit())
}

/// Replaces signs that the name of a component cannot have.
fn sanitize(part: &str) -> String {
    let sign = |c: char| match c.is_alphanumeric() || matches!(c, '_' | '-' | '.') {
        true => c,
        false => '_',
    };
    part.chars().map(sign).collect()
}

/// Returns the part of a name that decides its Rust name.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(locations: &[&str], taken: &[&str]) -> Vec<String> {
        let locations: Vec<Location> = locations
            .iter()
            .map(|location| {
                let (file, pointer) = location.split_once('#').unwrap_or((location, ""));
                let tokens = pointer.split('/').skip(1).map(str::to_owned).collect();
                let file = file.to_owned();
                Location { file, tokens }
            })
            .collect();
        choose(&locations, taken.iter().copied())
    }

    #[test]
    fn a_name_is_the_last_part_of_the_pointer_or_the_files_stem() {
        let locations = [
            "schemas/pet.yaml",
            "schemas.yaml#/Owner",
            "common.yaml#/components/schemas/Vet",
            "visit/index.yaml",
            "pet-shop.json",
            "404.yaml",
            "list.yaml#/items",
            "tags.yaml#/Tag/properties/colour",
            "replies.yaml#/404",
        ];
        assert_eq!(
            chosen(&locations, &[]),
            [
                "pet",
                "Owner",
                "Vet",
                "visit",
                "pet-shop",
                "404",
                "list",
                "colour",
                "replies_404",
            ]
        );
    }

    #[test]
    fn names_that_collide_have_more_parts_of_the_path() {
        let locations = [
            "b/models/status.yaml",
            "a/status.yaml",
            "pet.yaml",
            "models/pet.yaml",
            ".yaml",
        ];
        assert_eq!(
            chosen(&locations, &["Pet"]),
            ["b_status", "status", "pet.yaml", "models_pet", ".yaml"]
        );
    }

    #[test]
    fn a_name_does_not_depend_on_the_order_of_references() {
        let one = chosen(&["a/pet.yaml", "b/pet.yaml"], &[]);
        let mut other = chosen(&["b/pet.yaml", "c/pet.yaml", "a/pet.yaml"], &[]);
        assert_eq!(other.remove(1), "c_pet");
        assert_eq!(one, ["pet", "b_pet"]);
        assert_eq!(other, ["b_pet", "pet"]);
    }
}
