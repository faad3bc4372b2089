//! Merges branches that cannot be distinguished into one object with the properties of all.

use super::Alternative;
use super::tagged::left_out;
use crate::lower::Lowering;
use crate::lower::facts::{Additional, Facts, JsonType};
use crate::lower::names;
use crate::lower::place::Place;
use crate::model::{Tag, Type};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the type of several branches with the same value of the tag. It has the properties of all of them.
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
        let place = place.property(&names::branch(tag, values));
        (!merged.properties.is_empty())
            .then(|| self.object_of_branches(&merged, branches, &place, left_out.as_slice()))
    }

    /// Returns an object with the properties of all branches. It requires those that all branches require.
    pub(in crate::lower) fn merge_branches(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
    ) -> Facts<'a> {
        let mut merged = facts.clone();
        merged.alternatives.clear();
        merged.json_type = Some(JsonType::Object);
        merged.additional = self.one_of_all(facts, branches);
        for branch in branches {
            for property in &branch.facts.properties {
                if !merged.add_of_branch(property) {
                    self.report.leave_out(&property.value.pointer, Reason::Same);
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

    /// Returns the additional properties of the branches and of the schema around them: any JSON if they differ.
    fn one_of_all(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
    ) -> Option<Additional<'a>> {
        let all = branches.iter().map(|branch| &branch.facts).chain([facts]);
        let open = all
            .filter_map(|facts| facts.additional.as_ref())
            .filter(|additional| !matches!(additional, Additional::None));
        let mut open: Vec<&Additional<'a>> = open.collect();
        // The schema around the branches may be one of them.
        open.sort_by_key(|additional| pointer(additional));
        open.dedup_by_key(|additional| pointer(additional));
        match open.as_slice() {
            [] => None,
            [only] => Some((*only).clone()),
            several => {
                for additional in several {
                    if let Additional::Schema(values) = additional {
                        self.report.leave_out(&values.pointer, Reason::OtherValues);
                    }
                }
                Some(Additional::Any)
            }
        }
    }
}

/// Returns the place of the schema of additional properties.
fn pointer(additional: &Additional<'_>) -> Option<String> {
    match additional {
        Additional::Schema(values) => Some(values.pointer.to_string()),
        Additional::Any | Additional::None => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::tests::{names, object, received};
    use crate::model::Type;

    #[test]
    fn one_object_has_what_any_branch_has_and_requires_what_all_require() {
        let api = received(
            "
thing:
  oneOf:
    - { type: object, required: [a], properties: { a: { type: string } } }
    - { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }",
        );
        assert_eq!(names(object(&api, "thing")), ["a", "b?"]);
    }

    #[test]
    fn further_properties_are_those_of_a_branch_or_anything_where_branches_differ() {
        let further = |other: &str| {
            let api = received(&format!(
                "
thing:
  oneOf:
    - {{ type: object, properties: {{ a: {{ type: string }} }}, additionalProperties: {{ type: integer }} }}
    - {{ type: object, properties: {{ a: {{ type: string }} }}, additionalProperties: {other} }}"
            ));
            let further = object(&api, "thing").additional.clone();
            further.map(|further| further.ty)
        };
        assert_eq!(further("false"), Some(Type::Integer));
        assert_eq!(further("{ type: string }"), Some(Type::Json));
    }
}
