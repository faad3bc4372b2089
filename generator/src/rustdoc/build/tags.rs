//! HTML in Markdown.

use super::super::html::{self, Effect, Piece};
use super::super::tree::{Inline, plain};
use super::{Builder, Frame, Line, MAX_DEPTH, line};

impl Builder {
    /// Converts HTML tags that were not closed to text.
    pub(super) fn end_html(&mut self) {
        while matches!(self.frames.last(), Some(Frame::Line(Line::Html { .. }, _))) {
            self.close();
        }
    }

    /// Reads HTML in Markdown.
    pub(super) fn html(&mut self, raw: &str) {
        for piece in html::pieces(raw) {
            match piece {
                Piece::Text(text) => self.text(&html::decode(&text.replace('\n', " "))),
                Piece::Hidden => {}
                Piece::Tag(tag) => self.html_tag(tag),
            }
        }
    }

    fn html_tag(&mut self, tag: html::Tag<'_>) {
        match tag.effect() {
            Effect::Literal => self.literal(tag),
            Effect::Nothing => {}
            Effect::LineBreak => self.inline(Inline::Break),
            Effect::Paragraph => self.end_paragraph(),
            Effect::ListItem => {
                self.end_paragraph();
                self.text("• ");
            }
            effect if tag.closes => self.close_html(tag.name, effect),
            _ if self.frames.len() < MAX_DEPTH * 2 => {
                self.begin_line();
                let (raw, name) = (tag.raw.to_owned(), tag.name.to_owned());
                self.frames.push(line(Line::Html { raw, name }));
            }
            _ => {}
        }
    }

    /// Takes a tag that may be a placeholder. What closes an element that nothing opened is none.
    fn literal(&mut self, tag: html::Tag<'_>) {
        let is_it = |name: &String| name.eq_ignore_ascii_case(tag.name);
        match self.literals.iter().rposition(is_it) {
            Some(opened) if tag.closes => drop(self.literals.remove(opened)),
            None if tag.closes && tag.may_be_element() => return,
            _ if tag.closes => {}
            _ => self.literals.push(tag.name.to_owned()),
        }
        self.text(tag.raw);
    }

    fn end_paragraph(&mut self) {
        self.end_implied();
        if self.in_line().is_some() {
            self.inline(Inline::Break);
        }
    }

    fn close_html(&mut self, closing: &str, effect: Effect) {
        let closes = matches!(
            self.frames.last(),
            Some(Frame::Line(Line::Html { name, .. }, _)) if name.eq_ignore_ascii_case(closing)
        );
        if !closes {
            return;
        }
        let Some(Frame::Line(Line::Html { raw, .. }, inlines)) = self.frames.pop() else {
            return;
        };
        let inline = match effect {
            Effect::Strong => Inline::Strong(inlines),
            Effect::Code => Inline::Code(plain(&inlines).trim().to_owned()),
            Effect::Link => {
                let tag = html::Tag {
                    raw: &raw,
                    name: closing,
                    closes: false,
                };
                let url = tag.href().unwrap_or_default().to_owned();
                Inline::Link { url, text: inlines }
            }
            _ => Inline::Emphasis(inlines),
        };
        self.inline(inline);
    }
}
