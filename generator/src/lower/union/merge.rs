//! Branches that cannot be told apart are one: it has what any of them has.

use std::collections::HashSet;

use super::Alternative;
use super::tagged::left_out;
use crate::account::Reason;
use crate::lower::Lowering;
use crate::lower::facts::{Additional, Facts, JsonType, Located, Property};
use crate::lower::names;
use crate::lower::place::Place;
use crate::model::{Kind, Tag, Type};

impl<'a> Lowering<'a> {
    /// What several branches hold that are told by the same value: all that any of them has.
    pub(super) fn merged_payload(
        &self,
        branches: &[Alternative<'a>],
        tag: &str,
        values: &[Tag],
        place: &Place,
    ) -> Option<Type> {
        let first = branches.first()?;
        let mut merged = self.merge_branches(&first.facts, branches);
        merged.composed = branches.len() > 1;
        let left_out = left_out(tag, values);
        merged
            .properties
            .retain(|property| left_out != Some(property.name));
        let place = place.branch(&names::branch(tag, values));
        (!merged.properties.is_empty())
            .then(|| self.object_of_branches(&merged, branches, &place, left_out.as_slice()))
    }

    /// What the document says of branches that become one.
    pub(super) fn descriptions(&self, branches: &[Alternative<'a>]) -> Option<String> {
        let mut distinct: Vec<String> = Vec::new();
        for branch in branches {
            let said = self.docs(&branch.facts).description;
            distinct.extend(said.filter(|said| !distinct.contains(said)));
        }
        (!distinct.is_empty()).then(|| distinct.join("\n\n"))
    }

    /// One object that has what any branch has, and requires what all require.
    pub(in crate::lower) fn merge_branches(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
    ) -> Facts<'a> {
        let mut merged = facts.clone();
        merged.alternatives.clear();
        merged.json_type = Some(JsonType::Object);
        merged.additional = one_of_all(facts, branches);
        for branch in branches {
            for property in &branch.facts.properties {
                match merged.property(property.name) {
                    None => merged.properties.push(property.clone()),
                    Some(known) if known.value.pointer == property.value.pointer => {}
                    Some(_) => self.drop(&property.value.pointer, Reason::Same),
                }
            }
        }
        merged.required = merged
            .properties
            .iter()
            .map(|property| property.name)
            .filter(|name| branches.iter().all(|branch| branch.facts.requires(name)))
            .collect();
        merged
    }

    /// The struct of a merged object: a property that branches describe differently takes what any of them allows.
    pub(super) fn object_of_branches(
        &self,
        merged: &Facts<'a>,
        branches: &[Alternative<'a>],
        place: &Place,
        left_out: &[&str],
    ) -> Type {
        let id = self.id_for(merged, place);
        let fields: Vec<crate::model::Field> = merged
            .properties
            .iter()
            .map(|property| {
                let described: Vec<&Property<'a>> = branches
                    .iter()
                    .filter_map(|branch| branch.facts.property(property.name))
                    .collect();
                let mut field = self.field(merged, property, place);
                if described.len() > 1 && !self.alike(&described) {
                    let values = described.iter().map(|property| property.value.clone());
                    let either = self.either(values.collect(), property.value.pointer.clone());
                    let lowered = self.union(either, &place.property(property.name));
                    field.ty = lowered.ty;
                    field.presence.nullable |= lowered.nullable;
                }
                field
            })
            .collect();
        self.tell_fields(&fields, id);
        self.define(
            id,
            Kind::Object(crate::model::Object {
                fields,
                identity: None,
                additional: self.additional(merged, place, left_out),
            }),
        )
    }

    fn alike(&self, properties: &[&Property<'a>]) -> bool {
        let mut seen = HashSet::new();
        properties
            .windows(2)
            .all(|pair| self.say_the_same(&pair[0].value, &pair[1].value, &mut seen))
    }

    /// Whether two schemas allow the same, as far as types tell. Those that were seen before are taken to: they lead back to
    /// themselves.
    fn say_the_same(
        &self,
        one: &Located<'a>,
        other: &Located<'a>,
        seen: &mut HashSet<(String, String)>,
    ) -> bool {
        let (one, other) = (self.facts(one), self.facts(other));
        let pair = (one.pointer.to_string(), other.pointer.to_string());
        if pair.0 == pair.1 || !seen.insert(pair) {
            return true;
        }
        let plain = (one.json_type, &one.format, &one.values)
            == (other.json_type, &other.format, &other.values);
        if !plain || one.properties.len() != other.properties.len() {
            return false;
        }
        let mut parts = vec![(one.items.as_ref(), other.items.as_ref())];
        for property in &one.properties {
            let its = other.property(property.name);
            parts.push((Some(&property.value), its.map(|its| &its.value)));
        }
        let most = one.alternatives.len().max(other.alternatives.len());
        parts.extend((0..most).map(|at| (one.alternatives.get(at), other.alternatives.get(at))));
        parts.into_iter().all(|part| match part {
            (Some(one), Some(other)) => self.say_the_same(one, other, seen),
            (one, other) => one.is_none() && other.is_none(),
        })
    }
}

/// What one of the branches, or what stands around them, allows besides its properties: where they differ, anything.
fn one_of_all<'a>(facts: &Facts<'a>, branches: &[Alternative<'a>]) -> Option<Additional<'a>> {
    let all = branches.iter().map(|branch| &branch.facts).chain([facts]);
    let mut open = all
        .filter_map(|facts| facts.additional.as_ref())
        .filter(|additional| !matches!(additional, Additional::None));
    let first = open.next()?;
    Some(match open.next() {
        None => first.clone(),
        Some(_) => Additional::Any,
    })
}
