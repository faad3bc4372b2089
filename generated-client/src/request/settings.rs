//! The values of a request with their locations. One list for all locations compiles faster than several.

use std::borrow::Cow;

use super::rare::{RareContent, RarePlace};

/// The location of a value in a request, with its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the path, as text.
    Path,
    /// In the query, in the format of `query`.
    Query,
    /// A property of the JSON body.
    Body,
    /// A location that only some requests use.
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

/// The content of a setting.
#[derive(Clone)]
pub(super) enum Content {
    /// JSON text, or the text itself in a path and in a part of a form.
    Text(String),
    /// Content that only some requests have.
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
    /// Sets a text, and replaces an earlier one with this name at this place.
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

    /// Returns the text with this name.
    pub(super) fn get(&self, place: Place, name: &str) -> Option<&str> {
        let index = self.position(place, name)?;
        Some(self.0[index].text())
    }

    pub(super) fn any(&self, place: Place) -> bool {
        self.at(place).next().is_some()
    }

    /// Returns all settings at a place.
    pub(super) fn at(&self, place: Place) -> impl Iterator<Item = &Setting> {
        self.all().filter(move |setting| setting.place == place)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Setting> {
        self.0.iter()
    }
}
