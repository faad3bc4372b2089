//! The output that `cargo xtask bench` reads: a line of JSON for each result.

use serde_json::json;

/// Tells a result; `peer` is what it is measured against.
pub fn tell(what: &str, ours: f64, peer: Option<f64>) {
    println!("{}", json!({"what": what, "ours": ours, "peer": peer}));
}
