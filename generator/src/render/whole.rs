//! A whole value of each resource, for the tests of applications: what the schema allows, with values that a person would use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::examples::Examples;
use crate::model::{Api, Field, Kind, Object, Type, TypeId, Union};
use crate::rust::Plan;
use crate::rust::ids;
use crate::rust::items::TypeItem;
use crate::rust::sample::{number, text, time};
use crate::words;

/// Where the components of a document stand.
const SCHEMAS: &str = "/components/schemas/";

/// Returns the types that there is a value of: those at the crate's root that are a component of the document as it stands.
pub(super) fn resources<'a>(plan: &'a Plan<'a>) -> impl Iterator<Item = &'a TypeItem<'a>> {
    let is_component = |pointer: &str| {
        let name = pointer.strip_prefix(SCHEMAS);
        name.is_some_and(|name| !name.contains('/'))
    };
    let is_whole = |kind: &Kind| match kind {
        Kind::Object(_) | Kind::Enumeration(_) => true,
        Kind::Union(union) => !matches!(union, Union::Variants(_) | Union::Results(_)),
        Kind::Unnamed => false,
    };
    plan.live()
        .filter(move |of| of.component.is_some() && is_whole(&of.kind) && is_component(&of.pointer))
}

/// Returns the values as JSON, each on a line of its own.
pub(crate) fn whole(plan: &Plan<'_>, examples: &Examples) -> String {
    let pointers: BTreeSet<&str> = resources(plan).map(|of| of.pointer.as_str()).collect();
    realistic(plan, examples.whole(&|pointer| pointers.contains(pointer)))
}

/// Returns the same for values of the schemas, by their pointers.
fn realistic(plan: &Plan<'_>, mut schemas: BTreeMap<String, Value>) -> String {
    let mut values = BTreeMap::new();
    for definition in resources(plan) {
        let mut value = schemas.remove(&definition.pointer).unwrap_or_default();
        Values { api: plan.api }.named(&definition.kind, &definition.path.name, &mut value);
        values.insert(definition.path.name.as_str(), value);
    }
    let lines: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("{}: {value}", Value::from(*name)))
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// Puts values that a person would use where only the type is known.
struct Values<'a> {
    api: &'a Api,
}

impl Values<'_> {
    fn value(&self, ty: &Type, wire: &str, json: &mut Value) {
        match (ty, json) {
            (Type::String, Value::String(held)) => text(self.api, wire).clone_into(held),
            (Type::Id(of), Value::String(held)) => *held = uuid(&ids::type_name(of)),
            (Type::DateTime, Value::String(held)) => time(wire).clone_into(held),
            (Type::Integer | Type::Unsigned | Type::Number, json @ Value::Number(_)) => {
                let whole = |text: &'static str| text.split('.').next().unwrap_or(text);
                let text = match ty {
                    Type::Number => number(wire),
                    _ => whole(number(wire)),
                };
                *json = serde_json::from_str(text).unwrap_or_default();
            }
            // Something is the matter only where a test says so: errors, warnings, changes that are under way.
            (Type::List(item), Value::Array(items)) if self.has_variants(item) => items.clear(),
            (Type::List(item), Value::Array(items)) => {
                let wire = words::singular(wire);
                for json in items {
                    self.value(item, &wire, json);
                }
            }
            (Type::Tuple(places), Value::Array(items)) => {
                for (place, json) in places.iter().zip(items) {
                    self.value(place, wire, json);
                }
            }
            (Type::Map(value), Value::Object(members)) => {
                for json in members.values_mut() {
                    self.value(value, wire, json);
                }
            }
            (Type::Nullable(inner), json) => self.value(inner, wire, json),
            (Type::Named(id), json) => self.named(self.kind(*id), wire, json),
            _ => {}
        }
    }

    fn kind(&self, id: TypeId) -> &Kind {
        &self.api.type_def(id).kind
    }

    fn has_variants(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => match self.kind(*id) {
                Kind::Object(object) => object.tag(&self.api.types).is_some(),
                _ => false,
            },
            _ => false,
        }
    }

    fn named(&self, kind: &Kind, wire: &str, json: &mut Value) {
        match (kind, json) {
            (Kind::Object(object), Value::Object(members)) => self.object(object, members),
            (Kind::Union(Union::Tagged { branches, .. }), json) => {
                // The value is of the first branch.
                if let Some(payload) = branches.first().and_then(|branch| branch.payload.as_ref()) {
                    self.value(payload, wire, json);
                }
            }
            _ => {}
        }
    }

    fn object(&self, object: &Object, members: &mut Map<String, Value>) {
        let tag = object.tag(&self.api.types);
        let variants = tag.map(|(.., variants)| variants.variants.as_slice());
        let own = variants.unwrap_or_default().iter();
        let fields = object.fields.iter();
        let fields: Vec<&Field> = fields.chain(own.flat_map(|of| &of.fields)).collect();
        for field in fields {
            if field.docs.undocumented.is_some() && !field.presence.required {
                members.remove(&field.name);
            }
            if let Some(json) = members.get_mut(&field.name) {
                self.value(&field.ty, &field.name, json);
            }
        }
    }
}

/// Returns an id of its own for each kind of id, the same in every value: what refers to a device refers to that of the example.
fn uuid(name: &str) -> String {
    // FNV-1a: it need not be more than the same on every run.
    let hash = |seed: u64| {
        name.bytes().fold(seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let (high, low) = (hash(0xcbf2_9ce4_8422_2325), hash(0x8422_2325_cbf2_9ce4));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0xfff,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::{realistic, uuid};
    use crate::rust::tests::{get, plan};

    /// The example of a resource, made from a value that its schema allows.
    fn leaf(schema: &str, value: serde_json::Value) -> String {
        let schema = format!("leaf: {schema}");
        plan(&[&get("plants", "leaf")], &[&schema], |plan| {
            let schemas = BTreeMap::from([("/components/schemas/leaf".to_owned(), value)]);
            realistic(plan, schemas)
        })
    }

    #[test]
    fn a_resource_has_values_that_a_person_would_use() {
        let schema = "{ type: object, properties: { first_name: { type: string }, ends_at: { type: string, format: date-time }, kind: { type: string, enum: [old] } } }";
        let value = json!({"first_name": "x", "ends_at": "x", "kind": "old"});
        let expected =
            json!({"first_name": "Jane", "ends_at": "2028-08-14T11:00:00Z", "kind": "old"});
        assert_eq!(
            leaf(schema, value),
            format!("{{\n\"Leaf\": {expected}\n}}\n")
        );
    }

    #[test]
    fn a_list_of_objects_with_variants_is_empty() {
        let branch = |kind: &str| {
            format!(
                "{{ type: object, required: [kind], properties: {{ kind: {{ enum: [{kind}] }} }} }}"
            )
        };
        let schema = format!(
            "{{ type: object, properties: {{ errors: {{ type: array, items: {{ oneOf: [{}, {}] }} }} }} }}",
            branch("dry"),
            branch("cut")
        );
        let value = json!({"errors": [{"kind": "dry"}]});
        assert!(leaf(&schema, value).contains(r#""Leaf": {"errors":[]}"#));
    }

    #[test]
    fn ids_of_one_kind_are_equal_and_those_of_two_are_not() {
        assert_eq!(uuid("DeviceId"), uuid("DeviceId"));
        assert_ne!(uuid("DeviceId"), uuid("SpaceId"));
        assert_eq!(uuid("DeviceId").len(), 36);
    }
}
