//! Small documents with one change to `rooms.yaml` each, and the expected verdicts.

use generator::Verdict::{self, Additive, Breaking, Documentation, Wire};
use serde_json::{Value, json};

/// A change to `rooms.yaml`.
pub(super) struct Edit {
    pub(super) name: &'static str,
    pub(super) edit: fn(&mut Value),
    /// The verdict of `diff`.
    pub(super) verdict: Verdict,
    /// The lints of cargo-semver-checks that report a breaking change, in order.
    pub(super) lints: &'static [&'static str],
    /// Why our verdict is breaking although cargo-semver-checks finds nothing.
    pub(super) stricter: Option<&'static str>,
}

const fn agreed(
    name: &'static str,
    verdict: Verdict,
    lints: &'static [&'static str],
    edit: fn(&mut Value),
) -> Edit {
    Edit {
        name,
        edit,
        verdict,
        lints,
        stricter: None,
    }
}

const fn stricter(name: &'static str, why: &'static str, edit: fn(&mut Value)) -> Edit {
    Edit {
        name,
        edit,
        verdict: Breaking,
        lints: &[],
        stricter: Some(why),
    }
}

const TYPES: &str =
    "cargo-semver-checks compares neither the types of fields nor those of arguments";

const ROOM: &str = "/components/schemas/Room";
const BRANCHES: &str = "/components/schemas/Room/properties/fault/oneOf";
const CREATE: &str = "/paths/~1rooms/post";
const BODY: &str = "/paths/~1rooms/post/requestBody/content/application~1json/schema";
const LIST: &str = "/paths/~1rooms/get";

/// Returns a place in the document.
fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("there is no {pointer}"))
}

fn remove(document: &mut Value, parent: &str, key: &str) {
    let parent = at(document, parent).as_object_mut().expect("an object");
    parent.remove(key).expect("it has the key");
}

pub(super) const EDITS: [Edit; 24] = [
    agreed("one more call", Additive, &[], |rooms| {
        let mut call = at(rooms, LIST).clone();
        call["operationId"] = json!("searchRooms");
        rooms["paths"]["/search"] = json!({ "get": call });
    }),
    agreed(
        "a call is gone",
        Breaking,
        &[
            "inherent_method_missing",
            "module_missing",
            "struct_missing",
        ],
        |rooms| {
            remove(rooms, "/paths/~1rooms", "post");
        },
    ),
    agreed(
        "a namespace is gone",
        Breaking,
        &[
            "inherent_method_missing",
            "module_missing",
            "struct_missing",
        ],
        |rooms| {
            remove(rooms, "/paths", "/keys/{key_id}");
        },
    ),
    agreed("one more optional parameter", Additive, &[], |rooms| {
        let parameters = at(rooms, &format!("{LIST}/parameters"));
        let parameters = parameters.as_array_mut().expect("a list");
        parameters.push(json!({ "name": "wing", "in": "query", "schema": { "type": "string" } }));
    }),
    agreed(
        "an optional parameter is gone",
        Breaking,
        &["inherent_method_missing"],
        |rooms| {
            at(rooms, LIST)["parameters"] = json!([]);
        },
    ),
    agreed(
        "one more required parameter",
        Breaking,
        &["method_parameter_count_changed"],
        |rooms| {
            at(rooms, BODY)["properties"]["wing"] = json!({ "type": "string" });
            at(rooms, BODY)["required"] = json!(["name", "wing"]);
        },
    ),
    agreed(
        "a parameter becomes required",
        Breaking,
        &["inherent_method_missing", "method_parameter_count_changed"],
        |rooms| {
            at(rooms, BODY)["required"] = json!(["name", "note"]);
        },
    ),
    agreed(
        "a parameter becomes optional",
        Breaking,
        &["method_parameter_count_changed"],
        |rooms| {
            at(rooms, BODY)["required"] = json!([]);
        },
    ),
    agreed("one more property", Additive, &[], |rooms| {
        at(rooms, ROOM)["properties"]["wing"] = json!({ "type": "string" });
    }),
    agreed(
        "a property is gone",
        Breaking,
        &["struct_pub_field_missing"],
        |rooms| {
            remove(rooms, &format!("{ROOM}/properties"), "size");
            at(rooms, ROOM)["required"] = json!(["room_id", "name"]);
        },
    ),
    agreed("one more value", Additive, &[], |rooms| {
        at(rooms, ROOM)["properties"]["state"]["enum"] = json!(["free", "taken", "closed", "lost"]);
    }),
    agreed(
        "a value is gone",
        Breaking,
        &["enum_variant_missing"],
        |rooms| {
            at(rooms, ROOM)["properties"]["state"]["enum"] = json!(["free", "taken"]);
        },
    ),
    agreed("one more branch", Additive, &[], |rooms| {
        let branches = at(rooms, BRANCHES).as_array_mut().expect("a list");
        let mut branch = branches[1].clone();
        branch["properties"]["kind"]["enum"] = json!(["noise"]);
        branches.push(branch);
    }),
    agreed(
        "a branch is gone",
        Breaking,
        &["enum_variant_missing"],
        |rooms| {
            at(rooms, BRANCHES)
                .as_array_mut()
                .expect("a list")
                .remove(0);
        },
    ),
    agreed("a branch has one more property", Additive, &[], |rooms| {
        at(rooms, &format!("{BRANCHES}/0/properties"))["source"] = json!({ "type": "string" });
    }),
    agreed(
        "a property of a branch is gone",
        Breaking,
        &["enum_struct_variant_field_missing"],
        |rooms| remove(rooms, &format!("{BRANCHES}/0/properties"), "litres"),
    ),
    agreed(
        "an object that callers build has one more required property",
        Breaking,
        &["inherent_method_missing", "method_parameter_count_changed"],
        |rooms| {
            at(rooms, "/components/schemas/Bed")["required"] = json!(["width", "colour"]);
        },
    ),
    agreed(
        "a schema is renamed",
        Breaking,
        &["module_missing", "struct_missing"],
        |rooms| {
            let text = rooms.to_string();
            let text = text
                .replace("schemas/Key\"", "schemas/Chip\"")
                .replace("\"Key\":", "\"Chip\":");
            *rooms = serde_json::from_str(&text).expect("it is JSON");
        },
    ),
    agreed("a call is deprecated", Additive, &[], |rooms| {
        at(rooms, CREATE)["deprecated"] = json!(true);
    }),
    agreed("other words", Documentation, &[], |rooms| {
        at(rooms, LIST)["description"] = json!("Lists all rooms.");
    }),
    agreed("another path", Wire, &[], |rooms| {
        let calls = at(rooms, "/paths/~1rooms").clone();
        remove(rooms, "/paths", "/rooms");
        rooms["paths"]["/v2/rooms"] = calls;
    }),
    agreed("another place of a parameter", Wire, &[], |rooms| {
        at(rooms, &format!("{LIST}/parameters/0"))["in"] = json!("header");
    }),
    stricter("a property of another type", TYPES, |rooms| {
        at(rooms, ROOM)["properties"]["size"] = json!({ "type": "string" });
    }),
    stricter("a property may be missing", TYPES, |rooms| {
        at(rooms, ROOM)["required"] = json!(["room_id", "name"]);
    }),
];
