//! Branches that cannot be told apart are one: it has what any of them has.

use super::Alternative;
use super::tagged::left_out;
use crate::lower::Lowering;
use crate::lower::facts::{Additional, Facts, JsonType};
use crate::lower::names;
use crate::lower::place::Place;
use crate::model::{Tag, Type};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// The type of several branches with the same value of the tag. It has the properties of all of them.
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

    /// One object that has what any branch has, and requires what all require.
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

    /// What one of the branches, or what stands around them, allows besides its properties: where they differ, anything.
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
        // What stands around the branches may be one of them.
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

/// Where the document says what the values of further keys are.
fn pointer(additional: &Additional<'_>) -> Option<String> {
    match additional {
        Additional::Schema(values) => Some(values.pointer.to_string()),
        Additional::Any | Additional::None => None,
    }
}
