//! Concepts: all unions whose tag has the same name. All that have an `error_code` are errors.

use std::collections::{BTreeMap, HashMap};

use super::Lowering;
use super::facts::{Facts, Located};
use super::schemas;
use crate::document::{FixedStruct, Names, Pointer};
use crate::error::Problem;

/// A concept of the API: the branches of all unions that a tag of one name tells.
#[derive(Debug, Default)]
pub(super) struct Concept {
    branches: usize,
    /// In how many of the branches each property is.
    properties: BTreeMap<String, usize>,
    /// The properties that `names.yaml` fixes, so that none moves when branches gain or lack some later.
    fixed: Option<Vec<String>>,
}

/// How the structs that `names.yaml` fixes and the document differ.
#[derive(Debug, Default)]
pub(crate) struct Structs {
    /// Remarks for the maintainer, one sentence each.
    pub(crate) remarks: Vec<String>,
    /// The structs without an entry.
    pub(crate) unfixed: Vec<FixedStruct>,
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

    /// Returns true if a property is of the concept: `names.yaml` says so, or, where that is silent, every branch has it, or all but
    /// a few of many.
    pub(super) fn has(&self, name: &str) -> bool {
        match &self.fixed {
            Some(fixed) => fixed.iter().any(|known| known == name),
            None => self.lacking(name) <= self.branches / FEW,
        }
    }

    /// How many branches lack a property.
    fn lacking(&self, name: &str) -> usize {
        self.branches - self.properties.get(name).copied().unwrap_or_default()
    }

    /// The properties of every branch that are not those of the struct.
    fn held_back<'c>(&'c self, tag: &'c str) -> impl Iterator<Item = &'c str> {
        let everywhere = self
            .properties
            .keys()
            .filter(|name| self.lacking(name) == 0);
        everywhere
            .map(String::as_str)
            .filter(move |name| *name != tag && !self.has(name))
    }
}

impl<'a> Lowering<'a> {
    /// The concepts of the API, by the names of their tags. Where the API's tags are no concepts, those that `names.yaml` lists.
    pub(super) fn concepts(&self, names: &Names) -> HashMap<String, Concept> {
        let mut concepts: HashMap<String, Concept> = HashMap::new();
        let fixed = |tag: &str| {
            let entry = names.structs.iter().flatten().find(|one| one.tag == tag);
            entry.map(|entry| entry.fields.clone())
        };
        for (tag, union) in self.told_unions() {
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

    /// Compares the structs that `names.yaml` fixes with the document. An entry that matches nothing is a problem.
    pub(super) fn structs(&self, names: &Names) -> Structs {
        let mut structs = Structs::default();
        let Some(fixed) = &names.structs else {
            return structs;
        };
        if !names.expired_too {
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
                format!("the tag `{tag}`, which tells no union"),
                "the discriminator of a union".to_owned(),
            ),
            Some(concept) => {
                let is_gone = |name: &&String| concept.lacking(name) == concept.branches;
                let gone = entry.fields.iter().find(is_gone)?;
                (
                    format!("the field `{gone}`, which no branch has"),
                    format!("properties of branches that `{tag}` tells"),
                )
            }
        };
        Some(Problem {
            pointer: entry.pointer.clone(),
            found,
            expected,
            advice: "The document has changed: delete it from the entry.".to_owned(),
        })
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

/// An entry as it is now.
fn unfixed(tag: &str, concept: &Concept) -> FixedStruct {
    let names = concept.properties.keys();
    let fields = names.filter(|name| *name != tag && concept.has(name));
    FixedStruct {
        tag: tag.to_owned(),
        fields: fields.cloned().collect(),
        pointer: String::new(),
    }
}

/// The decisions that a maintainer can make about the struct of a tag.
fn remarks(tag: &str, concept: &Concept, fields: &[String]) -> Vec<String> {
    let held = concept.held_back(tag).map(|name| {
        format!(
            "every branch with `{tag}` has `{name}` now, which stays in the variants. Adding it to `structs` moves it to the struct, \
             which breaks callers."
        )
    });
    let lacked = fields.iter().filter(|name| concept.lacking(name) > 0);
    let lacked = lacked.map(|name| {
        format!(
            "{} of {} branches with `{tag}` lack `{name}` and come through as unknown. Deleting it from `structs` moves it to the \
             variants, which breaks callers.",
            concept.lacking(name),
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
    fn a_concept_has_what_every_branch_has() {
        assert!(concept(1, 0).has("message"));
        assert!(concept(200, 0).has("message"));
        assert!(!concept(3, 0).has("other"));
    }

    #[test]
    fn what_is_fixed_stays_whatever_branches_gain_or_lack() {
        let fixed = |fields: &[&str], concept: Concept| Concept {
            fixed: Some(fields.iter().map(|&field| field.to_owned()).collect()),
            ..concept
        };
        let gained = fixed(&[], concept(20, 0));
        assert!(!gained.has("message"));
        assert_eq!(gained.held_back("code").collect::<Vec<_>>(), ["message"]);
        let lacked = fixed(&["message"], concept(3, 3));
        assert!(lacked.has("message"));
        assert_eq!(
            super::remarks("code", &lacked, &["message".to_owned()]).len(),
            1
        );
    }

    #[test]
    fn one_of_many_branches_may_lack_it_and_one_of_few_may_not() {
        assert!(!concept(14, 1).has("message"));
        assert!(concept(15, 1).has("message"));
        assert!(!concept(15, 2).has("message"));
        assert!(concept(150, 10).has("message"));
    }
}
