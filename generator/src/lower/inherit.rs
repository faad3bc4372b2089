//! Inheritance by `allOf`: a component with a discriminator is a union of the components that extend it.

use std::collections::{HashMap, HashSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind};

use super::Lowering;
use super::facts::{Facts, JsonType, Located, SchemaRef};
use crate::document::Pointer;

/// The components that name each component in their `allOf`, in the document's order.
pub(super) type Subtypes<'a> = HashMap<&'a str, Vec<&'a str>>;

/// Returns the subtypes of each component.
pub(super) fn subtypes(document: &OpenAPI) -> Subtypes<'_> {
    let mut subtypes = Subtypes::new();
    let schemas = document.components.iter().flat_map(|c| &c.schemas);
    for (name, schema) in schemas {
        let ReferenceOr::Item(schema) = schema else {
            continue;
        };
        for part in parts(schema) {
            let base = part
                .as_ref_name()
                .and_then(|reference| reference.strip_prefix("#/components/schemas/"));
            if let Some(base) = base {
                subtypes.entry(base).or_default().push(name);
            }
        }
    }
    subtypes
}

/// Returns the name of a reference.
trait AsRefName {
    fn as_ref_name(&self) -> Option<&str>;
}

impl<T> AsRefName for ReferenceOr<T> {
    fn as_ref_name(&self) -> Option<&str> {
        match self {
            Self::Reference { reference } => Some(reference),
            Self::Item(_) => None,
        }
    }
}

fn parts(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

impl<'a> Lowering<'a> {
    /// Adds the subtypes of a component as its alternatives.
    pub(super) fn with_subtypes(&self, name: &str, facts: Facts<'a>) -> Facts<'a> {
        let tells_apart = facts.data.discriminator.is_some() && facts.alternatives.is_empty();
        let subtypes = self.all_subtypes(name);
        if !tells_apart || subtypes.is_empty() {
            return facts;
        }
        let mut facts = facts;
        facts.discriminator = facts.data.discriminator.as_ref();
        facts.alternatives = subtypes
            .into_iter()
            .map(|subtype| Located {
                schema: SchemaRef::Component(subtype),
                pointer: Pointer::root("/components/schemas").key(subtype),
            })
            .collect();
        facts.json_type = Some(JsonType::Object);
        // The subtypes have all of these properties.
        facts.properties.clear();
        facts.required.clear();
        facts
    }

    /// Returns the subtypes at any depth.
    fn all_subtypes(&self, name: &str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut seen = HashSet::from([name.to_owned()]);
        let mut open: Vec<&str> = vec![name];
        while let Some(base) = open.pop() {
            for subtype in self
                .survey
                .subtypes
                .get(base)
                .into_iter()
                .flatten()
                .copied()
            {
                if seen.insert(subtype.to_owned()) {
                    found.push(subtype);
                    open.push(subtype);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{properties, sent};
    use crate::model::Api;

    /// An owner of a pet that is sent, two sorts of pets, and what tells them apart.
    fn pets(discriminator: &str) -> Api {
        sent(&format!(
            "
pet: {{ type: object, required: [kind], properties: {{ kind: {{ type: string }} }}{discriminator} }}
cat: {{ allOf: [{{ $ref: '#/components/schemas/pet' }}, {{ type: object, properties: {{ claws: {{ type: integer }} }} }}] }}
lynx: {{ allOf: [{{ $ref: '#/components/schemas/cat' }}, {{ type: object, properties: {{ ears: {{ type: integer }} }} }}] }}
owner: {{ type: object, properties: {{ it: {{ $ref: '#/components/schemas/pet' }} }} }}
thing: {{ type: object, properties: {{ owner: {{ $ref: '#/components/schemas/owner' }} }} }}"
        ))
    }

    const KIND: &str = ", discriminator: { propertyName: kind }";

    #[test]
    fn a_base_with_a_discriminator_is_one_of_all_that_are_made_of_it() {
        assert_eq!(properties(&pets(KIND), "owner"), ["it: by kind: cat, lynx"]);
    }

    #[test]
    fn a_base_without_a_discriminator_is_only_itself() {
        assert_eq!(properties(&pets(""), "owner"), ["it: object pet"]);
    }

    #[test]
    fn a_base_is_only_its_properties_in_what_is_made_of_it() {
        assert_eq!(
            properties(&pets(KIND), "lynx"),
            ["kind: String", "claws: Integer", "ears: Integer"]
        );
    }
}
