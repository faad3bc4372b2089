//! The subset of HTML that descriptions contain.

use std::borrow::Cow;

/// A piece of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
    /// A comment, declaration or processing instruction.
    Hidden,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) raw: &'a str,
    pub(super) name: &'a str,
    pub(super) closes: bool,
}

/// The effect of a tag on the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Effect {
    Strong,
    Emphasis,
    Code,
    Link,
    LineBreak,
    ListItem,
    Paragraph,
    /// Only layout: the tag is removed, its text is kept.
    Nothing,
    /// Not HTML: a placeholder such as `<device_id>`.
    Literal,
}

impl<'a> Tag<'a> {
    pub(super) fn effect(self) -> Effect {
        match self.name.to_ascii_lowercase().as_str() {
            "b" | "strong" => Effect::Strong,
            "i" | "em" => Effect::Emphasis,
            "code" | "kbd" | "samp" | "tt" => Effect::Code,
            "a" => Effect::Link,
            "br" => Effect::LineBreak,
            "li" if !self.closes => Effect::ListItem,
            "blockquote" | "dd" | "div" | "dl" | "dt" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "hr" | "li" | "ol" | "p" | "pre" | "table" | "tbody" | "thead" | "tr" | "ul" => {
                Effect::Paragraph
            }
            "abbr" | "big" | "center" | "del" | "font" | "img" | "ins" | "mark" | "q" | "s"
            | "small" | "span" | "strike" | "sub" | "sup" | "td" | "th" | "u" | "var" => {
                Effect::Nothing
            }
            _ => Effect::Literal,
        }
    }

    /// Returns true if it has the name of an element that [`effect`](Self::effect) takes for a placeholder: `<title>` may be either.
    /// A closing tag without its opening one is no placeholder.
    pub(super) fn may_be_element(self) -> bool {
        const NAMES: [&str; 56] = [
            "address",
            "article",
            "aside",
            "audio",
            "bdi",
            "bdo",
            "body",
            "button",
            "canvas",
            "caption",
            "cite",
            "col",
            "colgroup",
            "data",
            "datalist",
            "details",
            "dfn",
            "dialog",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "head",
            "header",
            "hgroup",
            "html",
            "iframe",
            "label",
            "legend",
            "main",
            "map",
            "meter",
            "nav",
            "nobr",
            "noscript",
            "object",
            "optgroup",
            "option",
            "output",
            "picture",
            "progress",
            "rp",
            "rt",
            "ruby",
            "script",
            "section",
            "select",
            "style",
            "summary",
            "svg",
            "template",
            "textarea",
            "tfoot",
            "title",
            "video",
        ];
        let name = self.name.to_ascii_lowercase();
        NAMES.contains(&name.as_str())
    }

    /// Returns the value of its `href`.
    pub(super) fn href(self) -> Option<&'a str> {
        let at = self.raw.to_ascii_lowercase().find("href=")? + "href=".len();
        let value = &self.raw[at..];
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split([' ', '>']).next(),
        }
    }
}

/// Splits raw HTML at its tags.
pub(super) fn pieces(raw: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = raw;
    let mut text = 0;
    while let Some(found) = rest[text..].find('<') {
        let at = text + found;
        let Some((piece, end)) = tag(&rest[at..]) else {
            text = at + 1;
            continue;
        };
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        pieces.push(piece);
        rest = &rest[at + end..];
        text = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn tag(text: &str) -> Option<(Piece<'_>, usize)> {
    if text.starts_with("<!--") {
        let end = text.find("-->").map_or(text.len(), |at| at + 3);
        return Some((Piece::Hidden, end));
    }
    let inside = &text[1..];
    if inside.starts_with(['!', '?']) {
        let end = text.find('>').map_or(text.len(), |at| at + 1);
        return Some((Piece::Hidden, end));
    }
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let length = name
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(name.len());
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = end(inside)? + 1;
    let raw = &text[..end];
    let tag = Tag {
        raw,
        name: &name[..length],
        closes: inside.starts_with('/'),
    };
    Some((Piece::Tag(tag), end))
}

/// Returns the end of a tag; `None` if another tag begins before it. A value in quotes may have both signs.
fn end(inside: &str) -> Option<usize> {
    let mut quote = None;
    for (at, sign) in inside.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '>') => return Some(at + 1),
            (None, '<') => return None,
            // Elsewhere it is a sign of the text.
            (None, '"' | '\'') if inside[..at].ends_with('=') => quote = Some(sign),
            (None, _) => {}
        }
    }
    None
}

/// Decodes the usual entities in the text of an HTML block.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, &str); 7] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let decoded = ENTITIES
        .iter()
        .fold(text.to_owned(), |text, (entity, sign)| {
            text.replace(entity, sign)
        });
    Cow::Owned(decoded)
}
