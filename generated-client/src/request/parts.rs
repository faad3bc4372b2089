use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::path_style::PathStyle;
use super::style::{self, Style};
use super::{multipart, query};
use crate::attempt::WaitPolicy;
use crate::client::Seam;
use crate::endpoint::Operation;
use crate::error::{Error, ErrorKind};
use crate::retry::RetryPolicy;
use crate::telemetry::CallSpan;
use crate::wire::{Slot, Writer, value_in};

/// A name, and its value as JSON text.
type Named = (Cow<'static, str>, String);

/// A name, its value as JSON text, and how the value is written.
type Styled = (&'static str, String, Style);

/// Everything that makes a request, whatever its endpoint.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) seam: Seam,
    pub(crate) operation: Operation,
    /// In place of the client's timeout.
    pub(crate) timeout: Option<Duration>,
    /// In place of the client's total timeout.
    pub(crate) total_timeout: Option<Duration>,
    /// In place of the client's policy, whatever the request does.
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether a departure from the document is an error.
    pub(crate) strict: bool,
    pub(crate) span: CallSpan,
    /// How to wait where the reply is an action attempt; `None` not to.
    pub(crate) wait: Option<WaitPolicy>,
    pub(crate) headers: HeaderMap,
    path: Vec<(&'static str, String)>,
    query: Vec<Named>,
    /// What is written in another way than Seam's servers read: by the style that the document names.
    styled: Vec<Styled>,
    body: Body,
    /// The first thing that was set and cannot be sent.
    problem: Option<String>,
}

#[derive(Clone)]
enum Body {
    Fields(Vec<Named>),
    Form(Vec<Styled>),
    Multipart(Vec<(&'static str, multipart::Content)>),
    /// JSON text.
    Whole(String),
    Raw(Vec<u8>, &'static str),
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
            wait: Some(seam.wait_policy()),
            headers: HeaderMap::new(),
            path: Vec::new(),
            query: Vec::new(),
            styled: Vec::new(),
            body: Body::Fields(Vec::new()),
            problem: None,
        }
    }

    pub(crate) fn set_body(&mut self, name: &'static str, value: &mut dyn Slot) {
        let json = self.json(name, value);
        if let Body::Fields(fields) = &mut self.body {
            set(fields, name.into(), json);
        } else {
            self.body = Body::Fields(vec![(name.into(), json)]);
        }
    }

    pub(crate) fn set_form(&mut self, name: &'static str, value: &mut dyn Slot) {
        let json = self.json(name, value);
        if !matches!(self.body, Body::Form(_)) {
            self.body = Body::Form(Vec::new());
        }
        if let Body::Form(fields) = &mut self.body {
            fields.retain(|(set, ..)| *set != name);
            fields.push((name, json, Style::Bracket));
        }
    }

    pub(crate) fn set_part(&mut self, name: &'static str, value: &mut dyn Slot) {
        let text = plain(&self.json(name, value));
        self.set_parts(name, vec![multipart::Content::Text(text)]);
    }

    pub(crate) fn set_files(&mut self, name: &'static str, files: Vec<Vec<u8>>) {
        let files = files.into_iter().map(multipart::Content::File);
        self.set_parts(name, files.collect());
    }

    fn set_parts(&mut self, name: &'static str, contents: Vec<multipart::Content>) {
        if contents.iter().any(multipart::holds_boundary) {
            self.refuse(format!(
                "`{name}` holds the mark that ends a part of a form"
            ));
        }
        if !matches!(self.body, Body::Multipart(_)) {
            self.body = Body::Multipart(Vec::new());
        }
        if let Body::Multipart(parts) = &mut self.body {
            parts.retain(|(set, _)| *set != name);
            parts.extend(contents.into_iter().map(|content| (name, content)));
        }
    }

    pub(crate) fn set_fields(&mut self, value: &mut dyn Slot) {
        let json = self.json("the body", value);
        let Some(Value::Object(object)) = value_in(json.as_bytes()) else {
            self.refuse("the body is no object");
            return;
        };
        if !matches!(self.body, Body::Fields(_)) {
            self.body = Body::Fields(Vec::new());
        }
        if let Body::Fields(fields) = &mut self.body {
            for (name, value) in object {
                set(fields, name.into(), value.to_string());
            }
        }
    }

    pub(crate) fn set_whole_body(&mut self, value: &mut dyn Slot) {
        self.body = Body::Whole(self.json("the body", value));
    }

    pub(crate) fn set_raw_body(&mut self, bytes: Vec<u8>, content_type: &'static str) {
        self.body = Body::Raw(bytes, content_type);
    }

    pub(crate) fn set_query(&mut self, name: &'static str, value: &mut dyn Slot) {
        let json = self.json(name, value);
        set(&mut self.query, name.into(), json);
    }

    pub(crate) fn set_styled_query(
        &mut self,
        name: &'static str,
        value: &mut dyn Slot,
        style: Style,
    ) {
        let json = self.json(name, value);
        self.styled.retain(|(set, ..)| *set != name);
        self.styled.push((name, json, style));
    }

    pub(crate) fn set_path(&mut self, name: &'static str, value: &mut dyn Slot, style: PathStyle) {
        let text = style.write(name, &self.json(name, value));
        // An empty segment, or one that means "here" or "up", would ask for another path.
        if matches!(text.as_str(), "" | "." | "..") {
            self.refuse(format!(
                "`{name}` cannot be `{text}`: it is part of the path"
            ));
        }
        self.path.retain(|(set, _)| *set != name);
        self.path.push((name, text));
    }

    pub(crate) fn refuse_empty(&mut self, name: &'static str) {
        let body: &[Named] = match &self.body {
            Body::Fields(fields) => fields,
            _ => &[],
        };
        let mut set = body.iter().chain(&self.query);
        if set.any(|(set, json)| set == name && matches!(json.as_str(), r#""""# | "[]")) {
            self.refuse(format!("`{name}` is required, and empty"));
        }
    }

    pub(crate) fn set_header_param(&mut self, name: &'static str, value: &mut dyn Slot) {
        let text = style::simple(&self.json(name, value));
        self.set_header(name, &text);
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.refuse(format!("`{}` is no header's name", name.escape_debug())),
            (_, Err(_)) => self.refuse(format!(
                "the header `{name}` holds characters that HTTP cannot carry"
            )),
        }
    }

    /// The path with its parameters filled in.
    pub(crate) fn filled_path(&self) -> String {
        let mut path = String::new();
        let mut rest = self.operation.path;
        while let Some((before, name, after)) = parameter(rest) {
            path.push_str(before);
            match self.path.iter().find(|(set, _)| *set == name) {
                Some((_, value)) => path.push_str(value),
                None => path.push_str(&rest[before.len()..rest.len() - after.len()]),
            }
            rest = after;
        }
        path.push_str(rest);
        path
    }

    pub(crate) fn json_body(&self) -> Option<Value> {
        let (bytes, _) = self.encoded_body()?;
        let is_json = matches!(self.body, Body::Fields(_) | Body::Whole(_));
        is_json.then(|| value_in(&bytes))?
    }

    pub(crate) fn query_pairs(&self) -> Result<Vec<(String, String)>, Error> {
        let mut pairs = query::pairs(&self.query)
            .map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))?;
        pairs.extend(style::pairs(&self.styled));
        Ok(pairs)
    }

    /// The URL to ask for.
    pub(crate) fn url(&self) -> Result<String, Error> {
        let query = query::encode(&self.query_pairs()?);
        let separator = if query.is_empty() { "" } else { "?" };
        Ok(format!(
            "{}{}{separator}{query}",
            self.seam.endpoint(),
            self.filled_path()
        ))
    }

    /// The body to send and its type; `None` where the method has none and nothing is set.
    pub(crate) fn encoded_body(&self) -> Option<(Vec<u8>, &'static str)> {
        match &self.body {
            Body::Fields(fields) if fields.is_empty() && !self.operation.method.has_body() => None,
            Body::Fields(fields) => Some((object(fields).into_bytes(), self.operation.sends)),
            Body::Whole(json) => Some((json.clone().into_bytes(), self.operation.sends)),
            Body::Raw(bytes, content_type) => Some((bytes.clone(), content_type)),
            Body::Form(fields) => Some((
                query::encode(&style::pairs(fields)).into_bytes(),
                "application/x-www-form-urlencoded",
            )),
            Body::Multipart(parts) => Some((multipart::encode(parts), multipart::CONTENT_TYPE)),
        }
    }

    /// Refuses what cannot be sent.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.problem {
            Some(problem) => Err(Error::new(ErrorKind::InvalidRequest, problem)),
            None if self.operation.requires_parameters && self.sets_nothing() => Err(Error::new(
                ErrorKind::InvalidRequest,
                "set at least one parameter: without any, the API refuses the request",
            )),
            None => Ok(()),
        }
    }

    fn sets_nothing(&self) -> bool {
        let body_is_empty = matches!(&self.body, Body::Fields(fields) if fields.is_empty());
        body_is_empty && self.query.is_empty()
    }

    fn json(&mut self, name: &str, value: &mut dyn Slot) -> String {
        let mut writer = Writer::default();
        value.write(&mut writer);
        let (json, problem) = writer.finish();
        if let Some(problem) = problem {
            self.refuse(format!("`{name}` {problem}"));
        }
        json
    }

    pub(super) fn refuse(&mut self, problem: impl Into<String>) {
        self.problem.get_or_insert_with(|| problem.into());
    }
}

/// What stands before the first parameter of a path, its name, and what follows.
fn parameter(path: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = path.split_once(['{', '['])?;
    let (name, after) = after.split_once(['}', ']'])?;
    Some((before, name, after))
}

fn set(fields: &mut Vec<Named>, name: Cow<'static, str>, json: String) {
    match fields.iter_mut().find(|(set, _)| *set == name) {
        Some((_, value)) => *value = json,
        None => fields.push((name, json)),
    }
}

fn object(fields: &[Named]) -> String {
    let mut writer = Writer::default();
    writer.begin_object();
    for (name, json) in fields {
        writer.key(name);
        writer.json(json);
    }
    writer.end_object();
    writer.finish().0
}

/// A JSON string's text; of any other value its JSON.
pub(super) fn plain(json: &str) -> String {
    match value_in(json.as_bytes()) {
        Some(Value::String(text)) => text,
        _ => json.to_owned(),
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |fields: &[Named]| {
            fields
                .iter()
                .map(|(name, _)| name.to_string())
                .collect::<Vec<_>>()
        };
        let body = match &self.body {
            Body::Fields(fields) => names(fields),
            Body::Form(fields) => fields.iter().map(|(name, ..)| (*name).to_owned()).collect(),
            Body::Multipart(parts) => parts.iter().map(|(name, _)| (*name).to_owned()).collect(),
            Body::Whole(_) | Body::Raw(..) => vec!["…".to_owned()],
        };
        f.debug_struct("Request")
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .field("query", &names(&self.query))
            .field("body", &body)
            .finish_non_exhaustive()
    }
}
