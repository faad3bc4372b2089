//! What the step from one document to another is said to mean to callers.

#![allow(missing_docs)]

mod support;

use generator::{Changes, Verdict};
use serde_json::{Value, json};
use support::changes::{at, between, fixture, remove, says};

const BODY: &str = "/paths/~1locks~1unlock/post/requestBody/content/application~1json/schema";
const LOCK: &str = "/components/schemas/lock";

fn base() -> Value {
    fixture("locks.yaml")
}

/// What is said of an edit of the fixture.
fn after(edit: impl FnOnce(&mut Value)) -> Changes {
    let old = base();
    let mut new = old.clone();
    edit(&mut new);
    between(&old, &new)
}

#[test]
fn the_same_document_is_no_change() {
    says(&after(|_| {}), Verdict::None, &[]);
}

#[test]
fn a_removed_endpoint_is_one_sentence_and_not_one_for_each_of_its_parts() {
    let changes = after(|new| remove(new, "/paths/~1locks~1unlock"));
    says(
        &changes,
        Verdict::Breaking,
        &["breaking: `seam.locks().unlock(…)` is gone: the API no longer has `/locks/unlock`."],
    );
    let gone = &changes.changes[0];
    assert_eq!(gone.rust, "seam::locks::Locks::unlock");
    assert_eq!(gone.pointer, "/paths/~1locks~1unlock/post");
    assert_eq!(gone.group, "locks");
}

#[test]
fn a_parameter_that_becomes_required_moves_and_is_breaking() {
    let changes = after(|new| *at(new, &format!("{BODY}/required")) = json!(["lock_id", "reason"]));
    says(
        &changes,
        Verdict::Breaking,
        &[
            "breaking: `seam.locks().unlock(…)` takes `reason` as an argument now: it has become required.",
        ],
    );
}

#[test]
fn a_parameter_that_becomes_optional_is_breaking_too() {
    let old = {
        let mut old = base();
        *at(&mut old, &format!("{BODY}/required")) = json!(["lock_id", "reason"]);
        old
    };
    says(
        &between(&old, &base()),
        Verdict::Breaking,
        &[
            "breaking: `seam.locks().unlock(…)` takes `reason` by `.reason(…)` now and no longer as an argument: it has become optional.",
        ],
    );
}

#[test]
fn a_new_required_parameter_is_breaking_and_a_new_optional_one_is_not() {
    let add = |new: &mut Value| {
        at(new, &format!("{BODY}/properties"))["minutes"] = json!({"type": "integer"});
    };
    says(
        &after(add),
        Verdict::Additive,
        &["additive: `seam.locks().unlock(…)` takes `.minutes(…)`."],
    );
    let changes = after(|new| {
        add(new);
        *at(new, &format!("{BODY}/required")) = json!(["lock_id", "minutes"]);
    });
    says(
        &changes,
        Verdict::Breaking,
        &[
            "breaking: `seam.locks().unlock(…)` takes one more argument, `minutes`, which is required.",
        ],
    );
}

#[test]
fn another_order_of_the_parameters_in_the_document_is_no_change() {
    let mut old = base();
    *at(&mut old, &format!("{BODY}/required")) = json!(["lock_id", "reason"]);
    let mut new = old.clone();
    *at(&mut new, &format!("{BODY}/required")) = json!(["reason", "lock_id"]);
    says(&between(&old, &new), Verdict::None, &[]);
}

#[test]
fn null_may_be_taken_in_addition_but_not_be_refused_later() {
    let nullable =
        |new: &mut Value| at(new, &format!("{BODY}/properties/reason"))["nullable"] = json!(true);
    says(
        &after(nullable),
        Verdict::Additive,
        &["additive: `seam.locks().unlock(…)` takes null as `reason`."],
    );
    let mut old = base();
    nullable(&mut old);
    says(
        &between(&old, &base()),
        Verdict::Breaking,
        &["breaking: `seam.locks().unlock(…)` no longer takes null as `reason`."],
    );
}

#[test]
fn another_payload_is_breaking() {
    let reply =
        "/paths/~1locks~1unlock/post/responses/200/content/application~1json/schema/properties";
    let changes = after(|new| at(new, reply)["lock"] = json!({"type": "string"}));
    says(
        &changes,
        Verdict::Breaking,
        &["breaking: `seam.locks().unlock(…)` returns `String` now; it returned `seam::Lock`."],
    );
}

#[test]
fn a_property_that_may_be_absent_changes_its_type() {
    let changes = after(|new| {
        *at(new, &format!("{LOCK}/required")) = json!(["lock_id", "state", "problems"])
    });
    says(
        &changes,
        Verdict::Breaking,
        &[
            "breaking: `seam::Lock` may lack the property `name` now: `Option<String>`, which was `String`.",
        ],
    );
    assert_eq!(
        changes.changes[0].pointer,
        format!("{LOCK}/properties/name")
    );
    assert_eq!(changes.changes[0].rust, "seam::Lock::name");
}

#[test]
fn values_of_enums_come_additively_and_go_breakingly() {
    let values = format!("{LOCK}/properties/state/enum");
    let changes = after(|new| *at(new, &values) = json!(["locked", "jammed"]));
    says(
        &changes,
        Verdict::Breaking,
        &[
            "breaking: `seam::lock::State` no longer has the value `unlocked`: the variant `Unlocked` is gone.",
            "additive: `seam::lock::State` has the value `jammed`.",
        ],
    );
}

#[test]
fn branches_come_additively_and_go_breakingly() {
    let changes = after(|new| {
        let branches = at(new, &format!("{LOCK}/properties/problems/items/oneOf"));
        branches[1]["properties"]["code"]["enum"] = json!(["off_line"]);
    });
    says(
        &changes,
        Verdict::Breaking,
        &[
            "breaking: `seam::lock::ProblemCode` no longer has the branch `LowBattery` (`low_battery`).",
            "additive: `seam::lock::ProblemCode` has the branch `OffLine` (`off_line`).",
        ],
    );
}

#[test]
fn deprecation_is_told_apart_and_counts_as_additive() {
    let changes = after(|new| {
        let name = at(new, &format!("{LOCK}/properties/name"));
        name["deprecated"] = json!(true);
        name["x-deprecated"] = json!("Use `label`.");
    });
    says(
        &changes,
        Verdict::Additive,
        &["deprecation: `seam::Lock` deprecates the property `name`: Use `label`."],
    );
}

#[test]
fn other_words_alone_are_documentation() {
    let changes = after(|new| {
        at(new, LOCK)["description"] = json!("A lock on a door.");
        at(new, "/paths/~1locks~1unlock/post")["description"] = json!("Opens.");
    });
    says(
        &changes,
        Verdict::Documentation,
        &[
            "documentation: `seam::Lock` has another description.",
            "documentation: `seam.locks().unlock(…)` has another description.",
        ],
    );
}

#[test]
fn undocumented_parts_are_listed_apart_and_decide_nothing() {
    let hidden = "/paths/~1internal~1reset";
    let changes = after(|new| remove(new, hidden));
    assert_eq!((changes.verdict, changes.changes.len()), (Verdict::None, 0));
    assert_eq!(
        changes.undocumented[0].sentence,
        "`seam.internal().reset(…)` is gone: the API no longer has `/internal/reset`."
    );
}

#[test]
fn what_is_withdrawn_from_the_documentation_is_breaking() {
    let changes = after(|new| {
        at(new, "/paths/~1locks~1unlock/post")["x-undocumented"] = json!("Internal.");
    });
    let said: Vec<&str> = changes
        .changes
        .iter()
        .map(|change| change.sentence.as_str())
        .collect();
    assert_eq!(
        said,
        ["`seam.locks().unlock(…)` is there only with the feature `undocumented` now."]
    );
    assert_eq!(changes.verdict, Verdict::Breaking);
}

#[test]
fn a_shape_that_stays_where_it_was_is_no_change_though_another_place_shares_it_now() {
    let changes = after(|new| {
        let state = at(new, &format!("{LOCK}/properties/state")).clone();
        at(new, &format!("{LOCK}/properties"))["wanted_state"] = state;
    });
    says(
        &changes,
        Verdict::Additive,
        &["additive: `seam::Lock` has the property `wanted_state`."],
    );
}

#[test]
fn what_a_caller_builds_breaks_when_it_needs_more() {
    let schedule = format!("{BODY}/properties/schedule");
    let changes =
        after(|new| *at(new, &format!("{schedule}/required")) = json!(["starts", "ends"]));
    says(
        &changes,
        Verdict::Breaking,
        &[
            "breaking: `seam::locks::unlock::Schedule` needs a value of the property `ends` now: `String`, which was `Option<String>`.",
            "breaking: `seam::locks::unlock::Schedule` takes one more argument in `new`, `ends`: it is required.",
        ],
    );
}

#[test]
fn arguments_of_new_that_change_alike_are_one_sentence() {
    let schedule = format!("{BODY}/properties/schedule");
    let with = |required: Value| {
        let mut document = base();
        at(&mut document, &format!("{schedule}/properties"))["note"] = json!({"type": "string"});
        at(&mut document, &schedule)["required"] = required;
        document
    };
    let (few, all) = (
        with(json!(["starts"])),
        with(json!(["starts", "ends", "note"])),
    );
    let said = |old: &Value, new: &Value| {
        let changes = between(old, new).changes;
        let last = changes.last().expect("there is a change");
        last.sentence.clone()
    };
    assert_eq!(
        said(&few, &all),
        "`seam::locks::unlock::Schedule` takes 2 more arguments in `new`, `ends` and `note`: they are required."
    );
    assert_eq!(
        said(&all, &few),
        "`seam::locks::unlock::Schedule` no longer takes `ends` and `note` in `new`: they have become optional."
    );
}

#[test]
fn another_value_that_the_client_sends_by_itself_is_a_change_on_the_wire() {
    let api = |body: Value, shape: Value| {
        let schema = json!({"type": "object", "required": ["sure", "shape"], "properties": {"sure": body, "shape": {"$ref": "#/components/schemas/shape"}}});
        let shape = json!({"type": "object", "required": ["open"], "properties": {"open": shape}});
        json!({
            "openapi": "3.0.3", "info": {"title": "Shapes", "version": "1"},
            "paths": {"/shapes": {"post": {"operationId": "add",
                "requestBody": {"required": true, "content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "Done."}}}}},
            "components": {"schemas": {"shape": shape}},
        })
    };
    let one = |value: bool| json!({"type": "boolean", "enum": [value]});
    says(
        &between(&api(one(true), one(true)), &api(one(false), one(false))),
        Verdict::Wire,
        &[
            "wire: `shapes::Shape` sends `open` as `false` now; it was `true`.",
            "wire: `shapes.shapes().add(…)` always sends `sure` as `false` now; it was `true`.",
        ],
    );
    let any = json!({"type": "boolean"});
    let asked = between(&api(any, one(true)), &api(one(true), one(true)));
    assert_eq!(asked.verdict, Verdict::Breaking);
}
