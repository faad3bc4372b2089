//! Lowers `oneOf` and `anyOf`: to an enum of values; to a union by a tag, a key or the JSON type; or to a single struct if
//! the branches cannot be distinguished.

mod keyed;
mod kinds;
mod merge;
mod schema_sets;
pub(super) mod tagged;

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
pub(super) use schema_sets::SchemaSets;

use super::facts::{Facts, JsonType, Located, SchemaRef};
use keyed::keyed;

use super::numbers::plain;
use super::place::Place;
use super::schema::LoweredType;
use super::tag::inherited;
use crate::document::Pointer;
use crate::model::Type;
use crate::trace::Reason;

/// Unions within a union that have more branches than these together are any JSON.
const MAX_FLAT_BRANCHES: usize = 1000;

/// A branch, merged with the keywords around the `oneOf`.
#[derive(Clone)]
pub(super) struct Alternative<'a> {
    pub(super) facts: Facts<'a>,
    /// The component that it refers to, if it is only a reference.
    pub(super) located: Option<Located<'a>>,
}

impl<'a> Lowering<'a> {
    pub(super) fn union(&self, facts: Facts<'a>, place: &Place) -> LoweredType {
        let nullable = self.takes_null(&facts);
        let (branches, _) = self.alternatives(&facts);
        let ty = self.union_type(&facts, branches, place);
        LoweredType {
            nullable: nullable || ty == Type::Json,
            ty,
        }
    }

    /// Returns the branches, with those of nested unions, and true if null is one of them.
    pub(super) fn alternatives(&self, facts: &Facts<'a>) -> (Vec<Alternative<'a>>, bool) {
        let mut branches = Vec::new();
        let mut null = false;
        for located in &facts.alternatives {
            let branch = self.facts(located);
            self.note_refined(facts, &branch);
            let nested = !branch.alternatives.is_empty()
                && branch.discriminator.is_none()
                && branch.properties.is_empty();
            let component =
                !matches!(located.schema, SchemaRef::Inline(_)) && facts.properties.is_empty();
            if nested && !component {
                let (inner, inner_null) = self.alternatives(&branch);
                null |= inner_null || branch.nullable;
                branches.extend(inner.into_iter().map(|inner| with_base(inner, facts)));
            } else if is_null(&branch, facts) {
                self.note_values(&branch);
                null = true;
            } else {
                let located = component.then(|| located.clone());
                branches.push(with_base(
                    Alternative {
                        facts: branch,
                        located,
                    },
                    facts,
                ));
            }
        }
        (branches, null)
    }

    fn union_type(
        &self,
        facts: &Facts<'a>,
        mut branches: Vec<Alternative<'a>>,
        place: &Place,
    ) -> Type {
        let tagged = facts.discriminator.is_some();
        let is_union = |branch: &Alternative<'a>| !branch.facts.alternatives.is_empty();
        if branches.len() == 1 && (!tagged || is_union(&branches[0])) {
            let branch = branches.remove(0);
            return self.branch_type(branch, place);
        }
        let every = |wanted: &[JsonType]| {
            branches
                .iter()
                .all(|branch| json_type(&branch.facts).is_some_and(|found| wanted.contains(&found)))
        };
        if every(&[JsonType::String]) {
            return self.merged_string(facts, &branches, place);
        }
        let note_values = || {
            for branch in &branches {
                self.note_values(&branch.facts);
            }
        };
        if every(&[JsonType::Number, JsonType::Integer])
            && let Some(ty) = self.merged_numbers(facts, &branches, place)
        {
            return ty;
        }
        if every(&[JsonType::Integer]) {
            note_values();
            let mut types = branches.iter().map(|branch| plain(&branch.facts));
            let is_unsigned = types.all(|ty| ty == Type::Unsigned);
            return match is_unsigned {
                true => Type::Unsigned,
                false => Type::Integer,
            };
        }
        if every(&[JsonType::Number, JsonType::Integer]) {
            note_values();
            return Type::Number;
        }
        if every(&[JsonType::Boolean]) {
            note_values();
            return Type::Boolean;
        }
        if every(&[JsonType::Object]) {
            return self.union_of_objects(facts, branches, place);
        }
        self.union_of_kinds(facts, branches, place)
    }

    pub(super) fn branch_type(&self, branch: Alternative<'a>, place: &Place) -> Type {
        match branch.located {
            Some(located) => self.schema(&located, place).ty,
            None => self.type_of(branch.facts, place).ty,
        }
    }

    pub(super) fn merged_string(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
        place: &Place,
    ) -> Type {
        let values: Vec<Value> = branches
            .iter()
            .flat_map(|branch| branch.facts.values.clone())
            .collect();
        if branches
            .iter()
            .all(|branch| branch.facts.values.iter().any(Value::is_string))
        {
            let listed = branches.iter().map(|branch| &branch.facts.values_at);
            self.enumeration(facts, &values, &listed.collect::<Vec<_>>(), place)
        } else {
            let listed = branches.iter().map(|branch| &branch.facts);
            for facts in listed.filter(|facts| !facts.values.is_empty()) {
                self.report
                    .leave_out(&facts.values_at.key("enum"), Reason::AnyText);
            }
            let format = &branches[0].facts.format;
            let alike = branches
                .iter()
                .all(|branch| branch.facts.values.is_empty() && branch.facts.format == *format);
            match alike {
                true => self.string(&branches[0].facts, place),
                false => Type::String,
            }
        }
    }

    fn union_of_objects(
        &self,
        facts: &Facts<'a>,
        branches: Vec<Alternative<'a>>,
        place: &Place,
    ) -> Type {
        if let Some(tag) = self.tag(facts, &branches) {
            let by = if facts
                .discriminator
                .or_else(|| inherited(&branches))
                .is_some_and(|given| given.property_name == tag.name)
            {
                "which the document names as the discriminator"
            } else {
                "whose constants differ in every branch"
            };
            self.report.decide(
                &facts.pointer,
                format!("the branches are told apart by `{}`, {by}", tag.name),
            );
            let tag = self.or_missing(tag, &branches);
            return match place.sent {
                true => self.tagged_union(facts, branches, &tag, place),
                false => self.variants_of(facts, &branches, &tag, place),
            };
        }
        if let Some((branches, keys)) = keyed(&branches) {
            let key_names: Vec<&str> = keys.iter().flatten().map(String::as_str).collect();
            self.report.decide(
                &facts.pointer,
                format!(
                    "the branches are told apart by the property that each alone requires: `{}`",
                    key_names.join("`, `")
                ),
            );
            return self.keyed_union(facts, branches, keys, place);
        }
        let is_union = |branch: &Alternative<'a>| !branch.facts.alternatives.is_empty();
        if branches.iter().any(is_union) {
            let flat = self.flat(branches, &facts.pointer);
            if !flat.iter().any(is_union) {
                return self.union_of_objects(facts, flat, place);
            }
            self.drop_branches(facts, &flat);
            self.report.decide(
                &facts.pointer,
                "nothing tells the branches apart, and one of them has branches of its own, so it is any JSON",
            );
            return Type::Json;
        }
        self.report.decide(
            &facts.pointer,
            "the branches cannot be told apart, so they are one struct, which requires what all of them require",
        );
        let merged = self.merge_branches(facts, &branches);
        self.object_of_branches(&merged, &branches, place, &[])
    }

    /// Notes that branches without a type are left out, with the properties beside the `oneOf`.
    pub(super) fn drop_branches(&self, around: &Facts<'a>, branches: &[Alternative<'a>]) {
        for property in &around.properties {
            self.report
                .leave_out(&property.value.pointer, Reason::AnyJson);
        }
        for branch in branches {
            self.report
                .leave_out(&branch.facts.pointer, Reason::AnyJson);
        }
    }
}

fn with_base<'a>(mut branch: Alternative<'a>, around: &Facts<'a>) -> Alternative<'a> {
    if !around.properties.is_empty() || !around.required.is_empty() {
        let mut base = around.clone();
        base.alternatives.clear();
        base.discriminator = None;
        base.pointer = branch.facts.pointer.clone();
        base.data = branch.facts.data;
        base.merge(branch.facts);
        branch.facts = base;
        branch.located = None;
    }
    branch
}

/// Returns true if a branch of a union stands for null.
pub(super) fn is_null(branch: &Facts<'_>, union: &Facts<'_>) -> bool {
    says_only_null(branch) || is_null_beside_reference(branch, union)
}

/// Returns true if a branch is null or an empty object, and the other branch is a reference. Tools write that for a nullable
/// reference. As a branch it would merge the types of the component and of everything that it refers to.
fn is_null_beside_reference(branch: &Facts<'_>, union: &Facts<'_>) -> bool {
    let is_reference = |located: &Located<'_>| !matches!(located.schema, SchemaRef::Inline(_));
    branch.nullable
        && branch.json_type == Some(JsonType::Object)
        && branch.properties.is_empty()
        && branch.required.is_empty()
        && branch.additional.is_none()
        && branch.alternatives.is_empty()
        && union.alternatives.len() == 2
        && union.alternatives.iter().any(is_reference)
}

/// Returns true if these facts allow only null.
pub(super) fn says_only_null(facts: &Facts<'_>) -> bool {
    let null_format = facts.format.as_deref() == Some("null");
    let nothing_but_nullable = facts.nullable
        && facts.json_type.is_none()
        && facts.values.is_empty()
        && facts.properties.is_empty()
        && facts.items.is_none()
        && facts.alternatives.is_empty();
    null_format
        || nothing_but_nullable
        || (!facts.values.is_empty() && facts.values.iter().all(Value::is_null))
}

impl<'a> Lowering<'a> {
    /// Returns the JSON type of a value. A union has one if all branches have the same.
    fn kind_of(&self, facts: &Facts<'a>) -> Option<JsonType> {
        if facts.alternatives.is_empty() {
            return json_type(facts);
        }
        let mut kinds = Vec::new();
        self.kinds_within(facts, &mut HashSet::new(), &mut kinds);
        let first = (*kinds.first()?)?;
        kinds
            .iter()
            .all(|kind| *kind == Some(first))
            .then_some(first)
    }

    /// Collects the JSON types of the branches of a union, and of the unions among them, each once.
    fn kinds_within(
        &self,
        facts: &Facts<'a>,
        seen: &mut HashSet<String>,
        kinds: &mut Vec<Option<JsonType>>,
    ) {
        for branch in &facts.alternatives {
            let branch = self.facts(branch);
            if branch.alternatives.is_empty() {
                kinds.push(json_type(&branch));
            } else if seen.insert(branch.pointer.to_string()) {
                self.kinds_within(&branch, seen, kinds);
            }
        }
    }

    /// Replaces unions among these branches by their own branches, at any depth; each branch once. The branches stay as they are if
    /// they would become too many.
    fn flat(&self, members: Vec<Alternative<'a>>, pointer: &Pointer) -> Vec<Alternative<'a>> {
        let mut flat = Vec::new();
        self.flatten_into(members.clone(), &mut HashSet::new(), &mut flat);
        if flat.len() <= MAX_FLAT_BRANCHES {
            return flat;
        }
        self.report.warning(
            pointer,
            format!("unions within unions, which have more than {MAX_FLAT_BRANCHES} branches together"),
            "any JSON: in an overlay, give the unions a discriminator, or put a schema without unions in the place",
        );
        members
    }

    fn flatten_into(
        &self,
        members: Vec<Alternative<'a>>,
        opened: &mut HashSet<String>,
        flat: &mut Vec<Alternative<'a>>,
    ) {
        for member in members {
            if flat.len() > MAX_FLAT_BRANCHES {
                return;
            }
            let pointer = &member.facts.pointer;
            let is_union = !member.facts.alternatives.is_empty();
            if is_union && member.facts.properties.is_empty() {
                // A recursive union adds nothing to itself.
                if opened.insert(pointer.to_string()) {
                    self.flatten_into(self.alternatives(&member.facts).0, opened, flat);
                }
                continue;
            }
            let same = |known: &Alternative<'a>| {
                known.located.is_some() && known.facts.pointer == *pointer
            };
            if !flat.iter().any(same) {
                flat.push(member);
            }
        }
    }
}

pub(super) fn json_type(facts: &Facts<'_>) -> Option<JsonType> {
    match facts.json_type {
        Some(found) => Some(found),
        None if facts.is_object() => Some(JsonType::Object),
        None if facts.items.is_some() => Some(JsonType::Array),
        None => type_of_values(&facts.values),
    }
}

/// Returns the JSON type of listed values, if all have the same.
fn type_of_values(values: &[Value]) -> Option<JsonType> {
    let every = |is: fn(&Value) -> bool| {
        values.iter().any(is) && values.iter().all(|value| is(value) || value.is_null())
    };
    if every(Value::is_string) {
        Some(JsonType::String)
    } else if every(Value::is_boolean) {
        Some(JsonType::Boolean)
    } else if every(Value::is_number) {
        Some(JsonType::Number)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
