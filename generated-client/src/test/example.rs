//! Complete values of resources.

use serde_json::Value;

use crate::strict;
use crate::wire::Slot;

/// The values, by the name of their type.
const ALL: &str = include_str!("../generated/examples.json");

/// A resource that [`example`] gives a value of. Implemented by generated code.
pub trait Example: Slot + Default {
    /// The name of the type.
    #[doc(hidden)]
    const NAME: &'static str;
}

/// Returns a whole value of a resource: every property that the API documents has a value, but lists of errors, warnings and
/// pending changes are empty. Start a test from it, and change what the test is about.
///
/// Ids of one kind are the same in all examples, so that one example can refer to another.
#[must_use]
pub fn example<T: Example>() -> T {
    strict::from_str(&json(T::NAME)).expect("the document gives values that are as it says")
}

/// Returns the JSON of a value.
fn json(name: &str) -> String {
    let all: Value = serde_json::from_str(ALL).expect("the generated file is JSON");
    all[name].to_string()
}

/// Lists the resources with examples, and tests each example.
#[allow(unused_macros, reason = "a document may have no resources")]
macro_rules! examples {
    ($( #[$gate:meta] $name:ident, )*) => {
        $(
            #[$gate]
            impl crate::test::Example for $name {
                const NAME: &'static str = stringify!($name);
            }
        )*

        #[cfg(test)]
        mod examples {
            #[test]
            fn every_example_is_read_without_deviations_and_written_unchanged() {
                $(
                    #[$gate]
                    crate::test::test_example::<super::$name>();
                )*
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may have no resources")]
pub(crate) use examples;

/// Reads an example, writes it, and reads it again.
#[cfg(test)]
#[allow(dead_code, reason = "a document may have no resources")]
pub(crate) fn test<T>()
where
    T: Example + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let name = T::NAME;
    let value: T = example();
    let written = serde_json::to_value(&value).expect("an example serializes to JSON");
    let was: Value = serde_json::from_str(&json(name)).expect("the generated file is JSON");
    assert!(contains_all(&was, &written), "{name}: {written}\nwas {was}");
    assert_eq!(
        serde_json::from_value::<T>(written).expect("its own JSON is read"),
        value,
        "{name}"
    );
}

/// Returns true if the written JSON has all values of the example. Empty values may be missing.
#[cfg(test)]
#[allow(dead_code, reason = "a document may have no resources")]
fn contains_all(was: &Value, written: &Value) -> bool {
    match (was, written) {
        (Value::Object(was), Value::Object(written)) => was.iter().all(|(key, value)| {
            let is_empty = match value {
                Value::Null => true,
                Value::Array(items) => items.is_empty(),
                Value::Object(members) => members.is_empty(),
                _ => false,
            };
            let found = written.get(key);
            found.map_or(is_empty, |written| contains_all(value, written))
        }),
        (Value::Array(was), Value::Array(written)) => {
            was.len() == written.len()
                && was
                    .iter()
                    .zip(written)
                    .all(|(was, written)| contains_all(was, written))
        }
        (Value::Number(was), Value::Number(written)) => was.as_f64() == written.as_f64(),
        (was, written) => was == written,
    }
}
