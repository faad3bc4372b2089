//! The requests and replies of a call that the document allows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::build::Choice;
use super::{Example, Examples};
use crate::document::unescaped;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A request, as the document has it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The path, its parameters in braces or brackets.
    pub path: String,
    /// The method in capitals.
    pub method: String,
    /// Parameters that stand in the path, the query and the headers.
    pub parameters: Vec<Parameter>,
    /// The alternatives of a JSON body; none where there is no such body.
    pub bodies: Vec<Body>,
}

/// A parameter outside of the body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header` or `cookie`.
    pub location: String,
    /// True if it is required.
    pub required: bool,
    /// True if it may be null.
    pub nullable: bool,
    /// A value of it.
    pub value: Value,
}

/// One alternative of a JSON body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its properties, each with the values that it may have in an example: one for each branch.
    pub properties: BTreeMap<String, Vec<Value>>,
    /// Those that must be there.
    pub required: BTreeSet<String>,
    /// Those that may be null.
    pub nullable: BTreeSet<String>,
}

/// The examples of what an operation replies.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The path of the operation.
    pub path: String,
    /// The JSON pointer of the operation.
    pub operation: String,
    /// Whole bodies.
    pub bodies: Vec<Example>,
}

impl Examples {
    /// Returns every path, and the methods that the document declares for it, in capitals.
    #[must_use]
    pub fn paths(&self) -> BTreeMap<&str, Vec<String>> {
        let paths = self.document.get("paths").and_then(Value::as_object);
        let declared = |item: &Value| {
            METHODS
                .iter()
                .filter(|method| item.get(method).is_some())
                .map(|method| method.to_uppercase())
                .collect()
        };
        paths
            .into_iter()
            .flatten()
            .map(|(path, item)| (path.as_str(), declared(item)))
            .collect()
    }

    /// Returns the request of the operation at a JSON pointer.
    #[must_use]
    pub fn request(&self, pointer: &str) -> Option<Request> {
        let operation = self.document.pointer(pointer)?;
        let (item, method) = pointer.rsplit_once('/')?;
        let path = unescaped(item.rsplit_once('/')?.1);
        let declared = [self.document.pointer(item)?, operation]
            .into_iter()
            .filter_map(|place| place.get("parameters")?.as_array());
        let parameters = declared
            .flatten()
            .filter_map(|parameter| self.parameter(parameter))
            .collect();
        Some(Request {
            path,
            method: method.to_uppercase(),
            parameters,
            bodies: self.bodies(operation).unwrap_or_default(),
        })
    }

    /// Returns true if the operation at a JSON pointer takes this JSON body.
    #[must_use]
    pub fn takes(&self, pointer: &str, body: &Value) -> bool {
        let schema = self.document.pointer(pointer).and_then(|operation| {
            let body = operation.get("requestBody")?;
            let reference = body.get("$ref").and_then(Value::as_str);
            let body = reference.map_or(Some(body), |reference| self.resolve(reference))?;
            json_schema(body.get("content")?)
        });
        schema.is_some_and(|schema| {
            let mut shapes = self.shapes(&[schema]).into_iter();
            shapes.any(|shape| self.fits(&shape, body))
        })
    }

    fn parameter(&self, parameter: &Value) -> Option<Parameter> {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let parameter = match reference {
            Some(reference) => self.resolve(reference)?,
            None => parameter,
        };
        let text = |key: &str| Some(parameter.get(key)?.as_str()?.to_owned());
        let schema = parameter
            .get("schema")
            .or_else(|| json_schema(parameter.get("content")?))?;
        Some(Parameter {
            name: text("name")?,
            location: text("in")?,
            required: parameter.get("required") == Some(&Value::Bool(true)),
            nullable: self.takes_null(&[schema]),
            value: self.build(&[schema], Choice::full(0)),
        })
    }

    fn bodies(&self, operation: &Value) -> Option<Vec<Body>> {
        let body = operation.get("requestBody")?;
        let body = match body.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.resolve(reference)?,
            None => body,
        };
        let schema = json_schema(body.get("content")?)?;
        let body_of = |shape: super::shape::Shape<'_>| Body {
            required: shape
                .required
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            nullable: shape
                .properties
                .iter()
                .filter(|(_, schemas)| self.takes_null(schemas))
                .map(|(name, _)| (*name).to_owned())
                .collect(),
            properties: shape
                .properties
                .iter()
                .map(|(name, schemas)| {
                    // As long as the property is one of several, an example of any of them will do.
                    let values = (0..self.width(schemas))
                        .map(|pick| self.build(schemas, Choice::full(pick)));
                    ((*name).to_owned(), values.collect())
                })
                .collect(),
        };
        Some(self.shapes(&[schema]).into_iter().map(body_of).collect())
    }

    /// What every operation may reply with success, in examples that show each branch and each value of an enum in it, but no
    /// more than `variations` of them.
    pub fn replies(&self, variations: usize) -> impl Iterator<Item = Reply> + '_ {
        let paths = self.document.get("paths").and_then(Value::as_object);
        let operations = paths.into_iter().flatten().flat_map(|(path, item)| {
            METHODS
                .iter()
                .filter_map(move |method| Some((path, *method, item.get(method)?)))
        });
        operations.filter_map(move |(path, method, operation)| {
            let schema = success(operation)?;
            let pointer = format!(
                "/paths/{}/{method}",
                path.replace('~', "~0").replace('/', "~1")
            );
            let mut bodies = self.allowed(schema, self.breadth(schema).min(variations));
            bodies.retain_mut(|body| self.dialect.settle_reply(operation, &mut body.json));
            Some(Reply {
                path: path.clone(),
                operation: pointer,
                bodies,
            })
        })
    }

    /// How many variations show every branch and value in a schema and below it.
    fn breadth(&self, schema: &Value) -> usize {
        self.widest(&[schema], &mut BTreeSet::new())
    }

    fn widest<'a>(&'a self, schemas: &[&'a Value], seen: &mut BTreeSet<*const Value>) -> usize {
        let before = seen.len();
        seen.extend(schemas.iter().map(|schema| std::ptr::from_ref(*schema)));
        let is_new = seen.len() > before;
        if !is_new {
            return 1;
        }
        let mut widest = self.width(schemas);
        for shape in self.shapes(schemas) {
            for schemas in shape.properties.values() {
                widest = widest.max(self.widest(schemas, seen));
            }
            for schema in shape.items.into_iter().chain(shape.extra) {
                widest = widest.max(self.widest(&[schema], seen));
            }
        }
        widest
    }
}

/// Returns the schema of a reply with success.
fn success(operation: &Value) -> Option<&Value> {
    let responses = operation.get("responses")?.as_object()?;
    let replies = responses
        .iter()
        .filter(|(status, _)| status.starts_with('2'));
    replies
        .filter_map(|(_, reply)| json_schema(reply.get("content")?))
        .next()
}

fn json_schema(content: &Value) -> Option<&Value> {
    let media: &Map<String, Value> = content.as_object()?;
    let json = media.iter().find(|(name, _)| name.contains("json"))?;
    json.1.get("schema")
}
