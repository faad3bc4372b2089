//! Wraps Markdown to lines of a given width.
//!
//! Only blanks between the words of paragraphs change. Everything else is kept, links to items and
//! examples included. A line is never broken before a word that could start a block.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::tree::options;
use crate::escape;

/// Returns the lines of `markdown`, with paragraphs wrapped at `width` columns if possible.
pub(crate) fn lines(markdown: &str, width: usize) -> Vec<String> {
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 16);
    let mut copied = 0;
    for paragraph in paragraphs(markdown) {
        out.push_str(&markdown[copied..paragraph.range.start]);
        let line_start = out.rfind('\n').map_or(0, |at| at + 1);
        let indent = hanging_indent(&out[line_start..]);
        fill(&mut out, &paragraph.words, &indent, line_start, width);
        copied = paragraph.range.end;
    }
    out.push_str(&markdown[copied..]);
    // A name may contain characters that no description contains.
    out.lines()
        .map(|line| escape::line(line.trim_end()))
        .collect()
}

struct Paragraph {
    range: Range<usize>,
    words: Vec<Word>,
}

#[derive(Default)]
struct Word {
    text: String,
    /// True if a hard break follows.
    breaks: bool,
}

/// Returns the start of the lines after the first one: quote marks are kept, list markers become blanks.
fn hanging_indent(prefix: &str) -> String {
    prefix
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect()
}

fn fill(out: &mut String, words: &[Word], indent: &str, line_start: usize, width: usize) {
    let mut column = out[line_start..].chars().count();
    let mut text_start = out.len();
    for (at, word) in words.iter().enumerate() {
        let length = word.text.chars().count();
        let line = &out[text_start..];
        if !line.is_empty() {
            let fits = column + 1 + length <= width;
            if fits || !may_end_line(line) || !may_start_line(&word.text) {
                out.push(' ');
                column += 1;
            } else {
                (column, text_start) = new_line(out, indent);
            }
        }
        out.push_str(&word.text);
        column += length;
        if word.breaks && at + 1 < words.len() {
            out.push('\\');
            (column, text_start) = new_line(out, indent);
        }
    }
}

/// Starts a line, and returns its column and the start of its text.
fn new_line(out: &mut String, indent: &str) -> (usize, usize) {
    out.push('\n');
    out.push_str(indent);
    (indent.chars().count(), out.len())
}

/// Returns true if a line may end here: it is not a rule or an underline, and does not add a hard break.
fn may_end_line(line: &str) -> bool {
    !line.ends_with('\\') && line.contains(|c: char| !"-=:|+*_#~> ".contains(c))
}

/// Returns true if a line may start with the word, with no risk of a list, heading, quote, table, rule or fence.
fn may_start_line(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    match first {
        '0'..='9' => !word
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['.', ')']),
        '`' => !word.starts_with("```"),
        '[' => second.is_some_and(|second| second != '^'),
        '<' => word.starts_with("<http") || word.starts_with("<mailto"),
        '*' | '_' => {
            second.is_some_and(|c| c.is_alphanumeric()) || word.starts_with("**") && word.len() > 4
        }
        '\\' => second.is_some(),
        '(' | '"' | '\'' | '/' | '.' | '$' | '%' | '@' | '&' | '{' => true,
        first => first.is_alphanumeric() || !first.is_ascii(),
    }
}

/// Returns the text that may be wrapped: paragraphs, and tight list items.
fn paragraphs(markdown: &str) -> Vec<Paragraph> {
    let mut finder = Finder::new(markdown);
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        finder.event(&event, range);
    }
    finder.end_paragraph();
    finder.found
}

struct Finder<'a> {
    markdown: &'a str,
    found: Vec<Paragraph>,
    words: Vec<Word>,
    start: Option<usize>,
    /// The end of the source that is copied already.
    taken: usize,
    /// True if there was a blank or a line end since the last word.
    apart: bool,
    /// The depth in headings, tables, code blocks and raw HTML.
    fixed: usize,
    /// The depth in links, which are one word each.
    linked: usize,
}

impl<'a> Finder<'a> {
    fn new(markdown: &'a str) -> Self {
        Self {
            markdown,
            found: Vec::new(),
            words: Vec::new(),
            start: None,
            taken: 0,
            apart: false,
            fixed: 0,
            linked: 0,
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Rule | Event::Html(_) => self.end_paragraph(),
            _ if self.fixed > 0 || self.linked > 0 => {}
            Event::Text(_) => self.text(range),
            Event::SoftBreak => self.line_end(range),
            Event::HardBreak => {
                self.line_end(range);
                if let Some(word) = self.words.last_mut() {
                    word.breaks = true;
                }
            }
            _ => self.solid(range),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Link { .. } | Tag::Image { .. } => {
                if self.linked == 0 && self.fixed == 0 {
                    self.solid(range);
                }
                self.linked += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                if self.fixed == 0 && self.linked == 0 {
                    self.begin(range.start);
                }
            }
            Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.end_paragraph();
                self.fixed += 1;
            }
            _ => self.end_paragraph(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => self.linked -= 1,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                if self.fixed == 0 && self.linked == 0 {
                    self.copy_up_to(range.end);
                }
            }
            TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.fixed -= 1
            }
            _ => self.end_paragraph(),
        }
    }

    /// Ensures that a paragraph is open, and that the source before `at` belongs to it.
    fn begin(&mut self, at: usize) {
        if self.start.is_none() {
            // The backslash of an escape is before the text that the parser reports.
            let escaped = self.markdown[..at].ends_with('\\');
            let at = at - usize::from(escaped);
            self.start = Some(at);
            self.taken = at;
        }
        self.copy_up_to(at);
    }

    /// Copies markers and escapes that no event reports.
    fn copy_up_to(&mut self, at: usize) {
        if at <= self.taken {
            return;
        }
        let gap = &self.markdown[self.taken..at];
        let gap = if self.apart {
            gap.trim_start_matches([' ', '>', '\n'])
        } else {
            gap
        };
        self.taken = at;
        self.append(gap);
    }

    fn text(&mut self, range: Range<usize>) {
        self.begin(range.start);
        let text = &self.markdown[range.clone()];
        self.taken = range.end;
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find([' ', '\n']).unwrap_or(rest.len());
            self.append(&rest[..word]);
            rest = &rest[word..];
            let trimmed = rest.trim_start_matches([' ', '\n']);
            self.apart |= trimmed.len() < rest.len();
            rest = trimmed;
        }
    }

    /// Copies code, a link or a tag, which is never broken.
    fn solid(&mut self, range: Range<usize>) {
        self.begin(range.start);
        let text = &self.markdown[range.clone()];
        self.taken = range.end;
        let joined: Vec<&str> = text
            .lines()
            .enumerate()
            .map(|(at, line)| {
                if at == 0 {
                    line
                } else {
                    line.trim_start_matches([' ', '>'])
                }
            })
            .collect();
        self.append(&joined.join(" "));
    }

    fn line_end(&mut self, range: Range<usize>) {
        self.begin(range.start);
        self.taken = range.end;
        self.apart = true;
    }

    fn append(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.words.last_mut() {
            Some(word) if !self.apart => word.text.push_str(text),
            _ => self.words.push(Word {
                text: text.to_owned(),
                breaks: false,
            }),
        }
        self.apart = false;
    }

    fn end_paragraph(&mut self) {
        if let Some(start) = self.start.take() {
            let words = std::mem::take(&mut self.words);
            self.found.push(Paragraph {
                range: start..self.taken,
                words,
            });
        }
        self.apart = false;
    }
}
