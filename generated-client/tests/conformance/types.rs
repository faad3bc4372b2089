//! Types: the decoding rules hold for every one of them.

use generator::examples::Example;
use seam::Value;

use crate::EXAMPLES;
use crate::faults::{Side, at_odds};
use crate::generated::types::KINDS;
use crate::kind::Trip;

#[test]
fn every_type_keeps_the_decoding_rules() {
    let mut faults = Vec::new();
    let mut tried = 0;
    for kind in KINDS {
        for schema in kind.schemas {
            for mut example in EXAMPLES.of(schema) {
                if !leave_to_unions(&mut example, kind.tags) {
                    continue;
                }
                tried += 1;
                let trip = (kind.trip)(&example.json.to_string());
                for fault in judge(&example, &trip) {
                    let what = format!("{} {}: {fault}", kind.name, example.name);
                    faults.push(at_odds(Side::Client, schema, &what));
                }
            }
        }
    }
    println!("{} types, {tried} values", KINDS.len());
    // Some types have only values that are about the tag of their union.
    assert!(tried > KINDS.len() / 2);
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Takes the tags out of an example; `false` where the example is about one.
fn leave_to_unions(example: &mut Example, tags: &[&str]) -> bool {
    let places = [&example.expected.departs, &example.expected.lost];
    let tags: Vec<String> = tags.iter().map(|tag| pointer_to(tag)).collect();
    let is_about_one = |tag: &String| places.iter().any(|place| place.as_ref() == Some(tag));
    if tags.iter().any(is_about_one) {
        return false;
    }
    for tag in tags {
        remove(&mut example.json, &tag);
    }
    true
}

fn pointer_to(property: &str) -> String {
    format!("/{}", property.replace('~', "~0").replace('/', "~1"))
}

/// What went otherwise than it should.
fn judge(example: &Example, trip: &Trip) -> Vec<String> {
    let mut faults = Vec::new();
    let expected = &example.expected;
    let is_expected = |pointer: &str| {
        expected.departs.as_deref().is_some_and(|place| {
            // A branch that is told apart by what it has departs itself where it lacks that.
            pointer.starts_with(place)
                || place.strip_prefix('/').is_some_and(|_| pointer.is_empty())
        })
    };
    match trip
        .deviations
        .iter()
        .find(|found| !is_expected(&found.pointer))
    {
        Some(deviation) => faults.push(format!("departs at {deviation}")),
        None if expected.departs.is_some() && trip.deviations.is_empty() => {
            faults.push("does not depart".to_owned());
        }
        None => {}
    }
    let (mut sent, mut written) = (example.json.clone(), trip.written.clone());
    if let Some(lost) = &expected.lost {
        remove(&mut sent, lost);
        remove(&mut written, lost);
    }
    if !is_kept(&sent, &written) {
        faults.push(format!("is written as\n  {written}\nand was\n  {sent}"));
    }
    if !trip.comes_back {
        faults.push("is another value when it was stored".to_owned());
    }
    faults
}

/// Takes out what stands at a JSON pointer.
fn remove(json: &mut Value, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return;
    };
    match json.pointer_mut(parent) {
        Some(Value::Object(object)) => {
            object.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(list)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < list.len()) {
                list.remove(index);
            }
        }
        _ => {}
    }
}

/// Whether all that was there is written, and nothing else. What is null may be left out, and what is empty be added or left
/// out: a missing list is an empty one.
fn is_kept(was: &Value, written: &Value) -> bool {
    match (was, written) {
        (Value::Object(was), Value::Object(written)) => {
            let is_there = |(key, value): (&String, &Value)| match written.get(key) {
                Some(written) => is_kept(value, written),
                None => is_empty(value),
            };
            let is_new = |(key, value): (&String, &Value)| was.contains_key(key) || is_empty(value);
            was.iter().all(is_there) && written.iter().all(is_new)
        }
        (Value::Array(was), Value::Array(written)) => {
            was.len() == written.len()
                && was
                    .iter()
                    .zip(written)
                    .all(|(was, written)| is_kept(was, written))
        }
        (was, written) => was == written,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
