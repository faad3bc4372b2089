//! What is said of changes that come in dozens: every one is found, and a person can still read it.

#![allow(missing_docs)]

mod support;

use generator::{Changes, Class, Event, Verdict, grouped};
use serde_json::{Value, json};
use support::changes::{at, between, fixture, remove};

const EVENTS: &str = "/components/schemas/event/oneOf";
const ATTEMPTS: &str = "/components/schemas/action_attempt/oneOf";
const ERRORS: &str = "/components/schemas/device/properties/errors/items/oneOf";

/// What is said of an edit of the fixture.
fn after(edit: impl FnOnce(&mut Value)) -> Changes {
    let old = fixture("devices.yaml");
    let mut new = old.clone();
    edit(&mut new);
    between(&old, &new)
}

/// The sentences that a person reads.
fn told(changes: &Changes) -> Vec<String> {
    let told = grouped(&changes.changes).into_iter();
    told.map(|told| {
        let sentence = told.sentence(|change| format!("`{}`", change.subject));
        format!("{}: {sentence}", told.class())
    })
    .collect()
}

/// So many more branches, each the last one under another value of its tag.
fn grow(document: &mut Value, pointer: &str, tag: &str, value: impl Fn(usize) -> String) {
    let branches = at(document, pointer).as_array_mut().expect("a list");
    let last = branches.last().expect("it has branches").clone();
    for number in branches.len()..63 {
        let mut branch = last.clone();
        branch["properties"][tag]["enum"] = json!([value(number)]);
        branches.push(branch);
    }
}

#[test]
fn from_two_branches_to_sixty_three_is_additive_and_one_sentence() {
    let changes = after(|new| grow(new, EVENTS, "event_type", |n| format!("device.sort_{n}")));
    assert_eq!(changes.verdict, Verdict::Additive);
    assert_eq!(changes.changes.len(), 61);
    assert_eq!(
        told(&changes),
        [
            "additive: `seam::event::EventType` has 61 new branches: `DeviceSort10` (`device.sort_10`), \
             `DeviceSort11` (`device.sort_11`), `DeviceSort12` (`device.sort_12`), \
             `DeviceSort13` (`device.sort_13`), `DeviceSort14` (`device.sort_14`) and 56 more."
        ]
    );
}

#[test]
fn from_sixty_three_branches_to_two_is_breaking_and_names_every_one() {
    let old = {
        let mut old = fixture("devices.yaml");
        grow(&mut old, EVENTS, "event_type", |n| {
            format!("device.sort_{n}")
        });
        old
    };
    let changes = between(&old, &fixture("devices.yaml"));
    assert_eq!(changes.verdict, Verdict::Breaking);
    let told = told(&changes);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("breaking: `seam::event::EventType` no longer has 61 branches: "));
    for number in 2..63 {
        let name = format!("`DeviceSort{number}` (`device.sort_{number}`)");
        assert!(told[0].contains(&name), "{name} is not in: {}", told[0]);
    }
}

#[test]
fn many_more_actions_are_additive_and_one_sentence() {
    let changes = after(|new| grow(new, ATTEMPTS, "action_type", |n| format!("TURN_{n}")));
    assert_eq!(changes.verdict, Verdict::Additive);
    let told = told(&changes);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with(
            "additive: `seam::action_attempt::Success` has 61 new branches: `Turn10` (`TURN_10`), "
        ),
        "{told:?}"
    );
}

#[test]
fn error_codes_that_are_gone_are_named_as_in_programs_and_as_in_logs() {
    let changes = after(|new| {
        let branches = at(new, ERRORS).as_array_mut().expect("a list");
        branches.drain(..4);
    });
    assert_eq!(
        told(&changes),
        [
            "breaking: `seam::device::ErrorCode` no longer has 4 branches: `HubGone` (`hub_gone`), \
             `Jammed`, `LowBattery` (`low_battery`) and `Offline`."
        ]
    );
    assert_eq!(changes.verdict, Verdict::Breaking);
    let gone = changes.changes.iter().map(|change| {
        assert_eq!(change.event, Event::Gone);
        change.wire.as_deref().expect("a branch has a code")
    });
    let gone: Vec<&str> = gone.collect();
    assert_eq!(gone, ["hub_gone", "jammed", "low_battery", "offline"]);
}

#[test]
fn an_error_code_spelled_otherwise_keeps_its_branch_and_is_no_break() {
    let changes = after(|new| {
        at(new, ERRORS)[1]["properties"]["error_code"]["enum"] = json!(["lowBattery"]);
    });
    assert_eq!(
        told(&changes),
        [
            "wire: `seam::device::ErrorCode` spells the branch `LowBattery` `lowBattery` in JSON now; it was `low_battery`."
        ]
    );
}

#[test]
fn what_changes_alike_in_many_properties_is_one_sentence() {
    let with = |required: Value| {
        let mut document = fixture("devices.yaml");
        let device = at(&mut document, "/components/schemas/device");
        for name in ["kind", "maker", "model", "room"] {
            device["properties"][name] = json!({ "type": "string" });
        }
        device["required"] = required;
        document
    };
    let changes = between(
        &with(json!([
            "device_id",
            "errors",
            "kind",
            "maker",
            "model",
            "room"
        ])),
        &with(json!(["device_id", "errors"])),
    );
    assert_eq!(changes.verdict, Verdict::Breaking);
    assert_eq!(
        told(&changes),
        [
            "breaking: `seam::Device` may lack 4 properties now: `Option<String>`, which was `String`: \
             `kind`, `maker`, `model` and `room`."
        ]
    );
}

/// The fixture with so many branches of events, and one more that lacks what all others have.
fn with_an_odd_event(branches: usize) -> Changes {
    let mut old = fixture("devices.yaml");
    let events = at(&mut old, EVENTS).as_array_mut().expect("a list");
    let last = events.last().expect("it has branches").clone();
    for number in events.len()..branches {
        let mut branch = last.clone();
        branch["properties"]["event_type"]["enum"] = json!([format!("device.sort_{number}")]);
        events.push(branch);
    }
    let mut new = old.clone();
    let mut odd = last;
    let properties = odd["properties"].as_object_mut().expect("an object");
    properties.shift_remove("device_id");
    properties["event_type"]["enum"] = json!(["hub.added"]);
    odd["required"] = json!(["event_id", "event_type"]);
    at(&mut new, EVENTS)
        .as_array_mut()
        .expect("a list")
        .push(odd);
    between(&old, &new)
}

#[test]
fn one_branch_among_many_that_lacks_what_all_others_have_is_an_unknown_one() {
    assert_eq!(told(&with_an_odd_event(30)), Vec::<String>::new());
}

#[test]
fn a_property_that_not_every_branch_of_a_few_has_any_more_moves_to_the_branches() {
    let told = told(&with_an_odd_event(3));
    assert_eq!(
        told[0],
        "breaking: `seam::Event` no longer has the property `device_id`."
    );
    let gains = told.iter().any(|told| {
        told == "additive: `seam::Event` gives `device_id`, `DeviceId`, where a branch has it."
    });
    assert!(gains, "{told:?}");
}

#[test]
fn endpoints_that_are_gone_are_a_sentence_each() {
    let changes = after(|new| {
        remove(new, "/paths/~1devices~1ring");
        remove(new, "/paths/~1devices~1hush");
    });
    assert_eq!(changes.verdict, Verdict::Breaking);
    let told = told(&changes);
    for call in ["hush", "ring"] {
        let sentence = format!(
            "breaking: `seam.devices().{call}(…)` is gone: the API no longer has `/devices/{call}`."
        );
        assert!(told.contains(&sentence), "{sentence} is not in: {told:?}");
    }
}

#[test]
fn a_reply_under_another_key_is_said_and_breaks_only_with_another_type() {
    let rename = |new: &mut Value, payload: Value| {
        let operation = at(new, "/paths/~1devices~1get/post");
        operation["x-response-key"] = json!("item");
        let schema = "/responses/200/content/application~1json/schema";
        let schema = at(operation, schema);
        schema["required"] = json!(["ok", "item"]);
        schema["properties"] = json!({ "ok": { "type": "boolean" }, "item": payload });
    };
    let key = "wire: `seam.devices().get(…)` is answered under the key `item` in JSON now; it was `device`.";
    let same = after(|new| rename(new, json!({ "$ref": "#/components/schemas/device" })));
    assert_eq!(told(&same), [key]);
    assert_eq!(same.verdict, Verdict::Wire);

    let another = after(|new| rename(new, json!({ "type": "string" })));
    let told = told(&another);
    let returns =
        "breaking: `seam.devices().get(…)` returns `String` now; it returned `seam::Device`.";
    assert!(told.iter().any(|said| said == returns), "{told:?}");
    assert!(told.iter().any(|said| said == key), "{told:?}");
    assert_eq!(another.verdict, Verdict::Breaking);
}

#[test]
fn one_thing_said_of_many_is_said_once_and_only_what_breaks_is_listed_in_full() {
    let changes = after(|new| {
        for path in [
            "devices~1get",
            "devices~1ring",
            "devices~1hush",
            "events~1get",
        ] {
            at(new, &format!("/paths/~1{path}/post"))["description"] = json!("Otherwise.");
        }
    });
    assert_eq!(
        told(&changes),
        [
            "documentation: `seam.devices().get(…)`, `seam.devices().hush(…)`, `seam.devices().ring(…)` and \
             `seam.events().get(…)` have another description."
        ]
    );
    assert_eq!(changes.verdict, Verdict::Documentation);
    assert!(
        changes
            .changes
            .iter()
            .all(|change| change.class == Class::Documentation)
    );
}
