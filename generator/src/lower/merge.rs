//! The facts of a schema: references followed, `allOf` merged.

use std::collections::{HashMap, HashSet};

use openapiv3::{Schema, SchemaKind};

use super::facts::{Additional, Facts, Located, SchemaRef};
use super::resolve::MAX_CHAIN;
use super::{ANYTHING, Lowering};
use crate::document::Pointer;
use crate::trace::Reason;

/// The depth of nested components up to which several `oneOf` are flattened.
const MAX_DEPTH: usize = 3;

/// The greatest number of branches that are merged for one schema with several `oneOf`. Branches that refer to each other are more
/// on each level.
const MAX_BRANCHES: usize = 1000;

impl<'a> Lowering<'a> {
    /// Returns the facts of an inline schema or of the component behind a reference, `allOf` merged.
    pub(super) fn facts(&self, located: &Located<'a>) -> Facts<'a> {
        let found = self.resolve(located);
        if !is_composed(found.schema) {
            return self.facts_anew(&found);
        }
        let key = (found.pointer.to_string(), found.component);
        if let Some(known) = self.composed.borrow().get(&key) {
            return known.clone();
        }
        let facts = self.facts_anew(&found);
        self.composed.borrow_mut().insert(key, facts.clone());
        facts
    }

    fn facts_anew(&self, found: &Resolved<'a>) -> Facts<'a> {
        let mut merged = Merged::default();
        let facts = self.facts_of(found, &mut merged);
        if merged.branches > MAX_BRANCHES {
            self.report.warning(
                &found.pointer,
                format!("choices that hold at the same time and lead to more than {MAX_BRANCHES} branches"),
                "an object with the properties of the first of them: in an overlay, put a schema without choices in its place",
            );
        }
        let facts = self.narrowed(facts);
        match found.component {
            Some(name) => self.with_subtypes(name, facts),
            None => facts,
        }
    }

    /// Removes the alternatives that a list of values excludes.
    fn narrowed(&self, mut facts: Facts<'a>) -> Facts<'a> {
        let has_values = facts.values.iter().any(|value| !value.is_null());
        if has_values && !facts.alternatives.is_empty() {
            for branch in std::mem::take(&mut facts.alternatives) {
                self.report.leave_out(&branch.pointer, Reason::Refined);
            }
            facts.discriminator = None;
        }
        facts
    }

    fn facts_of(&self, found: &Resolved<'a>, merged: &mut Merged<'a>) -> Facts<'a> {
        let (mut facts, parts) = Facts::bare(found.schema, &found.pointer);
        if let Some(name) = found.component {
            merged.all.insert(name);
            merged.open.push(name);
        }
        for located in &parts {
            let part = self.resolve(located);
            match part.component {
                // A schema that is a part of itself adds nothing to itself.
                Some(name) if merged.open.contains(&name) => self.report.warning(
                    &located.pointer,
                    format!("an `allOf` that leads back to {name}"),
                    "its other parts",
                ),
                // Another part has been merged with this component already.
                Some(name) if merged.all.contains(name) => {}
                _ => {
                    let part = self.facts_of(&part, merged);
                    self.note_refined(&facts, &part);
                    facts.merge(part);
                }
            }
        }
        self.flatten(&mut facts, merged);
        if found.component.is_some() {
            merged.open.pop();
        }
        facts
    }

    /// Notes which schema of a property is left out: the later part of an `allOf` replaces the earlier one, unless it is less
    /// specific.
    pub(super) fn note_refined(&self, earlier: &Facts<'a>, later: &Facts<'a>) {
        for property in &later.properties {
            if let Some(known) = earlier.property(property.name) {
                let is_less = property.says_less_than(known);
                let lesser = if is_less { property } else { known };
                self.report
                    .leave_out(&lesser.value.pointer, Reason::Refined);
            }
        }
        if let (Some(_), Some(Additional::Schema(values))) =
            (&earlier.additional, &later.additional)
        {
            self.report.leave_out(&values.pointer, Reason::OtherValues);
        }
        let both = !earlier.values.is_empty() && !later.values.is_empty();
        if both && earlier.values_at != later.values_at {
            self.report
                .leave_out(&later.values_at.key("enum"), Reason::Refined);
        }
    }

    /// Flattens several `oneOf` that apply at the same time to one object. It has the properties of all branches, and requires
    /// those that all branches of one `oneOf` require.
    fn flatten(&self, facts: &mut Facts<'a>, merged: &mut Merged<'a>) {
        if facts.also.is_empty() {
            return;
        }
        self.report.decide(
            &facts.pointer,
            "several `oneOf` hold at the same time, so their branches are one object with all their properties",
        );
        let mut choices = std::mem::take(&mut facts.also);
        // Each branch may have several `oneOf` itself.
        if merged.open.len() > MAX_DEPTH {
            return facts.alternatives.clear();
        }
        choices.insert(0, std::mem::take(&mut facts.alternatives));
        facts.discriminator = None;
        for choice in choices {
            // A branch that refers back to the whole adds nothing.
            let found = choice.iter().map(|branch| self.resolve(branch));
            let open = &merged.open;
            let is_around = |found: &Resolved<'a>| {
                let component = found.component.as_ref();
                component.is_some_and(|name| open.contains(name))
            };
            let found: Vec<Resolved<'a>> = found.filter(|found| !is_around(found)).collect();
            let all = found.len();
            let mut branches: Vec<Facts<'a>> = Vec::new();
            for found in found {
                if merged.branches >= MAX_BRANCHES {
                    merged.branches = MAX_BRANCHES + 1;
                    self.report.leave_out(&found.pointer, Reason::Endless);
                    continue;
                }
                let mut inner = Merged {
                    all: HashSet::new(),
                    open: merged.open.clone(),
                    branches: merged.branches + 1,
                };
                branches.push(self.facts_of(&found, &mut inner));
                merged.branches = inner.branches;
            }
            for property in branches.iter().flat_map(|branch| &branch.properties) {
                if !facts.add_of_branch(property) {
                    self.report.leave_out(&property.value.pointer, Reason::Same);
                }
            }
            // A branch beyond the limit may require nothing.
            let [first, rest @ ..] = branches.as_slice() else {
                continue;
            };
            if branches.len() < all {
                continue;
            }
            for name in &first.required {
                if rest.iter().all(|other| other.requires(name)) && !facts.requires(name) {
                    facts.required.push(name);
                }
            }
        }
    }

    /// Follows references to a schema.
    fn resolve(&self, located: &Located<'a>) -> Resolved<'a> {
        let mut found = Resolved {
            schema: &ANYTHING,
            pointer: located.pointer.clone(),
            component: None,
        };
        let mut schema = located.schema;
        for _ in 0..MAX_CHAIN {
            let target = match schema {
                SchemaRef::Inline(schema) => {
                    found.schema = schema;
                    return found;
                }
                SchemaRef::Component(name) => self.component_target(name),
                SchemaRef::Reference(reference) => self.target(reference),
            };
            let Some(target) = target else {
                if let SchemaRef::Reference(reference) = schema {
                    let instead = Some("any JSON");
                    self.unresolved(&found.pointer, reference, "a schema", instead);
                }
                return found;
            };
            found.pointer = target.pointer;
            found.component = Some(target.key);
            schema = target.schema;
        }
        if let SchemaRef::Reference(reference) = schema {
            self.unresolved(&found.pointer, reference, "a schema", None);
        }
        found
    }
}

/// The facts of schemas with `allOf`, by pointer and by the component that a schema is. They are needed many times.
pub(super) type Composed<'a> = HashMap<(String, Option<&'a str>), Facts<'a>>;

fn is_composed(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::AllOf { .. } => true,
        SchemaKind::Any(any) => !any.all_of.is_empty(),
        _ => false,
    }
}

/// A schema after all references.
struct Resolved<'a> {
    schema: &'a Schema,
    pointer: Pointer,
    /// The last component that the references point to.
    component: Option<&'a str>,
}

/// The components that an `allOf` has merged so far.
#[derive(Default)]
struct Merged<'a> {
    all: HashSet<&'a str>,
    /// The components in progress.
    open: Vec<&'a str>,
    /// The number of branches that are merged. It is one more than the limit if some are left out.
    branches: usize,
}

#[cfg(test)]
mod tests {
    use super::super::tests::{properties, received};

    #[test]
    fn an_all_of_has_the_properties_of_all_its_parts() {
        let api = received(
            "
part: { type: object, properties: { a: { type: string } } }
thing: { allOf: [{ $ref: '#/components/schemas/part' }, { type: object, properties: { b: { type: integer } } }] }",
        );
        assert_eq!(properties(&api, "thing"), ["a: String", "b: Integer"]);
    }

    #[test]
    fn the_later_part_is_used_unless_it_is_less_specific() {
        let of = |later: &str| {
            let api = received(&format!(
                "thing: {{ allOf: [{{ properties: {{ a: {{ type: string, enum: [x] }} }} }}, {{ properties: {{ a: {later} }} }}] }}"
            ));
            properties(&api, "thing").swap_remove(0)
        };
        assert_eq!(of("{ type: integer }"), "a: Integer");
        assert_eq!(of("{ type: string }"), "a: one of x");
    }

    #[test]
    fn several_one_ofs_at_once_are_one_object() {
        let api = received(
            "
thing:
  allOf:
    - oneOf: [{ properties: { a: { type: string } } }, { properties: { b: { type: string } } }]
    - oneOf: [{ properties: { c: { type: string } } }, { properties: { d: { type: string } } }]",
        );
        let mut found = properties(&api, "thing");
        found.sort();
        assert_eq!(found, ["a: String", "b: String", "c: String", "d: String"]);
    }

    #[test]
    fn a_part_that_contains_the_whole_adds_nothing() {
        let api = received(
            "
other: { allOf: [{ $ref: '#/components/schemas/thing' }, { type: object, properties: { b: { type: string } } }] }
thing: { allOf: [{ $ref: '#/components/schemas/other' }, { type: object, properties: { a: { type: string } } }] }",
        );
        assert_eq!(properties(&api, "thing"), ["a: String", "b: String"]);
        let pointers: Vec<&str> = api.warnings.iter().map(|w| w.pointer.as_str()).collect();
        let part = |of: &str| format!("/components/schemas/{of}/allOf/0");
        assert_eq!(pointers, [part("other"), part("thing")]);
        let api = received("thing: { allOf: [{ $ref: '#/components/schemas/thing' }] }");
        assert_eq!(api.warnings.len(), 1);
    }

    #[test]
    fn choices_that_lead_to_each_other_are_looked_into_up_to_a_limit() {
        let schemas = |count: usize| {
            let all = 0..count;
            let schema = |own: usize| {
                let others = (0..count).filter(|other| *other != own);
                let others: Vec<String> = others
                    .map(|other| format!("{{ $ref: '#/components/schemas/s{other}' }}"))
                    .collect();
                let others = others.join(", ");
                format!(
                    "s{own}: {{ allOf: [{{ type: object, properties: {{ p{own}: {{ type: string }} }} }}, {{ anyOf: [{others}] }}, {{ oneOf: [{others}] }}] }}"
                )
            };
            let all: Vec<String> = all.map(schema).collect();
            format!(
                "{}\nthing: {{ type: object, properties: {{ it: {{ $ref: '#/components/schemas/s0' }} }} }}",
                all.join("\n")
            )
        };
        let few = received(&schemas(4));
        assert_eq!(few.warnings, []);
        assert_eq!(properties(&few, "s0").len(), 4);
        let many = received(&schemas(14));
        let [warning, ..] = many.warnings.as_slice() else {
            panic!("there is no warning");
        };
        assert_eq!(warning.pointer, "/components/schemas/s0");
        assert!(
            warning.found.ends_with("more than 1000 branches"),
            "{warning}"
        );
        assert_eq!(properties(&many, "s0").len(), 14);
    }
}
