//! The files that references point to. Each is read once.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::super::text;
use super::faults::Fault;
use super::reference::{self, Destination, Location};
use crate::source::Files;

/// The largest number of files.
const MAX_FILES: usize = 10_000;
/// The largest total size of all files.
const MAX_BYTES: usize = 64 << 20;
/// The longest chain of references. A longer one is a cycle.
const MAX_CHAIN: usize = 64;

/// The files, by their paths.
pub(super) struct Texts<'a> {
    files: &'a dyn Files,
    read: HashMap<String, Result<Rc<Value>, Fault>>,
    bytes: usize,
}

impl<'a> Texts<'a> {
    /// Starts with the document, which is read already.
    pub(super) fn new(files: &'a dyn Files, document: Value) -> Self {
        let document = (files.document().to_owned(), Ok(Rc::new(document)));
        Self {
            files,
            read: HashMap::from([document]),
            bytes: 0,
        }
    }

    /// Returns the path of the document itself.
    pub(super) fn document(&self) -> &'a str {
        self.files.document()
    }

    /// Copies the value at a location that `resolve` has returned.
    pub(super) fn copy(&mut self, location: &Location) -> Option<Value> {
        let file = self.file(&location.file).ok()?;
        let mut tokens = location.tokens.iter();
        tokens
            .try_fold(&*file, |value, token| child(value, token))
            .cloned()
    }

    /// Returns the text of a file that is neither JSON nor YAML.
    pub(super) fn prose(&mut self, path: &str) -> Result<String, Fault> {
        let text = self.files.text(path);
        let text = text.map_err(|error| Fault::File(path.to_owned(), error))?;
        self.bytes += text.len();
        self.within_limits().map(|()| text)
    }

    /// Resolves a location: follows references on the path, and a reference at its end.
    pub(super) fn resolve(&mut self, start: Location) -> Result<Location, Fault> {
        let mut location = start;
        for _ in 0..MAX_CHAIN {
            match self.next(&location)? {
                None => return Ok(location),
                Some(next) => location = next,
            }
        }
        Err(Fault::Circle)
    }

    /// Returns the target of the first reference on the path to a location, if there is one.
    fn next(&mut self, location: &Location) -> Result<Option<Location>, Fault> {
        let file = self.file(&location.file)?;
        let mut at = &*file;
        for (index, token) in location.tokens.iter().enumerate() {
            at = match (child(at, token), reference_of(at)) {
                (Some(next), _) => next,
                (None, Some(reference)) => {
                    let rest = &location.tokens[index..];
                    return follow(reference, &location.file, rest);
                }
                (None, None) => return Err(Fault::Nowhere(location.clone())),
            };
        }
        let is_alone = at.as_object().is_some_and(|map| map.len() == 1);
        match reference_of(at).filter(|_| is_alone) {
            Some(reference) => follow(reference, &location.file, &[]),
            None => Ok(None),
        }
    }

    fn file(&mut self, path: &str) -> Result<Rc<Value>, Fault> {
        if let Some(read) = self.read.get(path) {
            return read.clone();
        }
        let read = self.load(path);
        self.read.insert(path.to_owned(), read.clone());
        read
    }

    fn load(&mut self, path: &str) -> Result<Rc<Value>, Fault> {
        self.within_limits()?;
        let text = self.files.text(path);
        let text = text.map_err(|error| Fault::File(path.to_owned(), error))?;
        self.bytes += text.len();
        self.within_limits()?;
        let value = match reference::is_yaml(path) {
            true => text::parse_yaml(&text),
            false => text::parse(&text),
        };
        let value = value.map_err(|problem| Fault::Parse(path.to_owned(), problem))?;
        Ok(Rc::new(value))
    }

    fn within_limits(&self) -> Result<(), Fault> {
        if self.read.len() > MAX_FILES {
            return Err(Fault::TooMuch(format!("more than {MAX_FILES} files")));
        }
        if self.bytes > MAX_BYTES {
            return Err(Fault::TooMuch(format!(
                "files of more than {MAX_BYTES} bytes in all"
            )));
        }
        Ok(())
    }
}

/// Returns the location that a reference in a file points to, with the rest of the path; `None` if it is out of reach.
fn follow(reference: &str, from: &str, rest: &[String]) -> Result<Option<Location>, Fault> {
    match reference::read(reference, from) {
        Destination::To(mut location) => {
            location.tokens.extend_from_slice(rest);
            Ok(Some(location))
        }
        Destination::Away if rest.is_empty() => Ok(None),
        Destination::Away => Err(Fault::Away),
        Destination::Outside => Err(Fault::outside(reference)),
        Destination::ByName(file) => Err(Fault::ByName(file)),
    }
}

/// Returns the reference of a value, with or without siblings.
pub(super) fn reference_of(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// Returns true if any part of a value is a reference to another file, or looks like one.
pub(super) fn refers_elsewhere(value: &Value) -> bool {
    let is_external = |reference: &str| !reference.starts_with('#');
    match value {
        Value::Object(map) => {
            reference_of(value).is_some_and(is_external) || map.values().any(refers_elsewhere)
        }
        Value::Array(list) => list.iter().any(refers_elsewhere),
        _ => false,
    }
}

fn child<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(token),
        Value::Array(list) => list.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Returns the size of a copy of a value, in values and bytes of text.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => 1 + text.len(),
        Value::Array(list) => 1 + list.iter().map(weight).sum::<usize>(),
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| key.len() + weight(value));
            1 + entries.sum::<usize>()
        }
        _ => 1,
    }
}
