//! What is set in a request: values, and where in it they stand. One list for all places, so that there is one kind of list to
//! compile.

use std::borrow::Cow;

use super::style::Style;
#[cfg(any(test, feature = "_parts"))]
use super::upload::Upload;

/// Where in a request a value stands, and how it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the path, as text.
    Path,
    /// In the query, as servers of calls by path read it.
    Query,
    /// In the query, in a style that the document names.
    Styled(Style),
    /// In a cookie.
    #[cfg(any(test, feature = "_parts"))]
    Cookie(Style),
    /// A property of the JSON body.
    Body,
    /// A field of a urlencoded form.
    #[cfg(any(test, feature = "_parts"))]
    Form(Style),
    /// A part of a multipart form.
    #[cfg(any(test, feature = "_parts"))]
    Part,
}

impl Place {
    pub(super) fn is_in_body(self) -> bool {
        match self {
            Self::Path | Self::Query | Self::Styled(_) => false,
            #[cfg(any(test, feature = "_parts"))]
            Self::Cookie(_) => false,
            _ => true,
        }
    }
}

/// What is set.
#[derive(Clone)]
pub(super) enum Content {
    /// JSON text, or the text itself in a path and in a part of a form.
    Text(String),
    /// A text in a part of a form that has a media type.
    #[cfg(any(test, feature = "_parts"))]
    Typed(String, &'static str),
    /// A file, and the media type that it has where it states none.
    #[cfg(any(test, feature = "_parts"))]
    File(Upload, &'static str),
}

impl Content {
    #[cfg(any(test, feature = "_parts"))]
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            #[cfg(any(test, feature = "_parts"))]
            Self::Typed(text, _) => text.as_bytes(),
            #[cfg(any(test, feature = "_parts"))]
            Self::File(upload, _) => &upload.bytes,
        }
    }
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
            #[cfg(any(test, feature = "_parts"))]
            Content::Typed(text, _) => text,
            #[cfg(any(test, feature = "_parts"))]
            Content::File(..) => "",
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

    /// Sets any number of values of one name, in place of what had it before.
    #[cfg(any(test, feature = "_parts"))]
    pub(super) fn set_all(&mut self, place: Place, name: &'static str, contents: Vec<Content>) {
        self.remove(place, name);
        for content in contents {
            self.add(place, name.into(), content);
        }
    }

    /// Removes everything with this name at this place.
    pub(super) fn remove(&mut self, place: Place, name: &str) {
        while let Some(index) = self.position(place, name) {
            self.0.remove(index);
        }
    }

    /// Removes the parameters of this name from the query, in any style.
    pub(super) fn remove_from_query(&mut self, name: &str) {
        let stands = |place| matches!(place, Place::Query | Place::Styled(_));
        self.0
            .retain(|setting| setting.name != name || !stands(setting.place));
    }

    fn add(&mut self, place: Place, name: Cow<'static, str>, content: Content) {
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
