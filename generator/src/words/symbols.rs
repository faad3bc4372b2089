//! The names of signs that are neither letters nor digits.

use std::borrow::Cow;

/// Pairs of signs that mean something together.
const PAIRS: [(&str, &str); 8] = [
    (">=", "GreaterOrEqual"),
    ("<=", "LessOrEqual"),
    ("!=", "NotEqual"),
    ("[]", "Array"),
    ("()", "Parentheses"),
    ("{}", "Braces"),
    ("->", "Arrow"),
    ("=>", "FatArrow"),
];

/// Takes the first sign, or pair of signs, of a text that is not empty, with its name in
/// PascalCase.
///
/// A `-` is a minus where it `leads` the whole name, and a dash inside it.
pub(super) fn take(text: &str, leads: bool) -> (&str, Cow<'static, str>) {
    if let Some((sign, name)) = PAIRS.iter().find(|(sign, _)| text.starts_with(sign)) {
        return (&text[..sign.len()], Cow::Borrowed(name));
    }
    let Some(first) = text.chars().next() else {
        return ("", Cow::Borrowed("Empty"));
    };
    let name = match name(first) {
        Some(_) if first == '-' && leads => Cow::Borrowed("Minus"),
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(format!("U{:04X}", u32::from(first))),
    };
    (&text[..first.len_utf8()], name)
}

/// Returns true if a sign tells two enum values apart more often than it merely separates words.
pub(super) fn carries_meaning(sign: &str) -> bool {
    matches!(
        sign,
        "+" | "="
            | "<"
            | ">"
            | "*"
            | "%"
            | "&"
            | "#"
            | "^"
            | "~"
            | "|"
            | "°"
            | ">="
            | "<="
            | "!="
            | "[]"
    )
}

fn name(sign: char) -> Option<&'static str> {
    Some(match sign {
        ' ' => "Space",
        '\t' => "Tab",
        '\n' => "Newline",
        '\r' => "CarriageReturn",
        '!' => "Exclamation",
        '"' => "Quote",
        '#' => "Hash",
        '$' => "Dollar",
        '%' => "Percent",
        '&' => "And",
        '\'' => "Apostrophe",
        '(' => "LeftParen",
        ')' => "RightParen",
        '*' => "Star",
        '+' => "Plus",
        ',' => "Comma",
        '-' => "Dash",
        '.' => "Dot",
        '/' => "Slash",
        ':' => "Colon",
        ';' => "Semicolon",
        '<' => "Less",
        '=' => "Equals",
        '>' => "Greater",
        '?' => "Question",
        '@' => "At",
        '[' => "LeftBracket",
        '\\' => "Backslash",
        ']' => "RightBracket",
        '^' => "Caret",
        '_' => "Underscore",
        '`' => "Backtick",
        '{' => "LeftBrace",
        '|' => "Pipe",
        '}' => "RightBrace",
        '~' => "Tilde",
        '\u{a0}' => "NoBreakSpace",
        '£' => "Pound",
        '§' => "Section",
        '©' => "Copyright",
        '«' => "LeftGuillemet",
        '°' => "Degree",
        '±' => "PlusMinus",
        '·' => "MiddleDot",
        '»' => "RightGuillemet",
        '×' => "Times",
        '÷' => "DividedBy",
        '–' => "EnDash",
        '—' => "EmDash",
        '‘' => "LeftQuote",
        '’' => "RightQuote",
        '“' => "LeftDoubleQuote",
        '”' => "RightDoubleQuote",
        '•' => "Bullet",
        '…' => "Ellipsis",
        '€' => "Euro",
        '™' => "Trademark",
        '←' => "LeftArrow",
        '→' => "RightArrow",
        '−' => "MinusSign",
        '≠' => "NotEqualSign",
        '≤' => "LessOrEqualSign",
        '≥' => "GreaterOrEqualSign",
        '✓' => "CheckMark",
        _ => return None,
    })
}
