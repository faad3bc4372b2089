use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::pages::Paging;
use super::pair::{self, Pair};
use super::path;
use super::query;
use super::rare::{self, OpenBody, RareBody};
use super::settings::{Place, Settings};
use crate::client::Seam;
use crate::dialect::{RequestSettings, endpoint_of};
use crate::endpoint::Operation;
use crate::error::{Error, ErrorKind};
use crate::retry::RetryPolicy;
use crate::telemetry::CallSpan;
use crate::wire::{Slot, Writer, value_in};

/// The parts of a request to any endpoint.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) seam: Seam,
    pub(crate) operation: Operation,
    /// In place of the client's timeout.
    pub(crate) timeout: Option<Duration>,
    /// In place of the client's total timeout.
    pub(crate) total_timeout: Option<Duration>,
    /// In place of the client's policy, for reads and for actions.
    pub(crate) retry: Option<RetryPolicy>,
    /// True if a deviation from the document is an error.
    pub(crate) strict: bool,
    pub(crate) span: CallSpan,
    pub(crate) dialect: RequestSettings,
    pub(crate) headers: HeaderMap,
    /// The pagination, if the reply is a page.
    pub(crate) paging: Option<&'static Paging>,
    /// The place for the body of the reply, if it is not read at once.
    pub(super) open_body: OpenBody,
    /// A URL in place of endpoint, path and query.
    pub(super) address: Option<String>,
    pub(super) settings: Settings,
    pub(super) body: Body,
    /// The first problem of a value that was set.
    problem: Option<String>,
}

/// The kind of body.
#[derive(Clone)]
pub(super) enum Body {
    /// A JSON object of the parameters.
    Fields,
    /// JSON text.
    Json(String),
    /// A body that only some requests have.
    Rare(RareBody),
}

impl Parts {
    pub(crate) fn new(seam: &Seam, operation: Operation) -> Self {
        Self {
            seam: seam.clone(),
            operation,
            timeout: None,
            total_timeout: None,
            retry: None,
            strict: seam.is_strict(),
            span: CallSpan::default(),
            dialect: RequestSettings::of(seam),
            headers: HeaderMap::new(),
            paging: None,
            open_body: OpenBody::default(),
            address: None,
            settings: Settings::default(),
            body: RareBody::of(operation.sends).map_or(Body::Fields, Body::Rare),
            problem: None,
        }
    }

    pub(crate) fn set_body(&mut self, name: &'static str, value: Option<&mut dyn Slot>) {
        self.body = Body::Fields;
        self.set(Place::Body, name, value);
    }

    pub(crate) fn set_query(&mut self, name: &'static str, value: Option<&mut dyn Slot>) {
        self.set(Place::Query, name, value);
    }

    pub(super) fn set(&mut self, place: Place, name: &'static str, value: Option<&mut dyn Slot>) {
        match value {
            Some(value) => {
                let json = self.json(name, value);
                self.settings.set(place, name.into(), json);
            }
            None => self.settings.remove(place, name),
        }
    }

    pub(crate) fn set_path(&mut self, name: &'static str, value: &mut dyn Slot) {
        let text = path::segment(&self.json(name, value));
        self.set_segment(name, text);
    }

    pub(super) fn set_segment(&mut self, name: &'static str, text: String) {
        // An empty segment, `.` and `..` would change the path.
        if matches!(text.as_str(), "" | "." | "..") {
            self.refuse(format!(
                "`{name}` cannot be `{text}`: it is part of the path"
            ));
        }
        self.settings.set(Place::Path, name.into(), text);
    }

    pub(crate) fn set_fields(&mut self, value: &mut dyn Slot) {
        let json = self.json("the body", value);
        let Some(Value::Object(object)) = value_in(json.as_bytes()) else {
            self.refuse("the body must be an object");
            return;
        };
        self.body = Body::Fields;
        for (name, value) in object {
            self.settings
                .set(Place::Body, name.into(), value.to_string());
        }
    }

    pub(crate) fn set_whole_body(&mut self, value: &mut dyn Slot) {
        self.body = Body::Json(self.json("the body", value));
    }

    pub(crate) fn refuse_empty(&mut self, name: &'static str) {
        let is_empty = |place| matches!(self.settings.get(place, name), Some(r#""""# | "[]"));
        if is_empty(Place::Body) || is_empty(Place::Query) {
            self.refuse(format!("`{name}` must not be empty"));
        }
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match HeaderName::try_from(name) {
            Ok(name) => self.insert_header(name, value),
            Err(_) => self.refuse(format!(
                "`{}` is not a valid header name",
                name.escape_debug()
            )),
        }
    }

    pub(crate) fn insert_header(&mut self, name: HeaderName, value: &str) {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.refuse(format!(
                "the header `{name}` has characters that HTTP does not allow"
            )),
        }
    }

    /// Returns the endpoint of the request.
    pub(crate) fn endpoint(&self) -> &str {
        endpoint_of(&self.seam, &self.operation)
    }

    /// Adds host and path of the request to an error.
    pub(crate) fn locate(&self, error: Error) -> Error {
        error.at(self.endpoint(), self.operation.path)
    }

    /// Returns the path with its parameters filled in.
    pub(crate) fn filled_path(&self) -> String {
        let mut path = String::new();
        let mut rest = self.operation.path;
        while let Some((before, name, after)) = parameter(rest) {
            path.push_str(before);
            match self.settings.get(Place::Path, name) {
                Some(value) => path.push_str(value),
                None => path.push_str(&rest[before.len()..rest.len() - after.len()]),
            }
            rest = after;
        }
        path.push_str(rest);
        path
    }

    /// Returns the value that was set under a name, in the body or the query.
    pub(super) fn value(&self, name: &str) -> Option<Value> {
        let stands = |place: Place| place == Place::Body || place.is_in_query();
        let mut settings = self.settings.all();
        let setting = settings.find(|setting| setting.name == name && stands(setting.place))?;
        value_in(setting.text().as_bytes())
    }

    pub(crate) fn json_body(&self) -> Option<Value> {
        let (bytes, _) = self.encoded_body()?;
        let is_json = matches!(self.body, Body::Fields | Body::Json(_));
        is_json.then(|| value_in(&bytes))?
    }

    pub(crate) fn query_pairs(&self) -> Result<Vec<(String, String)>, Error> {
        let pairs = self.query()?;
        Ok(pairs.into_iter().map(Pair::decoded).collect())
    }

    fn query(&self) -> Result<Vec<Pair>, Error> {
        let pairs = query::pairs(self.settings.at(Place::Query))
            .map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))?;
        let mut pairs: Vec<Pair> = pairs.into_iter().map(Pair::from).collect();
        rare::add_to_query(&mut pairs, &self.settings);
        Ok(pairs)
    }

    /// Returns the URL of the request.
    pub(crate) fn url(&self) -> Result<String, Error> {
        if let Some(address) = &self.address {
            return Ok(address.clone());
        }
        let query = pair::encode(&self.query()?);
        let path = self.filled_path();
        let separator = match (query.is_empty(), path.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        Ok(format!("{}{path}{separator}{query}", self.endpoint()))
    }

    /// Returns the body and its media type; `None` if the method has no body and nothing is set.
    pub(crate) fn encoded_body(&self) -> Option<(Bytes, &str)> {
        Some(match &self.body {
            Body::Fields if self.has_no_fields() && !self.operation.method.has_body() => {
                return None;
            }
            Body::Fields => (self.object().into(), self.operation.sends),
            Body::Json(json) => (json.clone().into(), self.operation.sends),
            Body::Rare(body) => body.encoded(&self.settings),
        })
    }

    /// Returns the JSON text of the body.
    fn object(&self) -> String {
        let mut writer = Writer::default();
        writer.begin_object();
        for field in self.settings.at(Place::Body) {
            writer.key(&field.name);
            writer.json(field.text());
        }
        writer.end_object();
        writer.finish().0
    }

    /// Fails if the request cannot be sent.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.problem {
            Some(problem) => Err(Error::new(ErrorKind::InvalidRequest, problem)),
            None if self.operation.requires_parameters
                && self.has_no_fields()
                && !self.settings.any(Place::Query) =>
            {
                Err(Error::new(
                    ErrorKind::InvalidRequest,
                    "set at least one parameter: without any, the API refuses the request",
                ))
            }
            None => Ok(()),
        }
    }

    fn has_no_fields(&self) -> bool {
        matches!(self.body, Body::Fields) && !self.settings.any(Place::Body)
    }

    pub(super) fn json(&mut self, name: &str, value: &mut dyn Slot) -> String {
        let mut writer = Writer::of_request();
        value.write(&mut writer);
        let (json, problem) = writer.finish();
        if let Some(problem) = problem {
            self.refuse(format!("`{name}` {problem}"));
        }
        json
    }

    pub(crate) fn refuse(&mut self, problem: impl Into<String>) {
        self.problem.get_or_insert_with(|| problem.into());
    }
}

/// Splits a path at its first parameter: the text before it, its name, and the text after it.
fn parameter(path: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = path.split_once(['{', '['])?;
    let (name, after) = after.split_once(['}', ']'])?;
    Some((before, name, after))
}

/// Returns the text of a JSON string, or the JSON of any other value.
pub(super) fn plain(json: &str) -> String {
    match value_in(json.as_bytes()) {
        Some(Value::String(text)) => text,
        _ => json.to_owned(),
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |is_there: fn(Place) -> bool| {
            let there = self
                .settings
                .all()
                .filter(|setting| is_there(setting.place));
            there.map(|setting| &*setting.name).collect::<Vec<_>>()
        };
        let query = names(Place::is_in_query);
        let body = match &self.body {
            Body::Fields => names(Place::is_in_body),
            Body::Rare(body) if body.has_fields() => names(Place::is_in_body),
            Body::Json(_) | Body::Rare(_) => vec!["…"],
        };
        f.debug_struct("Request")
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .field("query", &query)
            .field("body", &body)
            .finish_non_exhaustive()
    }
}
