//! Simple text functions. The generic `join` and `replace` of the standard library are compiled again for each type and pattern.

/// Joins the parts with a separator.
pub(crate) fn join(parts: &[String], separator: &str) -> String {
    let mut joined = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part);
    }
    joined
}

/// Replaces some characters by other text.
pub(crate) fn escape(text: &str, escapes: &[(char, &str)]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match escapes.iter().find(|(from, _)| *from == char) {
            Some((_, to)) => escaped.push_str(to),
            None => escaped.push(char),
        }
    }
    escaped
}
