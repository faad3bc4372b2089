//! Unions whose branches each have a property that no other branch has.

use super::Alternative;
use crate::lower::Lowering;
use crate::lower::facts::{Additional, Facts};
use crate::lower::place::Place;
use crate::model::{Branch, Kind, Type, Union};

impl<'a> Lowering<'a> {
    pub(super) fn keyed_union(
        &self,
        facts: &Facts<'a>,
        branches: Vec<Alternative<'a>>,
        keys: Vec<Option<String>>,
        place: &Place,
    ) -> Type {
        let id = self.id_for(facts, place);
        let branches = branches
            .into_iter()
            .zip(keys)
            .map(|(branch, key)| {
                let docs = self.docs(&branch.facts);
                let word = key.as_deref().unwrap_or("map");
                let payload = self.branch_type(branch, &place.property(word));
                Branch { key, payload, docs }
            })
            .collect();
        self.types.define(id, Kind::Union(Union::Keyed(branches)))
    }
}

/// Returns the branches, each with a required property that no other branch has. A map comes last, for values without any of
/// these properties.
pub(super) fn keyed<'a>(
    branches: &[Alternative<'a>],
) -> Option<(Vec<Alternative<'a>>, Vec<Option<String>>)> {
    let (maps, objects): (Vec<_>, Vec<_>) = branches
        .iter()
        .cloned()
        .partition(|branch| is_map(&branch.facts));
    if maps.len() != 1 || objects.is_empty() {
        let keys = distinct_keys(branches)?.into_iter().map(Some);
        return Some((branches.to_vec(), keys.collect()));
    }
    let keys = distinct_keys(&objects)?.into_iter().map(Some);
    let keys = keys.chain([None]).collect();
    Some((objects.into_iter().chain(maps).collect(), keys))
}

/// Returns true if an object has no named properties, but a schema for additional ones.
fn is_map(facts: &Facts<'_>) -> bool {
    let is_open = matches!(
        facts.additional,
        Some(Additional::Any | Additional::Schema(_))
    );
    is_open
        && facts.properties.is_empty()
        && facts.required.is_empty()
        && facts.alternatives.is_empty()
}

/// Returns a required property for each branch that no other branch has.
fn distinct_keys(branches: &[Alternative<'_>]) -> Option<Vec<String>> {
    branches
        .iter()
        .enumerate()
        .map(|(index, branch)| {
            let own = |name: &&&str| {
                branches.iter().enumerate().all(|(other, others)| {
                    let has_it =
                        others.facts.property(name).is_some() || others.facts.requires(name);
                    other == index || !has_it
                })
            };
            branch
                .facts
                .required
                .iter()
                .find(own)
                .map(|name| (*name).to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::lower::union::tests::property_of;

    const A: &str = "{ type: object, required: [a], properties: { a: { type: string } } }";
    const B: &str = "{ type: object, required: [b], properties: { b: { type: string } } }";

    #[test]
    fn branches_are_told_by_the_property_that_each_alone_requires() {
        assert_eq!(property_of(&[A, B]), "it: by key: a, b");
        let both = "{ type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }";
        assert_eq!(property_of(&[A, both]), "it: object it");
    }

    #[test]
    fn a_map_takes_what_has_no_key_of_the_others() {
        let map = "{ type: object, additionalProperties: { type: string } }";
        assert_eq!(property_of(&[map, A]), "it: by key: a, the rest");
    }
}
