use serde_json::{Value, json};

use super::{ActionAttempt, ActionResult, Failure, Status, results};
use crate::wire::{Deviation, decode};

#[derive(Clone, Default)]
struct Open {
    width: Option<f64>,
}
crate::wire::object! { Open { width [Optional] } }

#[derive(Clone)]
enum Success {
    Open(Open),
    Unknown(Value),
}
results! { Success { Open(Open) = "OPEN" } }
impl ActionResult for Open {}

fn read<S: ActionResult>(json: &Value) -> (ActionAttempt<S>, Vec<String>) {
    let (attempt, deviations) = decode(&json.to_string()).unwrap();
    (
        attempt,
        deviations.iter().map(Deviation::to_string).collect(),
    )
}

#[test]
fn the_action_type_decides_the_type_of_the_result() {
    let of = |action_type: &str| {
        json!({"result": {"width": 1}, "status": "success", "action_type": action_type,
        "action_attempt_id": "a1", "error": null})
    };
    let (open, deviations) = read::<Success>(&of("OPEN"));
    assert_eq!(
        open.result(),
        Some(&Success::Open(Open { width: Some(1.0) }))
    );
    assert!(deviations.is_empty());
    let (other, _) = read::<Success>(&of("SHUT"));
    assert_eq!(other.result(), Some(&Success::Unknown(json!({"width": 1}))));
    assert_eq!(
        read::<Open>(&of("OPEN")).0.result(),
        Some(&Open { width: Some(1.0) })
    );
    assert_eq!(
        read::<Value>(&of("OPEN")).0.result(),
        Some(&json!({"width": 1}))
    );
}

#[test]
fn an_attempt_of_one_action_converts_to_the_union_of_all_results() {
    let open = ActionAttempt {
        action_attempt_id: "a1".into(),
        action_type: "OPEN".to_owned(),
        status: Status::Success(Open { width: Some(1.0) }),
        ..ActionAttempt::default()
    };
    let any = ActionAttempt::<Success>::from(open.clone());
    assert_eq!(
        any.result(),
        Some(&Success::Open(Open { width: Some(1.0) }))
    );
    assert_eq!(any.typed::<Open>(), open);
}

#[test]
fn missing_properties_are_reported_with_their_place() {
    let (attempt, deviations) = read::<Open>(&json!({"status": "error", "error": {"type": 1}}));
    assert_eq!(attempt.status, Status::Error(Failure::default()));
    assert_eq!(
        deviations,
        [
            "/action_attempt_id: expected string, found nothing",
            "/action_type: expected string, found nothing",
            "/error/type: expected string, found number",
            "/error/message: expected string, found nothing",
        ]
    );
}

#[test]
fn text_after_the_attempt_is_read_too() {
    let attempt = json!({"action_attempt_id": "a", "status": "success", "result": {}, "action_type": "OPEN", "z": [1]});
    let text = json!([attempt, attempt]).to_string();
    let (attempts, deviations) = decode::<Vec<ActionAttempt<Open>>>(&text).unwrap();
    assert_eq!(attempts.len(), 2);
    assert!(deviations.is_empty());
}

#[test]
fn further_properties_of_an_attempt_are_kept() {
    let json = json!({"action_attempt_id": "a1", "action_type": "OPEN", "status": "pending",
        "result": null, "error": null, "started_at": "2028-08-12T19:23:42Z"});
    let (attempt, deviations) = read::<Open>(&json);
    assert!(deviations.is_empty());
    assert_eq!(
        attempt.additional_properties["started_at"],
        "2028-08-12T19:23:42Z"
    );
    assert_eq!(serde_json::to_value(&attempt).unwrap(), json);
}

#[test]
fn an_attempt_can_be_stored() {
    for stored in [
        json!({"action_attempt_id": "a", "action_type": "OPEN", "status": "pending", "result": null, "error": null}),
        json!({"action_attempt_id": "a", "action_type": "OPEN", "status": "success", "result": {"width": 1}, "error": null}),
        json!({"action_attempt_id": "a", "action_type": "OPEN", "status": "error", "result": null,
            "error": {"type": "t", "message": "m"}}),
    ] {
        let attempt: ActionAttempt<Success> = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&attempt).unwrap(), stored);
    }
}
