//! Forms with files in them, as RFC 7578 writes them.

use super::settings::{Content, Setting};
use crate::wire::text::escape;

/// What no part may hold. One for all forms, so that the same request has the same bytes.
const BOUNDARY: &str = "part-3f9c1d5ea7b84c60b2d8e1f47a905c26";

/// The media type of such a form. The boundary is the one above.
pub(super) const CONTENT_TYPE: &str =
    "multipart/form-data; boundary=part-3f9c1d5ea7b84c60b2d8e1f47a905c26";

/// Whether the mark that ends a part stands in this one.
pub(super) fn holds_boundary(content: &Content) -> bool {
    let mark = BOUNDARY.as_bytes();
    content
        .bytes()
        .windows(mark.len())
        .any(|window| window == mark)
}

/// The body of a form. Servers know a file by its file name, so a file has that of its part.
pub(super) fn encode<'a>(parts: impl IntoIterator<Item = &'a Setting>) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let name = quoted(&part.name);
        let head = match part.content {
            Content::Text(_) => {
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n")
            }
            Content::File(_) => format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            ),
        };
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(part.content.bytes());
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// A name within quotes, as browsers write it.
fn quoted(name: &str) -> String {
    escape(name, &[('"', "%22"), ('\r', "%0D"), ('\n', "%0A")])
}

#[cfg(test)]
mod tests {
    use super::super::settings::{Place, Settings};
    use super::{BOUNDARY, CONTENT_TYPE, Content, encode, holds_boundary};

    #[test]
    fn a_form_holds_its_texts_and_its_files() {
        let mut parts = Settings::default();
        parts.set_all(
            Place::Part,
            "title",
            vec![Content::Text("A cat".to_owned())],
        );
        parts.set_all(Place::Part, "photo", vec![Content::File(vec![0xff, 0x00])]);
        let body = encode(parts.all());
        let start = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA cat\r\n--{BOUNDARY}\r\n\
             Content-Disposition: form-data; name=\"photo\"; filename=\"photo\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let end = format!("\r\n--{BOUNDARY}--\r\n");
        assert_eq!(
            body,
            [start.as_bytes(), &[0xff, 0x00], end.as_bytes()].concat()
        );
    }

    #[test]
    fn the_boundary_is_the_one_that_the_media_type_names() {
        assert!(CONTENT_TYPE.ends_with(BOUNDARY));
        assert!(holds_boundary(&Content::Text(format!("x{BOUNDARY}x"))));
        assert!(!holds_boundary(&Content::Text("x".to_owned())));
    }
}
