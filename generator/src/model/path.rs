//! The segments of a path, its placeholders, and the query that a document may append.

use crate::escape;

fn segments(path: &str) -> Vec<&str> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .collect()
}

/// Returns the segments without placeholders, and the words at the start of a segment (`report` in `report{format}`).
pub(crate) fn static_segments(path: &str) -> Vec<&str> {
    let fixed = segments(path).into_iter().filter_map(|segment| {
        if placeholders(segment).is_empty() {
            return Some(segment);
        }
        let (start, _) = segment.split_once('{')?;
        let start = start.trim_end_matches(|c: char| !c.is_alphanumeric());
        start.contains(char::is_alphabetic).then_some(start)
    });
    fixed.collect()
}

/// Returns the names in `{name}` in any part of a segment, and of segments like `[name]`.
pub(crate) fn placeholders(path: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for segment in segments(path) {
        let bracketed = segment
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        found.extend(bracketed);
        let mut rest = segment;
        while let Some((_, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            if !found.contains(&name) {
                found.push(name);
            }
            rest = after;
        }
    }
    found
}

/// Returns the path for requests. A query in the path is kept, except the parameters in it.
pub(crate) fn wire(path: &str) -> String {
    let (route, query) = split(path);
    let fixed: Vec<&str> = pairs(query).filter(|pair| given(pair).is_none()).collect();
    match fixed.is_empty() {
        true => route.to_owned(),
        false => format!("{route}?{}", escaped(&fixed.join("&"))),
    }
}

/// Returns the parameters in the query of a path: the name of each in the query, and in the document.
pub(crate) fn query_parameters(path: &str) -> Vec<(&str, &str)> {
    let (_, query) = split(path);
    pairs(query).filter_map(given).collect()
}

/// Splits the path from its query. A question mark inside of a placeholder does not start a query.
fn split(path: &str) -> (&str, &str) {
    let mut within = false;
    for (at, sign) in path.char_indices() {
        match sign {
            '{' => within = true,
            '}' => within = false,
            '?' if !within => return (&path[..at], &path[at + 1..]),
            _ => {}
        }
    }
    (path, "")
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty())
}

/// Returns the name of a pair and the placeholder that is its value.
fn given(pair: &str) -> Option<(&str, &str)> {
    let (name, value) = pair.split_once('=')?;
    let placeholder = value.strip_prefix('{')?.strip_suffix('}')?;
    let is_one = !placeholder.contains(['{', '}']);
    (is_one && !name.is_empty()).then_some((name, placeholder))
}

/// Returns a query as it is valid in a URL.
fn escaped(query: &str) -> String {
    escape::percent(query, |byte| {
        byte.is_ascii_graphic() && !b"\"#<>\\^`|".contains(&byte)
    })
}

#[cfg(test)]
mod tests {
    use super::{query_parameters, static_segments, wire};

    #[test]
    fn the_words_at_the_start_of_a_segment_are_static() {
        assert_eq!(
            static_segments("/api/report{format}/{id}.json/v{version}/by-day"),
            ["api", "report", "v", "by-day"]
        );
    }

    #[test]
    fn the_query_of_a_path_is_constant_or_has_parameters() {
        for (path, sent, parameters) in [
            ("/search", "/search", vec![]),
            ("/search?", "/search", vec![]),
            ("/search?type=x", "/search?type=x", vec![]),
            (
                "/{a}/search?type=a b&q={term}&flag",
                "/{a}/search?type=a%20b&flag",
                vec![("q", "term")],
            ),
            ("/search?q={term}", "/search", vec![("q", "term")]),
            ("/search?q=x{term}", "/search?q=x{term}", vec![]),
            ("/users/{id?}", "/users/{id?}", vec![]),
        ] {
            assert_eq!(wire(path), sent, "{path}");
            assert_eq!(query_parameters(path), parameters, "{path}");
        }
    }
}
