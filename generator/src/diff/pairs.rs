//! Matches the types of the old model with those of the new one.

use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

use super::view::{View, paths_of};
use crate::model::{
    Endpoint, Field, Kind, Namespace, Type, TypeId, Union, UnionBranch, Variant, Variants,
};
use crate::rust::paths;

/// The new type for each old one that has one.
pub(super) struct Pairs {
    forward: HashMap<TypeId, TypeId>,
}

impl Pairs {
    /// Matches types by any of their names first, and the others by the items that refer to them.
    pub(super) fn of(old: &View<'_>, new: &View<'_>) -> Self {
        let by_name = old.plan.live().filter_map(|item| {
            let paths = paths_of(old.plan, item);
            let found = paths.iter().find_map(|path| new.paths.get(path))?;
            Some((item.id, *found))
        });
        let mut finder = Finder {
            old,
            new,
            taken: HashSet::new(),
            pairs: Self {
                forward: by_name.collect(),
            },
            worklist: Vec::new(),
        };
        for (one, other) in endpoints(old, new) {
            if let (Some((_, one)), Some((_, other))) = (one, other) {
                finder.endpoint(one, other);
            }
        }
        finder.worklist.extend(finder.pairs.forward.clone());
        while let Some((one, other)) = finder.worklist.pop() {
            finder.definition(one, other);
        }
        finder.pairs
    }

    pub(super) fn new_of(&self, old: TypeId) -> Option<TypeId> {
        self.forward.get(&old).copied()
    }

    /// Returns the paths in the new model for the types of the old one.
    pub(super) fn names_of_old(&self, new: &View<'_>) -> HashMap<TypeId, String> {
        let named = |(old, id): (&TypeId, &TypeId)| {
            (*old, paths::of_type(new.plan, new.plan.type_item(*id)))
        };
        self.forward.iter().map(named).collect()
    }
}

/// An endpoint in its namespace.
pub(super) type Call<'a> = (&'a Namespace, &'a Endpoint);

/// Returns every endpoint of both models. Endpoints with the same call, or else with the same path, are paired.
pub(super) fn endpoints<'a>(
    old: &View<'a>,
    new: &View<'a>,
) -> Vec<(Option<Call<'a>>, Option<Call<'a>>)> {
    let mut left: Vec<Call<'a>> = Vec::new();
    let mut found = Vec::new();
    for (name, call) in &old.calls {
        match new.calls.get(name) {
            Some(other) => found.push((Some(*call), Some(*other))),
            None => left.push(*call),
        }
    }
    let is_new = |(call, _): &(&String, &Call<'a>)| !old.calls.contains_key(*call);
    let mut fresh: Vec<Call<'a>> = new
        .calls
        .iter()
        .filter(is_new)
        .map(|(_, call)| *call)
        .collect();
    for call in left {
        let same = |other: &Call<'a>| other.1.path == call.1.path;
        let exact = |other: &Call<'a>| same(other) && other.1.semantic == call.1.semantic;
        let index = fresh
            .iter()
            .position(exact)
            .or_else(|| fresh.iter().position(same));
        found.push((Some(call), index.map(|index| fresh.remove(index))));
    }
    found.extend(fresh.into_iter().map(|call| (None, Some(call))));
    found
}

struct Finder<'a> {
    old: &'a View<'a>,
    new: &'a View<'a>,
    taken: HashSet<TypeId>,
    pairs: Pairs,
    worklist: Vec<(TypeId, TypeId)>,
}

impl Finder<'_> {
    fn endpoint(&mut self, old: &Endpoint, new: &Endpoint) {
        if let (Some(old), Some(new)) = (&old.output.ty, &new.output.ty) {
            self.types(old, new);
        }
        for (key, ty) in &old.output.others {
            if let Some((_, other)) = new.output.others.iter().find(|(other, _)| other == key) {
                self.types(ty, other);
            }
        }
        if let (Some(old), Some(new)) = (&old.events, &new.events) {
            self.types(old, new);
        }
        for failure in &old.failures {
            let mut others = new.failures.iter();
            if let Some(other) = others.find(|other| other.status == failure.status) {
                self.types(&failure.ty, &other.ty);
            }
        }
        for param in old.params() {
            if let Some(other) = new.params().find(|other| other.name == param.name) {
                self.types(&param.ty, &other.ty);
            }
        }
    }

    fn definition(&mut self, old: TypeId, new: TypeId) {
        let (old, new) = (self.old.plan.type_item(old), self.new.plan.type_item(new));
        match (&old.kind, &new.kind) {
            (Kind::Object(old), Kind::Object(new)) => self.fields(&old.fields, &new.fields),
            (Kind::Union(old), Kind::Union(new)) => {
                let new: HashMap<String, &Type> = branches(new).into_iter().collect();
                for (key, ty) in branches(old) {
                    if let Some(other) = new.get(&key) {
                        self.types(ty, other);
                    }
                }
            }
            _ => {}
        }
    }

    fn fields(&mut self, old: &[Field], new: &[Field]) {
        for field in old {
            if let Some(other) = new.iter().find(|other| other.name == field.name) {
                self.types(&field.ty, &other.ty);
            }
        }
    }

    fn types(&mut self, old: &Type, new: &Type) {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.pair(*old, *new),
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::ActionAttempt(old), Type::ActionAttempt(new)) => self.types(old, new),
            _ => {}
        }
    }

    fn pair(&mut self, old: TypeId, new: TypeId) {
        if self.pairs.forward.contains_key(&old) || self.taken.contains(&new) {
            return;
        }
        let (before, after) = (self.old.plan.type_item(old), self.new.plan.type_item(new));
        let known = paths_of(self.new.plan, after)
            .iter()
            .any(|path| self.old.paths.contains_key(path));
        if known || discriminant(&before.kind) != discriminant(&after.kind) {
            return;
        }
        self.taken.insert(new);
        self.pairs.forward.insert(old, new);
        self.worklist.push((old, new));
    }
}

fn branches(union: &Union) -> Vec<(String, &Type)> {
    match union {
        Union::Tagged { branches, tag, .. } => tagged(tag, branches),
        Union::Results(branches) => tagged("", branches),
        Union::Variants(variants) => of_variants(variants),
        Union::Delivered(delivered) => delivered
            .arrivals
            .iter()
            .filter_map(|one| Some((one.name.clone(), one.payload.as_ref()?)))
            .collect(),
        Union::Keyed(branches) => branches
            .iter()
            .map(|branch| (branch.word().to_owned(), &branch.payload))
            .collect(),
        Union::Kinds(branches) => branches
            .iter()
            .map(|branch| (branch.kind.to_owned(), &branch.payload))
            .collect(),
        Union::Replies(branches) => branches
            .iter()
            .filter_map(|branch| Some((branch.name.clone(), branch.payload.as_ref()?)))
            .collect(),
    }
}

fn of_variants(variants: &Variants) -> Vec<(String, &Type)> {
    let all = variants.variants.iter();
    let fields = all.flat_map(|variant| variant.fields.iter().map(move |field| (variant, field)));
    let key = |variant: &Variant, field: &Field| {
        format!("{}/{}", variant.tag.words(&variants.tag), field.name)
    };
    fields
        .map(|(variant, field)| (key(variant, field), &field.ty))
        .collect()
}

fn tagged<'a>(tag: &str, branches: &'a [UnionBranch]) -> Vec<(String, &'a Type)> {
    let held = branches
        .iter()
        .filter_map(|branch| Some((branch.tag.words(tag), branch.payload.as_ref()?)));
    held.collect()
}
