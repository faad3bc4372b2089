//! Random input for tests: a fixed set of cases, or new ones for `SEAM_FUZZ_SECONDS`.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "tests inside and outside of the crate use some of it each"
)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use serde_json::{Map, Value};

/// The number of cases without a time.
const CASES: u32 = 128;

/// Tests a property. Without a time the cases are the same on every run, so that tests are deterministic.
pub fn fuzz<S: Strategy>(strategy: S, property: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let seconds = std::env::var("SEAM_FUZZ_SECONDS")
        .ok()
        .and_then(|seconds| seconds.parse().ok());
    let Some(seconds) = seconds else {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(config, rng);
        return runner
            .run(&strategy, property)
            .unwrap_or_else(|error| panic!("{error}"));
    };
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut cases = 0;
    while Instant::now() < end {
        let mut runner = TestRunner::new(config.clone());
        runner
            .run(&strategy, &property)
            .unwrap_or_else(|error| panic!("{error}"));
        cases += CASES;
    }
    println!("{cases} cases");
    assert!(cases > 0, "no case was tried");
}

/// Returns any JSON value, with names and values of the API and others.
pub fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            proptest::collection::vec((text(), inner), 0..8)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 16] = [
        "action_attempt",
        "action_attempt_id",
        "action_type",
        "code",
        "created_at",
        "device_id",
        "error",
        "errors",
        "error_code",
        "event_type",
        "LOCK_DOOR",
        "lock.locked",
        "properties",
        "result",
        "status",
        "success",
    ];
    prop_oneof![
        proptest::sample::select(&KNOWN[..]).prop_map(str::to_owned),
        "\\PC{0,12}",
        any::<String>(),
    ]
}
