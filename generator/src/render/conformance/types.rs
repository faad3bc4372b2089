//! Every type, and the schemas that it stands for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Kind, Location, TypeDef, TypeId, Union};
use crate::rust::Plan;
use crate::rust::scope::{Scope, text};

pub(super) struct TypeView {
    pub(super) name: String,
    pub(super) rust: String,
    pub(super) schemas: Vec<String>,
    /// The properties that are read by the unions around it: their tags.
    pub(super) tags: BTreeSet<String>,
}

/// Each type with the JSON pointers of its schemas: its own, and those of the places that share it.
pub(super) fn types(plan: &Plan<'_>) -> Vec<TypeView> {
    let scope = Scope::outside(plan, HashMap::new());
    let api = plan.api;
    let bodies = bodies(&scope);
    let mixed = mixed(&api.types);
    let mut schemas: BTreeMap<TypeId, BTreeSet<&str>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        // A type without a schema of its own is tested with the type around it.
        let is_part = definition.composed
            || !is_mixed(definition) && mixed.contains(definition.pointer.as_str());
        let id = standing(&scope, TypeId(index)).filter(|id| !is_part && !bodies.contains(id));
        if let Some(id) = id {
            schemas.entry(id).or_default().insert(&definition.pointer);
        }
    }
    let view = |(id, schemas): (TypeId, BTreeSet<&str>)| TypeView {
        name: plan.type_item(id).path.to_string(),
        rust: text(&scope.named(id)),
        schemas: schemas.into_iter().map(str::to_owned).collect(),
        tags: plan.read_elsewhere.get(&id).cloned().unwrap_or_default(),
    };
    let mut views: Vec<TypeView> = schemas.into_iter().map(view).collect();
    views.sort_by(|one, other| one.name.cmp(&other.name));
    views
}

/// Returns the schemas of unions over JSON types. What several of their branches share is a type at the same place, and tested
/// with the union.
fn mixed(types: &[TypeDef]) -> BTreeSet<&str> {
    let mixed = types.iter().filter(|definition| is_mixed(definition));
    mixed
        .map(|definition| definition.pointer.as_str())
        .collect()
}

fn is_mixed(definition: &TypeDef) -> bool {
    matches!(definition.kind, Kind::Union(Union::Kinds(_)))
}

/// Returns the types that are the body of a request together with other parameters: their schemas say more than they hold. Calls
/// test them.
fn bodies(scope: &Scope<'_>) -> BTreeSet<TypeId> {
    let api = scope.plan.api;
    let mut found = BTreeSet::new();
    for (_, endpoint) in api.endpoints() {
        let flat = endpoint
            .params()
            .filter(|param| param.location == Location::Flat);
        for param in flat {
            param.ty.each_named(&mut |id| {
                found.extend(standing(scope, id));
            });
        }
    }
    for id in found.clone() {
        if let Kind::Union(Union::Tagged { branches, .. }) = &api.type_def(id).kind {
            for payload in branches.iter().filter_map(|branch| branch.payload.as_ref()) {
                payload.each_named(&mut |id| found.extend(standing(scope, id)));
            }
        }
    }
    found.retain(|id| !api.type_def(*id).received);
    found
}

/// Returns the type that is rendered for a definition, if one is and it can be read on its own.
fn standing(scope: &Scope<'_>, id: TypeId) -> Option<TypeId> {
    let api = scope.plan.api;
    let definition = api.type_def(id);
    let is_part = |union: &Union| {
        matches!(
            union,
            Union::Results(_) | Union::Variants(_) | Union::Replies(_)
        )
    };
    let is_read_alone = !matches!(&definition.kind, Kind::Union(union) if is_part(union));
    (is_read_alone && definition.is_reached()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::types;
    use crate::rust::tests::{get, plan};

    /// The types to test, each with the place of its schema.
    fn tested(leaf: &str) -> Vec<String> {
        let leaf = format!("leaf: {leaf}");
        plan(&[&get("plants", "leaf")], &[&leaf], |plan| {
            let views = types(plan).into_iter();
            views
                .map(|view| format!("{} {}", view.name, view.schemas.join(" ")))
                .collect()
        })
    }

    #[test]
    fn each_type_is_tested_by_its_schema() {
        let vein = "{ type: object, properties: { a: { type: string } } }";
        assert_eq!(
            tested(&format!(
                "{{ type: object, properties: {{ vein: {vein} }} }}"
            )),
            [
                "leaf::Leaf /components/schemas/leaf",
                "leaf::Vein /components/schemas/leaf/properties/vein"
            ]
        );
    }

    #[test]
    fn the_enum_under_a_tag_is_tested_with_its_object() {
        let branch = |kind: &str| {
            format!(
                "{{ type: object, required: [kind], properties: {{ kind: {{ enum: [{kind}] }} }} }}"
            )
        };
        let union = format!("{{ oneOf: [{}, {}] }}", branch("old"), branch("new"));
        assert_eq!(tested(&union), ["leaf::Leaf /components/schemas/leaf"]);
    }
}
