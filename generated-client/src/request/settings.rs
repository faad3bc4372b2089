//! What is set in a request: values, and where in it they stand. One list for all places, so that there is one kind of list to
//! compile.

use std::borrow::Cow;

use super::rare::{RareContent, RarePlace};

/// Where in a request a value stands, and how it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the path, as text.
    Path,
    /// In the query, as servers of calls by path read it.
    Query,
    /// A property of the JSON body.
    Body,
    /// Where only some requests have a value.
    #[allow(dead_code, reason = "only some documents have one")]
    Rare(RarePlace),
}

impl Place {
    pub(super) fn is_in_body(self) -> bool {
        match self {
            Self::Path | Self::Query => false,
            Self::Body => true,
            Self::Rare(place) => place.is_in_body(),
        }
    }

    pub(super) fn is_in_query(self) -> bool {
        match self {
            Self::Path | Self::Body => false,
            Self::Query => true,
            Self::Rare(place) => place.is_in_query(),
        }
    }
}

/// What is set.
#[derive(Clone)]
pub(super) enum Content {
    /// JSON text, or the text itself in a path and in a part of a form.
    Text(String),
    /// What only some requests hold.
    #[allow(dead_code, reason = "only some documents have one")]
    Rare(RareContent),
}

#[derive(Clone)]
pub(super) struct Setting {
    pub(super) place: Place,
    pub(super) name: Cow<'static, str>,
    pub(super) content: Content,
}

impl Setting {
    pub(super) fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Rare(content) => content.text(),
        }
    }
}

#[derive(Clone, Default)]
pub(super) struct Settings(Vec<Setting>);

impl Settings {
    /// Sets a text, in place of what had this name there before.
    pub(super) fn set(&mut self, place: Place, name: Cow<'static, str>, text: String) {
        let content = Content::Text(text);
        match self.position(place, &name) {
            Some(index) => self.0[index].content = content,
            None => self.add(place, name, content),
        }
    }

    /// Removes everything with this name at this place.
    pub(super) fn remove(&mut self, place: Place, name: &str) {
        self.retain(|setting| setting.place != place || setting.name != name);
    }

    pub(super) fn retain(&mut self, stays: impl Fn(&Setting) -> bool) {
        self.0.retain(stays);
    }

    pub(super) fn add(&mut self, place: Place, name: Cow<'static, str>, content: Content) {
        self.0.push(Setting {
            place,
            name,
            content,
        });
    }

    fn position(&self, place: Place, name: &str) -> Option<usize> {
        let is_it = |setting: &Setting| setting.place == place && setting.name == name;
        self.0.iter().position(is_it)
    }

    /// The text of this name.
    pub(super) fn get(&self, place: Place, name: &str) -> Option<&str> {
        let index = self.position(place, name)?;
        Some(self.0[index].text())
    }

    pub(super) fn any(&self, place: Place) -> bool {
        self.at(place).next().is_some()
    }

    /// All that stands at a place.
    pub(super) fn at(&self, place: Place) -> impl Iterator<Item = &Setting> {
        self.all().filter(move |setting| setting.place == place)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Setting> {
        self.0.iter()
    }
}
