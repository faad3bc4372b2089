//! Finds the message and the code in the body of an error.

use serde_json::Value;

/// The message and the code in the body of an error.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Description {
    pub(super) message: Option<String>,
    pub(super) code: Option<String>,
}

/// The properties with a message, the most usual first.
const MESSAGES: [&str; 8] = [
    "message",
    "detail",
    "error_description",
    "msg",
    "title",
    "error_message",
    "errorMessage",
    "description",
];

/// The properties with a code, the most specific first.
const CODES: [&str; 5] = ["code", "error_code", "errorCode", "type", "reason"];

/// The properties with a nested error.
const ERRORS: [&str; 3] = ["error", "errors", "detail"];

impl Description {
    /// Searches the body, and nested errors first, because they are more specific.
    pub(super) fn by(body: &Value, status: u16) -> Self {
        let mut found = Self::default();
        for inner in ERRORS.iter().filter_map(|key| first(body.get(key)?)) {
            found.read(inner, status);
            // Google's codes repeat the HTTP status; `status` is the specific code.
            found.code = found.code.or_else(|| word(inner.get("status")?));
        }
        match body {
            Value::Array(_) => {
                if let Some(inner) = first(body) {
                    found.read(inner, status);
                }
            }
            Value::String(text) => found.message = filled(text),
            _ => found.read(body, status),
        }
        if let Some(text) = body.get("error").and_then(Value::as_str) {
            found.code = found.code.or_else(|| word(&Value::from(text)));
            found.message = found.message.or_else(|| filled(text));
        }
        // A list of texts.
        let listed = body
            .get("errors")
            .and_then(|errors| errors.get(0)?.as_str());
        found.message = found.message.or_else(|| filled(listed?));
        found
    }

    /// Reads the parts that were not found yet from an object.
    fn read(&mut self, error: &Value, status: u16) {
        let texts = MESSAGES.iter().filter_map(|key| error.get(key)?.as_str());
        if self.message.is_none() {
            self.message = texts.filter_map(filled).next();
        }
        if self.code.is_none() {
            let found = CODES.iter().filter_map(|key| error.get(key));
            self.code = found.filter_map(|value| code(value, status)).next();
        }
    }
}

/// Returns an error, or the first of several.
fn first(errors: &Value) -> Option<&Value> {
    match errors {
        Value::Object(_) => Some(errors),
        Value::Array(list) => list.first().filter(|first| first.is_object()),
        _ => None,
    }
}

/// Returns a code: a word, the URL of a kind of problem, or a number that does not repeat the status.
fn code(value: &Value, status: u16) -> Option<String> {
    match value {
        Value::Number(number) if number.as_u64() != Some(status.into()) => Some(number.to_string()),
        Value::String(text) if text == "about:blank" || *text == status.to_string() => None,
        value => word(value),
    }
}

fn word(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let is_word = !text.is_empty() && !text.contains(char::is_whitespace);
    is_word.then(|| text.to_owned())
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Description;

    fn described(body: &Value) -> (Option<String>, Option<String>) {
        let Description { message, code } = Description::by(body, 404);
        (message, code)
    }

    #[test]
    fn message_and_code_are_found_in_the_usual_places() {
        for (body, message, code) in [
            (
                json!({"error": {"type": "gone", "message": " Gone. "}}),
                "Gone.",
                "gone",
            ),
            (
                json!({"error": {"type": "card", "code": "declined", "message": "No."}}),
                "No.",
                "declined",
            ),
            (
                json!({"error": {"code": 404, "status": "NOT_FOUND", "message": "No."}}),
                "No.",
                "NOT_FOUND",
            ),
            (
                json!({"error": "invalid_grant", "error_description": "Expired."}),
                "Expired.",
                "invalid_grant",
            ),
            (json!({"message": "No.", "code": 10004}), "No.", "10004"),
            (
                json!({"message": "No.", "reason": "NotFound", "code": 404}),
                "No.",
                "NotFound",
            ),
            (
                json!({"type": "https://e.org/p", "title": "Poor", "detail": "You have 30.", "status": 404}),
                "You have 30.",
                "https://e.org/p",
            ),
            (
                json!({"errors": [{"code": "taken", "detail": "Taken."}, {"code": "b"}]}),
                "Taken.",
                "taken",
            ),
            (
                json!({"detail": [{"loc": ["body"], "msg": "Required", "type": "missing"}]}),
                "Required",
                "missing",
            ),
            (
                json!([{"message": "No.", "errorCode": "GONE"}]),
                "No.",
                "GONE",
            ),
        ] {
            assert_eq!(
                described(&body),
                (Some(message.into()), Some(code.into())),
                "{body}"
            );
        }
    }

    #[test]
    fn a_single_text_is_the_message() {
        for body in [
            json!({"error": "Not found here"}),
            json!({"title": "Not found here", "type": "about:blank"}),
            json!({"errors": ["Not found here"]}),
            json!("Not found here"),
        ] {
            assert_eq!(
                described(&body),
                (Some("Not found here".into()), None),
                "{body}"
            );
        }
        assert_eq!(
            described(&json!({"code": 404, "message": " "})),
            (None, None)
        );
        assert_eq!(described(&Value::Null), (None, None));
    }
}
