use serde_json::{Value, json};

use super::super::settings::{Place, Settings};
use super::{QueryError, pairs};
use crate::request::pair::{self, Pair};

/// Returns the query for the members of an object.
fn query(parameters: Value) -> Result<String, QueryError> {
    let members = parameters.as_object().unwrap().clone();
    Ok(encode(pairs(settings(members).all())?))
}

fn encode(pairs: Vec<(String, String)>) -> String {
    let pairs: Vec<Pair> = pairs.into_iter().map(Pair::from).collect();
    pair::encode(&pairs)
}

fn settings(parameters: impl IntoIterator<Item = (String, Value)>) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in parameters {
        settings.set(Place::Query, name.into(), value.to_string());
    }
    settings
}

fn vector(parameters: Value, expected: &str) {
    assert_eq!(query(parameters).as_deref(), Ok(expected));
}

#[test]
fn no_parameters_give_an_empty_query() {
    vector(json!({}), "");
}

#[test]
fn empty_text_and_empty_objects_are_left_out() {
    vector(json!({"a": "", "b": {}}), "");
    vector(
        json!({"a": "", "b": {"c": {}, "d": ""}, "e": 1}),
        "e=1&_strict=true",
    );
}

#[test]
fn null_and_the_empty_list_are_an_empty_value() {
    vector(json!({"a": null, "b": []}), "a=&b=&_strict=true");
    vector(json!({"a": {"b": null}}), "a.b=&_strict=true");
}

#[test]
fn a_list_repeats_its_key_in_its_order() {
    vector(json!({"a": ["2", 1, true]}), "a=2&a=1&a=true&_strict=true");
}

#[test]
fn keys_of_nested_objects_are_joined_by_dots() {
    vector(
        json!({"a": {"b": {"c": 1}, "d": ["x", "y"]}}),
        "a.b.c=1&a.d=x&a.d=y&_strict=true",
    );
}

#[test]
fn keys_are_sorted_by_utf_16_code_units() {
    // U+FB01 comes before U+1F600 as a character, and after it as UTF-16.
    vector(
        json!({"b": 1, "a": 1, "B": 1, "\u{fb01}": 1, "\u{1f600}": 1}),
        "B=1&a=1&b=1&%F0%9F%98%80=1&%EF%AC%81=1&_strict=true",
    );
    vector(json!({"a": {"b": 1}, "a-c": 2}), "a-c=2&a.b=1&_strict=true");
}

#[test]
fn text_is_encoded_as_in_a_form() {
    vector(
        json!({"a b": "1 + ä&=*-._~'"}),
        "a+b=1+%2B+%C3%A4%26%3D*-._%7E%27&_strict=true",
    );
}

#[test]
fn numbers_are_printed_as_ecmascript_does() {
    vector(
        json!({"a": [100.0, 0.5, 1e21, -0.0, 12]}),
        "a=100&a=0.5&a=1e%2B21&a=0&a=12&_strict=true",
    );
}

#[test]
fn values_that_a_query_cannot_contain_are_refused() {
    assert_eq!(
        query(json!({"a.b": 1})),
        Err(QueryError::Dot("a.b".to_owned()))
    );
    assert_eq!(
        query(json!({"a": {"b.c": 1}})),
        Err(QueryError::Dot("b.c".to_owned()))
    );
    assert_eq!(
        query(json!({"a": [1, null]})),
        Err(QueryError::Item("a".to_owned(), "null"))
    );
    assert_eq!(
        query(json!({"a": {"b": [""]}})),
        Err(QueryError::Item("a.b".to_owned(), "an empty text"))
    );
    assert_eq!(
        query(json!({"a": [[]]})),
        Err(QueryError::Item("a".to_owned(), "a list or an object"))
    );
    assert_eq!(
        query(json!({"a": [{}]})),
        Err(QueryError::Item("a".to_owned(), "a list or an object"))
    );
}

mod fuzz {
    use proptest::prelude::*;

    use super::super::pairs;
    use super::{encode, settings};
    use crate::fuzz::{fuzz, json};

    #[test]
    fn any_query_decodes_to_its_pairs_in_order() {
        let parameters = proptest::collection::btree_map("[a-z_]{0,4}|\\PC{0,8}", json(), 0..8);
        fuzz(parameters, |parameters| {
            if let Ok(pairs) = pairs(settings(parameters).all()) {
                let text = encode(pairs.clone());
                let read: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
                    .into_owned()
                    .collect();
                prop_assert_eq!(&read, &pairs);
                let keys: Vec<Vec<u16>> = pairs
                    .iter()
                    .rev()
                    .skip(1)
                    .rev()
                    .map(|(key, _)| key.encode_utf16().collect())
                    .collect();
                prop_assert!(keys.is_sorted());
            }
            Ok(())
        });
    }
}
