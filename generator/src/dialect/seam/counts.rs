//! Changes counts, which are numbers in Seam's document, to integers.

use serde_json::{Map, Value};

/// Makes the counts in replies integers. In requests callers may send any number.
pub(super) fn make_whole_numbers(document: &mut Value) {
    match document {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get_mut("properties") {
                for (_, schema) in properties.iter_mut().filter(|(name, _)| is_count(name)) {
                    make_whole(schema);
                }
            }
            let below = map.iter_mut().filter(|(key, _)| *key != "requestBody");
            below.for_each(|(_, value)| make_whole_numbers(value));
        }
        Value::Array(items) => items.iter_mut().for_each(make_whole_numbers),
        _ => {}
    }
}

/// Returns true if a property of this name is a count, or a length in characters.
fn is_count(property: &str) -> bool {
    let words = || property.split('_');
    let is_number_of = property.starts_with("number_of_");
    let is_most = property.starts_with("max_")
        && (property.ends_with("_supported") || words().any(|word| word == "per"));
    let is_length = matches!(words().next_back(), Some("length" | "lengths"));
    words().any(|word| matches!(word, "count" | "counts")) || is_number_of || is_most || is_length
}

/// Changes the number, or the numbers in a list or a map.
fn make_whole(schema: &mut Value) {
    let Value::Object(schema) = schema else {
        return;
    };
    match schema.get("type").and_then(Value::as_str) {
        Some("number") if !is_fraction(schema) => {
            schema.insert("type".to_owned(), Value::from("integer"));
            schema.shift_remove("format");
        }
        Some("array") => schema.get_mut("items").into_iter().for_each(make_whole),
        Some("object") => {
            let values = schema.get_mut("additionalProperties");
            values.into_iter().for_each(make_whole);
        }
        _ => {}
    }
}

/// Returns true if the document has a value that is not an integer.
fn is_fraction(schema: &Map<String, Value>) -> bool {
    let is_fraction = |value: &Value| value.as_f64().is_some_and(|value| value.fract() != 0.0);
    ["default", "minimum", "maximum", "multipleOf"]
        .iter()
        .filter_map(|key| schema.get(*key))
        .chain(
            schema
                .get("enum")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        )
        .any(is_fraction)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns the type of a property of this name that the document calls a number.
    fn corrected(name: &str, schema: &Value) -> Value {
        let mut document = json!({"a": [{"properties": {name: schema}}]});
        make_whole_numbers(&mut document);
        document["a"][0]["properties"][name].clone()
    }

    #[test]
    fn a_property_named_like_a_count_is_an_integer() {
        let number = json!({"type": "number", "format": "float", "minimum": 0});
        for name in [
            "device_count",
            "count",
            "child_status_counts",
            "card_count_on_create",
            "number_of_issued_cards",
            "max_length",
            "max_active_codes_supported",
            "max_periods_per_day",
        ] {
            let whole = json!({"type": "integer", "minimum": 0});
            assert_eq!(corrected(name, &number), whole, "{name}");
        }
        for name in [
            "battery_level",
            "account",
            "discount",
            "max_level",
            "door_number",
            "limit",
        ] {
            assert_eq!(corrected(name, &number), number, "{name}");
        }
    }

    #[test]
    fn a_count_that_callers_send_stays_a_number() {
        let body = json!({"requestBody": {"properties": {"max_use_count": {"type": "number"}}}});
        let mut document = body.clone();
        make_whole_numbers(&mut document);
        assert_eq!(document, body);
    }

    #[test]
    fn lists_and_maps_of_counts_hold_integers() {
        let number = json!({"type": "number", "format": "float"});
        let list = json!({"type": "array", "items": number});
        assert_eq!(
            corrected("code_lengths", &list)["items"],
            json!({"type": "integer"})
        );
        let map = json!({"type": "object", "additionalProperties": number});
        assert_eq!(
            corrected("status_counts", &map)["additionalProperties"],
            json!({"type": "integer"})
        );
    }

    #[test]
    fn a_count_that_the_document_gives_a_fraction_stays_a_number() {
        let half = json!({"type": "number", "default": 0.5});
        assert_eq!(corrected("device_count", &half), half);
        let listed = json!({"type": "number", "enum": [1, 1.5]});
        assert_eq!(corrected("device_count", &listed), listed);
        let text = json!({"type": "string"});
        assert_eq!(corrected("device_count", &text), text);
    }
}
