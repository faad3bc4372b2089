//! The items that changes belong to, and how findings are recorded.

use super::Comparison;
use super::change::{Change, Class, Event, Item, Side};
use crate::model::Docs;
use crate::{escape, rustdoc};

/// A change, and true if it belongs to an undocumented part.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) change: Change,
    pub(super) hidden: bool,
}

/// An item that callers can name.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) item: Item,
    /// The call, or the path of the type, that it belongs to.
    pub(super) subject: String,
    /// Its name in the subject; `None` if it is the subject itself.
    pub(super) name: Option<String>,
    /// Its name on the wire, if it differs from the one that callers use.
    pub(super) wire: Option<String>,
    /// Its Rust path.
    pub(super) rust: String,
    pub(super) pointer: String,
    pub(super) side: Side,
    pub(super) page: Option<String>,
    pub(super) written: Written,
}

/// A call or a path as programs write it before and after.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

impl Written {
    /// Returns both texts if they differ.
    pub(super) fn of(before: String, after: String) -> Self {
        match before == after {
            true => Self::default(),
            false => Self {
                before: Some(before),
                after: Some(after),
            },
        }
    }
}

impl Place {
    /// Returns the item with the texts that programs have to change.
    pub(super) fn written(mut self, before: String, after: String) -> Self {
        self.written = Written::of(before, after);
        self
    }

    /// Returns an item that belongs to this one.
    pub(super) fn part(
        &self,
        item: Item,
        (name, wire): (&str, Option<&str>),
        rust: String,
        pointer: &str,
    ) -> Self {
        Self {
            item,
            name: Some(name.to_owned()),
            wire: wire.map(str::to_owned),
            rust,
            pointer: pointer.to_owned(),
            ..self.clone()
        }
    }

    /// Returns its name for sentences.
    pub(super) fn called(&self) -> String {
        let name = self.name.as_deref().unwrap_or(&self.subject);
        called(name, self.wire.as_deref())
    }

    /// Returns the item as a noun phrase; `None` if it is the subject itself.
    fn what(&self) -> Option<String> {
        self.name.as_ref()?;
        Some(match noun(self.item) {
            Some((one, _)) => format!("the {one} {}", self.called()),
            None => self.called(),
        })
    }

    /// Returns the item with its place in the other document.
    pub(super) fn in_document(mut self, side: Side, pointer: &str) -> Self {
        self.side = side;
        pointer.clone_into(&mut self.pointer);
        self
    }
}

impl Comparison<'_> {
    pub(super) fn note(
        &mut self,
        place: &Place,
        (class, event): (Class, Event),
        hidden: bool,
        fact: impl Into<String>,
    ) {
        let fact = escape::line(&fact.into());
        let written = match class {
            Class::Breaking => place.written.clone(),
            _ => Written::default(),
        };
        let group = group(place.item, &place.rust);
        let change = Change {
            resource: crate::words::singular(&group),
            group,
            before: written.before,
            after: written.after,
            class,
            item: place.item,
            event,
            subject: place.subject.clone(),
            sentence: format!("`{}` {}.", place.subject, fact.trim_end_matches('.')),
            fact,
            name: place.name.clone(),
            wire: place.wire.clone(),
            rust: place.rust.clone(),
            pointer: place.pointer.clone(),
            document: place.side,
            page: place.page.clone(),
        };
        self.findings.push(Finding { change, hidden });
    }

    pub(super) fn breaking(&mut self, place: &Place, event: Event, hidden: bool, fact: &str) {
        self.note(place, (Class::Breaking, event), hidden, fact);
    }

    pub(super) fn additive(&mut self, place: &Place, event: Event, hidden: bool, fact: &str) {
        self.note(place, (Class::Additive, event), hidden, fact);
    }

    /// Compares the documentation of something that both sides have.
    pub(super) fn docs(&mut self, place: &Place, old: &Docs, new: &Docs, hidden: bool) {
        let deprecation = (Class::Deprecation, Event::Deprecated);
        let words = (Class::Documentation, Event::Described);
        let what = place.what();
        match (&old.deprecated, &new.deprecated, &what) {
            (None, Some(note), what) => {
                let what = what.as_ref();
                let text = what.map_or("is deprecated".to_owned(), |what| {
                    format!("deprecates {what}")
                });
                self.note(place, deprecation, hidden, with_note(text, note));
            }
            (Some(_), None, what) => {
                let what = what.as_ref();
                let text = what.map_or("is no longer deprecated".to_owned(), |what| {
                    format!("no longer deprecates {what}")
                });
                self.note(place, words, hidden, text);
            }
            _ => {}
        }
        let description = |docs: &Docs| {
            let text = |text: &Option<String>| {
                let words = text.as_deref().unwrap_or_default().split_whitespace();
                words.collect::<Vec<_>>().join(" ")
            };
            (
                text(&docs.title),
                text(&docs.description),
                text(&docs.draft),
            )
        };
        let renoted = old.deprecated.is_some()
            && new.deprecated.is_some()
            && old.deprecated != new.deprecated;
        if description(old) != description(new) || renoted {
            let text = match &what {
                Some(what) => format!("describes {what} in other words"),
                None => "has another description".to_owned(),
            };
            self.note(place, words, hidden, text);
        }
    }
}

/// Returns a name as code, with the name on the wire if they differ in more than the case, because logs have the name on the
/// wire.
pub(super) fn called(name: &str, wire: Option<&str>) -> String {
    let plain = name
        .trim_start_matches("r#")
        .trim_matches(|sign: char| ".()…".contains(sign));
    match wire {
        Some(wire) if !wire.eq_ignore_ascii_case(plain) => {
            format!("{} ({})", escape::code(name), escape::code(wire))
        }
        _ => escape::code(name),
    }
}

/// Returns singular and plural nouns for items that have names in their subject.
pub(super) fn noun(item: Item) -> Option<(&'static str, &'static str)> {
    Some(match item {
        Item::Argument => ("argument", "arguments"),
        Item::Parameter => ("parameter", "parameters"),
        Item::Property => ("property", "properties"),
        Item::Accessor => ("accessor", "accessors"),
        Item::Value => ("value", "values"),
        Item::Branch => ("branch", "branches"),
        _ => return None,
    })
}

fn with_note(text: String, note: &str) -> String {
    let note = rustdoc::clean(note);
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if note.is_empty() {
        text
    } else {
        format!("{text}: {}", note.trim_end_matches('.'))
    }
}

/// Returns the first segment of a path below the crate. An id belongs to its resource.
fn group(item: Item, rust: &str) -> String {
    let path = rust.split_once("::").map_or(rust, |(_, path)| path);
    let first = path.split("::").next().unwrap_or_default();
    let first = match item {
        Item::Id => first.strip_suffix("Id").unwrap_or(first),
        _ => first,
    };
    crate::names::module_name(first.trim_start_matches("r#"))
}
