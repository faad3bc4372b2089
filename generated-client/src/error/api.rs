//! Converts failed replies to errors.

use serde_json::Value;

use super::description::Description;
use super::retry_after::retry_after;
use super::{Error, ErrorKind, Fault};
use crate::response::RawReply;
use crate::wire::text::join;
use crate::wire::value_in;

/// Returns the error for a failed reply with any body. A body with `"ok": false` is a failure with any status.
pub(crate) fn refusal(reply: &RawReply) -> Error {
    let body = value_in(&reply.body).unwrap_or_default();
    let Description { message, code } = Description::by(&body, reply.status.as_u16());
    let details = body.get("error").unwrap_or(&Value::Null);
    let mut faults = Vec::new();
    if let Some(errors) = details.get("validation_errors") {
        collect(errors, "", &mut faults);
    }
    let message = message.unwrap_or_else(|| no_message(reply));
    let kind = ErrorKind::of(reply.status, code.as_deref());
    let mut error = Error::new(kind, with_parameters(message, &faults)).with_reply(reply);
    error.0.code = code;
    error.0.data = details.get("data").cloned();
    error.0.faults = faults;
    match retry_after(&reply.headers) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    }
}

fn no_message(reply: &RawReply) -> String {
    if reply.status.is_success() {
        return "the server says that the request failed (`ok` is false)".to_owned();
    }
    let reason = reply.status.canonical_reason();
    let answer = reason.unwrap_or("an unknown status");
    match reply.compression() {
        Some(compressed) => format!("the server answered {answer}, and {compressed}"),
        None => format!("the server answered {answer}"),
    }
}

/// Adds the parameters that are at fault to the message.
fn with_parameters(mut message: String, faults: &[Fault]) -> String {
    let mut before = " [";
    for (name, texts) in faults {
        let colon = if name.is_empty() { "" } else { ": " };
        for text in [before, name, colon, &join(texts, ", ")] {
            message.push_str(text);
        }
        before = "; ";
    }
    if !faults.is_empty() {
        message.push(']');
    }
    message
}

/// Flattens `{"a": {"_errors": ["Required"], "b": {"_errors": […]}}}` to `a` and `a.b`, sorted.
fn collect(errors: &Value, name: &str, into: &mut Vec<Fault>) {
    let Value::Object(errors) = errors else {
        return;
    };
    for (key, value) in errors {
        if key == "_errors" {
            let mut texts = Vec::new();
            for text in value.as_array().map_or(&[][..], Vec::as_slice) {
                texts.extend(text.as_str().map(str::to_owned));
            }
            if !texts.is_empty() {
                let place = into.partition_point(|(other, _)| other.as_str() < name);
                into.insert(place, (name.to_owned(), texts));
            }
        } else {
            let name = if name.is_empty() {
                key.clone()
            } else {
                format!("{name}.{key}")
            };
            collect(value, &name, into);
        }
    }
}
