//! What all unions have in common that are told by a tag of one name: all that have an `error_code` are errors.

use std::collections::{BTreeMap, HashMap};

use super::Lowering;
use super::facts::{Facts, Located};
use super::schemas;
use crate::document::Pointer;

/// A concept of the API: the branches of all unions that a tag of one name tells.
#[derive(Debug, Default)]
pub(super) struct Concept {
    branches: usize,
    /// In how many of the branches each property is.
    properties: BTreeMap<String, usize>,
}

/// One branch among so many may lack what all others have.
const FEW: usize = 16;

impl Concept {
    fn add(&mut self, properties: impl Iterator<Item = String>) {
        self.branches += 1;
        for name in properties {
            *self.properties.entry(name).or_default() += 1;
        }
    }

    /// Returns true if a property is of the concept: every branch has it, or all but a few of many.
    pub(super) fn has(&self, name: &str) -> bool {
        let with = self.properties.get(name).copied().unwrap_or_default();
        let without = self.branches - with;
        with > 0 && without <= self.branches / FEW
    }
}

impl<'a> Lowering<'a> {
    /// The concepts of the API, by the names of their tags. None where the API's tags are no concepts.
    pub(super) fn concepts(&self) -> HashMap<String, Concept> {
        let mut concepts: HashMap<String, Concept> = HashMap::new();
        if !self.dialect.tags_are_concepts() {
            return concepts;
        }
        for (tag, union) in self.told_unions() {
            let concept = concepts.entry(tag).or_default();
            for branch in self.alternatives(&self.facts(&union)).0 {
                let properties = branch.facts.properties.iter();
                concept.add(properties.map(|property| property.name.to_owned()));
            }
        }
        concepts
    }

    /// The unions with a discriminator in components and replies, each with its tag.
    fn told_unions(&self) -> Vec<(String, Located<'a>)> {
        let mut unions: Vec<(String, Located<'a>)> = Vec::new();
        let mut note = |located: &Located<'a>, facts: Option<&Facts<'a>>| {
            let discriminator = facts.and_then(|facts| facts.discriminator);
            unions.extend(discriminator.map(|by| (by.property_name.clone(), located.clone())));
        };
        let components = self.document.components.iter().flat_map(|all| &all.schemas);
        for (name, schema) in components {
            let pointer = Pointer::root("/components/schemas").key(name);
            schemas::each(&Located::new(schema, pointer), &mut note);
        }
        for (path, item) in self.document.paths.iter() {
            let operations = item
                .as_item()
                .into_iter()
                .flat_map(openapiv3::PathItem::iter);
            for (method, operation) in operations {
                let pointer = Pointer::root("/paths").key(path).key(method);
                if let Some(reply) = self.success(operation, &pointer) {
                    schemas::each(&reply, &mut note);
                }
            }
        }
        unions
    }
}

#[cfg(test)]
mod tests {
    use super::Concept;

    fn concept(with: usize, without: usize) -> Concept {
        let mut concept = Concept::default();
        for _ in 0..with {
            concept.add(["message".to_owned()].into_iter());
        }
        for _ in 0..without {
            concept.add(std::iter::empty());
        }
        concept
    }

    #[test]
    fn a_concept_has_what_every_branch_has() {
        assert!(concept(1, 0).has("message"));
        assert!(concept(200, 0).has("message"));
        assert!(!concept(3, 0).has("other"));
    }

    #[test]
    fn one_of_many_branches_may_lack_it_and_one_of_few_may_not() {
        assert!(!concept(14, 1).has("message"));
        assert!(concept(15, 1).has("message"));
        assert!(!concept(15, 2).has("message"));
        assert!(concept(150, 10).has("message"));
    }
}
