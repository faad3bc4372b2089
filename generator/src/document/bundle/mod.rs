//! Makes one document of several files: what references to other files lead to becomes a component, or stands where the
//! reference was.

mod faults;
mod names;
mod origins;
mod part;
mod reference;
mod targets;
mod texts;
mod walk;

use serde_json::Value;

pub(crate) use origins::Origins;

use crate::error::{Problem, Warning};
use crate::source::Files;
use reference::{Destination, Location};
use texts::reference_of;
use walk::Walk;

/// What comes of reading other files.
#[derive(Debug, Default)]
pub(super) struct Bundled {
    pub(super) origins: Origins,
    pub(super) warnings: Vec<Warning>,
}

/// Brings what other files hold into a document. References to addresses stay as they are.
pub(super) fn bundle(document: &mut Value, files: &dyn Files) -> Result<Bundled, Vec<Problem>> {
    // Other documents are refused later on.
    if document.get("openapi").is_none() || !texts::refers_elsewhere(document) {
        return Ok(Bundled::default());
    }
    let mut walk = Walk::new(files, document.clone());
    expand_components(document, &mut walk);
    adopt_components(document, &mut walk);
    walk.document(document);
    let mut next = 0;
    while let Some(target) = walk.targets.get(next) {
        let (kind, location) = (target.kind, target.location.clone());
        let value = walk.target(kind, next, location);
        walk.targets.fill(next, value);
        next += 1;
    }
    walk.finish(document)
}

/// Where a file has all components, or all of a section, each of them is a reference of its own.
fn expand_components(document: &mut Value, walk: &mut Walk<'_>) {
    let Some(components) = document.get_mut("components") else {
        return;
    };
    expand(components, walk);
    for (name, section) in components.as_object_mut().into_iter().flatten() {
        if targets::kind_of(name).is_some() {
            expand(section, walk);
        }
    }
}

/// Puts references to the entries of an object where there is one to the whole; what is wrong with it is said later on.
fn expand(value: &mut Value, walk: &mut Walk<'_>) {
    let Some(location) = led_elsewhere(value, walk) else {
        return;
    };
    let Some(Value::Object(entries)) = walk.texts.copy(&location) else {
        return;
    };
    let pointer = location.pointer();
    let path = location.file.replace('%', "%25").replace('#', "%23");
    let entry = |name: &String| {
        let pointer = pointer.key(name).to_string().replace('%', "%25");
        Value::from_iter([("$ref", format!("./{path}#{pointer}"))])
    };
    let entries = entries.keys().map(|name| (name.clone(), entry(name)));
    *value = Value::Object(entries.collect());
}

/// A component that is only a reference to another file is what that file holds, for all references to it.
fn adopt_components(document: &mut Value, walk: &mut Walk<'_>) {
    let components = document
        .get_mut("components")
        .and_then(Value::as_object_mut);
    for (name, section) in components.into_iter().flatten() {
        let Some(kind) = targets::kind_of(name) else {
            continue;
        };
        for (name, component) in section.as_object_mut().into_iter().flatten() {
            if let Some(location) = led_elsewhere(component, walk) {
                let reference = walk.targets.adopt(kind, location, name);
                *component = Value::from_iter([("$ref", reference)]);
            }
        }
    }
}

/// The place in another file that a reference means, where nothing stands beside it and nothing is wrong with it.
fn led_elsewhere(value: &Value, walk: &mut Walk<'_>) -> Option<Location> {
    let reference = reference_of(value)?;
    let is_alone = value.as_object().is_some_and(|map| map.len() == 1);
    let document = walk.texts.document();
    match reference::read(reference, document) {
        Destination::To(location) if is_alone && location.file != document => {
            let found = walk.texts.found(location).ok()?;
            (found.file != document).then_some(found)
        }
        _ => None,
    }
}
