//! Parameters that are cookies: one header for all of them.

use http::HeaderValue;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::pair::Pair;
use super::settings::{Place, Setting};
use super::style;
use crate::wire::text::join;

/// What cannot stand in a cookie as it is, and the sign that tells what was escaped.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// The header with the cookies among these settings, if there are any.
pub(super) fn header<'a>(settings: impl Iterator<Item = &'a Setting>) -> Option<HeaderValue> {
    let mut pairs = Vec::new();
    for setting in settings {
        if let Place::Cookie(style) = setting.place {
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
    // What is escaped is text that a header can carry.
    let mut value = HeaderValue::from_str(&join(&cookies, "; ")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::settings::Settings;
    use super::super::style::Style;
    use super::{Place, header};

    #[test]
    fn all_cookies_stand_in_one_header_with_their_values_escaped() {
        let mut settings = Settings::default();
        let mut set = |style, name: &'static str, json: &str| {
            settings.set(Place::Cookie(style), name.into(), json.to_owned());
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
