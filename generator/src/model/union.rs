//! The unions of a model, and what tells their branches apart.

use super::{Docs, Field, Reply, Status, Type};

/// One of several shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Union {
    /// Told apart by the value of a property. The last branch may be that without it.
    Tagged {
        /// The property.
        tag: String,
        /// The branches.
        branches: Vec<UnionBranch>,
        /// True if there are other branches, without a value of the tag.
        open: bool,
    },
    /// What the tag of a received object tells: the variants of the object, each with the properties that are its own.
    Variants(Variants),
    /// Told apart by a property that only one branch has.
    Keyed(Vec<Branch>),
    /// Told apart by the JSON type.
    Kinds(Vec<KindBranch>),
    /// What the API sends by itself, told apart by a name that comes with it.
    Delivered(Delivered),
    /// What the success of any action attempt holds, told apart by the action's type.
    Results(Vec<UnionBranch>),
    /// The replies of one call, told apart by status and media type.
    Replies(Vec<ReplyBranch>),
}

/// One of the replies that a call may give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyBranch {
    /// Its name, in words.
    pub name: String,
    /// When it comes.
    pub status: Status,
    /// The media types of its body, as the document spells them.
    pub media: Vec<String>,
    /// How it is read.
    pub reply: Reply,
    /// The type of its body, if it has one.
    pub payload: Option<Type>,
    /// Its documentation.
    pub docs: Docs,
}

/// The variants of an object, told apart by the property that holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variants {
    /// The property.
    pub tag: String,
    /// The variants. The last one may be that without the property.
    pub variants: Vec<Variant>,
    /// True if there are other branches, without a value of the tag.
    pub open: bool,
}

/// One variant of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The value of the property that tells it.
    pub tag: Tag,
    /// The properties that only some variants have.
    pub fields: Vec<Field>,
    /// The properties of the object that other variants may lack, and this one may not.
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
    /// Its payload; nothing where it has only the tag.
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
    /// None: the branch lacks the property, or is the only one that may.
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
    /// The property; nothing in the last branch where that takes all other objects.
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

    /// Its name where the document has none.
    pub fn word(&self) -> &str {
        self.key.as_deref().unwrap_or("map")
    }
}

/// The kind of a branch that holds whole numbers that are never negative.
pub const UNSIGNED: &str = "unsigned";

/// A branch with a JSON type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindBranch {
    /// `string`, `boolean`, `number`, `integer`, [`UNSIGNED`], `list` or `object`.
    pub kind: &'static str,
    /// Its type.
    pub payload: Type,
}

/// The namespace of what the API sends by itself, and its feature.
pub const DELIVERIES: &str = "webhooks";

/// What the API sends by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The property of every body that says which it is, if there is one.
    pub tag: Option<String>,
    /// The webhooks and callbacks.
    pub arrivals: Vec<DeliveryBranch>,
}

/// A webhook or callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryBranch {
    /// Its name in the document.
    pub name: String,
    /// The values of the tag by which its body is known.
    pub tags: Vec<String>,
    /// The body; nothing where the document has none that is JSON.
    pub payload: Option<Type>,
    /// Its documentation.
    pub docs: Docs,
    /// The JSON pointer of its operation.
    pub pointer: String,
}
