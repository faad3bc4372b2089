//! A uniform view of a schema, for all variants of `openapiv3`, with `allOf` merged.

use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type as OpenApiType, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::document::Pointer;

/// A schema or a reference to one.
#[derive(Clone, Copy)]
pub(super) enum SchemaRef<'a> {
    Reference(&'a str),
    /// A component by its name.
    Component(&'a str),
    Inline(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

/// A schema and its place.
#[derive(Clone)]
pub(super) struct Located<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) pointer: Pointer,
}

impl<'a> Located<'a> {
    pub(super) fn new(schema: impl Into<SchemaRef<'a>>, pointer: Pointer) -> Self {
        Self {
            schema: schema.into(),
            pointer,
        }
    }
}

/// The JSON type of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

#[derive(Clone)]
pub(super) enum Additional<'a> {
    Any,
    None,
    Schema(Located<'a>),
}

#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) value: Located<'a>,
    /// Another branch, which holds as well as this one, says something else of it.
    pub(super) one_of_several: bool,
}

impl Property<'_> {
    /// Returns true if this schema has no type, or only the JSON type of another schema that is more specific.
    pub(super) fn says_less_than(&self, other: &Self) -> bool {
        use OpenApiType::{Object, String};
        let kind = |property: &Self| match property.value.schema {
            SchemaRef::Inline(schema) => Some(&schema.schema_kind),
            SchemaRef::Reference(_) | SchemaRef::Component(_) => None,
        };
        let (Some(own), known) = (kind(self), kind(other)) else {
            return false;
        };
        let bare = match (own, known) {
            (SchemaKind::Type(String(_)), Some(SchemaKind::Type(String(_)))) => {
                SchemaKind::Type(String(StringType::default()))
            }
            (SchemaKind::Type(Object(_)), Some(SchemaKind::Type(Object(_)))) => {
                SchemaKind::Type(Object(ObjectType::default()))
            }
            _ => SchemaKind::Any(AnySchema::default()),
        };
        *own == bare && known != Some(own)
    }
}

/// The keywords of a schema. References are followed only in `allOf`.
#[derive(Clone)]
pub(super) struct Facts<'a> {
    pub(super) pointer: Pointer,
    pub(super) data: &'a SchemaData,
    pub(super) json_type: Option<JsonType>,
    pub(super) format: Option<String>,
    pub(super) values: Vec<Value>,
    /// The place of the schema that lists the values.
    pub(super) values_at: Pointer,
    pub(super) properties: Vec<Property<'a>>,
    pub(super) required: Vec<&'a str>,
    pub(super) additional: Option<Additional<'a>>,
    pub(super) items: Option<Located<'a>>,
    /// `oneOf` or `anyOf`.
    pub(super) alternatives: Vec<Located<'a>>,
    /// Alternatives of other parts, which apply at the same time; empty once all parts are merged.
    pub(super) also: Vec<Vec<Located<'a>>>,
    pub(super) discriminator: Option<&'a openapiv3::Discriminator>,
    pub(super) nullable: bool,
    /// True if it is composed of several schemas.
    pub(super) composed: bool,
}

impl<'a> Facts<'a> {
    /// Returns the facts of the schema itself, and the parts of its `allOf`, not yet merged.
    pub(super) fn bare(schema: &'a Schema, pointer: &Pointer) -> (Self, Vec<Located<'a>>) {
        let mut facts = Self {
            pointer: pointer.clone(),
            data: &schema.schema_data,
            json_type: None,
            format: None,
            values: Vec::new(),
            values_at: pointer.clone(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            items: None,
            alternatives: Vec::new(),
            also: Vec::new(),
            discriminator: schema.schema_data.discriminator.as_ref(),
            nullable: schema.schema_data.nullable,
            composed: false,
        };
        let mut parts = Vec::new();
        match &schema.schema_kind {
            SchemaKind::Type(json_type) => facts.read_type(json_type),
            SchemaKind::OneOf { one_of } => {
                facts.alternatives = located(one_of, &pointer.key("oneOf"))
            }
            SchemaKind::AnyOf { any_of } => {
                facts.alternatives = located(any_of, &pointer.key("anyOf"))
            }
            SchemaKind::AllOf { all_of } => parts = located(all_of, &pointer.key("allOf")),
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => {
                facts.read_any(any);
                parts = located(&any.all_of, &pointer.key("allOf"));
            }
        }
        (facts, parts)
    }

    fn read_type(&mut self, json_type: &'a OpenApiType) {
        match json_type {
            OpenApiType::String(string) => {
                self.json_type = Some(JsonType::String);
                self.format = match &string.format {
                    VariantOrUnknownOrEmpty::Item(format) => Some(
                        match format {
                            openapiv3::StringFormat::Date => "date",
                            openapiv3::StringFormat::DateTime => "date-time",
                            openapiv3::StringFormat::Password => "password",
                            openapiv3::StringFormat::Byte => "byte",
                            openapiv3::StringFormat::Binary => "binary",
                        }
                        .to_owned(),
                    ),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
                    VariantOrUnknownOrEmpty::Empty => None,
                };
                self.values = string
                    .enumeration
                    .iter()
                    .map(|value| value.as_deref().map_or(Value::Null, Value::from))
                    .collect();
            }
            OpenApiType::Number(number) => {
                self.json_type = Some(JsonType::Number);
                self.values = number
                    .enumeration
                    .iter()
                    .map(|value| value.map_or(Value::Null, Value::from))
                    .collect();
            }
            OpenApiType::Integer(integer) => {
                self.json_type = Some(JsonType::Integer);
                self.format = match &integer.format {
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
                    _ => None,
                };
                self.values = integer
                    .enumeration
                    .iter()
                    .map(|value| value.map_or(Value::Null, Value::from))
                    .collect();
            }
            OpenApiType::Boolean(boolean) => {
                self.json_type = Some(JsonType::Boolean);
                self.values = boolean
                    .enumeration
                    .iter()
                    .map(|value| value.map_or(Value::Null, Value::from))
                    .collect();
            }
            OpenApiType::Object(object) => {
                self.json_type = Some(JsonType::Object);
                self.read_properties(
                    &object.properties,
                    &object.required,
                    object.additional_properties.as_ref(),
                );
            }
            OpenApiType::Array(array) => {
                self.json_type = Some(JsonType::Array);
                self.items = array
                    .items
                    .as_ref()
                    .map(|items| Located::new(items, self.pointer.key("items")));
            }
        }
    }

    fn read_any(&mut self, any: &'a AnySchema) {
        self.json_type = match any.typ.as_deref() {
            Some("string") => Some(JsonType::String),
            Some("number") => Some(JsonType::Number),
            Some("integer") => Some(JsonType::Integer),
            Some("boolean") => Some(JsonType::Boolean),
            Some("object") => Some(JsonType::Object),
            Some("array") => Some(JsonType::Array),
            _ => None,
        };
        self.format = any.format.clone();
        self.values = any.enumeration.clone();
        self.read_properties(
            &any.properties,
            &any.required,
            any.additional_properties.as_ref(),
        );
        self.items = any
            .items
            .as_ref()
            .map(|items| Located::new(items, self.pointer.key("items")));
        self.alternatives = located(&any.one_of, &self.pointer.key("oneOf"));
        self.add_alternatives(located(&any.any_of, &self.pointer.key("anyOf")));
    }

    fn read_properties(
        &mut self,
        properties: &'a indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        additional: Option<&'a AdditionalProperties>,
    ) {
        let pointer = self.pointer.key("properties");
        self.properties = properties
            .iter()
            .map(|(name, schema)| Property {
                name,
                value: Located::new(schema, pointer.key(name)),
                one_of_several: false,
            })
            .collect();
        self.required = required.iter().map(String::as_str).collect();
        self.additional = additional.map(|additional| match additional {
            AdditionalProperties::Any(true) => Additional::Any,
            AdditionalProperties::Any(false) => Additional::None,
            AdditionalProperties::Schema(schema) => Additional::Schema(Located::new(
                &**schema,
                self.pointer.key("additionalProperties"),
            )),
        });
    }

    /// Merges another part of an `allOf`. Keywords of this part are kept.
    pub(super) fn merge(&mut self, part: Self) {
        self.json_type = self.json_type.or(part.json_type);
        self.format = self.format.take().or(part.format);
        self.nullable |= part.nullable;
        self.discriminator = self.discriminator.or(part.discriminator);
        self.additional = self.additional.take().or(part.additional);
        self.items = self.items.take().or(part.items);
        self.add_alternatives(part.alternatives);
        self.also.extend(part.also);
        if self.values.is_empty() {
            self.values = part.values;
            self.values_at = part.values_at;
        }
        for property in part.properties {
            match self
                .properties
                .iter_mut()
                .find(|own| own.name == property.name)
            {
                // The later part refines the property of an earlier part if it has a type.
                Some(own) if property.says_less_than(own) => {}
                Some(own) => *own = property,
                None => self.properties.push(property),
            }
        }
        for name in part.required {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
    }

    fn add_alternatives(&mut self, alternatives: Vec<Located<'a>>) {
        if self.alternatives.is_empty() {
            self.alternatives = alternatives;
        } else if !alternatives.is_empty() {
            self.also.push(alternatives);
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.json_type == Some(JsonType::Object)
            || (self.json_type.is_none() && !self.properties.is_empty())
    }

    /// Adds a property of a branch; returns false if another branch says something else of it, which counts.
    pub(super) fn add_of_branch(&mut self, property: &Property<'a>) -> bool {
        let mut known = self.properties.iter_mut();
        match known.find(|known| known.name == property.name) {
            None => self.properties.push(property.clone()),
            Some(known) if known.value.pointer == property.value.pointer => {}
            Some(known) => {
                known.one_of_several = true;
                return false;
            }
        }
        true
    }

    pub(super) fn property(&self, name: &str) -> Option<&Property<'a>> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    pub(super) fn requires(&self, name: &str) -> bool {
        self.required.contains(&name)
    }
}

fn located<'a>(schemas: &'a [ReferenceOr<Schema>], pointer: &Pointer) -> Vec<Located<'a>> {
    schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| Located::new(schema, pointer.index(index)))
        .collect()
}
