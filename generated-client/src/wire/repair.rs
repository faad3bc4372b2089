use serde::de::IgnoredAny;

/// Rewrites values that JSON allows but Rust's types cannot represent: half a surrogate pair becomes U+FFFD, and a number that is
/// too large for `f64` becomes a string of its digits. Returns `None` if the text is not JSON, or has no such values.
pub(super) fn repair(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let repaired = quote_huge_numbers(&replace_lone_surrogates(text));
    (repaired != text).then_some(repaired)
}

/// Replaces escapes of half a surrogate pair by U+FFFD.
fn replace_lone_surrogates(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (kept, length) = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (escape.get(..12), 12),
            (Some(_), _) => (Some("\u{FFFD}"), 6),
            (None, _) => (escape.get(..2), 2),
        };
        out.push_str(kept.unwrap_or_default());
        rest = escape.get(length..).unwrap_or_default();
    }
    out + rest
}

/// Returns the surrogate of the escape at the start of `text`, if it is one.
fn surrogate(text: &str) -> Option<u64> {
    let unit = u64::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}

fn quote_huge_numbers(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while !rest.is_empty() {
        let (token, after) = rest.split_at(token_length(rest.as_bytes()));
        let is_huge = token.parse::<f64>().is_ok_and(f64::is_infinite);
        let quote = if is_huge { "\"" } else { "" };
        out.push_str(quote);
        out.push_str(token);
        out.push_str(quote);
        rest = after;
    }
    out
}

/// Returns the length of the string, number or word at the start of `json`, or else 1.
fn token_length(json: &[u8]) -> usize {
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    if json.first() == Some(&b'"') {
        string_length(json)
    } else {
        json.iter()
            .take_while(|byte| is_of_word(byte))
            .count()
            .max(1)
    }
}

/// Returns the length of the string literal at the start of `json`.
fn string_length(json: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}
