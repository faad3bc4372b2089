//! Unions with a tag: the value of a property identifies the branch.

use super::Alternative;
use crate::lower::Lowering;
use crate::lower::facts::{Additional, Facts};
use crate::lower::names;
use crate::lower::place::Place;
use crate::lower::tag::TagOf;
use crate::model::{Kind, Tag, Type, TypeId, Union, UnionBranch};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    pub(in crate::lower) fn tagged_union(
        &self,
        facts: &Facts<'a>,
        branches: Vec<Alternative<'a>>,
        tag: &TagOf<'a>,
        place: &Place,
    ) -> Type {
        let id = self.id_for(facts, place);
        self.emit_tag(&branches, tag, id);
        let mut made: Vec<UnionBranch> = Vec::new();
        for (branches, values) in by_tag(&branches, &tag.values) {
            let [first, others @ ..] = branches.as_slice() else {
                continue;
            };
            let mut docs = self.docs(&first.facts);
            let pointer = first.facts.pointer.clone();
            let payload = if others.is_empty() {
                self.payload(first.clone(), tag.name, &values, place)
            } else {
                self.report.decide(
                    &pointer,
                    format!(
                        "{} branches have the same value of the tag, so they are one",
                        branches.len()
                    ),
                );
                docs = self.docs_of_branches(&branches);
                self.merged_payload(&branches, tag.name, &values, place)
            };
            made.extend(values.into_iter().map(|tag| UnionBranch {
                tag,
                payload: payload.clone(),
                docs: docs.clone(),
                pointer: pointer.to_string(),
            }));
        }
        made.sort_by_key(|branch| branch.tag == Tag::Missing);
        self.types.define(
            id,
            Kind::Union(Union::Tagged {
                tag: tag.name.to_owned(),
                branches: made,
                open: tag.is_open(),
            }),
        )
    }

    /// Notes that the tag and its values are emitted as part of a union.
    pub(in crate::lower) fn emit_tag(
        &self,
        branches: &[Alternative<'a>],
        tag: &TagOf<'a>,
        union: TypeId,
    ) {
        for (branch, values) in branches.iter().zip(&tag.values) {
            if values.is_empty() {
                self.report
                    .leave_out(&branch.facts.pointer, Reason::NoTagValue);
                continue;
            }
            let Some(property) = branch.facts.property(tag.name) else {
                continue;
            };
            self.report.emit(&property.value.pointer, Some(union));
            let values_at = self.facts(&property.value).values_at;
            let mut trace = self.report.trace();
            trace.values_emitted(&values_at, Some(union));
        }
    }

    /// Returns the payload of a branch, without its tag.
    fn payload(
        &self,
        branch: Alternative<'a>,
        tag: &str,
        values: &[Tag],
        place: &Place,
    ) -> Option<Type> {
        if let Some(located) = &branch.located {
            return Some(self.schema(located, place).ty);
        }
        let facts = &branch.facts;
        let has_more = !matches!(facts.additional, None | Some(Additional::None));
        let has_payload = has_more || facts.properties.iter().any(|property| property.name != tag);
        let place = place.property(&names::branch(tag, values));
        has_payload.then(|| self.object(facts, &place, left_out(tag, values).as_slice()))
    }
}

/// Returns the tag that the payload of a branch does not have, if it is a string. A boolean tag, such as `is_managed`, is also a
/// property of the resource.
pub(super) fn left_out<'t>(tag: &'t str, values: &[Tag]) -> Option<&'t str> {
    let is_property = values.iter().any(|value| matches!(value, Tag::Boolean(_)));
    (!is_property).then_some(tag)
}

/// Returns the branches for each value of the tag, or for several values of the same branches. Normally it is one branch.
pub(in crate::lower) fn by_tag<'a>(
    branches: &[Alternative<'a>],
    values: &[Vec<Tag>],
) -> Vec<(Vec<Alternative<'a>>, Vec<Tag>)> {
    let mut groups: Vec<(Vec<usize>, Vec<Tag>)> = Vec::new();
    for value in values.iter().flatten() {
        if groups.iter().any(|(_, known)| known.contains(value)) {
            continue;
        }
        let by: Vec<usize> = (0..branches.len())
            .filter(|index| values[*index].contains(value))
            .collect();
        match groups.iter_mut().find(|(known, _)| *known == by) {
            Some((_, known)) => known.push(value.clone()),
            None => groups.push((by, vec![value.clone()])),
        }
    }
    groups
        .into_iter()
        .map(|(by, values)| {
            (
                by.into_iter()
                    .map(|index| branches[index].clone())
                    .collect(),
                values,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::lower::tests::{names, object, sent};
    use crate::model::{Api, Kind, Union};

    /// What callers send where it is one of these: the value of `is_big`, and a property that the branch has besides.
    fn thing(branches: &[(&str, &str)]) -> Api {
        let branch = |(value, own): &(&str, &str)| {
            format!(
                "{{ type: object, required: [is_big], properties: {{ is_big: {{ enum: [{value}] }}, {own} }} }}"
            )
        };
        let branches: Vec<String> = branches.iter().map(branch).collect();
        sent(&format!(
            "thing: {{ oneOf: [{}], discriminator: {{ propertyName: is_big }} }}",
            branches.join(", ")
        ))
    }

    const OWN: &str = "own: { type: string }";

    #[test]
    fn a_text_only_marks_a_branch_and_a_flag_is_a_property_of_it() {
        let texts = thing(&[("yes", OWN), ("no", OWN)]);
        assert_eq!(names(object(&texts, "yes")), ["own?"]);
        let flags = thing(&[("true", OWN), ("false", OWN)]);
        assert_eq!(names(object(&flags, "big")), ["is_big", "own?"]);
    }

    #[test]
    fn a_branch_of_its_tag_alone_has_no_payload() {
        let api = thing(&[("yes", OWN), ("no", "")]);
        let kinds = api.types.iter().map(|ty| &ty.kind);
        let payloads = kinds.filter_map(|kind| match kind {
            Kind::Union(Union::Tagged { branches, .. }) => Some(branches),
            _ => None,
        });
        let payloads = payloads.flatten().map(|branch| branch.payload.is_some());
        assert_eq!(payloads.collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn branches_of_one_value_are_one() {
        let api = thing(&[("yes", OWN), ("no", ""), ("yes", "other: { type: string }")]);
        assert_eq!(names(object(&api, "yes")), ["own?", "other?"]);
    }
}
