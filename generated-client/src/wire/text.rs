//! What is done to text, plainly: the standard library's `join` and `replace` are made for more, and compiled anew for each
//! type and pattern.

/// The parts with a separator between them.
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

/// The text with other text in place of some characters.
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
