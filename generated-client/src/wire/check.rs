use serde::de::IgnoredAny;

/// How deep lists and objects may nest. Below serde_json's own limit, so that any part of a checked text can be
/// handed to it.
const MAX_DEPTH: usize = 120;

/// Why a text is not JSON that we read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("the body is not UTF-8 text")]
    Encoding(#[from] std::str::Utf8Error),
    #[error("the body is not JSON")]
    Syntax(#[from] serde_json::Error),
    #[error("the body nests deeper than {MAX_DEPTH} levels")]
    Depth,
}

/// Checks that `body` is one well-formed JSON value of bounded depth: what [`Reader`](super::Reader) builds on.
pub(crate) fn check(body: &[u8]) -> Result<&str, Malformed> {
    let text = std::str::from_utf8(body)?;
    serde_json::from_str::<IgnoredAny>(text)?;
    if depth(text.as_bytes()) > MAX_DEPTH {
        Err(Malformed::Depth)
    } else {
        Ok(text)
    }
}

/// The deepest nesting in well-formed JSON.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut at) = (0_usize, 0, 0);
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => at = end_of_string(json, at),
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            _ => at += 1,
        }
    }
    deepest
}

/// The position after the string whose opening quote is at `start`.
pub(super) fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}
