//! Refines text: identifiers and placeholders become code, bare URLs become links.

use super::tree::{Inline, plain};

/// Refines a whole line: splits text, joins neighbours, and removes empty parts.
pub(super) fn refine(inlines: Vec<Inline>) -> Vec<Inline> {
    trimmed(line(inlines, false)).1
}

/// A line without breaks at its ends, which break nothing, and whether it had one at its start and at its end.
fn trimmed(mut line: Vec<Inline>) -> (bool, Vec<Inline>, bool) {
    let is_nothing = |inline: &Inline| match inline {
        Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    let kept = line.iter().rposition(|inline| !is_nothing(inline));
    let end = line.split_off(kept.map_or(0, |last| last + 1));
    let start = line.iter().position(|inline| !is_nothing(inline));
    let kept = line.split_off(start.unwrap_or(line.len()));
    (
        line.contains(&Inline::Break),
        kept,
        end.contains(&Inline::Break),
    )
}

fn line(inlines: Vec<Inline>, in_link: bool) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in join_text(inlines) {
        match inline {
            Inline::Text(text) => split(&text, in_link, &mut out),
            Inline::Code(code) if code.trim().is_empty() => {}
            Inline::Code(code) => push(&mut out, Inline::Code(code)),
            Inline::Strong(inner) => marked(inner, in_link, Inline::Strong, &mut out),
            Inline::Emphasis(inner) => marked(inner, in_link, Inline::Emphasis, &mut out),
            Inline::Struck(inner) => marked(inner, in_link, Inline::Struck, &mut out),
            Inline::Link { url, text } => link(url, text, in_link, &mut out),
            Inline::Break => push(&mut out, Inline::Break),
        }
    }
    out
}

/// Appends marked text. Breaks at its ends move out of it, because Markdown puts marks next to words.
fn marked(
    inner: Vec<Inline>,
    in_link: bool,
    mark: fn(Vec<Inline>) -> Inline,
    out: &mut Vec<Inline>,
) {
    let inner = line(inner, in_link);
    let has_break = |inline: Option<&Inline>| matches!(inline, Some(Inline::Break));
    if !has_break(inner.first()) && !has_break(inner.last()) {
        return push(out, mark(inner));
    }
    let (before, inner, after) = trimmed(inner);
    let around = |is_there: bool| is_there.then_some(Inline::Break);
    let marked = (!inner.is_empty()).then(|| mark(inner));
    let all = [around(before), marked, around(after)];
    all.into_iter()
        .flatten()
        .for_each(|inline| push(out, inline));
}

/// Joins neighbouring texts, also those of removed links, so that words are complete.
fn join_text(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// Keeps a link that works on rustdoc's pages; of any other link only the text is kept.
fn link(url: String, text: Vec<Inline>, in_link: bool, out: &mut Vec<Inline>) {
    if in_link || !is_absolute(&url) {
        line(text, in_link)
            .into_iter()
            .for_each(|inline| push(out, inline));
        return;
    }
    let names_itself = plain(&text).trim() == url;
    let mut text = if names_itself {
        Vec::new()
    } else {
        line(text, true)
    };
    if text.is_empty() {
        text.push(Inline::Text(url.clone()));
    }
    push(out, Inline::Link { url, text });
}

fn is_absolute(url: &str) -> bool {
    let has_scheme = ["http://", "https://", "mailto:"].iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    has_scheme && !url.contains(char::is_whitespace) && !url.ends_with("://")
}

/// Appends, and joins text and code that would be adjacent on the page.
fn push(out: &mut Vec<Inline>, inline: Inline) {
    match (out.last_mut(), inline) {
        (_, Inline::Text(text)) => push_text(out, &text),
        (Some(Inline::Code(last)), Inline::Code(code)) => last.push_str(&code),
        (Some(Inline::Break), Inline::Break) => {}
        (_, inline) => out.push(inline),
    }
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    match out.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        Some(Inline::Break) if text.trim().is_empty() => {}
        _ if text.is_empty() => {}
        _ => out.push(Inline::Text(text.to_owned())),
    }
}

/// Splits text into words, and refines each; runs of blanks become one blank.
fn split(text: &str, in_link: bool, out: &mut Vec<Inline>) {
    if is_ordinary(text) {
        push_text(out, text);
        return;
    }
    let mut rest = text;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
        if blanks > 0 {
            push_text(out, " ");
            rest = &rest[blanks..];
        }
        let (word, after) = rest.split_at(word_length(rest));
        push_word(word, in_link, out);
        rest = after;
    }
}

/// Returns true if the text will not change. Most text does not, and need not be split.
fn is_ordinary(text: &str) -> bool {
    let special = |byte: u8| !matches!(byte, b' '..=b'~') || matches!(byte, b'_' | b'<' | b'/');
    !text.bytes().any(special) && !text.contains("  ")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Returns the length of a word. It ends at a blank, unless the blank is in a placeholder such as `<device id>`.
fn word_length(text: &str) -> usize {
    const LONGEST_PLACEHOLDER: usize = 40;
    let length = text.find(is_blank).unwrap_or(text.len());
    let opened = text[..length].rfind('<');
    let Some(open) = opened.filter(|at| !text[*at..length].contains('>')) else {
        return length;
    };
    match placeholder(&text[open..]) {
        Some(end) if end <= LONGEST_PLACEHOLDER => {
            let after = open + end;
            after + text[after..].find(is_blank).unwrap_or(text.len() - after)
        }
        _ => length,
    }
}

/// Returns the length of a `<placeholder>` at the start of the text.
fn placeholder(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let name = inside.strip_prefix('/').unwrap_or(inside);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || " _-/.:=\"'|".contains(c)))?;
    inside[end..].starts_with('>').then_some(end + 2)
}

fn push_word(word: &str, in_link: bool, out: &mut Vec<Inline>) {
    let mut rest = word;
    while let Some(at) = url_start(rest).filter(|_| !in_link) {
        let (before, url) = rest.split_at(at);
        let (url, after) = url.split_at(url_length(url));
        push_plain_word(before, out);
        push(out, url_inline(url));
        rest = after;
    }
    push_plain_word(rest, out);
}

/// Returns the start of a URL with text after its `://`.
fn url_start(word: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = word[from..].find("://") {
        let at = from + found;
        let scheme = ["https", "http"].iter().find(|scheme| {
            word.get(at.wrapping_sub(scheme.len())..at)
                .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
        });
        let goes_on =
            word[at + 3..].starts_with(|c: char| c.is_alphanumeric() || "{[<".contains(c));
        if let Some(scheme) = scheme.filter(|_| goes_on) {
            return Some(at - scheme.len());
        }
        from = at + 3;
    }
    None
}

/// Returns the length of a URL. It ends before a quote or punctuation of the sentence.
fn url_length(text: &str) -> usize {
    let end = text
        .find(['"', '`', '|', '\\', '“', '”', '’', '…'])
        .unwrap_or(text.len());
    let mut url = &text[..end];
    let mut surplus = ["()", "[]", "{}", "<>"].map(|pair| {
        let count = |sign: &str| url.matches(sign).count();
        count(&pair[1..]).saturating_sub(count(&pair[..1]))
    });
    while let Some(last) = url.chars().next_back() {
        match ")]}>".find(last) {
            Some(pair) if surplus[pair] > 0 => surplus[pair] -= 1,
            None if ".,;:!?'*_~".contains(last) => {}
            _ => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

/// Returns a URL as a link, or as code if it contains a placeholder.
fn url_inline(url: &str) -> Inline {
    if url.contains(['<', '>', '{', '}', '[', ']']) {
        Inline::Code(url.to_owned())
    } else {
        Inline::Link {
            url: url.to_owned(),
            text: vec![Inline::Text(url.to_owned())],
        }
    }
}

fn push_plain_word(word: &str, out: &mut Vec<Inline>) {
    // Most words need no change.
    if !word.contains(['_', '<', '/']) {
        push_text(out, word);
        return;
    }
    let core = word.trim_start_matches(['(', '"', '\'', '[', '“', '‘', ',']);
    let before = &word[..word.len() - core.len()];
    let core = trim_sentence(core);
    let after = &word[before.len() + core.len()..];
    if is_code(core) {
        push_text(out, before);
        push(out, Inline::Code(core.to_owned()));
        push_text(out, after);
    } else {
        push_identifiers(word, out);
    }
}

/// Removes punctuation of the sentence after a path or an identifier.
fn trim_sentence(word: &str) -> &str {
    let mut core =
        word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '”', '’', '…']);
    while core.ends_with(']') && !core.contains('[') {
        core = &core[..core.len() - 1];
    }
    core
}

/// Returns true if a whole word looks like code: `access_code_id`, `device.custom_name`, `/locks/lock_door`, `<id>`.
fn is_code(word: &str) -> bool {
    if placeholder(word) == Some(word.len()) {
        return true;
    }
    let dotted = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_./".contains(c));
    let path = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_./-:{}[]<> ".contains(c));
    let has_placeholder = word
        .find('<')
        .is_some_and(|at| placeholder(&word[at..]).is_some());
    let is_path = word.strip_prefix('/').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "{[<".contains(c))
            && rest.contains(['/', '_', '{', '[', '<'])
    });
    (dotted && has_identifier(word)) || (path && (is_path || has_placeholder))
}

fn has_identifier(word: &str) -> bool {
    word.split(|c: char| !is_identifier(c)).any(is_snake)
}

fn is_identifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Returns true if a word has an underscore between two letters or digits.
fn is_snake(word: &str) -> bool {
    word.trim_matches('_').contains('_')
}

/// Marks identifiers and placeholders inside of a longer word.
fn push_identifiers(word: &str, out: &mut Vec<Inline>) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let length = match placeholder(rest) {
            Some(length) => length,
            None if is_identifier(first) => {
                rest.find(|c: char| !is_identifier(c)).unwrap_or(rest.len())
            }
            None => first.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        if is_snake(piece) || first == '<' && length > 1 {
            push(out, Inline::Code(piece.to_owned()));
        } else {
            push_text(out, piece);
        }
        rest = after;
    }
}
