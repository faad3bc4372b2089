//! Suggests an action for `spec/overlay.yaml` if a document is wrong.

use std::fmt::Write as _;

/// Returns an action for the place of a JSON pointer, as a template to fill in.
pub(super) fn entry(pointer: &str) -> String {
    let mut path = "$".to_owned();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        let is_name =
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let is_index = part.bytes().all(|b| b.is_ascii_digit());
        // Writing to a string cannot fail.
        let _ = match (is_name, is_index) {
            (true, true) => write!(path, "[{part}]"),
            (true, false) => write!(path, ".{part}"),
            (false, _) => write!(
                path,
                "['{}']",
                part.replace('\\', "\\\\").replace('\'', "\\'")
            ),
        };
    }
    format!(
        "  - target: {}\n    description: WHY THE DOCUMENT IS WRONG\n    update: {{ WHAT IS RIGHT }}   # or: remove: true",
        // JSON strings are valid YAML strings.
        serde_json::Value::String(generator::escape::line(&path))
    )
}

/// Returns the first JSON pointer into a document in a message.
pub(super) fn pointer(message: &str) -> Option<&str> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '`' | ',' | ':' | ')' | '"');
    let starts = ["/paths/", "/components/"];
    let at = starts
        .iter()
        .filter_map(|start| message.find(start))
        .min()?;
    message[at..].split(is_end).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_targets_the_place_of_the_pointer() {
        let entry = entry("/paths/~1locks~1get/post/parameters/0/it's");
        assert!(
            entry
                .starts_with(r#"  - target: "$.paths['/locks/get'].post.parameters[0]['it\\'s']""#),
            "{entry}"
        );
    }

    #[test]
    fn the_first_pointer_of_a_message_is_found() {
        let message =
            "x.json cannot be rendered\n  /components/schemas/lock/type: found 1\n /paths/~1a: b";
        assert_eq!(pointer(message), Some("/components/schemas/lock/type"));
        assert_eq!(pointer("the disk is full"), None);
    }
}
