//! Lowers a received union with a tag to one struct. The properties that every branch has are its fields. The type of the tag is
//! an enum, whose variants have the other properties of the branches.

use std::collections::BTreeSet;

use super::Lowering;
use super::access::access;
use super::facts::{Additional, Facts, JsonType, Located, Property};
use super::place::Place;
use super::tag::TagOf;
use super::union::tagged::by_tag;
use super::union::{Alternative, json_type};
use crate::model::{
    Access, Docs, Field, Kind, Object, Presence, Tag, Type, Union, Variant, Variants,
};
use crate::trace::Reason;

/// The branches with one value of the tag, as one branch.
struct TaggedBranch<'a> {
    tags: Vec<Tag>,
    facts: Facts<'a>,
    branches: Vec<Alternative<'a>>,
}

impl<'a> Lowering<'a> {
    /// Returns the struct of a received union.
    pub(super) fn variants_of(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
        tag: &TagOf<'a>,
        place: &Place,
    ) -> Type {
        let id = self.id_for(facts, place);
        let mut tagged: Vec<TaggedBranch<'a>> = by_tag(branches, &tag.values)
            .into_iter()
            .filter_map(|(branches, tags)| self.tagged(branches, tags))
            .collect();
        let shared = self.shared_by_all(facts, &tagged, tag);
        tagged.retain(|one| self.has_shared(one, &shared));
        let enum_place = place.tag(tag.name);
        let variants = self.reserve(&enum_place, &facts.pointer, Docs::default());
        self.emit_tag(branches, tag, id);
        let mut fields = Vec::new();
        for name in self.names_in_order(&tagged, tag, &shared) {
            fields.push(match name == tag.name {
                true => self.tag_field(&tagged, tag, Type::Named(variants)),
                false => self.shared_field(&tagged, name, place),
            });
        }
        self.emit_fields(&fields, id);
        let own = self.own_fields(&tagged, tag, &shared, &enum_place);
        let is_optional = |field: &&Field| !field.presence.required && field.name != tag.name;
        let optional = fields.iter().filter(is_optional);
        let optional: Vec<String> = optional.map(|field| field.name.clone()).collect();
        let mut made: Vec<Variant> = Vec::new();
        for (tagged, fields) in tagged.iter().zip(own) {
            self.emit_fields(&fields, id);
            let docs = self.docs_of_branches(&tagged.branches);
            let requires: Vec<String> = optional
                .iter()
                .filter(|name| tagged.facts.requires(name))
                .cloned()
                .collect();
            made.extend(tagged.tags.iter().map(|tag| Variant {
                tag: tag.clone(),
                fields: fields.clone(),
                requires: requires.clone(),
                docs: docs.clone(),
                pointer: tagged.facts.pointer.to_string(),
            }));
        }
        made.sort_by_key(|variant| variant.tag == Tag::Missing);
        self.types.define(
            variants,
            Kind::Union(Union::Variants(Variants {
                tag: tag.name.to_owned(),
                variants: made,
                open: tag.is_open(),
            })),
        );
        self.types.define(
            id,
            Kind::Object(Object {
                fields,
                ..Object::default()
            }),
        )
    }

    fn tagged(&self, branches: Vec<Alternative<'a>>, tags: Vec<Tag>) -> Option<TaggedBranch<'a>> {
        let flat = self.plain(&branches);
        for branch in &flat {
            if let Some(Additional::Schema(values)) = &branch.facts.additional {
                self.report.leave_out(&values.pointer, Reason::Extra);
            }
        }
        let first = flat.first()?;
        let facts = match flat.as_slice() {
            [only] => only.facts.clone(),
            several => {
                self.report.decide(
                    &first.facts.pointer,
                    format!(
                        "{} branches are tagged by the same value, so they are one",
                        several.len()
                    ),
                );
                self.merge_branches(&first.facts, several)
            }
        };
        Some(TaggedBranch {
            tags,
            facts,
            branches: flat,
        })
    }

    /// Replaces unions among the branches by their own branches.
    pub(super) fn plain(&self, branches: &[Alternative<'a>]) -> Vec<Alternative<'a>> {
        let mut plain = Vec::new();
        for branch in branches {
            match branch.facts.alternatives.is_empty() {
                true => plain.push(branch.clone()),
                false => plain.extend(self.alternatives(&branch.facts).0),
            }
        }
        plain
    }

    /// Returns the properties that every branch has. If the tag is a concept of the API, the concept decides: so a union with few
    /// branches has the same fields as other unions of the concept, and one exceptional branch does not change them.
    fn shared_by_all(
        &self,
        facts: &Facts<'a>,
        tagged: &[TaggedBranch<'a>],
        tag: &TagOf<'a>,
    ) -> BTreeSet<&'a str> {
        let all = tagged.iter().flat_map(|one| &one.facts.properties);
        let names: BTreeSet<&'a str> = all.map(|property| property.name).collect();
        let in_all = |name: &&&str| tagged.iter().all(|one| one.facts.property(name).is_some());
        let Some(concept) = self.survey.concepts.get(tag.name) else {
            return names.iter().filter(in_all).copied().collect();
        };
        let is_around = |name: &str| facts.property(name).is_some();
        let of_concept = names.into_iter();
        of_concept
            .filter(|name| *name != tag.name && (concept.has(name) || is_around(name)))
            .collect()
    }

    /// Returns true if a branch has all fields of the struct. A branch that lacks one is read as an unknown variant, as in
    /// clients that are older than the branch.
    fn has_shared(&self, one: &TaggedBranch<'a>, shared: &BTreeSet<&'a str>) -> bool {
        let lacking = shared
            .iter()
            .find(|name| one.facts.property(name).is_none());
        if let Some(lacking) = lacking {
            for branch in &one.branches {
                self.report
                    .leave_out(&branch.facts.pointer, Reason::LacksShared);
                self.report.decide(
                    &branch.facts.pointer,
                    format!("it lacks `{lacking}`, which all others of its kind have"),
                );
            }
        }
        lacking.is_none()
    }

    /// Returns the names of the struct's fields, in the order of the first branch.
    fn names_in_order(
        &self,
        tagged: &[TaggedBranch<'a>],
        tag: &TagOf<'a>,
        shared: &BTreeSet<&'a str>,
    ) -> Vec<&'a str> {
        let first = tagged.iter().flat_map(|tagged| &tagged.facts.properties);
        let mut names: Vec<&'a str> = Vec::new();
        for property in first {
            let is_wanted = shared.contains(property.name) || property.name == tag.name;
            if is_wanted && !names.contains(&property.name) {
                names.push(property.name);
            }
        }
        if !names.contains(&tag.name) {
            names.push(tag.name);
        }
        names
    }

    fn tag_field(&self, tagged: &[TaggedBranch<'a>], tag: &TagOf<'a>, ty: Type) -> Field {
        let described = described(tagged, tag.name);
        let may_be_missing = tagged
            .iter()
            .any(|tagged| tagged.tags.contains(&Tag::Missing));
        Field {
            name: tag.name.to_owned(),
            ty,
            presence: Presence {
                required: !may_be_missing,
                nullable: false,
            },
            only: None,
            access: Access::Both,
            docs: self.docs_of_properties(&described),
            pointer: pointer_of(&described),
        }
    }

    fn shared_field(&self, tagged: &[TaggedBranch<'a>], name: &'a str, place: &Place) -> Field {
        let described = described(tagged, name);
        let places = described.iter().map(|property| property.value.clone());
        let lowered = self.joined(places.collect(), &place.property(name));
        let required = tagged.iter().all(|tagged| tagged.facts.requires(name));
        Field {
            name: name.to_owned(),
            ty: lowered.ty,
            presence: Presence {
                required,
                nullable: lowered.nullable,
            },
            only: None,
            access: self.access_of_all(&described, required),
            docs: self.docs_of_properties(&described),
            pointer: pointer_of(&described),
        }
    }

    /// Returns the fields of each variant that are not in the struct. Properties with the same name have the same type in all
    /// variants.
    fn own_fields(
        &self,
        tagged: &[TaggedBranch<'a>],
        tag: &TagOf<'a>,
        shared: &BTreeSet<&'a str>,
        place: &Place,
    ) -> Vec<Vec<Field>> {
        tagged
            .iter()
            .map(|one| {
                let own = one.facts.properties.iter().filter(|property| {
                    property.name != tag.name && !shared.contains(property.name)
                });
                own.map(|property| self.own_field(tagged, one, property, tag.name, place))
                    .collect()
            })
            .collect()
    }

    fn own_field(
        &self,
        tagged: &[TaggedBranch<'a>],
        one: &TaggedBranch<'a>,
        property: &Property<'a>,
        tag: &str,
        place: &Place,
    ) -> Field {
        let mut field_place = place.property(property.name);
        let own = described(std::slice::from_ref(one), property.name);
        let mut places: Vec<Located<'a>> = own.iter().map(|own| own.value.clone()).collect();
        if let Some(sides) = self.change_of(&one.facts, property.name) {
            // Each variant describes another change.
            let branch = super::names::branch(tag, &one.tags);
            field_place = place.property(&format!("{branch}_state"));
            for side in sides {
                let sides = described(std::slice::from_ref(one), side);
                places.extend(sides.iter().map(|side| side.value.clone()));
            }
        } else if let Some(kind) = self.named_kind(&property.value) {
            let everywhere = described(tagged, property.name);
            let same = everywhere
                .iter()
                .map(|other| &other.value)
                .filter(|other| self.named_kind(other) == Some(kind));
            places = same.cloned().collect();
        }
        let lowered = self.joined(places, &field_place);
        let own = self.facts(&property.value);
        let nullable = match own.alternatives.is_empty() {
            true => own.nullable || own.values.contains(&serde_json::Value::Null),
            false => lowered.nullable,
        };
        Field {
            name: property.name.to_owned(),
            ty: lowered.ty,
            presence: Presence {
                required: one.facts.requires(property.name),
                nullable,
            },
            only: None,
            access: access(
                self.sides(&property.value),
                one.facts.requires(property.name),
            ),
            docs: self.property_docs(property),
            pointer: property.value.pointer.to_string(),
        }
    }

    /// Returns the JSON type of a value whose Rust type is named, or contains a named type.
    pub(super) fn named_kind(&self, located: &Located<'a>) -> Option<JsonType> {
        let facts = self.facts(located);
        let kind = json_type(&facts);
        let has_name = match kind {
            Some(JsonType::Array) => facts
                .items
                .as_ref()
                .is_some_and(|items| self.named_kind(items).is_some()),
            Some(JsonType::Object) => {
                let values = match &facts.additional {
                    Some(Additional::Schema(values)) => Some(values),
                    _ => None,
                };
                !facts.properties.is_empty()
                    || !facts.alternatives.is_empty()
                    || values.is_some_and(|values| self.named_kind(values).is_some())
            }
            Some(JsonType::String) => facts.values.iter().any(serde_json::Value::is_string),
            Some(JsonType::Integer) => facts.values.iter().any(serde_json::Value::is_number),
            None => !facts.alternatives.is_empty(),
            _ => false,
        };
        has_name.then(|| kind.unwrap_or(JsonType::Object))
    }
}

/// Returns the property in all branches that have it.
fn described<'a>(tagged: &[TaggedBranch<'a>], name: &str) -> Vec<Property<'a>> {
    let branches = tagged.iter().flat_map(|tagged| &tagged.branches);
    branches
        .filter_map(|branch| branch.facts.property(name).cloned())
        .collect()
}

fn pointer_of(described: &[Property<'_>]) -> String {
    let first = described.first();
    first.map_or_else(String::new, |property| property.value.pointer.to_string())
}

#[cfg(test)]
mod tests;
