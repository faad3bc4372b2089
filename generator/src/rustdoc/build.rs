//! Parses Markdown to the [tree](super::tree).

mod indented;
mod tags;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Parser, Tag};

use super::tree::{Block, Inline, Item, options};
use super::{prose, source};

/// The greatest depth of containers. Deeper ones are merged into the one around them.
const MAX_DEPTH: usize = 8;

pub(super) fn parse(markdown: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    for event in Parser::new_ext(markdown, options()) {
        builder.event(event);
    }
    builder.finish()
}

/// An open element: its kind and its contents so far.
enum Frame {
    Quote(Vec<Block>),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item(Item),
    Code {
        language: String,
        text: String,
        indented: bool,
    },
    Table {
        columns: Vec<Alignment>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Line(Line, Vec<Inline>),
}

/// The kind of an open line of text.
enum Line {
    Paragraph,
    /// A paragraph without marks in the source: the text of a tight list or of an HTML block.
    Implied,
    Heading,
    Cell,
    Strong,
    Emphasis,
    Struck,
    Link(String),
    /// Opened by an HTML tag, which need not be closed.
    Html {
        raw: String,
        name: String,
    },
}

#[derive(Default)]
struct Builder {
    root: Vec<Block>,
    frames: Vec<Frame>,
    /// For each open Markdown tag, true if it has a frame.
    open: Vec<bool>,
    /// The lines of an HTML block.
    html: Option<String>,
    /// The names of tags that are text and may still be closed.
    literals: Vec<String>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            // An entity can be any character.
            Event::Text(text) => self.text(&source::visible(&text)),
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            // A tag may go on over several lines.
            Event::Html(raw) if self.html.is_some() => {
                self.html.get_or_insert_default().push_str(&raw);
            }
            Event::Html(raw) | Event::InlineHtml(raw) => self.html(&raw),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => {
                if let Some(Frame::Item(item)) = self.frames.last_mut() {
                    item.done = Some(done);
                }
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if !is_inline(&tag) {
            self.end_implied();
        }
        if matches!(tag, Tag::HtmlBlock) {
            self.html = Some(String::new());
        }
        let frame = self.frame(tag);
        self.open.push(frame.is_some());
        self.frames.extend(frame);
    }

    /// Returns the frame for a tag; `None` if its content belongs to the element around it.
    fn frame(&mut self, tag: Tag<'_>) -> Option<Frame> {
        let deep = self.frames.len() >= MAX_DEPTH;
        match tag {
            Tag::BlockQuote(_) if !deep => Some(Frame::Quote(Vec::new())),
            Tag::List(start) if !deep => Some(Frame::List {
                start,
                tight: true,
                items: Vec::new(),
            }),
            Tag::Item if matches!(self.frames.last(), Some(Frame::List { .. })) => {
                Some(Frame::Item(Item::default()))
            }
            Tag::CodeBlock(kind) => Some(Frame::Code {
                language: language(&kind),
                text: String::new(),
                indented: matches!(kind, CodeBlockKind::Indented),
            }),
            Tag::Table(columns) => Some(Frame::Table {
                columns,
                rows: Vec::new(),
            }),
            Tag::TableHead | Tag::TableRow => {
                if let Some(Frame::Table { rows, .. }) = self.frames.last_mut() {
                    rows.push(Vec::new());
                }
                None
            }
            Tag::TableCell => Some(line(Line::Cell)),
            Tag::Paragraph => {
                self.mark_list_loose();
                Some(line(Line::Paragraph))
            }
            Tag::Heading { .. } => Some(line(Line::Heading)),
            tag if deep || self.in_line().is_none() && !is_inline(&tag) => None,
            tag => {
                self.begin_line();
                inline_line(tag).map(line)
            }
        }
    }

    /// Marks the list around a paragraph as loose: it has blank lines between its items.
    fn mark_list_loose(&mut self) {
        if let [.., Frame::List { tight, .. }, Frame::Item(_)] = self.frames.as_mut_slice() {
            *tight = false;
        }
    }

    fn end(&mut self) {
        if let Some(block) = self.html.take() {
            self.html(&block);
        }
        self.end_html();
        if self.open.pop() != Some(true) {
            return;
        }
        self.end_implied();
        self.close();
    }

    /// Closes the innermost frame, and adds its contents to the one around it.
    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        match frame {
            Frame::Quote(blocks) => self.block(Block::Quote(blocks)),
            Frame::List {
                start,
                tight,
                items,
            } => self.block(Block::List {
                start,
                tight,
                items,
            }),
            Frame::Item(item) => {
                if let Some(Frame::List { items, .. }) = self.frames.last_mut() {
                    items.push(item);
                }
            }
            Frame::Code {
                language,
                text,
                indented,
            } => match indented.then(|| indented::paragraphs(&text)).flatten() {
                Some(paragraphs) => {
                    self.mark_list_loose();
                    paragraphs.into_iter().for_each(|block| self.block(block));
                }
                None => self.block(Block::Code { language, text }),
            },
            Frame::Table { columns, rows } => self.block(Block::Table { columns, rows }),
            Frame::Line(line, inlines) => self.close_line(line, inlines),
        }
    }

    fn close_line(&mut self, line: Line, inlines: Vec<Inline>) {
        match line {
            Line::Paragraph | Line::Implied => self.block(Block::Paragraph(prose::refine(inlines))),
            Line::Heading => self.block(Block::Heading(prose::refine(inlines))),
            Line::Cell => {
                if let Some(Frame::Table { rows, .. }) = self.frames.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(prose::refine(inlines));
                }
            }
            Line::Strong => self.inline(Inline::Strong(inlines)),
            Line::Emphasis => self.inline(Inline::Emphasis(inlines)),
            Line::Struck => self.inline(Inline::Struck(inlines)),
            Line::Link(url) => self.inline(Inline::Link { url, text: inlines }),
            Line::Html { raw, .. } => {
                self.text(&raw);
                inlines.into_iter().for_each(|inline| self.inline(inline));
            }
        }
    }

    fn end_implied(&mut self) {
        self.end_html();
        if matches!(self.frames.last(), Some(Frame::Line(Line::Implied, _))) {
            self.close();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Frame::Code { text: code, .. }) = self.frames.last_mut() {
            code.push_str(text);
            return;
        }
        if let Some(Inline::Text(last)) = self.in_line().and_then(|inlines| inlines.last_mut()) {
            last.push_str(text);
        } else if self.in_line().is_some() || !text.trim().is_empty() {
            self.inline(Inline::Text(text.to_owned()));
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.begin_line();
        if let Some(inlines) = self.in_line() {
            inlines.push(inline);
        }
    }

    fn in_line(&mut self) -> Option<&mut Vec<Inline>> {
        match self.frames.last_mut() {
            Some(Frame::Line(_, inlines)) => Some(inlines),
            _ => None,
        }
    }

    fn begin_line(&mut self) {
        if self.in_line().is_none() {
            self.frames.push(line(Line::Implied));
        }
    }

    fn block(&mut self, block: Block) {
        self.end_implied();
        match self.frames.last_mut() {
            Some(Frame::Quote(blocks)) => blocks.push(block),
            Some(Frame::Item(item)) => item.blocks.push(block),
            _ => self.root.push(block),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        while !self.frames.is_empty() {
            self.close();
        }
        self.root
    }
}

fn line(line: Line) -> Frame {
    Frame::Line(line, Vec::new())
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn inline_line(tag: Tag<'_>) -> Option<Line> {
    match tag {
        Tag::Strong => Some(Line::Strong),
        Tag::Emphasis => Some(Line::Emphasis),
        Tag::Strikethrough => Some(Line::Struck),
        Tag::Link {
            link_type: LinkType::Email,
            dest_url,
            ..
        } => Some(Line::Link(format!("mailto:{dest_url}"))),
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
            Some(Line::Link(dest_url.into_string()))
        }
        _ => None,
    }
}

/// Returns the language of a code block; `text` for anything that rustdoc could take for Rust.
fn language(kind: &CodeBlockKind<'_>) -> String {
    const KNOWN: [&str; 34] = [
        "bash",
        "c",
        "console",
        "cpp",
        "csharp",
        "css",
        "csv",
        "curl",
        "diff",
        "go",
        "graphql",
        "html",
        "http",
        "ini",
        "java",
        "javascript",
        "js",
        "json",
        "json5",
        "jsonc",
        "kotlin",
        "php",
        "python",
        "ruby",
        "sh",
        "shell",
        "sql",
        "swift",
        "toml",
        "ts",
        "typescript",
        "xml",
        "yaml",
        "yml",
    ];
    let CodeBlockKind::Fenced(info) = kind else {
        return "text".to_owned();
    };
    let word = info
        .split([' ', ',', '{'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if KNOWN.contains(&word.as_str()) {
        word
    } else {
        "text".to_owned()
    }
}
