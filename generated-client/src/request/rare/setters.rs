//! Parameters in places and styles that only some documents have.

use super::super::Request;
use super::super::pair::Pair;
use super::super::parts::Parts;
use super::super::settings::{Place, Settings};
use super::RarePlace;
use super::path_style::PathStyle;
use super::style::{self, Style};
use crate::param::Sent;
use crate::wire::Slot;

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl<E> Request<E> {
    /// Sets a parameter of the URL's query in a style of OpenAPI.
    #[inline]
    pub(crate) fn with_styled_query(
        mut self,
        name: &'static str,
        mut value: impl Sent,
        style: Style,
    ) -> Self {
        let place = Place::Rare(RarePlace::Query(style));
        self.parts.set(place, name, value.value());
        self
    }

    /// Sets a parameter of the path in a style of OpenAPI.
    #[inline]
    pub(crate) fn with_styled_path(
        mut self,
        name: &'static str,
        mut value: impl Slot,
        style: PathStyle,
    ) -> Self {
        let text = style.write(name, &self.parts.json(name, &mut value));
        self.parts.set_segment(name, text);
        self
    }

    /// Sets a header parameter.
    #[inline]
    pub(crate) fn with_header(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts
            .set_header_param(name, value.value(), style::simple);
        self
    }

    /// Sets a header parameter, with the names of an object's properties before their values.
    #[inline]
    pub(crate) fn with_exploded_header(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts
            .set_header_param(name, value.value(), style::exploded);
        self
    }
}

impl Parts {
    /// Sets a parameter of the query, and replaces it in any style.
    pub(in crate::request) fn replace_query(
        &mut self,
        name: &'static str,
        value: Option<&mut dyn Slot>,
    ) {
        self.settings.remove_from_query(name);
        self.set(Place::Rare(RarePlace::Query(Style::Form)), name, value);
    }

    fn set_header_param(
        &mut self,
        name: &'static str,
        value: Option<&mut dyn Slot>,
        write: fn(&str) -> String,
    ) {
        match value {
            Some(value) => {
                let text = write(&self.json(name, value));
                self.set_header(name, &text);
            }
            None => drop(self.headers.remove(name)),
        }
    }
}

/// Adds the parameters of the query that are written in a style.
pub(in crate::request) fn add_to_query(pairs: &mut Vec<Pair>, settings: &Settings) {
    for setting in settings.all() {
        if let Place::Rare(RarePlace::Query(style)) = setting.place {
            style::add(pairs, &setting.name, setting.text(), style);
        }
    }
}

impl Settings {
    /// Removes the parameters of this name from the query, in any style.
    fn remove_from_query(&mut self, name: &str) {
        self.retain(|setting| setting.name != name || !setting.place.is_in_query());
    }
}
