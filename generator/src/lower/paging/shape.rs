//! The members of a reply that can describe pages: its lists, and the scalars at the top and in objects about pages.

use crate::lower::Lowering;
use crate::lower::facts::{Facts, JsonType, Located};
use crate::words;

/// Names of objects that describe pages.
const CONTAINERS: [&str; 14] = [
    "cursor",
    "cursors",
    "links",
    "list_metadata",
    "meta",
    "metadata",
    "next",
    "page",
    "page_info",
    "pagination",
    "paging",
    "paging_info",
    "response_metadata",
    "result_info",
];

/// Names of lists that are not the items.
const OTHER_LISTS: [&str; 6] = [
    "errors", "facets", "included", "links", "messages", "warnings",
];

/// A scalar of a reply.
#[derive(Debug)]
pub(super) struct Scalar {
    /// The keys of its place.
    pub(super) keys: Vec<String>,
    /// Its key in snake case.
    pub(super) name: String,
    pub(super) kind: JsonType,
    pub(super) is_url: bool,
}

impl Scalar {
    pub(super) fn is_token(&self) -> bool {
        matches!(self.kind, JsonType::String | JsonType::Integer)
    }

    /// Returns its keys in snake case, joined: `links_next`.
    pub(super) fn joined_keys(&self) -> String {
        let names: Vec<String> = self.keys.iter().map(|key| words::snake(key)).collect();
        names.join("_")
    }
}

/// A list of items in a reply.
pub(super) struct List<'a> {
    /// The keys of its place.
    pub(super) keys: Vec<String>,
    pub(super) items: Option<Located<'a>>,
}

pub(super) struct Shape<'a> {
    pub(super) scalars: Vec<Scalar>,
    /// The list of items, if there is only one candidate.
    pub(super) list: Option<List<'a>>,
}

impl Shape<'_> {
    /// Returns the scalar with the first of these names that exists.
    pub(super) fn find(
        &self,
        names: &[&str],
        is_wanted: impl Fn(&Scalar) -> bool,
    ) -> Option<&Scalar> {
        names.iter().find_map(|name| {
            let mut all = self.scalars.iter();
            all.find(|scalar| scalar.name == *name && is_wanted(scalar))
        })
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn shape(&self, body: &Located<'a>) -> Shape<'a> {
        let facts = self.facts(body);
        let mut scalars = Vec::new();
        self.add_scalars(&facts, &[], &mut scalars);
        let list = match facts.json_type {
            Some(JsonType::Array) => Some(List {
                keys: Vec::new(),
                items: facts.items.clone(),
            }),
            _ => self.only_list(&facts),
        };
        Shape { scalars, list }
    }

    fn only_list(&self, facts: &Facts<'a>) -> Option<List<'a>> {
        let lists = facts.properties.iter().filter_map(|property| {
            let own = self.facts(&property.value);
            let is_list = own.json_type == Some(JsonType::Array);
            (is_list && !OTHER_LISTS.contains(&words::snake(property.name).as_str())).then(|| {
                List {
                    keys: vec![property.name.to_owned()],
                    items: own.items,
                }
            })
        });
        let mut lists: Vec<List<'a>> = lists.collect();
        (lists.len() == 1).then(|| lists.remove(0))
    }

    fn add_scalars(&self, facts: &Facts<'a>, above: &[String], scalars: &mut Vec<Scalar>) {
        for property in &facts.properties {
            let own = self.facts(&property.value);
            let keys = [above, &[property.name.to_owned()]].concat();
            let name = words::snake(property.name);
            match self.kind_without_null(&own) {
                Some((JsonType::Object, inner)) if above.len() < 2 => {
                    if CONTAINERS.contains(&name.as_str()) {
                        self.add_scalars(&inner, &keys, scalars);
                    }
                }
                Some((JsonType::Object | JsonType::Array, _)) | None => {}
                Some((kind, inner)) => scalars.push(Scalar {
                    is_url: is_url(&inner),
                    keys,
                    name,
                    kind,
                }),
            }
        }
    }

    /// Returns the JSON type of a value, nullable or not.
    fn kind_without_null(&self, facts: &Facts<'a>) -> Option<(JsonType, Facts<'a>)> {
        if facts.is_object() {
            return Some((JsonType::Object, facts.clone()));
        }
        if let Some(kind) = facts.json_type {
            return Some((kind, facts.clone()));
        }
        let alternatives = facts.alternatives.iter().map(|other| self.facts(other));
        let mut kinds = alternatives.filter_map(|other| Some((other.json_type?, other)));
        let found = kinds.next()?;
        kinds.next().is_none().then_some(found)
    }
}

fn is_url(facts: &Facts<'_>) -> bool {
    let format = facts.format.as_deref();
    matches!(
        format,
        Some("uri" | "url" | "uri-reference" | "iri" | "iri-reference")
    )
}
