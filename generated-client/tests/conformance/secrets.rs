//! Secrets: no type shows one by `Debug`, and every type writes all that it has by `Serialize`.

use seam::Value;

use crate::EXAMPLES;
use crate::generated::types::KINDS;

/// Part of every secret of this test.
const MARK: &str = "hush-hush";

#[test]
fn no_type_shows_a_secret_and_every_type_keeps_it() {
    let mut holders = Vec::new();
    for kind in KINDS {
        let examples = kind
            .schemas
            .iter()
            .flat_map(|schema| EXAMPLES.values(schema));
        for mut json in examples {
            let marked = mark(&mut json);
            let trip = (kind.trip)(&json.to_string());
            assert!(!trip.shown.contains(MARK), "{}: {}", kind.name, trip.shown);
            let kept = trip.written.to_string().matches(MARK).count();
            assert!(kept == marked, "{}: {}", kind.name, trip.written);
            if marked > 0 {
                holders.push(kind.name);
            }
        }
    }
    holders.dedup();
    println!("{} types with a secret", holders.len());
    assert!(!holders.is_empty(), "no type has a secret");
}

/// Puts a mark in the place of each secret; gives the number of marks.
fn mark(json: &mut Value) -> usize {
    match json {
        Value::Array(items) => items.iter_mut().map(mark).sum(),
        Value::Object(object) => {
            let others = object.clone();
            let members = object.iter_mut();
            members
                .map(|(name, value)| match value {
                    Value::String(text) if EXAMPLES.is_secret(name, &others) => {
                        MARK.clone_into(text);
                        1
                    }
                    value => mark(value),
                })
                .sum()
        }
        _ => 0,
    }
}
