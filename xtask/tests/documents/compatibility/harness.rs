//! Checks that a client reads the replies of another version of the API.

#![allow(clippy::unwrap_used, dead_code, reason = "a test may fail that way, its helpers too")]
#![allow(unreachable_pub, reason = "it is one crate")]

mod call;
#[allow(deprecated, reason = "what the document deprecates is still called")]
#[path = "generated/calls.rs"]
mod calls;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};

use call::{Call, answered, path};
use seam::Value;

#[tokio::test]
async fn every_reply_of_the_other_version_is_read() {
    let file = std::env::var("SEAM_COMPAT_REPLIES").expect("the test that starts this says where the replies are");
    let calls: BTreeMap<String, &Call> = calls::CALLS.iter().map(|call| (path(call.operation), call)).collect();
    let (mut read, mut departing) = (0, 0);
    let mut unknown = BTreeSet::new();
    let mut failed = BTreeMap::new();
    for line in BufReader::new(File::open(file).unwrap()).lines() {
        let reply: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let path = reply["path"].as_str().unwrap();
        let Some(call) = calls.get(path) else {
            unknown.insert(path.to_owned());
            continue;
        };
        match answered(path, call.required, &reply["body"]).await.1 {
            Ok(deviations) => {
                read += 1;
                departing += usize::from(!deviations.is_empty());
            }
            Err(error) => {
                let fault = format!("{}: {error}", reply["name"].as_str().unwrap());
                failed.entry(path.to_owned()).or_insert(fault);
            }
        }
    }
    println!(
        "{read} replies read, {departing} of them with deviations; {} paths unknown to this client, {} calls failed",
        unknown.len(),
        failed.len()
    );
    for (path, fault) in &failed {
        println!("{path} {fault}");
    }
    assert!(failed.is_empty());
    assert!(read >= calls.len() / 4, "replies for too few of the {} paths", calls.len());
}
