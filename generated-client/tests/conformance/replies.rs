//! Replies: whatever the document allows is read without a deviation.

use std::collections::{BTreeMap, BTreeSet};

use crate::EXAMPLES;
use crate::call::{Call, answered, path};
use crate::faults::{Side, at_odds};
use crate::generated::calls::CALLS;

/// How many variations of each reply are tried. The branches and values in it are tried with the types that have them.
const VARIATIONS: usize = 4;

#[tokio::test]
async fn every_reply_that_the_document_allows_is_read_without_a_deviation() {
    let calls: BTreeMap<&str, &Call> = CALLS.iter().map(|call| (call.operation, call)).collect();
    let paths: BTreeSet<String> = CALLS.iter().map(|call| path(call.operation)).collect();
    let mut faults = Vec::new();
    let (mut operations, mut read) = (0, 0);
    for reply in EXAMPLES.replies(VARIATIONS) {
        let Some(call) = calls.get(reply.operation.as_str()) else {
            // Another method of a path that has its call.
            assert!(paths.contains(&reply.path), "{} has no call", reply.path);
            continue;
        };
        operations += 1;
        for body in &reply.bodies {
            read += 1;
            match answered(&reply.path, call.required, &body.json).await.1 {
                Ok(deviations) if deviations.is_empty() => {}
                Ok(deviations) => {
                    let what = format!("reply {}: {}", body.name, deviations[0]);
                    faults.push(at_odds(Side::Client, &reply.operation, &what));
                }
                Err(error) => {
                    let what = format!("reply {}: {error}", body.name);
                    faults.push(at_odds(Side::Client, &reply.operation, &what));
                }
            }
        }
    }
    println!("{operations} operations, {read} replies");
    // A call has one reply of success at least.
    let paths = EXAMPLES.paths().len();
    assert!(
        operations * 2 > paths,
        "only {operations} operations of {paths} paths"
    );
    assert!(read >= operations, "only {read} replies");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
