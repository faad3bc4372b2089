//! Shapes that the document spells out again and again become one type each.
//!
//! Equal shapes merge where a name fits all of them: the same name, the words their names end with, or what the
//! branches of a union have in common. Where there is no such name they stay apart. The places that lose their own
//! definition keep its name as an alias, so that a shape that grows apart later renames nothing.

mod said;
mod settle;
mod shape;
mod shared;

pub(super) use said::Said;
pub(super) use settle::{handle, settle_names};
pub(crate) use shape::is_option;
pub(super) use shared::share_fields;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Origin;
use super::names::common_suffix;
use crate::model::{Api, Decision, Home, Kind, Type, TypeId, Union};
use crate::names;

/// The module of shapes that several namespaces have.
pub(crate) const COMMON: &str = "common";

/// Merges equal shapes until no two are left that can merge, and gives the home that each has by its place.
pub(super) fn merge_equal_shapes(api: &mut Api, origins: &[Origin]) -> Vec<Home> {
    let places = api
        .types
        .iter()
        .map(|definition| definition.home.clone())
        .collect();
    loop {
        let mut merged = false;
        for group in equal_shapes(api, origins) {
            merged |= merge_group(api, origins, &group);
        }
        if !merged {
            return places;
        }
        rename_all(api);
    }
}

/// The largest group first: it gets the plainest name.
fn equal_shapes(api: &Api, origins: &[Origin]) -> Vec<Vec<TypeId>> {
    let mut groups: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        if !matches!(definition.kind, Kind::Replaced(_)) && !origins[index].fixed {
            groups
                .entry(shape::key(&definition.kind))
                .or_default()
                .push(TypeId(index));
        }
    }
    let mut groups: Vec<_> = groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort_by_key(|group| (Reverse(group.len()), group[0]));
    groups
}

fn merge_group(api: &mut Api, origins: &[Origin], group: &[TypeId]) -> bool {
    let component = group
        .iter()
        .copied()
        .find(|id| api.type_def(*id).component.is_some());
    if let Some(component) = component {
        let others: Vec<TypeId> = group
            .iter()
            .copied()
            .filter(|id| api.type_def(*id).component.is_none())
            .collect();
        return replace(api, &others, component);
    }
    let (branches, others): (Vec<TypeId>, Vec<TypeId>) =
        group.iter().partition(|id| origins[id.0].branch);
    let module = |id: TypeId| api.type_def(id).home.module.join("::");
    let siblings = [by_key(&others, module), by_key(&branches, module)];
    let [properties, variants] = siblings;
    let mut merged = false;
    for siblings in properties {
        merged |= merge_siblings(api, origins, &siblings);
    }
    for siblings in variants {
        merged |= merge_branches(api, origins, &siblings);
    }
    merged |= merge_by_suffix(api, group);
    if merged {
        return true;
    }
    for part in [&others, &branches] {
        for namesakes in by_key(part, |id| api.type_def(id).home.name.clone()) {
            merged |= merge_namesakes(api, &namesakes);
        }
    }
    merged
}

/// Types of one name: defined where the shortest path leads, or in the common module when namespaces share them.
fn merge_namesakes(api: &mut Api, group: &[TypeId]) -> bool {
    let Some(&first) = group
        .iter()
        .min_by_key(|id| (preference(api, group, **id), **id))
        .filter(|_| group.len() > 1)
    else {
        return false;
    };
    let roots: BTreeSet<&String> = group
        .iter()
        .filter_map(|id| api.type_def(*id).home.module.first())
        .collect();
    let resources = roots
        .iter()
        .filter(|root| is_resource_module(api, Some(root)))
        .count();
    // One resource and its unmanaged twin stay at home; what many have belongs to none of them.
    let spread = roots.len() > 1 && !(1..=2).contains(&resources);
    if spread {
        let home = api.types[first.0].home.clone();
        api.types[first.0].home.module = vec![COMMON.to_owned()];
        api.types[first.0].aliases.push(home);
    }
    replace(
        api,
        &group
            .iter()
            .copied()
            .filter(|id| *id != first)
            .collect::<Vec<_>>(),
        first,
    )
}

/// Resources first: their modules are there whatever the features; then where most of the group are; then the shortest
/// path.
fn preference(api: &Api, group: &[TypeId], id: TypeId) -> (bool, Reverse<usize>, usize) {
    let module = |id: TypeId| &api.type_def(id).home.module;
    let own = module(id);
    let beside = group
        .iter()
        .filter(|other| module(**other).first() == own.first())
        .count();
    (
        !is_resource_module(api, own.first()),
        Reverse(beside),
        own.len(),
    )
}

fn is_resource_module(api: &Api, module: Option<&String>) -> bool {
    api.types.iter().any(|definition| {
        definition.component.is_some() && definition.home.module.first() == module
    })
}

/// Properties of one object: named by the words they share, or after the object.
fn merge_siblings(api: &mut Api, origins: &[Origin], group: &[TypeId]) -> bool {
    let [first, rest @ ..] = group else {
        return false;
    };
    if rest.is_empty() {
        return false;
    }
    let locals: Vec<&str> = group
        .iter()
        .map(|id| origins[id.0].local.as_str())
        .collect();
    let suffix = common_suffix(&locals);
    let name = if suffix.is_empty() {
        let parent = &origins[first.0].parent;
        let singular = names::singular(&names::module_name(parent));
        let plural = singular != names::module_name(parent);
        names::type_name(&if plural {
            singular
        } else {
            format!("{parent}_value")
        })
    } else {
        names::type_name_in(&suffix, &origins[first.0].parent)
    };
    rename_and_merge(api, *first, rest, name)
}

/// `AvailableHvacModeSetting` is an `HvacModeSetting`, wherever the two are.
fn merge_by_suffix(api: &mut Api, group: &[TypeId]) -> bool {
    if !matches!(api.type_def(group[0]).kind, Kind::Enumeration(_)) {
        return false;
    }
    let mut merged = false;
    let live: Vec<TypeId> = group
        .iter()
        .copied()
        .filter(|id| !matches!(api.type_def(*id).kind, Kind::Replaced(_)))
        .collect();
    for &id in &live {
        let name = names::module_name(&api.type_def(id).home.name);
        let shorter = live.iter().copied().find(|other| {
            let other = names::module_name(&api.type_def(*other).home.name);
            name.strip_suffix(&other)
                .is_some_and(|rest| rest.ends_with('_'))
        });
        if let Some(shorter) =
            shorter.filter(|shorter| !matches!(api.type_def(*shorter).kind, Kind::Replaced(_)))
        {
            merged |= replace(api, &[id], shorter);
        }
    }
    merged
}

/// Branches of one union: the largest group is what the union's items are; others are named by what they share.
fn merge_branches(api: &mut Api, origins: &[Origin], group: &[TypeId]) -> bool {
    let [first, rest @ ..] = group else {
        return false;
    };
    if rest.is_empty() {
        return false;
    }
    let resource = one_of(group.iter().map(|id| origins[id.0].resource.clone()));
    let prefix = one_of(group.iter().map(|id| {
        origins[id.0]
            .local
            .split_once('.')
            .map(|(prefix, _)| prefix.to_owned())
    }));
    let owner = api.type_def(*first).home.module.first().cloned();
    let qualifier = resource
        .filter(|resource| owner.as_ref() != Some(resource))
        .or(prefix);
    let name = names::type_name(&match qualifier {
        Some(qualifier) => format!("{qualifier}_details"),
        None => "details".to_owned(),
    });
    let module = &api.type_def(*first).home.module;
    let taken = api
        .types
        .iter()
        .any(|other| other.home.name == name && other.home.module == *module);
    if taken {
        return false;
    }
    let first = *first;
    api.types[first.0].docs.description =
        Some("What a branch holds that has nothing of its own to say.".to_owned());
    rename_and_merge(api, first, rest, name)
}

/// The value, when all have the same.
fn one_of(mut values: impl Iterator<Item = Option<String>>) -> Option<String> {
    let first = values.next()??;
    values
        .all(|value| value.as_ref() == Some(&first))
        .then_some(first)
}

fn rename_and_merge(api: &mut Api, first: TypeId, rest: &[TypeId], name: String) -> bool {
    let home = api.types[first.0].home.clone();
    api.types[first.0].home.name = name;
    api.types[first.0].aliases.push(home);
    replace(api, rest, first)
}

fn replace(api: &mut Api, ids: &[TypeId], by: TypeId) -> bool {
    for id in ids {
        let home = api.types[id.0].home.clone();
        let aliases = std::mem::take(&mut api.types[id.0].aliases);
        api.types[id.0].kind = Kind::Replaced(by);
        api.types[by.0].aliases.push(home);
        api.types[by.0].aliases.extend(aliases);
    }
    !ids.is_empty()
}

fn by_key(group: &[TypeId], key: impl Fn(TypeId) -> String) -> Vec<Vec<TypeId>> {
    let mut parts: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    for id in group {
        parts.entry(key(*id)).or_default().push(*id);
    }
    parts.into_values().collect()
}

/// Makes everything refer to what replaced it.
fn rename_all(api: &mut Api) {
    let targets: HashMap<TypeId, TypeId> = (0..api.types.len())
        .map(|index| (TypeId(index), api.standing_for(TypeId(index))))
        .collect();
    let rename = |id: TypeId| targets[&id];
    each_api_type(api, &mut |ty| ty.rename(&rename));
}

/// Visits each type that a definition or an endpoint mentions.
pub(super) fn each_api_type(api: &mut Api, visit: &mut impl FnMut(&mut Type)) {
    for definition in &mut api.types {
        each_type(&mut definition.kind, visit);
    }
    let mut namespaces: Vec<_> = api.namespaces.iter_mut().collect();
    while let Some(namespace) = namespaces.pop() {
        for endpoint in &mut namespace.endpoints {
            let given = endpoint
                .ways
                .iter_mut()
                .flat_map(|way| &mut way.required)
                .chain(&mut endpoint.options);
            given.for_each(|param| visit(&mut param.ty));
            endpoint.output.ty.iter_mut().for_each(&mut *visit);
            let others = endpoint.output.others.iter_mut();
            others.for_each(|(_, ty)| visit(ty));
        }
        namespaces.extend(&mut namespace.children);
    }
}

fn each_type(kind: &mut Kind, visit: &mut impl FnMut(&mut Type)) {
    match kind {
        Kind::Object(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.ty);
            let additional = object.additional.iter_mut().map(|other| &mut other.ty);
            fields.chain(additional).for_each(visit);
        }
        Kind::Enumeration(_) | Kind::Replaced(_) => {}
        Kind::Union(Union::Tagged { branches, .. } | Union::Results(branches)) => {
            branches
                .iter_mut()
                .filter_map(|branch| branch.payload.as_mut())
                .for_each(visit);
        }
        Kind::Union(Union::Keyed(branches)) => branches
            .iter_mut()
            .for_each(|branch| visit(&mut branch.payload)),
        Kind::Union(Union::Kinds(branches)) => branches
            .iter_mut()
            .for_each(|branch| visit(&mut branch.payload)),
    }
}

/// Says of each shape that was merged where it went.
pub(super) fn merge_decisions(api: &Api) -> Vec<Decision> {
    let merged = api
        .types
        .iter()
        .filter_map(|definition| match definition.kind {
            Kind::Replaced(by) => Some((definition, api.standing_for(by))),
            _ => None,
        });
    merged
        .filter(|(definition, by)| !std::ptr::eq(*definition, api.type_def(*by)))
        .map(|(definition, by)| {
            let by = api.type_def(by);
            Decision {
                pointer: definition.pointer.clone(),
                text: format!(
                    "its shape equals that of {}, so both are `{}`",
                    by.pointer, by.home
                ),
            }
        })
        .collect()
}
