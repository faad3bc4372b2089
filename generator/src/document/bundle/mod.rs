//! Makes one document of several files: the target of a reference to another file becomes a component, or replaces the
//! reference.

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

/// The result of bundling.
#[derive(Debug, Default)]
pub(super) struct Bundled {
    pub(super) origins: Origins,
    pub(super) warnings: Vec<Warning>,
}

/// Copies the targets of references to other files into a document. References to URLs are kept.
pub(super) fn bundle(document: &mut Value, files: &dyn Files) -> Result<Bundled, Vec<Problem>> {
    // Documents that are not objects are refused later.
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

/// Replaces one reference to a file with all components, or with a section of them, by a reference for each component.
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

/// Replaces a reference to an object by references to its entries. Faults are reported later.
fn expand(value: &mut Value, walk: &mut Walk<'_>) {
    let Some(location) = target_in_other_file(value, walk) else {
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

/// Gives the targets of components that are only references to files the names of these components.
fn adopt_components(document: &mut Value, walk: &mut Walk<'_>) {
    let components = document
        .get_mut("components")
        .and_then(Value::as_object_mut);
    for (name, section) in components.into_iter().flatten() {
        let Some(kind) = targets::kind_of(name) else {
            continue;
        };
        for (name, component) in section.as_object_mut().into_iter().flatten() {
            if let Some(location) = target_in_other_file(component, walk) {
                let reference = walk.targets.adopt(kind, location, name);
                *component = Value::from_iter([("$ref", reference)]);
            }
        }
    }
}

/// Returns the target of a reference to another file, if the reference has no siblings and no fault.
fn target_in_other_file(value: &Value, walk: &mut Walk<'_>) -> Option<Location> {
    let reference = reference_of(value)?;
    let is_alone = value.as_object().is_some_and(|map| map.len() == 1);
    let document = walk.texts.document();
    match reference::read(reference, document) {
        Destination::To(location) if is_alone && location.file != document => {
            let found = walk.texts.resolve(location).ok()?;
            (found.file != document).then_some(found)
        }
        _ => None,
    }
}
