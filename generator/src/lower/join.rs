//! Joins schemas of one thing from several places to one type. It has the properties of all places, and requires those that all
//! require.

use std::collections::{BTreeSet, HashSet};

use openapiv3::Schema;
use serde_json::Value;

use super::Lowering;
use super::facts::{Additional, Facts, JsonType, Located, Property, SchemaRef};
use super::place::Place;
use super::schema::LoweredType;
use super::tag::TagOf;
use super::union::{Alternative, json_type, says_only_null};
use crate::model::{Docs, Field, Kind, Object, Presence, Type};
use crate::rustdoc::most_common;
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the type for several places; it is nullable if one of them is.
    pub(super) fn joined(&self, places: Vec<Located<'a>>, place: &Place) -> LoweredType {
        // Places that refer to the same component count once.
        for place in &places {
            self.report.emit(&place.pointer, None);
        }
        let places = distinct(places);
        if let Some(ty) = places.iter().find_map(|place| self.shared(&place.pointer)) {
            let facts = places.iter().map(|place| self.facts(place));
            let nullable = facts.map(|facts| self.takes_null(&facts));
            return LoweredType {
                ty,
                nullable: nullable.fold(false, |any, takes| any | takes),
            };
        }
        self.joined_unshared(places, place)
    }

    /// Returns the type for several places, without the types that other places share.
    pub(super) fn joined_unshared(&self, places: Vec<Located<'a>>, place: &Place) -> LoweredType {
        for place in &places {
            self.report.emit(&place.pointer, None);
        }
        if let [only] = places.as_slice() {
            return match only.schema {
                SchemaRef::Inline(schema) => self.inline_unshared(only, schema, place),
                _ => self.schema(only, place),
            };
        }
        let pointers = places
            .iter()
            .map(|place| self.facts(place).pointer.to_string());
        let key: BTreeSet<String> = pointers.collect();
        let first = self.facts(&places[0]);
        self.once(&self.recursion.joins, (key, true), &first, place, || {
            self.joined_once(&places, place)
        })
    }

    fn joined_once(&self, places: &[Located<'a>], place: &Place) -> LoweredType {
        let all: Vec<Facts<'a>> = places.iter().map(|place| self.facts(place)).collect();
        let nullable = all.iter().any(takes_null);
        let mut schemas: Vec<Alternative<'a>> = Vec::new();
        for (facts, located) in all.into_iter().zip(places) {
            if says_only_null(&facts) {
                self.note_values(&facts);
                continue;
            }
            let is_component = !matches!(located.schema, SchemaRef::Inline(_));
            schemas.push(Alternative {
                facts,
                located: is_component.then(|| located.clone()),
            });
        }
        let lowered = match schemas.as_slice() {
            [] => self.schema(&places[0], place),
            [only] => LoweredType {
                ty: self.branch_type(only.clone(), place),
                nullable,
            },
            several => self.joined_facts(several, places, place),
        };
        LoweredType {
            nullable: nullable || lowered.nullable,
            ..lowered
        }
    }

    fn joined_facts(
        &self,
        schemas: &[Alternative<'a>],
        places: &[Located<'a>],
        place: &Place,
    ) -> LoweredType {
        let plain = |ty: Type| LoweredType {
            ty,
            nullable: false,
        };
        let first = &schemas[0].facts;
        if schemas.iter().any(|one| !one.facts.alternatives.is_empty()) {
            return self.joined_unions(schemas, places, place);
        }
        let kinds: Vec<Option<JsonType>> =
            schemas.iter().map(|one| json_type(&one.facts)).collect();
        if kinds.iter().any(|kind| *kind != kinds[0]) {
            return self.type_of_schemas(places.to_vec(), first.pointer.clone(), place);
        }
        match kinds[0] {
            Some(JsonType::String) => plain(self.merged_string(first, schemas, place)),
            Some(JsonType::Array) => {
                let items: Option<Vec<Located<'a>>> =
                    schemas.iter().map(|one| one.facts.items.clone()).collect();
                let item = items.map(|items| self.joined(items, &place.item()).whole());
                plain(item.unwrap_or(Type::Json).list())
            }
            Some(JsonType::Object) => plain(self.joined_objects(schemas, place)),
            Some(JsonType::Integer | JsonType::Number) => {
                let merged = self.merged_numbers(first, schemas, place);
                merged.map_or_else(|| self.plain_of(schemas, place), plain)
            }
            _ => self.plain_of(schemas, place),
        }
    }

    /// Returns the type of the first place, if no other place is more specific.
    fn plain_of(&self, schemas: &[Alternative<'a>], place: &Place) -> LoweredType {
        for one in &schemas[1..] {
            self.note_values(&one.facts);
        }
        self.type_of(schemas[0].facts.clone(), place)
    }

    /// Returns a union of the branches of all places.
    fn joined_unions(
        &self,
        schemas: &[Alternative<'a>],
        places: &[Located<'a>],
        place: &Place,
    ) -> LoweredType {
        let first = &schemas[0].facts;
        let is_bare = |one: &Alternative<'a>| one.facts.properties.is_empty();
        let all_unions = schemas.iter().all(|one| !one.facts.alternatives.is_empty());
        let flat = self.plain(schemas);
        let is_object = |one: &Alternative<'a>| json_type(&one.facts) == Some(JsonType::Object);
        if !all_unions && flat.iter().all(is_object) {
            // One object has branches and another has none: the result is an object with the properties of all branches.
            return LoweredType {
                ty: self.joined_objects(&flat, place),
                nullable: false,
            };
        }
        if !all_unions || !schemas.iter().all(is_bare) {
            return self.type_of_schemas(places.to_vec(), first.pointer.clone(), place);
        }
        if let Some(lowered) = self.joined_by_tag(schemas, place) {
            return lowered;
        }
        let alternatives = schemas
            .iter()
            .flat_map(|one| one.facts.alternatives.clone());
        let joined = Facts {
            alternatives: self.each_once(distinct(alternatives.collect())),
            discriminator: schemas.iter().find_map(|one| one.facts.discriminator),
            composed: true,
            ..first.clone()
        };
        self.union(joined, place)
    }

    /// Joins unions with the same tag: branches with the same value become one branch.
    fn joined_by_tag(&self, schemas: &[Alternative<'a>], place: &Place) -> Option<LoweredType> {
        let mut all: Vec<Alternative<'a>> = Vec::new();
        let mut joined: Option<TagOf<'a>> = None;
        let mut nullable = false;
        for one in schemas {
            let (branches, null) = self.alternatives(&one.facts);
            nullable |= null || branches.iter().any(|branch| branch.facts.nullable);
            let is_object =
                |branch: &Alternative<'a>| json_type(&branch.facts) == Some(JsonType::Object);
            if !branches.iter().all(is_object) {
                return None;
            }
            let tag = self.tag(&one.facts, &branches)?;
            let tag = self.or_missing(tag, &branches);
            match &mut joined {
                None => joined = Some(tag),
                Some(known) if known.name == tag.name => known.values.extend(tag.values),
                Some(_) => return None,
            }
            all.extend(branches);
        }
        let (tag, facts) = (joined?, &schemas[0].facts);
        let ty = match place.sent {
            true => self.tagged_union(facts, all, &tag, place),
            false => self.variants_of(facts, &all, &tag, place),
        };
        Some(LoweredType { ty, nullable })
    }

    /// Returns the alternatives without those that differ from an earlier one only in descriptions.
    fn each_once(&self, alternatives: Vec<Located<'a>>) -> Vec<Located<'a>> {
        let mut seen = HashSet::new();
        let mut alternatives = alternatives;
        alternatives.retain(|located| {
            let SchemaRef::Inline(schema) = located.schema else {
                return true;
            };
            let is_new = seen.insert(without_descriptions(schema));
            if !is_new {
                self.report.leave_out(&located.pointer, Reason::Same);
            }
            is_new
        });
        alternatives
    }

    fn joined_objects(&self, schemas: &[Alternative<'a>], place: &Place) -> Type {
        let first = &schemas[0].facts;
        if schemas.iter().all(|one| one.facts.properties.is_empty()) {
            let values = schemas.iter().map(|one| match &one.facts.additional {
                Some(Additional::Schema(values)) => Some(values.clone()),
                _ => None,
            });
            if let Some(values) = values.collect::<Option<Vec<_>>>() {
                let value = self.joined(values, &place.value()).whole();
                return Type::Map(Box::new(value));
            }
            return self.type_of(first.clone(), place).ty;
        }
        let mut merged = self.merge_branches(first, schemas);
        merged.composed = true;
        self.object_of_branches(&merged, schemas, place, &[])
    }

    /// Returns the struct of a merged object.
    pub(super) fn object_of_branches(
        &self,
        merged: &Facts<'a>,
        branches: &[Alternative<'a>],
        place: &Place,
        left_out: &[&str],
    ) -> Type {
        let id = self.id_for(merged, place);
        self.types.set_docs(id, self.docs_of_branches(branches));
        let place = Place {
            reserved: None,
            ..place.clone()
        };
        let properties = merged.properties.iter();
        let fields: Vec<Field> = properties
            .filter(|property| !left_out.contains(&property.name))
            .map(|property| self.joined_field(merged, branches, property.name, &place))
            .collect();
        self.emit_fields(&fields, id);
        let additional = self.additional(merged, &place, left_out);
        self.types.define(
            id,
            Kind::Object(Object {
                fields,
                additional,
                ..Object::default()
            }),
        )
    }

    fn joined_field(
        &self,
        merged: &Facts<'a>,
        branches: &[Alternative<'a>],
        name: &'a str,
        place: &Place,
    ) -> Field {
        let described = |name: &str| -> Vec<Property<'a>> {
            let properties = branches
                .iter()
                .filter_map(|branch| branch.facts.property(name));
            properties.cloned().collect()
        };
        let own = described(name);
        let values = |properties: &[Property<'a>]| -> Vec<Located<'a>> {
            properties
                .iter()
                .map(|property| property.value.clone())
                .collect()
        };
        let lowered = match self.change_of(merged, name) {
            Some(sides) => {
                let both = sides.into_iter().flat_map(|side| values(&described(side)));
                self.joined(both.collect(), &place.property("state"))
            }
            None => self.joined(values(&own), &place.property(name)),
        };
        let docs = self.docs_of_properties(&own);
        let first = own.first().map(|property| &property.value);
        Field {
            name: name.to_owned(),
            docs: match first {
                Some(first) => self.with_listed(docs, &lowered.ty, first),
                None => docs,
            },
            ty: lowered.ty,
            presence: Presence {
                required: merged.requires(name),
                nullable: lowered.nullable,
            },
            only: self.only_value_of_all(&own),
            access: self.access_of_all(&own, merged.requires(name)),
            pointer: first.map_or_else(String::new, |first| first.pointer.to_string()),
        }
    }

    /// Returns the documentation of branches that are merged.
    pub(super) fn docs_of_branches(&self, branches: &[Alternative<'a>]) -> Docs {
        merge_docs(
            branches
                .iter()
                .map(|branch| self.docs(&branch.facts))
                .collect(),
        )
    }

    /// Returns the documentation of a property from all places.
    pub(super) fn docs_of_properties(&self, properties: &[Property<'a>]) -> Docs {
        merge_docs(
            properties
                .iter()
                .map(|property| self.property_docs(property))
                .collect(),
        )
    }
}

/// Returns the most frequent text of each kind. Marks such as `deprecated` apply only if all places have them.
fn merge_docs(all: Vec<Docs>) -> Docs {
    let common = |of: fn(&Docs) -> Option<&str>| most_common(all.iter().filter_map(of).collect());
    let mark = |of: fn(&Docs) -> &Option<String>| {
        let marked = all.iter().all(|docs| of(docs).is_some());
        all.first()
            .filter(|_| marked)
            .and_then(|docs| of(docs).clone())
    };
    Docs {
        title: common(|docs| docs.title.as_deref()),
        description: common(|docs| docs.description.as_deref()),
        deprecated: mark(|docs| &docs.deprecated),
        draft: mark(|docs| &docs.draft),
        undocumented: mark(|docs| &docs.undocumented),
    }
}

fn takes_null(facts: &Facts<'_>) -> bool {
    facts.nullable || facts.values.contains(&Value::Null) || says_only_null(facts)
}

/// Returns a schema as text, without descriptions.
pub(super) fn without_descriptions(schema: &Schema) -> String {
    let mut value = serde_json::to_value(schema).unwrap_or_default();
    strip(&mut value, false);
    value.to_string()
}

/// Removes descriptions from a schema. `is_properties` is true if the keys are names of properties, not keywords.
fn strip(value: &mut Value, is_properties: bool) {
    match value {
        Value::Object(members) => {
            if !is_properties {
                members
                    .retain(|key, _| !matches!(key.as_str(), "description" | "title" | "example"));
            }
            for (key, value) in members {
                strip(value, !is_properties && key == "properties");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, false)),
        _ => {}
    }
}

/// Returns each schema once: by the component that it refers to, or by its place.
fn distinct(places: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let mut seen = HashSet::new();
    let key = |located: &Located<'_>| match located.schema {
        SchemaRef::Reference(reference) => reference.to_owned(),
        SchemaRef::Component(name) => format!("#/components/schemas/{name}"),
        SchemaRef::Inline(_) => located.pointer.to_string(),
    };
    let mut places = places;
    places.retain(|located| seen.insert(key(located)));
    places
}

#[cfg(test)]
mod tests;
