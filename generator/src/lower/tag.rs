//! The discriminators of unions: the property and its values in each branch.

use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, JsonType, Located, SchemaRef};
use super::union::{Alternative, json_type};
use crate::model::Tag;

/// The discriminator of a union, and its values in each branch. The value is [`Tag::Missing`] if a branch lacks the property, or
/// is the only one that may lack it.
pub(super) struct TagOf<'a> {
    pub(super) name: &'a str,
    pub(super) values: Vec<Vec<Tag>>,
}

impl TagOf<'_> {
    /// Returns true if some branches have no value.
    pub(super) fn is_open(&self) -> bool {
        self.values.iter().any(Vec::is_empty)
    }
}

impl<'a> Lowering<'a> {
    /// Returns the discriminator, or another property with different constants in all branches.
    pub(super) fn tag(&self, facts: &Facts<'a>, branches: &[Alternative<'a>]) -> Option<TagOf<'a>> {
        let named = facts.discriminator.or_else(|| inherited(branches));
        named
            .and_then(|discriminator| self.named_tag(discriminator, branches))
            .or_else(|| self.telling_constants(branches))
    }

    /// Assigns [`Tag::Missing`] to the branch without the tag or with null there, if there is only one.
    pub(super) fn or_missing(&self, mut tag: TagOf<'a>, branches: &[Alternative<'a>]) -> TagOf<'a> {
        let may_be_without = |branch: &Alternative<'a>| {
            let property = branch.facts.property(tag.name);
            let takes_null = property.is_some_and(|tag| self.takes_null(&self.facts(&tag.value)));
            takes_null || !branch.facts.requires(tag.name)
        };
        let mut free = (0..branches.len()).filter(|&at| may_be_without(&branches[at]));
        if let (Some(only), None) = (free.next(), free.next())
            && let [value, ..] = tag.values[only].as_slice()
            && *value != Tag::Missing
        {
            tag.values[only].push(Tag::Missing);
        }
        tag
    }

    fn named_tag(
        &self,
        discriminator: &'a openapiv3::Discriminator,
        branches: &[Alternative<'a>],
    ) -> Option<TagOf<'a>> {
        let by = |inherited: bool| -> Vec<Vec<Tag>> {
            let values = |branch| self.discriminator_values(discriminator, branch, inherited);
            branches.iter().map(values).collect()
        };
        let mut values = by(false);
        if !all_differ(&values) {
            // A property that subtypes inherit lists the values of all subtypes.
            values = by(true);
        }
        let has_value = |values: &&Vec<Tag>| values.iter().any(|value| *value != Tag::Missing);
        let with_values = values.iter().filter(has_value).count();
        let free = values.iter().filter(|values| values.is_empty()).count();
        let is_plain = |(branch, values): (&Alternative<'a>, &Vec<Tag>)| {
            !values.is_empty() || branch.facts.alternatives.is_empty()
        };
        // A few branches without constants do not prevent the use of the tag.
        let is_tag = with_values > free && branches.iter().zip(&values).all(is_plain);
        is_tag.then_some(TagOf {
            name: &discriminator.property_name,
            values,
        })
    }

    pub(super) fn telling_constants(&self, branches: &[Alternative<'a>]) -> Option<TagOf<'a>> {
        let first = branches.first()?;
        let mut candidates = first.facts.properties.iter().filter_map(|property| {
            let values: Vec<Vec<Tag>> = branches
                .iter()
                .map(|branch| self.constants(&branch.facts, property.name))
                .collect();
            let tells_apart = values.iter().all(|values| !values.is_empty()) && all_differ(&values);
            tells_apart.then_some(TagOf {
                name: property.name,
                values,
            })
        });
        candidates.next()
    }

    fn discriminator_values(
        &self,
        discriminator: &openapiv3::Discriminator,
        branch: &Alternative<'a>,
        inherited: bool,
    ) -> Vec<Tag> {
        let component = branch.located.as_ref().and_then(component_name);
        let is_wanted = |target: &str| component.is_some_and(|name| names_component(target, name));
        let mapped: Vec<Tag> = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| is_wanted(target))
            .map(|(value, _)| self.mapped(value, &branch.facts, &discriminator.property_name))
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let constants = self.constants(&branch.facts, &discriminator.property_name);
        match component {
            Some(name) if inherited || constants.is_empty() => vec![Tag::String(name.to_owned())],
            None if lacks(&branch.facts, &discriminator.property_name) => vec![Tag::Missing],
            _ => constants,
        }
    }

    /// Converts the key of a mapping, which is always text, to the type of the property.
    fn mapped(&self, value: &str, facts: &Facts<'a>, name: &str) -> Tag {
        let property = facts.property(name);
        let kind = property.and_then(|property| json_type(&self.facts(&property.value)));
        let typed = match kind {
            Some(JsonType::Integer | JsonType::Number) => value.parse().ok().map(Tag::Integer),
            Some(JsonType::Boolean) => value.parse().ok().map(Tag::Boolean),
            _ => None,
        };
        typed.unwrap_or_else(|| Tag::String(value.to_owned()))
    }

    /// Returns the constants of a property in a branch; empty if it is missing or has any value.
    fn constants(&self, facts: &Facts<'a>, name: &str) -> Vec<Tag> {
        let Some(property) = facts.property(name) else {
            return Vec::new();
        };
        self.facts(&property.value)
            .values
            .iter()
            .filter_map(|value| match value {
                Value::String(text) => Some(Tag::String(text.clone())),
                Value::Bool(value) => Some(Tag::Boolean(*value)),
                Value::Number(number) => number.as_i64().map(Tag::Integer),
                _ => None,
            })
            .collect()
    }
}

/// Returns the discriminator that all branches inherit from one component.
pub(super) fn inherited<'a>(branches: &[Alternative<'a>]) -> Option<&'a openapiv3::Discriminator> {
    let (first, rest) = branches.split_first()?;
    let own = first.facts.discriminator?;
    let alike = |branch: &Alternative<'a>| {
        branch.located.is_some()
            && branch.facts.alternatives.is_empty()
            && branch.facts.discriminator == Some(own)
    };
    (alike(first) && rest.iter().all(alike)).then_some(own)
}

/// Returns the component of a schema that is only a reference.
fn component_name<'a>(located: &Located<'a>) -> Option<&'a str> {
    match located.schema {
        SchemaRef::Reference(reference) => reference.rsplit('/').next(),
        SchemaRef::Component(name) => Some(name),
        SchemaRef::Inline(_) => None,
    }
}

/// Returns true if the target of a mapping is this component: by its name, by a reference, or by a file of that name.
fn names_component(target: &str, name: &str) -> bool {
    let last = target.rsplit('/').next().unwrap_or(target);
    let files = [".json", ".yaml", ".yml"];
    let stem = files.iter().find_map(|end| last.strip_suffix(end));
    last == name || stem == Some(name)
}

/// Returns true if an object without alternatives lacks the property.
fn lacks(facts: &Facts<'_>, name: &str) -> bool {
    facts.alternatives.is_empty() && facts.property(name).is_none() && !facts.requires(name)
}

/// Returns true if no two branches have a value in common.
fn all_differ(values: &[Vec<Tag>]) -> bool {
    let all_values = values.iter().flatten();
    let all: Vec<&Tag> = all_values.filter(|value| **value != Tag::Missing).collect();
    let distinct: std::collections::HashSet<&Tag> = all.iter().copied().collect();
    distinct.len() == all.len()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{properties, sent};
    use super::names_component;

    /// Returns the tag of a union with these branches.
    fn by(branches: &str, more: &str) -> String {
        let api = sent(&format!(
            "
a: {{ type: object, required: [kind, a], properties: {{ kind: {{ type: string }}, a: {{ type: string }} }} }}
b: {{ type: object, required: [kind, b], properties: {{ kind: {{ type: string }}, b: {{ type: string }} }} }}
inner: {{ type: object, properties: {{ it: {{ oneOf: [{branches}]{more} }} }} }}
thing: {{ type: object, required: [inner], properties: {{ inner: {{ $ref: '#/components/schemas/inner' }} }} }}"
        ));
        let found = properties(&api, "inner").swap_remove(0);
        found.trim_start_matches("it: ").to_owned()
    }

    fn branch(kind: &str, own: &str) -> String {
        format!(
            "{{ type: object, required: [kind, {own}], properties: {{ kind: {kind}, {own}: {{ type: string }} }} }}"
        )
    }

    #[test]
    fn constants_are_a_tag_without_a_discriminator() {
        let of = |one: &str, other: &str| {
            let kind = |value: &str| format!("{{ enum: [{value}] }}");
            let branches = [branch(&kind(one), "a"), branch(&kind(other), "b")];
            by(&branches.join(", "), "")
        };
        assert_eq!(of("x", "y"), "by kind: x, y");
        assert_eq!(of("true", "false"), "by kind: true, false");
        assert_eq!(of("1", "2"), "by kind: 1, 2");
    }

    #[test]
    fn a_constant_in_two_branches_is_not_a_tag() {
        let kind = "{ enum: [x] }";
        let branches = [branch(kind, "a"), branch(kind, "b")];
        assert!(!by(&branches.join(", "), "").starts_with("by kind"));
    }

    #[test]
    fn a_discriminator_has_the_values_of_its_mapping_or_the_names_of_components() {
        let branches = "{ $ref: '#/components/schemas/a' }, { $ref: '#/components/schemas/b' }";
        let plain = ", discriminator: { propertyName: kind }";
        assert_eq!(by(branches, plain), "by kind: a, b");
        let mapped =
            ", discriminator: { propertyName: kind, mapping: { first: '#/components/schemas/a' } }";
        assert_eq!(by(branches, mapped), "by kind: first, b");
    }

    #[test]
    fn a_mapping_may_name_a_component_by_the_file_it_was_in() {
        assert!(names_component("#/components/schemas/cat", "cat"));
        assert!(names_component("./animals/cat.yaml", "cat"));
        assert!(!names_component("./animals/wildcat.yaml", "cat"));
    }

    #[test]
    fn the_only_branch_that_may_lack_the_tag_is_also_told_by_its_absence() {
        let kind = |value: &str| format!("kind: {{ enum: [{value}] }}");
        let branches = format!(
            "{{ type: object, properties: {{ {}, a: {{ type: string }} }} }}, {{ type: object, required: [kind], properties: {{ {} }} }}",
            kind("x"),
            kind("y")
        );
        assert_eq!(by(&branches, ""), "by kind: x, y, none");
        let both = branches.replace("required: [kind], ", "");
        assert_eq!(by(&both, ""), "by kind: x, y");
    }
}
