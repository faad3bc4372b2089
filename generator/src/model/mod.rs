//! Facts about an API, without types of OpenAPI or Rust. All names are those of the document.
//!
//! `lower` makes a model, `passes` change it, and `rust` plans a crate from it.

mod connection;
mod endpoint;
mod object;
pub(crate) mod path;
mod secret;
mod types;
mod union;

use crate::error::Warning;
pub use connection::{
    Connection, KeyPlace, OperationConnection, Scheme, SchemeKind, Security, Server, ServerVariable,
};
pub use endpoint::{
    Endpoint, Failure, Location, Method, Output, Overload, PageRule, Paging, Param, PathStyle,
    Reply, Status, Style,
};
pub use object::{Access, Accessor, Additional, Field, Identity, Object, Presence};
pub use secret::Secret;
pub use types::{
    Docs, EnumValue, Enumeration, Kind, Reach, Root, Type, TypeDef, TypeId, TypePlace,
};
pub use union::{
    Branch, DELIVERIES, Delivered, DeliveryBranch, KindBranch, ReplyBranch, Tag, UNSIGNED, Union,
    UnionBranch, Variant, Variants,
};

/// A whole API.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// The document's title.
    pub title: String,
    /// The version in the document.
    pub version: String,
    /// The document's description, Markdown.
    pub description: Option<String>,
    /// Every type, by [`TypeId`].
    pub types: Vec<TypeDef>,
    /// The names of resources with their own ids: `access_code`.
    pub ids: Vec<String>,
    /// Top-level namespaces, in the document's order.
    pub namespaces: Vec<Namespace>,
    /// The type that webhooks deliver, if the document has one.
    pub delivered: Option<TypeId>,
    /// The enum of webhooks and callbacks.
    pub deliveries: Option<TypeId>,
    /// The resource in which every call is made, if it has an id: `workspace`.
    pub workspace: Option<String>,
    /// The servers and the security of the document; `None` if the vendor's own runtime has them.
    pub connection: Option<Connection>,
    /// The URL of the first server, with the defaults of its variables.
    pub url: Option<String>,
    /// The header with credentials, with a shell variable for the key, if the vendor's own runtime sends it.
    pub header: Option<&'static str>,
    /// The properties that hold secrets.
    pub secrets: Vec<Secret>,
    /// Texts for examples, each with the words that a name ends with.
    pub example_texts: &'static [(&'static str, &'static str)],
    /// The key of an example of a map, and the text of its value.
    pub example_entry: (&'static str, &'static str),
    /// The violations of OpenAPI in the document, and how they are read.
    pub warnings: Vec<Warning>,
}

impl Api {
    /// Returns the definition behind an id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// Returns true if a type is the enum for the tag of an object. It is not boxed, and one of its variants is for a missing
    /// tag.
    pub fn is_tag(&self, id: TypeId) -> bool {
        let kind = &self.type_def(id).kind;
        matches!(kind, Kind::Union(Union::Variants(_)))
    }

    /// Visits each type that a definition or an endpoint mentions.
    pub fn each_type(&mut self, visit: &mut impl FnMut(&mut Type)) {
        for definition in &mut self.types {
            definition.kind.each_type(visit);
        }
        let mut namespaces: Vec<_> = self.namespaces.iter_mut().collect();
        while let Some(namespace) = namespaces.pop() {
            for endpoint in &mut namespace.endpoints {
                endpoint.params_mut().for_each(|param| visit(&mut param.ty));
                endpoint.output.ty.iter_mut().for_each(&mut *visit);
                let others = endpoint.output.others.iter_mut();
                others.for_each(|(_, ty)| visit(ty));
                endpoint
                    .paging
                    .iter_mut()
                    .for_each(|paging| visit(&mut paging.item));
                endpoint.events.iter_mut().for_each(&mut *visit);
                let failures = endpoint.failures.iter_mut();
                failures.for_each(|failure| visit(&mut failure.ty));
            }
            namespaces.extend(&mut namespace.children);
        }
    }

    /// Returns every endpoint with the namespace it belongs to, parents before children.
    pub fn endpoints(&self) -> Vec<(&Namespace, &Endpoint)> {
        let mut found = Vec::new();
        for namespace in &self.namespaces {
            namespace.collect(&mut found);
        }
        found
    }
}

/// A group of endpoints: `seam.acs().access_groups()`.
#[derive(Debug, Clone)]
pub struct Namespace {
    /// The segments of its path, as the document writes them.
    pub path: Vec<String>,
    /// The description as Markdown, if it is a tag of the document.
    pub description: Option<String>,
    /// The common tag of its endpoints, if they do not share a path.
    pub tag: Option<String>,
    /// Its endpoints, in the document's order.
    pub endpoints: Vec<Endpoint>,
    /// The namespaces below, in the document's order.
    pub children: Vec<Namespace>,
}

impl Namespace {
    /// Returns the last segment of the path.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Returns true if nothing at or below this namespace is documented.
    pub fn is_undocumented(&self) -> bool {
        self.endpoints
            .iter()
            .all(|endpoint| endpoint.docs.undocumented.is_some())
            && self.children.iter().all(Self::is_undocumented)
    }

    /// Its endpoints and those below it, each with the namespace it belongs to, parents before children.
    pub fn endpoints(&self) -> Vec<(&Self, &Endpoint)> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<(&'a Self, &'a Endpoint)>) {
        found.extend(self.endpoints.iter().map(|endpoint| (self, endpoint)));
        for child in &self.children {
            child.collect(found);
        }
    }
}
