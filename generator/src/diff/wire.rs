//! Compares requests on the wire. Programs stay as they are, but need the new client, because the API no longer accepts the
//! requests of the old one.

use super::Comparison;
use super::change::{Class, Event, Side};
use super::place::Place;
use crate::escape;
use crate::model::path::placeholders;
use crate::model::{Endpoint, Location, Overload, Param, PathStyle, Style};
use crate::rust::idents;

impl Comparison<'_> {
    pub(super) fn wire(&mut self, place: &Place, hidden: bool, fact: impl Into<String>) {
        self.note(place, (Class::Wire, Event::Changed), hidden, fact);
    }

    /// Compares how a request is sent.
    pub(super) fn request(&mut self, here: &Place, old: &Endpoint, new: &Endpoint, hidden: bool) {
        let now = |what: &str, is: &str, was: &str| {
            let (is, was) = (escape::code(is), escape::code(was));
            format!("{what} {is} now; it was {was}")
        };
        if unnamed(&old.path) != unnamed(&new.path) {
            self.wire(here, hidden, now("is sent to", &new.path, &old.path));
        }
        if old.wire != new.wire {
            let (is, was) = (new.wire.to_string(), old.wire.to_string());
            self.wire(here, hidden, now("is sent by", &is, &was));
        }
        let media = [
            ("sends its body as", &old.sends, &new.sends),
            ("asks for", &old.accepts, &new.accepts),
        ];
        for (what, was, is) in media {
            if was != is {
                let (is, was) = (media_type(is), media_type(was));
                self.wire(here, hidden, now(what, is, was));
            }
        }
        self.constants(here, old, new, hidden);
        for param in new.params() {
            let earlier = old.params().find(|earlier| earlier.name == param.name);
            let Some(earlier) = earlier.filter(|earlier| earlier.location != param.location) else {
                continue;
            };
            let place = here.clone().in_document(Side::New, &param.pointer);
            let name = escape::code(&param.name);
            let (is, was) = (
                describe_location(param.location),
                describe_location(earlier.location),
            );
            let fact = format!("sends {name} {is}; before: {was}");
            self.wire(&place, hidden || param.docs.undocumented.is_some(), fact);
        }
    }

    /// Compares the parameters that the client sends by itself. One that callers gave before is reported with the arguments.
    fn constants(&mut self, here: &Place, old: &Endpoint, new: &Endpoint, hidden: bool) {
        for param in &new.constants {
            let same = |earlier: &&Param| earlier.name == param.name;
            let earlier = old.params().chain(&old.constants).find(same);
            let (Some(is), was) = (
                &param.only,
                earlier.and_then(|earlier| earlier.only.as_ref()),
            ) else {
                continue;
            };
            if was == Some(is) {
                continue;
            }
            let (name, is) = (escape::code(&param.name), escape::code(&is.to_string()));
            let fact = match was {
                Some(was) => {
                    let was = escape::code(&was.to_string());
                    format!("always sends {name} as {is} now; it was {was}")
                }
                None => format!("always sends {name} as {is} now"),
            };
            let place = here.clone().in_document(Side::New, &param.pointer);
            self.wire(&place, hidden, fact);
        }
        for param in &old.constants {
            let same = |later: &Param| later.name == param.name;
            if !new.params().chain(&new.constants).any(same) {
                let place = here.clone().in_document(Side::Old, &param.pointer);
                let name = escape::code(&param.name);
                self.wire(&place, hidden, format!("no longer sends {name}"));
            }
        }
    }

    /// Returns the required parameters of an overload with their new names. Names of placeholders are not sent, and callers do
    /// not write names of arguments.
    pub(super) fn renamed(
        &mut self,
        here: &Place,
        (old, before): (&Endpoint, &Overload),
        (new, after): (&Endpoint, &Overload),
        hidden: bool,
    ) -> Overload {
        let (was, is) = (placeholders(&old.path), placeholders(&new.path));
        let same_path = unnamed(&old.path) == unnamed(&new.path);
        let idents_before = idents::idents(&before.required);
        let idents_after = idents::idents(&after.required);
        let mut renamed = before.clone();
        for (param, ident) in renamed.required.iter_mut().zip(&idents_before) {
            if named(&after.required, &param.name) {
                continue;
            }
            let in_path = || {
                let at = was.iter().position(|name| *name == param.name)?;
                is.get(at).filter(|_| same_path && param.location.is_path())
            };
            if let Some(name) = in_path() {
                (*name).clone_into(&mut param.name);
                continue;
            }
            let other = idents_after.iter().position(|other| other == ident);
            if let Some(other) = other.map(|index| &after.required[index])
                && !named(&before.required, &other.name)
            {
                self.respelled_parameter(here, param, other, hidden);
                param.name.clone_from(&other.name);
            }
        }
        renamed
    }

    /// Reports a parameter that callers write as before, but that has another name on the wire.
    pub(super) fn respelled_parameter(
        &mut self,
        place: &Place,
        old: &Param,
        new: &Param,
        hidden: bool,
    ) {
        let place = place.clone().in_document(Side::New, &new.pointer);
        let (is, was) = (escape::code(&new.name), escape::code(&old.name));
        let fact = format!("spells the parameter {is} on the wire now; it was {was}");
        self.wire(&place, hidden, fact);
    }
}

fn named(params: &[Param], name: &str) -> bool {
    params.iter().any(|param| param.name == name)
}

/// Returns a path without the names of its placeholders.
fn unnamed(path: &str) -> String {
    let mut path = path.to_owned();
    for name in placeholders(&path.clone()) {
        path = path
            .replace(&format!("{{{name}}}"), "{}")
            .replace(&format!("[{name}]"), "{}");
    }
    path
}

fn media_type(media: &Option<String>) -> &str {
    media.as_deref().unwrap_or("application/json")
}

/// Describes the location of a parameter.
fn describe_location(location: Location) -> &'static str {
    match location {
        Location::Body => "in the JSON body",
        Location::Flat => "as properties of the JSON body",
        Location::WholeBody => "as the JSON body",
        Location::Query => "in the query",
        Location::Styled(Style::Form) => "in the query, each value under its name",
        Location::Styled(Style::Comma) => "in the query, joined by commas",
        Location::Styled(Style::Space) => "in the query, joined by spaces",
        Location::Styled(Style::Pipe) => "in the query, joined by `|`",
        Location::Styled(Style::Deep) => "in the query, as `name[property]`",
        Location::Styled(Style::Json) => "in the query, as JSON",
        Location::Path => "in the path",
        Location::StyledPath(PathStyle::SimpleExploded) => "in the path, exploded",
        Location::StyledPath(PathStyle::Label) => "in the path, after a dot",
        Location::StyledPath(PathStyle::LabelExploded) => "in the path, each after a dot",
        Location::StyledPath(PathStyle::Matrix) => "in the path, after its name",
        Location::StyledPath(PathStyle::MatrixExploded) => "in the path, each after its name",
        Location::Header | Location::ExplodedHeader => "in a header",
        Location::Cookie(Style::Comma) => "in a cookie, joined by commas",
        Location::Cookie(Style::Json) => "in a cookie, as JSON",
        Location::Cookie(_) => "in a cookie",
        Location::Form | Location::StyledForm(_) => "in a form",
        Location::Part => "in a multipart form",
        Location::File => "as a file of a multipart form",
        Location::Files => "as files of a multipart form",
        Location::Text => "as a body of text",
        Location::Bytes => "as a body of bytes",
    }
}
