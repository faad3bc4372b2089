//! The segments of a path, and the placeholders in it.

fn segments(path: &str) -> Vec<&str> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .collect()
}

/// The segments that are the same in every call.
pub(crate) fn static_segments(path: &str) -> Vec<&str> {
    let mut segments = segments(path);
    segments.retain(|segment| placeholders(segment).is_empty());
    segments
}

/// The names in `{name}`, wherever in a segment, and in segments that are `[name]`.
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
