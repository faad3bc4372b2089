//! Writes the tree as Markdown in a normal form.

use pulldown_cmark::Alignment;

use super::tree::{Block, Inline, Item};
use crate::escape::{is_entity, is_hidden, opens_tag};

pub(super) fn document(blocks: &[Block]) -> String {
    render_blocks(blocks, false)
}

fn render_blocks(blocks: &[Block], tight: bool) -> String {
    let mut out = String::new();
    let mut alternate = false;
    let mut previous: Option<&Block> = None;
    for block in blocks {
        alternate = !alternate && previous.is_some_and(|previous| continues_list(previous, block));
        let text = render_block(block, alternate);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if tight && !needs_blank_line(block) {
                "\n"
            } else {
                "\n\n"
            });
        }
        out.push_str(&text);
        previous = Some(block);
    }
    out
}

/// Returns true if two adjacent lists would be read as one.
fn continues_list(previous: &Block, block: &Block) -> bool {
    match (previous, block) {
        (Block::List { start: a, .. }, Block::List { start: b, .. }) => a.is_some() == b.is_some(),
        _ => false,
    }
}

/// Returns true if the block needs a blank line before it. A numbered list can follow a line of text directly only if it starts
/// at one.
fn needs_blank_line(block: &Block) -> bool {
    match block {
        Block::List { start, .. } => start.is_some_and(|start| start != 1),
        Block::Table { .. } | Block::Paragraph(_) => true,
        _ => false,
    }
}

fn render_block(block: &Block, alternate: bool) -> String {
    match block {
        Block::Paragraph(inlines) => render_line(inlines),
        Block::Heading(inlines) => render_line(&[Inline::Strong(unbroken(inlines))]),
        Block::List {
            start,
            tight,
            items,
        } => render_list(*start, *tight, items, alternate),
        Block::Quote(blocks) => {
            let inner = render_blocks(blocks, false);
            inner
                .lines()
                .map(|line| {
                    if line.is_empty() {
                        ">".to_owned()
                    } else {
                        format!("> {line}")
                    }
                })
                .collect::<Vec<_>>()
                .join("\n")
        }
        Block::Code { language, text } => render_code(language, text),
        Block::Table { columns, rows } => render_table(columns, rows),
        Block::Rule => "***".to_owned(),
    }
}

/// Returns the inlines without line breaks.
fn unbroken(inlines: &[Inline]) -> Vec<Inline> {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Break => Inline::Text(" ".to_owned()),
            Inline::Strong(inner) => Inline::Strong(unbroken(inner)),
            Inline::Emphasis(inner) => Inline::Emphasis(unbroken(inner)),
            Inline::Struck(inner) => Inline::Struck(unbroken(inner)),
            Inline::Link { url, text } => Inline::Link {
                url: url.clone(),
                text: unbroken(text),
            },
            Inline::Text(_) | Inline::Code(_) => inline.clone(),
        })
        .collect()
}

fn render_list(start: Option<u64>, tight: bool, items: &[Item], alternate: bool) -> String {
    let mut number = start;
    let mut rendered = Vec::with_capacity(items.len());
    for item in items {
        let marker = match (number, alternate) {
            (Some(number), false) => format!("{number}."),
            (Some(number), true) => format!("{number})"),
            (None, false) => "-".to_owned(),
            (None, true) => "*".to_owned(),
        };
        number = number.map(|number| number.saturating_add(1).min(999_999_999));
        rendered.push(render_item(&marker, item, tight));
    }
    rendered.join(if tight { "\n" } else { "\n\n" })
}

fn render_item(marker: &str, item: &Item, tight: bool) -> String {
    let task = match item.done {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    };
    let body = render_blocks(&item.blocks, tight);
    let indent = " ".repeat(marker.len() + 1);
    let mut out = format!("{marker} {task}");
    for (at, line) in body.lines().enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out.trim_end().to_owned()
}

fn render_code(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let text = text.trim_end_matches('\n');
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{fence}{language}\n{}\n{fence}", lines.join("\n"))
}

fn render_table(columns: &[Alignment], rows: &[Vec<Vec<Inline>>]) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let cell = |inlines: &Vec<Inline>| inline_text(&unbroken(inlines)).replace('|', "\\|");
    let rule = |column: &Alignment| match column {
        Alignment::None => "---".to_owned(),
        Alignment::Left => ":---".to_owned(),
        Alignment::Center => ":---:".to_owned(),
        Alignment::Right => "---:".to_owned(),
    };
    let mut lines: Vec<String> = rows
        .iter()
        .map(|cells| row(cells.iter().map(cell).collect()))
        .collect();
    if !lines.is_empty() {
        lines.insert(1, row(columns.iter().map(rule).collect()));
    }
    lines.join("\n")
}

/// Renders a paragraph. Only hard breaks make new lines.
fn render_line(inlines: &[Inline]) -> String {
    let text = inline_text(inlines);
    text.split("\\\n")
        .map(|line| guard_start(line.trim()))
        .collect::<Vec<_>>()
        .join("\\\n")
}

fn inline_text(inlines: &[Inline]) -> String {
    let mut writer = Writer::default();
    writer.inlines(inlines);
    let text = writer.out;
    let mut text = text.trim();
    // A hard break at the start or the end has no effect.
    while let Some(inner) = text.strip_prefix("\\\n") {
        text = inner.trim_start();
    }
    while let Some(inner) = text
        .strip_suffix("\\\n")
        .filter(|inner| !inner.ends_with('\\'))
    {
        text = inner.trim_end();
    }
    text.to_owned()
}

/// Escapes the start of a line that would start a block.
fn guard_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let blank_at = |at: usize| line[at..].is_empty() || line[at..].starts_with(' ');
    let numbered =
        (1..10).contains(&digits) && line[digits..].starts_with(['.', ')']) && blank_at(digits + 1);
    if numbered {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let hashes = line.len() - line.trim_start_matches('#').len();
    let is_rule = !line.is_empty() && line.chars().all(|c| "-=:| ".contains(c));
    let starts_block = line.starts_with('>')
        || (line.starts_with(['-', '+']) && blank_at(1))
        || (hashes > 0 && blank_at(hashes))
        || is_rule;
    if starts_block {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}

#[derive(Default)]
struct Writer {
    out: String,
    strong: bool,
    emphasis: bool,
    struck: bool,
}

impl Writer {
    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(code) => self.code(code),
            Inline::Strong(inner) => {
                let outer = std::mem::replace(&mut self.strong, true);
                self.marked("**", outer, inner);
                self.strong = outer;
            }
            Inline::Emphasis(inner) => {
                let outer = std::mem::replace(&mut self.emphasis, true);
                self.marked("*", outer, inner);
                self.emphasis = outer;
            }
            Inline::Struck(inner) => {
                let outer = std::mem::replace(&mut self.struck, true);
                self.marked("~~", outer, inner);
                self.struck = outer;
            }
            Inline::Link { url, text } => self.link(url, text),
            Inline::Break => self.out.push_str("\\\n"),
        }
    }

    /// Writes emphasis if Markdown would read it as such, and otherwise the plain text.
    fn marked(&mut self, marker: &str, already: bool, inner: &[Inline]) {
        let start = self.out.len();
        let before = self.out.chars().next_back();
        self.inlines(inner);
        let text = self.out.split_off(start);
        let trimmed = text.trim();
        let opens = match (before, trimmed.chars().next()) {
            (_, None) => false,
            (Some(before), _) if before == '*' || before == '~' => false,
            (Some(before), Some(first)) => !before.is_alphanumeric() || first.is_alphanumeric(),
            (None, Some(_)) => true,
        };
        if already || !opens {
            self.out.push_str(&text);
            return;
        }
        let leading = text.len() - text.trim_start().len();
        self.out.push_str(&text[..leading]);
        self.out.push_str(marker);
        self.out.push_str(trimmed);
        self.out.push_str(marker);
        self.out.push_str(&text[leading + trimmed.len()..]);
    }

    fn code(&mut self, code: &str) {
        let code = code.trim().replace('\n', " ");
        let longest = longest_run(&code, '`');
        let ticks = if longest == 1 {
            2
        } else {
            1.max(if longest == 0 { 0 } else { longest + 1 })
        };
        let fence = "`".repeat(ticks);
        let pad = if code.starts_with('`') || code.ends_with('`') {
            " "
        } else {
            ""
        };
        self.out
            .push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    fn link(&mut self, url: &str, text: &[Inline]) {
        if matches!(text, [Inline::Text(text)] if text == url) && is_autolink(url) {
            self.out.push_str(&format!("<{url}>"));
            return;
        }
        // After `!` it would be an image.
        if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
        let start = self.out.len();
        self.inlines(&unbroken(text));
        let label = self.out.split_off(start);
        self.out.push_str(label.trim());
        self.out.push_str("](");
        push_url(&mut self.out, url);
        self.out.push(')');
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(may_need_escape) {
            let (plain, marked) = rest.split_at(at);
            self.out.push_str(plain);
            let mut chars = marked.chars();
            let Some(c) = chars.next() else { break };
            let next = chars.clone().next();
            if needs_escape(c, self.out.chars().next_back(), next, marked) {
                self.out.push('\\');
            }
            self.out.push(c);
            rest = chars.as_str();
        }
        self.out.push_str(rest);
    }
}

fn may_need_escape(byte: u8) -> bool {
    matches!(
        byte,
        b'`' | b'[' | b']' | b'~' | b'*' | b'_' | b'\\' | b'<' | b'&'
    )
}

/// Returns true if a character of text has a meaning in Markdown at this position.
fn needs_escape(c: char, before: Option<char>, next: Option<char>, rest: &str) -> bool {
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '[' | ']' | '~' => true,
        '*' => !(blank(before) && blank(next)),
        '_' => !(blank(before) && blank(next) || word(before) && word(next)),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '<' => opens_tag(&rest[1..]),
        '&' => is_entity(&rest[1..]),
        _ => false,
    }
}

fn is_autolink(url: &str) -> bool {
    !url.chars()
        .any(|c| c.is_whitespace() || is_hidden(c) || matches!(c, '<' | '>' | '\\'))
}

fn push_url(out: &mut String, url: &str) {
    for c in url.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            ' ' => out.push_str("%20"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '`' => out.push_str("%60"),
            '&' => out.push_str("\\&"),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
}
