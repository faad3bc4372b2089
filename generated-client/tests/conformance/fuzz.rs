//! Whatever comes, nothing panics, and what was read is written as JSON that reads as the same again.

use std::cell::Cell;

use proptest::prelude::*;
use seam::test::FakeTransport;
use seam::{Bytes, Value};

use crate::EXAMPLES;
use crate::call::path;
use crate::fuzzing::{fuzz, json};
use crate::generated::calls::CALLS;
use crate::generated::types::KINDS;
use crate::kind::Trip;

/// A random one of so many.
fn one_of(count: usize) -> impl Strategy<Value = usize> {
    0..count
}

#[test]
fn any_json_is_read_by_any_type() {
    fuzz((one_of(KINDS.len()), json()), |(kind, json)| {
        let trip = (KINDS[kind].trip)(&json.to_string());
        settles(kind, &trip)
    });
}

/// As servers err: right but for one place.
#[test]
fn an_example_with_a_random_value_in_a_random_place_is_read() {
    let place = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let (tried, read) = (Cell::new(0), Cell::new(0));
    fuzz(
        (one_of(KINDS.len()), place, json()),
        |(kind, (schema, place), json)| {
            tried.set(tried.get() + 1);
            let schemas = KINDS[kind].schemas;
            let Some(mut example) = EXAMPLES
                .values(schemas[schema.index(schemas.len())])
                .into_iter()
                .next()
            else {
                return Ok(());
            };
            read.set(read.get() + 1);
            let mut places = Vec::new();
            collect(&example, String::new(), &mut places);
            *example
                .pointer_mut(&places[place.index(places.len())])
                .unwrap() = json;
            let trip = (KINDS[kind].trip)(&example.to_string());
            settles(kind, &trip)
        },
    );
    let (tried, read) = (tried.get(), read.get());
    println!("{read} examples of {tried}");
    assert!(read > tried / 2, "only {read} examples of {tried}");
}

/// What was read once is written and read as the same from then on.
fn settles(kind: usize, trip: &Trip) -> Result<(), TestCaseError> {
    let again = (KINDS[kind].trip)(&trip.written.to_string());
    prop_assert_eq!(&again.written, &trip.written);
    prop_assert!(again.comes_back);
    Ok(())
}

fn collect(json: &Value, pointer: String, places: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match json {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (name, value) in below {
        collect(value, format!("{pointer}/{name}"), places);
    }
    places.push(pointer);
}

#[test]
fn any_bytes_are_a_reply_or_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let bytes = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..64),
        json().prop_map(|json| json.to_string().into_bytes()),
        (json(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(json, place, byte)| {
            let mut bytes = json.to_string().into_bytes();
            let place = place.index(bytes.len());
            bytes[place] = byte;
            bytes
        }),
    ];
    fuzz(
        (one_of(CALLS.len()), bytes, 200_u16..600),
        |(call, bytes, status)| {
            let call = &CALLS[call];
            let fake = FakeTransport::new();
            let reply = http::Response::builder()
                .status(status)
                .body(Bytes::from(bytes))
                .unwrap();
            fake.reply_raw(&path(call.operation), reply);
            let seam = fake
                .builder()
                .retry(seam::RetryPolicy::never())
                .build()
                .unwrap();
            drop(runtime.block_on((call.required)(&seam)));
            Ok(())
        },
    );
}

#[tokio::test]
async fn deep_and_huge_replies_end_in_an_error_or_a_bounded_value() {
    let deep = |opening: &str, closing: &str| {
        format!("{}0{}", opening.repeat(100_000), closing.repeat(100_000))
    };
    let list = |item: &str| {
        format!(
            r#"{{"devices":[{}{item}]}}"#,
            format!("{item},").repeat(1_000_000)
        )
    };
    let bodies = [
        deep("[", "]"),
        deep(r#"{"devices":"#, "}"),
        list("{}"),
        list("0"),
        list("[]"),
        format!(r#"{{"devices":{:?}}}"#, "x".repeat(10_000_000)),
        format!(r#"{{"devices":[],"n":1{}}}"#, "0".repeat(1_000_000)),
    ];
    for body in bodies {
        let fake = FakeTransport::new();
        fake.reply_raw("/devices/list", http::Response::new(Bytes::from(body)));
        if let Ok(reply) = fake.seam().devices().list().send().await {
            let bytes = reply.value.len() * size_of::<seam::Device>();
            assert!(bytes < 256 << 20, "{bytes}");
            assert!(reply.deviations().len() <= 10_000);
        }
    }
}
