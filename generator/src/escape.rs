//! Text from a document, made harmless for where it goes. Each kind of output has its one function:
//!
//! - [`line()`]: a comment in source or a manifest, a line on a terminal;
//! - [`lines`]: the same for text that may have several lines;
//! - [`code`]: a code span in Markdown;
//! - [`prose`]: plain text in Markdown;
//! - [`unmentioned`]: Markdown on a page that notifies whom it names;
//! - [`html_comment`]: a comment in HTML or Markdown;
//! - `percent`: a part of a URL.
//!
//! Descriptions are Markdown and have a cleaner of their own, `rustdoc`. What becomes a literal in Rust is written by `{:?}`.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Text on one line, with an escape for each invisible character.
pub fn line(text: &str) -> String {
    escaped(text, |_| false)
}

/// Text with an escape for each invisible character; lines stay.
pub fn lines(text: &str) -> String {
    escaped(text, |character| character == '\n')
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) && !stays(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

/// Text in a URL: a byte that may not stay is a percent sign and two digits.
pub(crate) fn percent(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii() && stays(byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Text as a code span, whatever it holds.
pub fn code(text: &str) -> String {
    let text = line(text);
    let text = if text.trim().is_empty() {
        format!("{text:?}")
    } else {
        text
    };
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_room = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// Plain text in Markdown: it makes no link, heading, tag or mention. Only signs that would mean something where they stand are
/// escaped.
pub fn prose(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + character.len_utf8()..]);
        match character {
            // GitHub looks for names and numbers after it has read the Markdown.
            '@' => out.push_str("@\u{200b}"),
            '#' if after.starts_with(char::is_alphanumeric) => out.push_str("#\u{200b}"),
            '&' if is_entity(after) => out.push_str("&amp;"),
            '<' if opens_tag(after) => out.push_str("&lt;"),
            _ => {
                if means_something(character, before, after) {
                    out.push('\\');
                }
                out.push(character);
            }
        }
    }
    out
}

/// Returns true if Markdown would read more than text in a sign between these texts, which end with the line.
fn means_something(sign: char, before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands_alone = is_blank(last) && is_blank(next);
    let is_first = before.trim().is_empty();
    match sign {
        '`' | '[' | ']' | '|' => true,
        '*' | '~' => !stands_alone,
        '_' => !(stands_alone || is_word(last) && is_word(next)),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        // A heading begins with such signs, and may end with them.
        '#' => last.is_none_or(char::is_whitespace),
        '>' | '+' | '-' | '=' => is_first,
        // A number at the start would begin a list.
        ')' => starts_item(before, next),
        '.' => starts_item(before, next) || ends_with_www(before),
        // GitHub makes links of bare addresses.
        ':' => after.starts_with("//"),
        _ => false,
    }
}

/// Returns true if nothing but the number of an item of a list stands before a sign, and a blank behind it.
fn starts_item(before: &str, next: Option<char>) -> bool {
    let number = before.trim();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && next.is_none_or(char::is_whitespace)
}

fn ends_with_www(before: &str) -> bool {
    let start = before.len().saturating_sub(3);
    before.as_bytes()[start..].eq_ignore_ascii_case(b"www")
}

/// Returns true if `<` before a text could begin a tag, or a link.
pub(crate) fn opens_tag(after: &str) -> bool {
    let next = after.chars().next();
    next.is_none_or(|next| next.is_ascii_alphabetic() || "/!?".contains(next))
}

/// Returns true if `&` before a text would make an entity of it.
pub(crate) fn is_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.len() < name.len() && rest.starts_with(';')
}

/// Text in a comment of HTML or Markdown, which it cannot end.
pub fn html_comment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in line(text).chars() {
        let may_end = matches!(character, '-' | '>' | '!');
        if may_end && (out.is_empty() || out.ends_with('-')) {
            out.push('\\');
        }
        out.push(character);
    }
    if out.ends_with('-') {
        out.push('\\');
    }
    out
}

/// Markdown that a cleaner has written, for a page that GitHub shows: it mentions nobody outside of its code.
pub fn unmentioned(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut copied = 0;
    let mut in_code = false;
    for (event, place) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code && place.start >= copied => {
                let text = &markdown[place.clone()];
                out.push_str(&markdown[copied..place.start]);
                out.push_str(&text.replace('@', "@\u{200b}").replace('#', "#\u{200b}"));
                copied = place.end;
            }
            _ => {}
        }
    }
    out.push_str(&markdown[copied..]);
    out
}

/// Control characters, those that reorder text, those that `rustc` denies in comments, and the byte order mark.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_and_shows_what_is_hidden() {
        assert_eq!(line("1\n#![doc]\r\u{1b}[2J"), "1\\n#![doc]\\r\\u{1b}[2J");
        assert_eq!(line("a\u{202e}b\u{85}"), "a\\u{202e}b\\u{85}");
        assert_eq!(lines("a\nb\u{7}"), "a\nb\\u{7}");
        assert_eq!(line("Überall — 日本"), "Überall — 日本");
    }

    #[test]
    fn a_code_span_holds_any_text() {
        for text in [
            "a", "`", "a``b", "```", " ", "", "a\n\nb", "<b>", "|", "\\", "@all", " `",
        ] {
            let span = code(text);
            let mut events = pulldown_cmark::Parser::new(&span).filter(|event| {
                !matches!(
                    event,
                    pulldown_cmark::Event::Start(_) | pulldown_cmark::Event::End(_)
                )
            });
            let only = events.next();
            assert!(
                matches!(only, Some(pulldown_cmark::Event::Code(_))),
                "{span}"
            );
            assert!(events.next().is_none(), "{span}");
        }
    }

    #[test]
    fn text_mentions_nobody_and_code_stays_as_it_is() {
        for (markdown, expected) in [
            ("@all, see #1", "@\u{200b}all, see #\u{200b}1"),
            ("`@all` and @all", "`@all` and @\u{200b}all"),
            ("one \\` and @all", "one \\` and @\u{200b}all"),
            ("``a ` b`` @all", "``a ` b`` @\u{200b}all"),
            ("[@all](https://a.b/#c)", "[@\u{200b}all](https://a.b/#c)"),
        ] {
            assert_eq!(unmentioned(markdown), expected);
        }
    }

    #[test]
    fn a_comment_is_not_ended_from_within() {
        let text = html_comment("a --> b --!> c ---> d <!--");
        assert!(!text.contains("--") && !text.contains("->"), "{text}");
    }

    #[test]
    fn prose_is_nothing_but_text() {
        use pulldown_cmark::{Options, TagEnd};
        let all = "# [a](b) <i> @all #12 **x** `y` ![z](q) https://example.com\n> - 1.";
        let starts = [
            "# a",
            "## a ##",
            "> a",
            "- a",
            "+ a",
            "* a",
            "--- ",
            "===",
            "1. a",
            "12) a",
            "```",
            "~~~",
            "| a |",
            "<!-- a",
            "&lt;b&gt;",
            "&#60;b>",
            "\\",
            "\\*a*",
            "a <",
            "[a]: b",
            "_a_ b__c__",
            "~~a~~",
            "<https://a.b>",
        ];
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for hostile in [all].into_iter().chain(starts) {
            let text = prose(hostile);
            let mut read = String::new();
            for event in Parser::new_ext(&text, options) {
                match event {
                    Event::Text(part) => read.push_str(&part),
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                    other => panic!("{text} has {other:?}"),
                }
            }
            assert_eq!(read.replace('\u{200b}', ""), line(hostile).trim_end());
            let after_title = format!("### {text}");
            let headings =
                Parser::new(&after_title).filter(|event| !matches!(event, Event::Text(_)));
            assert_eq!(headings.count(), 2, "{after_title}");
        }
        let text = prose(all);
        assert!(!text.contains("@all") && !text.contains("#12"), "{text}");
        assert!(!text.contains("https://"), "{text}");
        assert!(!prose("see www.a.b").contains("www."));
    }

    #[test]
    fn prose_without_a_meaning_in_markdown_stays_as_it_is() {
        for text in [
            "Payments API(s), v2.1 - beta!",
            "AT&T: R&D = a + b > c (d_e)",
            "C# & F#",
            "1.0",
            "a < b, 2 * 3",
        ] {
            assert_eq!(prose(text), text);
        }
        assert_eq!(prose("*a* [b]"), "\\*a\\* \\[b\\]");
    }
}
