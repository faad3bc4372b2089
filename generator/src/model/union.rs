//! The unions of a model, and the values that select their branches.

use super::{Docs, Field, Reply, Status, Type};

/// One of several shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Union {
    /// The value of a property selects the branch. The last branch may be the one without the property.
    Tagged {
        /// The property.
        tag: String,
        /// The branches.
        branches: Vec<UnionBranch>,
        /// True if there are other branches, without a value of the tag.
        open: bool,
    },
    /// The variants of a received object, each with its own properties.
    Variants(Variants),
    /// A property that only one branch has selects the branch.
    Keyed(Vec<Branch>),
    /// The JSON type selects the branch.
    Kinds(Vec<KindBranch>),
    /// Webhooks and callbacks, selected by their names.
    Delivered(Delivered),
    /// The results of action attempts, selected by the type of the action.
    Results(Vec<UnionBranch>),
    /// The replies of one call, selected by status and media type.
    Replies(Vec<ReplyBranch>),
}

/// One of the replies that a call may give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyBranch {
    /// Its name, in words.
    pub name: String,
    /// Its status.
    pub status: Status,
    /// The media types of its body, as the document writes them.
    pub media: Vec<String>,
    /// How it is read.
    pub reply: Reply,
    /// The type of its body, if it has one.
    pub payload: Option<Type>,
    /// Its documentation.
    pub docs: Docs,
}

/// The variants of an object, selected by the property that contains them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variants {
    /// The property.
    pub tag: String,
    /// The variants. The last one may be the one without the property.
    pub variants: Vec<Variant>,
    /// True if there are other branches, without a value of the tag.
    pub open: bool,
}

/// One variant of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The value of the property for it.
    pub tag: Tag,
    /// The properties that only some variants have.
    pub fields: Vec<Field>,
    /// The properties of the object that are required for this variant, but optional for others.
    pub requires: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its schema.
    pub pointer: String,
}

/// A branch with a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnionBranch {
    /// The value of the tag.
    pub tag: Tag,
    /// Its payload; `None` if it has only the tag.
    pub payload: Option<Type>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its schema.
    pub pointer: String,
}

/// The value of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    /// A string.
    String(String),
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// No value: the branch lacks the property, or is the only one that may lack it.
    Missing,
}

impl Tag {
    /// Returns the name of a branch with this value of the property `name`, in words. Booleans and numbers use the property's
    /// name.
    pub fn words(&self, name: &str) -> String {
        match self {
            Self::String(text) => text.clone(),
            Self::Boolean(true) => name.trim_start_matches("is_").to_owned(),
            Self::Boolean(false) => format!("not_{}", name.trim_start_matches("is_")),
            Self::Integer(number) if *number < 0 => {
                format!("{name}_minus_{}", number.unsigned_abs())
            }
            Self::Integer(number) => format!("{name}_{number}"),
            Self::Missing => format!("without_{name}"),
        }
    }
}

/// A branch with a property of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The property; `None` for a last branch that takes all other objects.
    pub key: Option<String>,
    /// The object.
    pub payload: Type,
    /// Its documentation.
    pub docs: Docs,
}

impl Branch {
    /// Returns true if the branch takes this object, unless an earlier one does.
    pub fn takes(&self, json: &serde_json::Value) -> bool {
        match &self.key {
            Some(key) => json.get(key).is_some(),
            None => json.is_object(),
        }
    }

    /// Returns its name, without one in the document.
    pub fn word(&self) -> &str {
        self.key.as_deref().unwrap_or("map")
    }
}

/// The kind of a branch of unsigned integers.
pub const UNSIGNED: &str = "unsigned";

/// A branch with a JSON type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindBranch {
    /// `string`, `boolean`, `number`, `integer`, [`UNSIGNED`], `list` or `object`.
    pub kind: &'static str,
    /// Its type.
    pub payload: Type,
}

/// The namespace of webhooks and callbacks, and its feature.
pub const DELIVERIES: &str = "webhooks";

/// The webhooks and callbacks of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The property that selects the delivery, if every body has it.
    pub tag: Option<String>,
    /// The webhooks and callbacks.
    pub arrivals: Vec<DeliveryBranch>,
}

/// A webhook or callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryBranch {
    /// Its name in the document.
    pub name: String,
    /// The values of the tag for its body.
    pub tags: Vec<String>,
    /// The body; `None` if the document has no JSON body.
    pub payload: Option<Type>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its operation.
    pub pointer: String,
}
