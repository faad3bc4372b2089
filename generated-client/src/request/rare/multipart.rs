//! Multipart forms, which can contain files (RFC 7578).

use serde_json::Value;

use super::super::Request;
use super::super::parts::{Body, Parts, plain};
use super::super::settings::{Content, Place, Settings};
use super::upload::{Source, Upload};
use super::{RareBody, RareContent, RarePlace};
use crate::endpoint::{Endpoint, JSON};
use crate::param::Sent;
use crate::response::is_json;
use crate::wire::text::escape;
use crate::wire::{Slot, value_in};

/// The boundary, which no part may contain. It is the same for all forms, so that equal requests have equal bytes.
pub(super) const BOUNDARY: &str = "part-3f9c1d5ea7b84c60b2d8e1f47a905c26";

/// The place of the parts of a form.
const PART: Place = Place::Rare(RarePlace::Part);

/// The media type of multipart forms in documents.
pub(super) const FORM: &str = "multipart/form-data";

/// The media type that is sent, with the boundary.
pub(super) const CONTENT_TYPE: &str =
    "multipart/form-data; boundary=part-3f9c1d5ea7b84c60b2d8e1f47a905c26";

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl<E: Endpoint> Request<E> {
    /// Sets a text part of a multipart form.
    #[inline]
    pub(crate) fn with_part(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts.set_part(name, value.value(), None);
        self
    }

    /// Sets a part of a multipart form with a media type.
    #[inline]
    pub(crate) fn with_typed_part(
        mut self,
        name: &'static str,
        mut value: impl Sent,
        media: &'static str,
    ) -> Self {
        self.parts.set_part(name, value.value(), Some(media));
        self
    }

    /// Sets a part of a multipart form that is a file. `media` is its default media type.
    #[inline]
    pub(crate) fn with_file(self, name: &'static str, file: Upload, media: &'static str) -> Self {
        self.with_files(name, vec![file], media)
    }

    /// Sets parts of a multipart form that are files.
    #[inline]
    pub(crate) fn with_files(
        mut self,
        name: &'static str,
        files: Vec<Upload>,
        media: &'static str,
    ) -> Self {
        self.parts.set_files(name, files, media);
        self
    }
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl Parts {
    /// Sets a part. `media` is the media type of the whole part; without it, each item of a list becomes a part.
    pub(crate) fn set_part(
        &mut self,
        name: &'static str,
        value: Option<&mut dyn Slot>,
        media: Option<&'static str>,
    ) {
        let json = value.map(|value| self.json(name, value));
        let parts = json.map(|json| match media {
            None => parts(&json),
            Some(media) if is_json(media) => vec![typed(json, media)],
            Some(media) => vec![typed(plain(&json), media)],
        });
        self.set_parts(name, parts.unwrap_or_default());
    }

    pub(crate) fn set_files(
        &mut self,
        name: &'static str,
        files: Vec<Upload>,
        media: &'static str,
    ) {
        for file in &files {
            self.check_media_type(file);
        }
        let files = files
            .into_iter()
            .map(|file| Content::Rare(RareContent::File(file, media)));
        self.set_parts(name, files.collect());
    }

    fn set_parts(&mut self, name: &'static str, contents: Vec<Content>) {
        if contents
            .iter()
            .any(|content| contains_boundary(bytes(content)))
        {
            self.refuse(format!("`{name}` contains the boundary of the form"));
        }
        self.body = Body::Rare(RareBody::Multipart);
        self.settings.remove(PART, name);
        for content in contents {
            self.settings.add(PART, name.into(), content);
        }
    }
}

/// Returns true if these bytes contain the boundary.
pub(super) fn contains_boundary(bytes: &[u8]) -> bool {
    let mark = BOUNDARY.as_bytes();
    bytes.windows(mark.len()).any(|window| window == mark)
}

/// A piece of an encoded form.
pub(super) enum FormPiece<'a> {
    Bytes(Vec<u8>),
    /// A file that streams.
    Stream(&'a Source),
}

/// Returns the body of a form. Servers recognise a file by its file name, so a file without one gets the name of its part.
pub(super) fn segments(settings: &Settings) -> Vec<FormPiece<'_>> {
    let mut segments = Vec::new();
    let mut body = Vec::new();
    for part in settings.at(PART) {
        let name = quoted(&part.name);
        let (file_name, media) = match &part.content {
            Content::Text(_) => (None, None),
            Content::Rare(RareContent::Typed(_, media)) => (None, Some(*media)),
            Content::Rare(RareContent::File(upload, media)) => {
                let media = upload.media_type.as_deref().unwrap_or(media);
                let file_name = upload.file_name.as_deref().unwrap_or(&part.name);
                (Some(quoted(file_name)), Some(media))
            }
        };
        let file_name = file_name.map(|name| format!("; filename=\"{name}\""));
        let media = media.map(|media| format!("\r\nContent-Type: {media}"));
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{}{}\r\n\r\n",
            file_name.unwrap_or_default(),
            media.unwrap_or_default()
        );
        body.extend_from_slice(head.as_bytes());
        match &part.content {
            Content::Rare(RareContent::File(upload, _)) if upload.source.streams() => {
                segments.push(FormPiece::Bytes(std::mem::take(&mut body)));
                segments.push(FormPiece::Stream(&upload.source));
            }
            content => body.extend_from_slice(bytes(content)),
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    segments.push(FormPiece::Bytes(body));
    segments
}

/// Encodes the body of a form, without the files that stream.
pub(super) fn encode(settings: &Settings) -> Vec<u8> {
    let mut body = Vec::new();
    for segment in segments(settings) {
        if let FormPiece::Bytes(bytes) = segment {
            body.extend(bytes);
        }
    }
    body
}

/// Returns the parts for a value: one for each item of a list. Objects and nested lists are JSON.
fn parts(json: &str) -> Vec<Content> {
    match value_in(json.as_bytes()) {
        Some(Value::Array(items)) => items.iter().map(|item| part(&item.to_string())).collect(),
        _ => vec![part(json)],
    }
}

fn part(json: &str) -> Content {
    match json.starts_with(['{', '[']) {
        true => typed(json.to_owned(), JSON),
        false => Content::Text(plain(json)),
    }
}

fn typed(text: String, media: &'static str) -> Content {
    Content::Rare(RareContent::Typed(text, media))
}

fn bytes(content: &Content) -> &[u8] {
    match content {
        Content::Text(text) | Content::Rare(RareContent::Typed(text, _)) => text.as_bytes(),
        Content::Rare(RareContent::File(upload, _)) => match &upload.source {
            Source::Bytes(bytes) => bytes,
            _ => &[],
        },
    }
}

/// Returns a name in quotes, as browsers write it.
fn quoted(name: &str) -> String {
    escape(name, &[('"', "%22"), ('\r', "%0D"), ('\n', "%0A")])
}

#[cfg(test)]
mod tests {
    use super::{
        BOUNDARY, CONTENT_TYPE, Content, PART, RareContent, Settings, Upload, contains_boundary,
        encode, parts,
    };

    #[test]
    fn a_form_contains_its_texts_and_its_files() {
        let mut parts = Settings::default();
        parts.add(PART, "title".into(), Content::Text("A cat".to_owned()));
        let photo = Upload::new(vec![0xff, 0x00]).file_name("a\"b.png");
        let photo = Content::Rare(RareContent::File(photo, "image/png"));
        parts.add(PART, "photo".into(), photo);
        let body = encode(&parts);
        let start = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA cat\r\n--{BOUNDARY}\r\n\
             Content-Disposition: form-data; name=\"photo\"; filename=\"a%22b.png\"\r\nContent-Type: image/png\r\n\r\n"
        );
        let end = format!("\r\n--{BOUNDARY}--\r\n");
        assert_eq!(
            body,
            [start.as_bytes(), &[0xff, 0x00], end.as_bytes()].concat()
        );
    }

    #[test]
    fn each_item_of_a_list_is_a_part_and_an_object_is_json() {
        let mut settings = Settings::default();
        for part in parts(r#"["a,b",{"c":1},true]"#) {
            settings.add(PART, "x".into(), part);
        }
        let body = String::from_utf8(encode(&settings)).unwrap();
        let heads = body.matches("name=\"x\"").count();
        assert_eq!(heads, 3);
        assert!(body.contains("\r\n\r\na,b\r\n"), "{body}");
        assert!(body.contains("\r\nContent-Type: application/json\r\n\r\n{\"c\":1}\r\n"));
        assert_eq!(body.matches("Content-Type").count(), 1);
    }

    #[test]
    fn the_boundary_is_the_one_that_the_media_type_names() {
        assert!(CONTENT_TYPE.ends_with(BOUNDARY));
        assert!(contains_boundary(format!("x{BOUNDARY}x").as_bytes()));
        assert!(!contains_boundary(b"x"));
    }
}
