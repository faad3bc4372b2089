//! Answers that follow the API's document, for one test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use generator::Source;
use generator::examples::Examples;
use seam::test::{Failure, FakeTransport, Sent};
use seam::{Seam, Value};
use serde_json::json;

/// In a change: the value lacks this property.
pub(crate) const ABSENT: &str = "absent";

/// A complete reply of each path that a test answers, by the pinned document.
static REPLIES: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.json");
    let document = std::fs::read_to_string(spec).unwrap();
    let mut document: Value = serde_json::from_str(&document).unwrap();
    // The examples of all paths would take ten times as long.
    let paths = document["paths"].as_object_mut().unwrap();
    paths.retain(|path, _| PATHS.contains(&path.as_str()));
    paths.values_mut().for_each(reduce);
    let examples = Examples::read(&Source {
        document: &document.to_string(),
        name: "spec/openapi.json",
        overlay: None,
        names: None,
        client: None,
        files: None,
    })
    .unwrap();
    let replies = examples.replies(1).filter_map(|reply| {
        let body = reply.bodies.into_iter().next()?;
        Some((reply.path, body.json))
    });
    replies.collect()
});

/// Leaves the method that is called, and its reply without the attempt beside the value: `succeed` and `fail` make attempts.
fn reduce(path: &mut Value) {
    let methods = path.as_object_mut().unwrap();
    methods.retain(|method, _| method == "post");
    let reply = path.pointer_mut("/post/responses/200/content/application~1json/schema");
    let reply = reply.unwrap();
    reply["properties"]
        .as_object_mut()
        .unwrap()
        .remove("action_attempt");
    let required = reply["required"].as_array_mut().unwrap();
    required.retain(|property| property != "action_attempt");
}

/// The paths that tests answer.
const PATHS: &[&str] = &[
    "/access_codes/create",
    "/access_codes/create_multiple",
    "/access_codes/get",
    "/access_codes/pull_backup_access_code",
    "/access_codes/unmanaged/convert_to_managed",
    "/access_codes/unmanaged/list",
    "/access_codes/update",
    "/access_codes/update_multiple",
    "/access_grants/create",
    "/access_grants/get",
    "/access_grants/list",
    "/access_grants/update",
    "/access_methods/list",
    "/acs/credentials/get",
    "/acs/entrances/get",
    "/client_sessions/get_or_create",
    "/connect_webviews/create",
    "/connect_webviews/get",
    "/customers/create_portal",
    "/customers/delete_data",
    "/customers/push_data",
    "/devices/get",
    "/devices/list",
    "/devices/simulate/connect",
    "/devices/simulate/disconnect",
    "/noise_sensors/noise_thresholds/create",
    "/noise_sensors/noise_thresholds/list",
    "/noise_sensors/noise_thresholds/update",
    "/spaces/create",
    "/spaces/get",
    "/thermostats/create_climate_preset",
    "/thermostats/daily_programs/create",
    "/thermostats/schedules/create",
    "/thermostats/set_fallback_climate_preset",
    "/workspaces/get",
];

fn reply(path: &str) -> Value {
    let reply = REPLIES.get(path).cloned();
    reply.unwrap_or_else(|| panic!("{path} is not among the paths that tests answer"))
}

/// A server that answers what it was told to.
pub(crate) struct Script(FakeTransport);

impl Script {
    pub(crate) fn new() -> Self {
        Self(FakeTransport::new())
    }

    /// A strict client: an answer that departs from the document is an error.
    pub(crate) fn seam(&self) -> Seam {
        self.0.builder().strict(true).build().unwrap()
    }

    /// Answers a path with the reply that the document gives, changed by what the test is about.
    pub(crate) fn answer(&self, path: &str, change: Value) -> &Self {
        let mut body = reply(path);
        merge(&mut body, change);
        self.0.reply_json(path, 200, &body);
        self
    }

    /// Answers a path with an action that has succeeded.
    pub(crate) fn succeed(&self, path: &str, action: &str, result: Value) -> &Self {
        let attempt = json!({"status": "success", "result": result, "error": null});
        self.attempt(path, action, attempt)
    }

    /// Answers a path with an action that has failed.
    pub(crate) fn fail(&self, path: &str, action: &str, code: &str) -> &Self {
        let error = json!({"type": code, "message": "The action failed."});
        let attempt = json!({"status": "error", "result": null, "error": error});
        self.attempt(path, action, attempt)
    }

    /// Answers a path with an action that has not finished.
    pub(crate) fn pend(&self, path: &str, action: &str) -> &Self {
        let attempt = json!({"status": "pending", "result": null, "error": null});
        self.attempt(path, action, attempt)
    }

    fn attempt(&self, path: &str, action: &str, mut attempt: Value) -> &Self {
        attempt["action_attempt_id"] = json!("5ea3d00d-0000-4000-8000-000000000001");
        attempt["action_type"] = json!(action);
        let body = json!({"ok": true, "action_attempt": attempt});
        self.0.reply_json(path, 200, &body);
        self
    }

    /// Answers a path with a card that has been written.
    pub(crate) fn encoded(&self, path: &str, number: &str) -> &Self {
        let mut card = reply("/acs/credentials/get")["acs_credential"].take();
        card["card_number"] = json!(number);
        self.succeed(path, "ENCODE_CREDENTIAL", card)
    }

    /// Breaks the connection of the next request to a path.
    pub(crate) fn break_at(&self, path: &str, failure: Failure) -> &Self {
        self.0.fail(path, failure);
        self
    }

    /// Refuses a call.
    pub(crate) fn refuse(&self, path: &str, status: u16, code: &str) -> &Self {
        self.0.refuse(path, status, code, "The API refuses this.");
        self
    }

    /// The requests to a path.
    pub(crate) fn sent(&self, path: &str) -> Vec<Sent> {
        let mut sent = self.0.sent();
        sent.retain(|request| request.path == path);
        sent
    }
}

/// Changes a value: objects by their properties, lists by items that are each made from the first item of the value.
fn merge(value: &mut Value, change: Value) {
    match (value, change) {
        (Value::Object(value), Value::Object(change)) => {
            for (key, change) in change {
                if change == ABSENT {
                    value.remove(&key);
                    continue;
                }
                merge(value.entry(key).or_insert(Value::Null), change);
            }
        }
        (Value::Array(items), Value::Array(changes)) => {
            let first = items.first().cloned().unwrap_or_default();
            let changed = changes.into_iter().map(|change| {
                let mut item = first.clone();
                merge(&mut item, change);
                item
            });
            *items = changed.collect();
        }
        (value, change) => *value = change,
    }
}
