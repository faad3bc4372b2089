//! What the document says of a shape that it has in many places: what all of them say.

use std::collections::BTreeMap;

use crate::lower::reach;
use crate::model::{Api, Docs, Field, Kind, Type, TypeDef, TypeId, Union};
use crate::rustdoc;

/// The types as they were before any became one.
pub(in crate::lower) struct Said(Vec<TypeDef>);

impl Said {
    pub(in crate::lower) fn of(api: &Api) -> Self {
        let mut before = Api {
            types: api.types.clone(),
            namespaces: api.namespaces.clone(),
            ..Api::default()
        };
        reach::mark(&mut before);
        Self(before.types)
    }

    /// Gives what became one the words of all its places. A component keeps its own: the others only look like it.
    pub(in crate::lower) fn tell(&self, api: &mut Api) {
        for (id, places) in self.places(api) {
            let definition = &mut api.types[id.0];
            if places.is_empty() || definition.component.is_some() {
                continue;
            }
            if definition.docs == self.0[id.0].docs {
                let docs = places.iter().map(|place| &place.docs);
                definition.docs = together(&definition.docs, docs);
            }
            each_part(&mut definition.kind, &mut |name, docs| {
                let said = places.iter().filter_map(|place| part(&place.kind, &name));
                *docs = together(docs, said);
            });
        }
    }

    /// What is said of a property in the branches of a union, and of those that became one with it.
    pub(super) fn shared(&self, places: &[&TypeDef], field: &Field) -> Docs {
        let said = places
            .iter()
            .flat_map(|place| payloads(&place.kind))
            .filter_map(|id| part(&self.0[id.0].kind, &Part::Name(&field.name)));
        together(&field.docs, said)
    }

    /// The places of each type whose words count: what is documented before what is not, and what is received, whose words
    /// say what a thing is, before what is sent, whose words say what becomes of it.
    pub(super) fn places(&self, api: &Api) -> BTreeMap<TypeId, Vec<&TypeDef>> {
        let mut places: BTreeMap<TypeId, Vec<&TypeDef>> = BTreeMap::new();
        for (index, before) in self.0.iter().enumerate() {
            if !before.gate.is_empty() {
                let now = api.standing_for(TypeId(index));
                places.entry(now).or_default().push(before);
            }
        }
        for places in places.values_mut() {
            prefer(places, |place| !place.is_undocumented());
            prefer(places, |place| place.received);
        }
        places
    }
}

/// Keeps those of which this holds, unless it holds of none.
fn prefer(places: &mut Vec<&TypeDef>, holds: fn(&TypeDef) -> bool) {
    if places.iter().any(|place| holds(place)) {
        places.retain(|place| holds(place));
    }
}

/// What tells one part of a type from the others.
#[derive(PartialEq)]
enum Part<'a> {
    Name(&'a str),
    Tag(&'a crate::model::Tag),
}

fn each_part(kind: &mut Kind, visit: &mut impl FnMut(Part<'_>, &mut Docs)) {
    match kind {
        Kind::Object(object) => {
            for field in &mut object.fields {
                visit(Part::Name(&field.name), &mut field.docs);
            }
        }
        Kind::Enumeration(enumeration) => {
            for value in &mut enumeration.values {
                visit(Part::Name(&value.value), &mut value.docs);
            }
        }
        Kind::Union(Union::Tagged { branches, .. } | Union::Results(branches)) => {
            for branch in branches {
                visit(Part::Tag(&branch.tag), &mut branch.docs);
            }
        }
        Kind::Union(Union::Keyed(branches)) => {
            for branch in branches {
                visit(Part::Name(&branch.key), &mut branch.docs);
            }
        }
        Kind::Union(Union::Kinds(_)) | Kind::Replaced(_) => {}
    }
}

fn part<'a>(kind: &'a Kind, wanted: &Part<'_>) -> Option<&'a Docs> {
    let by_name = |name: &str| *wanted == Part::Name(name);
    match kind {
        Kind::Object(object) => {
            let mut fields = object.fields.iter();
            fields
                .find(|field| by_name(&field.name))
                .map(|field| &field.docs)
        }
        Kind::Enumeration(enumeration) => {
            let mut values = enumeration.values.iter();
            values
                .find(|value| by_name(&value.value))
                .map(|value| &value.docs)
        }
        Kind::Union(Union::Tagged { branches, .. } | Union::Results(branches)) => {
            let mut branches = branches.iter();
            let found = branches.find(|branch| *wanted == Part::Tag(&branch.tag));
            found.map(|branch| &branch.docs)
        }
        Kind::Union(Union::Keyed(branches)) => {
            let mut branches = branches.iter();
            branches
                .find(|branch| by_name(&branch.key))
                .map(|branch| &branch.docs)
        }
        Kind::Union(Union::Kinds(_)) | Kind::Replaced(_) => None,
    }
}

/// The types that the branches of a union hold.
fn payloads(kind: &Kind) -> impl Iterator<Item = TypeId> {
    let branches = match kind {
        Kind::Union(Union::Tagged { branches, .. }) => branches.as_slice(),
        _ => &[],
    };
    branches.iter().filter_map(|branch| match branch.payload {
        Some(Type::Named(id)) => Some(id),
        _ => None,
    })
}

/// What several places say of the same; what marks only some of them does not mark all.
fn together<'a>(own: &Docs, said: impl Iterator<Item = &'a Docs>) -> Docs {
    let said: Vec<&Docs> = said.collect();
    if said.is_empty() {
        return own.clone();
    }
    let text = |of: fn(&Docs) -> &Option<String>| {
        let texts: Vec<&str> = said.iter().filter_map(|docs| of(docs).as_deref()).collect();
        rustdoc::common(&texts)
    };
    let mark = |of: fn(&Docs) -> &Option<String>| {
        let mut marks = said.iter().map(|docs| of(docs).clone());
        let first = marks.next().flatten();
        first.filter(|_| marks.all(|mark| mark.is_some()))
    };
    Docs {
        title: text(|docs| &docs.title),
        description: text(|docs| &docs.description),
        deprecated: mark(|docs| &docs.deprecated),
        draft: mark(|docs| &docs.draft),
        undocumented: own.undocumented.clone(),
    }
}
