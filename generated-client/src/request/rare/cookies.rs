//! Cookie parameters, which share one header.

use http::HeaderValue;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::super::Request;
use super::super::pair::Pair;
use super::super::parts::Parts;
use super::super::settings::{Place, Setting};
use super::RarePlace;
use super::style::{self, Style};
use crate::param::Sent;
use crate::wire::text::join;

/// The characters to escape in a cookie, and the escape character itself.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

impl<E> Request<E> {
    /// Sets a cookie parameter in a style of OpenAPI.
    #[allow(dead_code, reason = "whether it is used depends on the document")]
    #[inline]
    pub(crate) fn with_cookie(
        mut self,
        name: &'static str,
        mut value: impl Sent,
        style: Style,
    ) -> Self {
        let place = Place::Rare(RarePlace::Cookie(style));
        self.parts.set(place, name, value.value());
        self
    }
}

impl Parts {
    /// Returns the header with all cookies that are set, if there are any.
    pub(in crate::request) fn cookies(&self) -> Option<HeaderValue> {
        header(self.settings.all())
    }
}

/// Returns the header with the cookies in these settings, if there are any.
fn header<'a>(settings: impl Iterator<Item = &'a Setting>) -> Option<HeaderValue> {
    let mut pairs = Vec::new();
    for setting in settings {
        if let Place::Rare(RarePlace::Cookie(style)) = setting.place {
            style::add(&mut pairs, &setting.name, setting.text(), style);
        }
    }
    let mut cookies = Vec::new();
    for (name, value) in pairs.into_iter().map(Pair::decoded) {
        cookies.push(format!("{}={}", escape(&name), escape(&value)));
    }
    if cookies.is_empty() {
        return None;
    }
    // Escaped text is valid in a header.
    let mut value = HeaderValue::from_str(&join(&cookies, "; ")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::super::settings::Settings;
    use super::{Place, RarePlace, Style, header};

    #[test]
    fn all_cookies_are_in_one_header_with_escaped_values() {
        let mut settings = Settings::default();
        let mut set = |style, name: &'static str, json: &str| {
            settings.set(
                Place::Rare(RarePlace::Cookie(style)),
                name.into(),
                json.to_owned(),
            );
        };
        set(Style::Form, "session", r#""a=b; admin=\"1\"\r\nü%20""#);
        set(Style::Form, "flags", r#"["x",2]"#);
        set(Style::Comma, "ids", "[1,2]");
        set(Style::Form, "none", "null");
        set(Style::Json, "view", r#"{"x":true}"#);
        let header = header(settings.all()).expect("there are cookies");
        assert_eq!(
            header.to_str().expect("it is text"),
            "session=a=b%3B%20admin=%221%22%0D%0A%C3%BC%2520; flags=x; flags=2; ids=1%2C2; view={%22x%22:true}"
        );
        assert!(header.is_sensitive());
    }

    #[test]
    fn without_cookies_there_is_no_header() {
        assert_eq!(header(Settings::default().all()), None);
    }
}
