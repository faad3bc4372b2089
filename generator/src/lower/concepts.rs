//! Concepts: all unions whose tags have the same name. All unions with an `error_code` are errors.

use std::collections::{BTreeMap, HashMap};

use super::Lowering;
use super::facts::{Facts, Located};
use super::schemas;
use crate::document::{FixedStruct, Names, Pointer};
use crate::error::Problem;

/// A concept of the API: the branches of all unions with a tag of one name.
#[derive(Debug, Default)]
pub(super) struct Concept {
    branches: usize,
    /// The number of branches that have each property.
    properties: BTreeMap<String, usize>,
    /// The fields of the struct that `names.yaml` fixes, so that a later change of branches moves none.
    fixed: Option<Vec<String>>,
}

/// The differences between the document and the structs that `names.yaml` fixes.
#[derive(Debug, Default)]
pub(crate) struct Structs {
    /// Remarks for the maintainer, as sentences.
    pub(crate) remarks: Vec<String>,
    /// The structs without an entry.
    pub(crate) unfixed: Vec<FixedStruct>,
}

/// In a union with this many branches, one branch may lack a property of the struct.
const BRANCHES_PER_EXCEPTION: usize = 16;

impl Concept {
    fn add(&mut self, properties: impl Iterator<Item = String>) {
        self.branches += 1;
        for name in properties {
            *self.properties.entry(name).or_default() += 1;
        }
    }

    /// Returns true if a property is a field of the struct. `names.yaml` decides, or else every branch must have it, with few
    /// exceptions among many branches.
    pub(super) fn has(&self, name: &str) -> bool {
        match &self.fixed {
            Some(fixed) => fixed.iter().any(|known| known == name),
            None => self.lacking_count(name) <= self.branches / BRANCHES_PER_EXCEPTION,
        }
    }

    /// Returns the number of branches that lack a property.
    fn lacking_count(&self, name: &str) -> usize {
        self.branches - self.properties.get(name).copied().unwrap_or_default()
    }

    /// Returns the properties that every branch has but the fixed struct has not.
    fn unfixed_properties<'c>(&'c self, tag: &'c str) -> impl Iterator<Item = &'c str> {
        let everywhere = self
            .properties
            .keys()
            .filter(|name| self.lacking_count(name) == 0);
        everywhere
            .map(String::as_str)
            .filter(move |name| *name != tag && !self.has(name))
    }
}

impl<'a> Lowering<'a> {
    /// Returns the concepts of the API, by the names of their tags. If the tags of the API are not concepts, only those that
    /// `names.yaml` lists.
    pub(super) fn concepts(&self, names: &Names) -> HashMap<String, Concept> {
        let mut concepts: HashMap<String, Concept> = HashMap::new();
        let fixed = |tag: &str| {
            let entry = names.structs.iter().flatten().find(|one| one.tag == tag);
            entry.map(|entry| entry.fields.clone())
        };
        for (tag, union) in self.tagged_unions() {
            let fixed = fixed(&tag);
            if fixed.is_none() && !self.dialect.tags_are_concepts() {
                continue;
            }
            let concept = concepts.entry(tag).or_default();
            concept.fixed = fixed;
            for branch in self.alternatives(&self.facts(&union)).0 {
                let properties = branch.facts.properties.iter();
                concept.add(properties.map(|property| property.name.to_owned()));
            }
        }
        concepts
    }

    /// Compares the structs that `names.yaml` fixes with the document. An entry that no longer matches is a problem.
    pub(super) fn structs(&self, names: &Names) -> Structs {
        let mut structs = Structs::default();
        let Some(fixed) = &names.structs else {
            return structs;
        };
        if !names.allow_unmatched {
            let expired = fixed.iter().filter_map(|entry| self.expired(entry));
            expired
                .into_iter()
                .for_each(|problem| self.report.add(problem));
        }
        let mut concepts: Vec<(&String, &Concept)> = self.survey.concepts.iter().collect();
        concepts.sort_by_key(|(tag, _)| *tag);
        for (tag, concept) in concepts {
            match &concept.fixed {
                Some(fields) => structs.remarks.extend(remarks(tag, concept, fields)),
                None => structs.unfixed.push(unfixed(tag, concept)),
            }
        }
        structs
    }

    fn expired(&self, entry: &FixedStruct) -> Option<Problem> {
        let tag = &entry.tag;
        let (found, expected) = match self.survey.concepts.get(tag) {
            None => (
                format!("the tag `{tag}`, which is not the discriminator of a union"),
                "the discriminator of a union".to_owned(),
            ),
            Some(concept) => {
                let is_gone = |name: &&String| concept.lacking_count(name) == concept.branches;
                let gone = entry.fields.iter().find(is_gone)?;
                (
                    format!("the field `{gone}`, which no branch has"),
                    format!("properties of branches with the tag `{tag}`"),
                )
            }
        };
        Some(Problem {
            pointer: entry.pointer.clone(),
            found,
            expected,
            advice: "The document has changed: delete the field from the entry.".to_owned(),
        })
    }

    /// Returns the unions with a discriminator in components and replies, each with its tag.
    fn tagged_unions(&self) -> Vec<(String, Located<'a>)> {
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

/// Returns the entry for a concept without one.
fn unfixed(tag: &str, concept: &Concept) -> FixedStruct {
    let names = concept.properties.keys();
    let fields = names.filter(|name| *name != tag && concept.has(name));
    FixedStruct {
        tag: tag.to_owned(),
        fields: fields.cloned().collect(),
        pointer: String::new(),
    }
}

/// Returns remarks about decisions that a maintainer can make about the struct of a tag.
fn remarks(tag: &str, concept: &Concept, fields: &[String]) -> Vec<String> {
    let held = concept.unfixed_properties(tag).map(|name| {
        format!(
            "every branch with `{tag}` has `{name}` now, which stays in the variants. Adding it to `structs` moves it to the struct, \
             which breaks callers."
        )
    });
    let lacked = fields.iter().filter(|name| concept.lacking_count(name) > 0);
    let lacked = lacked.map(|name| {
        format!(
            "{} of {} branches with `{tag}` lack `{name}` and come through as unknown. Deleting it from `structs` moves it to the \
             variants, which breaks callers.",
            concept.lacking_count(name),
            concept.branches
        )
    });
    held.chain(lacked).collect()
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
    fn a_concept_has_the_properties_of_every_branch() {
        assert!(concept(1, 0).has("message"));
        assert!(concept(200, 0).has("message"));
        assert!(!concept(3, 0).has("other"));
    }

    #[test]
    fn fixed_fields_do_not_change_with_the_branches() {
        let fixed = |fields: &[&str], concept: Concept| Concept {
            fixed: Some(fields.iter().map(|&field| field.to_owned()).collect()),
            ..concept
        };
        let gained = fixed(&[], concept(20, 0));
        assert!(!gained.has("message"));
        assert_eq!(
            gained.unfixed_properties("code").collect::<Vec<_>>(),
            ["message"]
        );
        let lacked = fixed(&["message"], concept(3, 3));
        assert!(lacked.has("message"));
        assert_eq!(
            super::remarks("code", &lacked, &["message".to_owned()]).len(),
            1
        );
    }

    #[test]
    fn one_of_many_branches_may_lack_a_field_but_not_one_of_few() {
        assert!(!concept(14, 1).has("message"));
        assert!(concept(15, 1).has("message"));
        assert!(!concept(15, 2).has("message"));
        assert!(concept(150, 10).has("message"));
    }
}
