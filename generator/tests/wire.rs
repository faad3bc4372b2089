//! What changes only on the wire is a class of its own: programs stay as they are.

#![allow(missing_docs)]

mod support;

use generator::{Changes, Verdict};
use serde_json::{Value, json};
use support::changes::{at, between, fixture, says};

/// An API of plain REST with one call that takes a parameter of each place.
fn base() -> Value {
    json!({
        "openapi": "3.0.0",
        "info": { "title": "Rooms", "version": "1" },
        "paths": { "/houses/{house_id}/rooms/{room}": { "put": {
            "operationId": "updateRoom",
            "tags": ["rooms"],
            "parameters": [
                { "name": "house_id", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "room", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "labels", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": {
                "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } },
            } } } },
            "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": {
                "type": "object", "properties": { "name": { "type": "string" } },
            } } } } },
        } } },
    })
}

const ROOM: &str = "/paths/~1houses~1{house_id}~1rooms~1{room}/put";

fn after(edit: impl FnOnce(&mut Value)) -> Changes {
    let old = base();
    let mut new = old.clone();
    edit(&mut new);
    between(&old, &new)
}

/// Puts the call at another path, and perhaps under another method.
fn moved(document: &mut Value, path: &str, method: &str) {
    let call = at(document, ROOM).clone();
    document["paths"] = json!({ path: { method: call } });
}

#[track_caller]
fn is_wire(changes: &Changes, facts: &[&str]) {
    let sentences: Vec<String> = facts
        .iter()
        .map(|fact| format!("wire: `rooms.rooms().update_room(…)` {fact}."))
        .collect();
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    says(changes, Verdict::Wire, &sentences);
}

#[test]
fn another_style_of_a_parameter_is_wire() {
    let changes = after(|new| at(new, &format!("{ROOM}/parameters/2"))["explode"] = json!(false));
    is_wire(
        &changes,
        &[
            "sends `labels` in the query, joined by commas; before: in the query, each value under its name",
        ],
    );
    let changes =
        after(|new| at(new, &format!("{ROOM}/parameters/2"))["style"] = json!("pipeDelimited"));
    assert_eq!(changes.verdict, Verdict::Wire, "{changes:?}");
}

#[test]
fn another_place_of_a_parameter_is_wire() {
    let changes = after(|new| {
        let parameter = at(new, &format!("{ROOM}/parameters/2"));
        *parameter = json!({ "name": "labels", "in": "query", "schema": { "type": "string" } });
    });
    assert_eq!(changes.verdict, Verdict::Breaking, "the type is another");
    let text = |place: &str| {
        let mut document = base();
        *at(&mut document, &format!("{ROOM}/parameters/2")) =
            json!({ "name": "label", "in": place, "schema": { "type": "string" } });
        document
    };
    is_wire(
        &between(&text("query"), &text("header")),
        &["sends `label` in a header; before: in the query, each value under its name"],
    );
}

#[test]
fn another_media_type_of_the_body_is_wire() {
    let under = |media: &str| {
        after(|new| {
            let content = at(new, &format!("{ROOM}/requestBody/content"));
            *content = json!({ media: content["application/json"] });
        })
    };
    is_wire(
        &under("application/x-www-form-urlencoded"),
        &[
            "sends `name` in a form; before: in the JSON body",
            "sends its body as `application/x-www-form-urlencoded` now; it was `application/json`",
        ],
    );
    is_wire(
        &under("application/vnd.rooms+json"),
        &["sends its body as `application/vnd.rooms+json` now; it was `application/json`"],
    );
}

#[test]
fn another_path_or_method_is_wire() {
    let changes = after(|new| moved(new, "/v2/houses/{house_id}/rooms/{room}", "put"));
    is_wire(
        &changes,
        &[
            "is sent to `/v2/houses/{house_id}/rooms/{room}` now; it was `/houses/{house_id}/rooms/{room}`",
        ],
    );
    let changes = after(|new| moved(new, "/houses/{house_id}/rooms/{room}", "patch"));
    is_wire(&changes, &["is sent by `PATCH` now; it was `PUT`"]);
}

#[test]
fn another_name_of_a_placeholder_is_no_change() {
    let changes = after(|new| {
        at(new, &format!("{ROOM}/parameters/1"))["name"] = json!("chamber");
        moved(new, "/houses/{house_id}/rooms/{chamber}", "put");
    });
    says(&changes, Verdict::None, &[]);
}

#[test]
fn another_spelling_of_a_parameter_that_is_the_same_in_rust_is_wire() {
    let named = |name: &str| {
        let mut document = base();
        let schema = at(
            &mut document,
            &format!("{ROOM}/requestBody/content/application~1json/schema"),
        );
        schema["required"] = json!([name]);
        schema["properties"] = json!({ name: { "type": "string" } });
        at(&mut document, &format!("{ROOM}/parameters/2"))["name"] =
            json!(name.replace("ame", "umber"));
        document
    };
    is_wire(
        &between(&named("roomName"), &named("room_name")),
        &[
            "spells the parameter `room_name` on the wire now; it was `roomName`",
            "spells the parameter `room_number` on the wire now; it was `roomNumber`",
        ],
    );
}

#[test]
fn a_call_that_the_api_refused_and_the_client_refuses_now_is_no_break() {
    let old = {
        let mut old = fixture("locks.yaml");
        let schema = "/paths/~1locks~1unlock/post/requestBody/content/application~1json/schema";
        at(&mut old, schema)["required"] = json!([]);
        old
    };
    let mut new = old.clone();
    at(&mut new, "/paths/~1locks~1unlock/post")["x-has-required-parameters"] =
        json!("One of them.");
    says(
        &between(&old, &new),
        Verdict::Wire,
        &[
            "wire: `seam.locks().unlock()` is refused without any parameter before it is sent, and no longer by the API.",
        ],
    );
}

#[test]
fn a_mark_of_a_resource_that_is_there_anyway_is_documentation() {
    let mut old = fixture("locks.yaml");
    at(&mut old, "/components/schemas/lock")["x-undocumented"] = json!("Unreleased.");
    says(
        &between(&old, &fixture("locks.yaml")),
        Verdict::Documentation,
        &["documentation: `seam::Lock` has another description."],
    );
}
