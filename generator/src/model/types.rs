//! The types of a model.

use std::collections::BTreeSet;

use super::object::{Field, Object};
use super::union::{Union, Variant};

/// The index of an entry in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON value.
    Json,
    /// Text.
    String,
    /// An integer.
    Integer,
    /// An unsigned integer of 64 bits.
    Unsigned,
    /// A number, as JSON has them.
    Number,
    /// True or false.
    Boolean,
    /// A body or a file as bytes.
    Bytes,
    /// A point in time.
    DateTime,
    /// The id of a resource: `access_code`.
    Id(String),
    /// A type with a definition of its own.
    Named(TypeId),
    /// A list.
    List(Box<Type>),
    /// A list of fixed length, with a type for each position.
    Tuple(Vec<Type>),
    /// A map from strings.
    Map(Box<Type>),
    /// A nullable value in a list or a map. For properties, the presence says so.
    Nullable(Box<Type>),
    /// An action attempt with the type of its result.
    ActionAttempt(Box<Type>),
}

impl Type {
    /// A list of this type.
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// Calls `visit` with each named type that this one mentions.
    pub fn each_named(&self, visit: &mut impl FnMut(TypeId)) {
        match self {
            Self::Named(id) => visit(*id),
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::ActionAttempt(inner) => inner.each_named(visit),
            Self::Tuple(places) => places.iter().for_each(|place| place.each_named(visit)),
            Self::Json
            | Self::String
            | Self::Integer
            | Self::Unsigned
            | Self::Number
            | Self::Boolean
            | Self::Bytes
            | Self::DateTime
            | Self::Id(_) => {}
        }
    }

    /// Replaces each named type by the result of `replace`.
    pub fn rename(&mut self, replace: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Named(id) => *id = replace(*id),
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::ActionAttempt(inner) => inner.rename(replace),
            Self::Tuple(places) => places.iter_mut().for_each(|place| place.rename(replace)),
            Self::Json
            | Self::String
            | Self::Integer
            | Self::Unsigned
            | Self::Number
            | Self::Boolean
            | Self::Bytes
            | Self::DateTime
            | Self::Id(_) => {}
        }
    }
}

/// The documentation of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// A short title.
    pub title: Option<String>,
    /// Markdown, as the document has it.
    pub description: Option<String>,
    /// The reason of its deprecation.
    pub deprecated: Option<String>,
    /// The reason why it may still change.
    pub draft: Option<String>,
    /// The reason why it is not part of the public API.
    pub undocumented: Option<String>,
}

/// The place of a type in the document, in the document's words. The names of its module and of the type follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The kind of the first segment of `module`.
    pub root: Root,
    /// The names of its owners, outermost first.
    pub module: Vec<String>,
    /// Its name.
    pub name: String,
    /// The name of the type around it, as a prefix if its own name is in use.
    pub parent: String,
}

/// The kind of the first segment of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// A namespace of calls, or a module that `names.yaml` names.
    Namespace,
    /// A component.
    Component,
}

/// A type with a name.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// Its place.
    pub place: TypePlace,
    /// The name of its component in the document.
    pub component: Option<String>,
    /// The JSON pointer of the schema.
    pub pointer: String,
    /// True if it is composed of several schemas, of which that is only the first.
    pub composed: bool,
    /// Its documentation.
    pub docs: Docs,
    /// Its kind.
    pub kind: Kind,
    /// True if callers send it.
    pub sent: bool,
    /// True if callers receive it.
    pub received: bool,
    /// The calls that take or return it. A pass fills it.
    pub reached: BTreeSet<Reach>,
}

impl TypeDef {
    /// Returns true if it is part of the client, because a rendered item refers to it.
    pub fn is_live(&self) -> bool {
        self.is_reached() && !matches!(self.kind, Kind::Unnamed)
    }

    /// Returns true if some call takes or returns it.
    pub fn is_reached(&self) -> bool {
        !self.reached.is_empty()
    }

    /// Returns true if only undocumented items refer to it.
    pub fn is_undocumented(&self) -> bool {
        self.reached.iter().all(|reach| reach.undocumented)
    }
}

/// A path from calls to a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// The namespace at the root that has the calls.
    pub namespace: String,
    /// True if a call or a property on the path is undocumented.
    pub undocumented: bool,
}

/// The kinds of named types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Named properties.
    Object(Object),
    /// One of several strings or whole numbers.
    Enumeration(Enumeration),
    /// One of several shapes.
    Union(Union),
    /// No type of its own: a list, a map, or another type. After lowering, nothing refers to it.
    Unnamed,
}

impl Kind {
    /// Visits each type that it mentions.
    pub fn each_type(&mut self, visit: &mut impl FnMut(&mut Type)) {
        match self {
            Self::Object(object) => {
                let fields = object.fields.iter_mut().map(|field| &mut field.ty);
                let additional = object.additional.iter_mut().map(|other| &mut other.ty);
                let accessors = object.accessors.iter_mut().map(|accessor| &mut accessor.ty);
                fields.chain(additional).chain(accessors).for_each(visit);
            }
            Self::Enumeration(_) | Self::Unnamed => {}
            Self::Union(Union::Tagged { branches, .. } | Union::Results(branches)) => branches
                .iter_mut()
                .filter_map(|branch| branch.payload.as_mut())
                .for_each(visit),
            Self::Union(Union::Variants(variants)) => variants
                .variants
                .iter_mut()
                .flat_map(|variant| &mut variant.fields)
                .for_each(|field| visit(&mut field.ty)),
            Self::Union(Union::Delivered(delivered)) => delivered
                .arrivals
                .iter_mut()
                .filter_map(|arrival| arrival.payload.as_mut())
                .for_each(visit),
            Self::Union(Union::Keyed(branches)) => branches
                .iter_mut()
                .for_each(|branch| visit(&mut branch.payload)),
            Self::Union(Union::Kinds(branches)) => branches
                .iter_mut()
                .for_each(|branch| visit(&mut branch.payload)),
            Self::Union(Union::Replies(branches)) => branches
                .iter_mut()
                .filter_map(|branch| branch.payload.as_mut())
                .for_each(visit),
        }
    }

    /// Returns the types that it mentions, each with true if the mention needs `undocumented`.
    pub fn mentions(&self) -> Vec<(bool, &Type)> {
        self.mentions_of(&|_| true)
    }

    /// Returns the types that it mentions, without those of fields that do not count.
    pub fn mentions_of(&self, counts: &dyn Fn(&Field) -> bool) -> Vec<(bool, &Type)> {
        let hidden = |docs: &Docs| docs.undocumented.is_some();
        let of_field = |field: &'_ Field| hidden(&field.docs);
        match self {
            Self::Object(object) => {
                let fields = object.fields.iter().filter(|field| counts(field));
                let fields = fields.map(|field| (of_field(field), &field.ty));
                let additional = object.additional.iter().map(|other| (false, &other.ty));
                fields.chain(additional).collect()
            }
            Self::Enumeration(_) | Self::Unnamed => Vec::new(),
            Self::Union(Union::Tagged { branches, .. } | Union::Results(branches)) => {
                let branches = branches
                    .iter()
                    .map(|branch| (hidden(&branch.docs), branch.payload.as_ref()));
                branches
                    .filter_map(|(hidden, ty)| Some((hidden, ty?)))
                    .collect()
            }
            Self::Union(Union::Variants(variants)) => {
                let of = |variant: &'_ Variant, field: &'_ Field| {
                    hidden(&variant.docs) || of_field(field)
                };
                let variants = variants.variants.iter();
                let fields = variants
                    .flat_map(|variant| variant.fields.iter().map(move |field| (variant, field)));
                fields
                    .filter(|(_, field)| counts(field))
                    .map(|(variant, field)| (of(variant, field), &field.ty))
                    .collect()
            }
            Self::Union(Union::Delivered(delivered)) => {
                let payloads = delivered.arrivals.iter();
                payloads
                    .filter_map(|arrival| Some((hidden(&arrival.docs), arrival.payload.as_ref()?)))
                    .collect()
            }
            Self::Union(Union::Keyed(branches)) => branches
                .iter()
                .map(|branch| (hidden(&branch.docs), &branch.payload))
                .collect(),
            Self::Union(Union::Kinds(branches)) => branches
                .iter()
                .map(|branch| (false, &branch.payload))
                .collect(),
            Self::Union(Union::Replies(branches)) => branches
                .iter()
                .filter_map(|branch| Some((false, branch.payload.as_ref()?)))
                .collect(),
        }
    }
}

/// An enum of strings or integers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// The values, in the document's order.
    pub values: Vec<EnumValue>,
    /// True if they are integers.
    pub whole: bool,
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The value on the wire; the digits of an integer.
    pub value: String,
    /// Its name in the document, if it has one.
    pub name: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}
