//! References by name: `#name` leads to the schema with that `$anchor`. They become pointers, which all later stages follow.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Pointer;
use super::external::{holds_names, is_data};
use super::pointer::percent_decoded;
use crate::error::Warning;

/// The keywords that give a schema a name.
const ANCHORS: [&str; 2] = ["$anchor", "$dynamicAnchor"];

/// Replaces references by name in a document by pointers, each with a warning. A reference stays if its name has no place, or
/// several.
pub(super) fn resolve(document: &mut Value) -> Vec<Warning> {
    let mut anchors = Anchors::default();
    each(document, &Pointer::root(""), false, &mut |map, place| {
        anchors.add(map, place);
    });
    let mut warnings = Vec::new();
    if !anchors.0.is_empty() {
        each(document, &Pointer::root(""), false, &mut |map, place| {
            warnings.extend(anchors.replace(map, place));
        });
    }
    warnings
}

/// The places of each name.
#[derive(Default)]
struct Anchors(HashMap<String, Vec<Pointer>>);

impl Anchors {
    fn add(&mut self, map: &Map<String, Value>, place: &Pointer) {
        let names = ANCHORS.iter().filter_map(|key| map.get(*key)?.as_str());
        for name in names {
            let places = self.0.entry(name.to_owned()).or_default();
            // One schema may have a name by both keywords.
            if places.last() != Some(place) {
                places.push(place.clone());
            }
        }
    }

    /// Replaces the reference by name of an object by a pointer.
    fn replace(&self, map: &mut Map<String, Value>, place: &Pointer) -> Option<Warning> {
        let keyword = match map.contains_key("$ref") {
            true => "$ref",
            false => "$dynamicRef",
        };
        let name = name_of(map.get(keyword)?.as_str()?)?;
        let target = match keyword {
            "$ref" => self.nearest(&name, place),
            // Which of several places is meant depends on the path to the reference.
            _ => self.only(&name),
        };
        // A pointer in a reference is part of a URL.
        let reference = format!("#{}", target?.to_string().replace('%', "%25"));
        let warning = Warning {
            pointer: place.key(keyword).to_string(),
            found: format!("a reference to the anchor `{name}`"),
            taken: format!("a reference to `{reference}`"),
        };
        map.shift_remove(keyword);
        map.insert("$ref".to_owned(), Value::String(reference));
        Some(warning)
    }

    /// Returns the only place with a name.
    fn only(&self, name: &str) -> Option<&Pointer> {
        match self.0.get(name)?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Returns the only place with a name, or else the only one in the component of the reference.
    fn nearest(&self, name: &str, from: &Pointer) -> Option<&Pointer> {
        let is_near =
            |place: &&Pointer| from.component().is_some() && place.component() == from.component();
        let mut near = self.0.get(name)?.iter().filter(is_near);
        let only_near = near.next().filter(|_| near.next().is_none());
        self.only(name).or(only_near)
    }
}

/// Returns the name in a reference, unless it is a pointer.
fn name_of(reference: &str) -> Option<String> {
    let name = percent_decoded(reference.strip_prefix('#')?);
    (!name.is_empty() && !name.starts_with('/')).then_some(name)
}

/// Visits each object of a document that is not data. `named` is true if the keys of this value are names, not keywords.
fn each(
    value: &mut Value,
    place: &Pointer,
    named: bool,
    visit: &mut dyn FnMut(&mut Map<String, Value>, &Pointer),
) {
    match value {
        Value::Object(map) => {
            if !named {
                visit(map, place);
            }
            for (key, value) in map {
                if named || !is_data(key) {
                    each(value, &place.key(key), !named && holds_names(key), visit);
                }
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter_mut().enumerate() {
                each(value, &place.index(index), false, visit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::resolve;

    /// Returns the schemas after references by name are replaced, and the places of the references.
    fn resolved(schemas: Value) -> (Value, Vec<String>) {
        let mut document = json!({"components": {"schemas": schemas}});
        let warnings = resolve(&mut document);
        let places = warnings.into_iter().map(|warning| warning.pointer);
        let places = places.map(|place| place.replace("/components/schemas/", ""));
        let places = places.collect();
        (document["components"]["schemas"].take(), places)
    }

    #[test]
    fn a_reference_by_name_leads_to_the_schema_with_the_anchor() {
        let (schemas, places) = resolved(json!({
            "Pet": {"$anchor": "pet", "properties": {"owner": {"$ref": "#person"}}},
            "Owner": {"properties": {"a/b": {"$anchor": "person"}, "pet": {"$ref": "#pet"}}},
        }));
        let owner = &schemas["Pet"]["properties"]["owner"];
        assert_eq!(
            *owner,
            json!({"$ref": "#/components/schemas/Owner/properties/a~1b"})
        );
        let pet = &schemas["Owner"]["properties"]["pet"];
        assert_eq!(*pet, json!({"$ref": "#/components/schemas/Pet"}));
        assert_eq!(
            places,
            ["Pet/properties/owner/$ref", "Owner/properties/pet/$ref"]
        );
    }

    #[test]
    fn a_dynamic_reference_leads_to_the_only_dynamic_anchor() {
        let node = json!({"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}});
        let (schemas, _) = resolved(json!({"Tree": node}));
        assert_eq!(
            schemas["Tree"]["items"],
            json!({"$ref": "#/components/schemas/Tree"})
        );
        let (schemas, places) = resolved(json!({"Tree": node, "Other": node}));
        assert_eq!(schemas["Tree"], node);
        assert!(places.is_empty());
    }

    #[test]
    fn of_several_anchors_that_of_the_same_component_counts() {
        let own = json!({"properties": {"a": {"$anchor": "a"}, "b": {"$ref": "#a"}}});
        let (schemas, _) = resolved(json!({"One": own, "Two": own, "Three": {"$ref": "#a"}}));
        let reference = |of: &str| schemas[of]["properties"]["b"]["$ref"].clone();
        assert_eq!(reference("One"), "#/components/schemas/One/properties/a");
        assert_eq!(reference("Two"), "#/components/schemas/Two/properties/a");
        assert_eq!(schemas["Three"], json!({"$ref": "#a"}));
    }

    #[test]
    fn data_and_names_are_no_anchors() {
        let before = json!({
            "A": {"example": {"$anchor": "a"}, "properties": {"$anchor": {"type": "string"}}},
            "B": {"$ref": "#a"},
        });
        let (schemas, places) = resolved(before.clone());
        assert_eq!(schemas, before);
        assert!(places.is_empty());
    }
}
