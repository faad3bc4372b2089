//! The words of a name in a document.
//!
//! Names are split and compared here, and joined again. What Rust makes of the words (keywords, its prelude, what the client has
//! taken) is a matter of `names`.

mod singular;
mod symbols;

use heck::{ToSnakeCase, ToUpperCamelCase};
use std::borrow::Cow;
use unicode_ident::{is_xid_continue, is_xid_start};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(crate) use singular::singular;

/// The longest name that is left as it comes.
pub(crate) const LONGEST: usize = 60;

/// Returns the words of a name in snake_case: `listPets` is `list_pets`.
pub(crate) fn snake(name: &str) -> String {
    Words::of(name, Punctuation::Separates).snake()
}

/// Returns the words of a name in snake_case and in ASCII, so that two spellings of one name are equal: `Café` and `cafe`.
pub(crate) fn folded(name: &str) -> String {
    ascii(&snake(name))
}

/// Accents go, other letters are given by code point.
pub(crate) fn ascii(snake: &str) -> String {
    let bare: String = snake.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let bare = if bare.is_empty() { snake } else { &bare };
    let mut name = String::new();
    for c in bare.chars() {
        if c.is_ascii() {
            name.push(c);
        } else {
            name.push_str(&format!("u{:04x}", u32::from(c)));
        }
    }
    name
}

/// Returns true if a name is so long that it loses words.
pub(crate) fn is_cut(name: &str) -> bool {
    Words::of(name, Punctuation::Separates).overflow()
}

/// Returns a name that a number tells apart. Of a long one the start is kept, for an over-long name would lose the number.
pub(crate) fn numbered(name: &str, number: usize) -> String {
    let start: String = name.chars().take(LONGEST - 12).collect();
    format!("{start}_{number}")
}

/// What the punctuation of a wire name becomes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Punctuation {
    /// It separates words; only a sign before a leading digit is spelled, and a comparison at the end: `created>`.
    Separates,
    /// As above, and signs that carry meaning in a value are spelled: `>=5`, `C++`, `-created_at`.
    Means,
    /// Every sign is spelled, to tell `a-b` from `a_b`.
    Spelled,
}

/// The words of a name, in lower case; never empty.
#[derive(Clone, Debug)]
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn of(wire: &str, punctuation: Punctuation) -> Self {
        let wire = normal(wire);
        let mut words = split(&wire, punctuation);
        if words.is_empty() {
            words = split(&wire, Punctuation::Spelled);
        }
        if words.is_empty() {
            words.push("empty".to_owned());
        }
        start_with_a_letter(&mut words, punctuation);
        Self(words)
    }

    pub(crate) fn push(&mut self, word: &str) {
        self.0.push(word.to_owned());
    }

    /// Leaves whole words of at most `length` characters in all, or the start of the first.
    pub(crate) fn truncate(&mut self, length: usize) {
        while self.0.len() > 1 && self.join(false).chars().count() > length {
            self.0.pop();
        }
        self.0[0] = self.0[0].chars().take(length).collect();
    }

    /// Returns true if the whole name is too long for an identifier.
    pub(crate) fn overflow(&self) -> bool {
        self.join(true).chars().count() > LONGEST || self.join(false).chars().count() > LONGEST
    }

    pub(crate) fn pascal(&self) -> String {
        self.shortened(|words| words.join(true))
    }

    pub(crate) fn snake(&self) -> String {
        self.shortened(|words| words.join(false))
    }

    /// Returns the name shortened in its middle instead of at its end: the last word often is what differs.
    pub(crate) fn around_the_middle(&self) -> Self {
        let mut words = self.clone();
        while words.0.len() > 2 && words.overflow() {
            words.0.remove(words.0.len() - 2);
        }
        words
    }

    fn shortened(&self, join: impl Fn(&Self) -> String) -> String {
        let whole = join(self);
        if whole.chars().count() <= LONGEST {
            return whole;
        }
        let mut words = self.clone();
        while words.0.len() > 1 && join(&words).chars().count() > LONGEST {
            words.0.pop();
        }
        // Cut there, it would promise more than comes.
        while words.0.len() > 1 && words.0.last().is_some_and(|word| connects(word)) {
            words.0.pop();
        }
        let name: String = join(&words).chars().take(LONGEST).collect();
        name.trim_end_matches('_').to_owned()
    }

    fn join(&self, pascal: bool) -> String {
        let mut name = String::new();
        for word in &self.0 {
            let between_numbers =
                name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric);
            if !name.is_empty() && (!pascal || between_numbers) {
                name.push('_');
            }
            if pascal && is_one_word(word) {
                let (first, rest) = word.split_at(1);
                name.push_str(&first.to_ascii_uppercase());
                name.push_str(rest);
            } else if pascal {
                name.push_str(&word.to_upper_camel_case());
            } else {
                name.push_str(word);
            }
        }
        // Changing case can undo the normal form, and `rustc` compares identifiers in it.
        normal(&name).into_owned()
    }
}

/// Returns true if a name does not end with this word.
fn connects(word: &str) -> bool {
    [
        "and", "by", "for", "from", "in", "of", "or", "the", "to", "with",
    ]
    .contains(&word)
}

/// Returns the normal form; what is ASCII, as nearly all is, has it already.
fn normal(text: &str) -> Cow<'_, str> {
    match text.is_ascii() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

fn split(wire: &str, punctuation: Punctuation) -> Vec<String> {
    let mut words = Vec::new();
    let mut run = String::new();
    let mut rest = wire;
    while let Some(first) = rest.chars().next() {
        if is_word(first) {
            run.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        push_words(&mut words, &mut run);
        let leads = rest.len() == wire.len() || is_offset(&words, rest, punctuation);
        let (sign, name) = symbols::take(rest, leads);
        let after = &rest[sign.len()..];
        if spells(sign, leads, after, punctuation) {
            words.extend(name.to_snake_case().split('_').map(str::to_owned));
        }
        rest = after;
    }
    push_words(&mut words, &mut run);
    words
}

/// Returns true if the `-` that comes first in `rest` is that of an offset, as in `Etc/GMT-1`, of which there is a `+1` as well.
fn is_offset(before: &[String], rest: &str, punctuation: Punctuation) -> bool {
    let after = rest.strip_prefix('-').unwrap_or_default();
    let clock = before
        .last()
        .is_some_and(|word| word == "gmt" || word == "utc");
    punctuation == Punctuation::Means && clock && after.starts_with(|c: char| c.is_ascii_digit())
}

fn spells(sign: &str, leads: bool, after: &str, punctuation: Punctuation) -> bool {
    let is_sign = leads && matches!(sign, "+" | "-");
    match punctuation {
        Punctuation::Separates => {
            let compares = after.is_empty() && matches!(sign, "<" | ">" | "<=" | ">=" | "!=");
            compares || (is_sign && after.starts_with(|c: char| c.is_ascii_digit()))
        }
        Punctuation::Means => {
            symbols::carries_meaning(sign) || (is_sign && after.starts_with(is_word))
        }
        Punctuation::Spelled => true,
    }
}

/// Returns true if the character can stand in an identifier and belongs to a word; `_` does not.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && is_xid_continue(c)
}

fn push_words(words: &mut Vec<String>, run: &mut String) {
    if is_one_word(run) {
        words.push(std::mem::take(run));
        return;
    }
    words.extend(
        run.to_snake_case()
            .split('_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned),
    );
    run.clear();
}

/// Returns true if no letter is another case than the rest, so that there is nothing to split or to lower. Nearly all are so.
fn is_one_word(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    !text.is_empty() && text.bytes().all(plain)
}

/// Spells a small leading number, and puts an `n` before anything else that cannot start a name.
///
/// Where everything is told apart by its spelling, `1` must not be `one`.
fn start_with_a_letter(words: &mut Vec<String>, punctuation: Punctuation) {
    let first = words[0].clone();
    let digits = first.len() - first.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = first.split_at(digits);
    let goes_on = rest.is_empty()
        && words
            .get(1)
            .is_some_and(|w| w.starts_with(char::is_numeric));
    let in_words = !goes_on && punctuation != Punctuation::Spelled;
    if let (true, Some(spelled)) = (in_words, spell_number(number)) {
        let rest = (!rest.is_empty()).then(|| rest.to_owned());
        words.splice(0..1, spelled.into_iter().chain(rest));
    } else if !first.starts_with(is_xid_start) {
        words[0] = format!("n{first}");
    }
}

fn spell_number(digits: &str) -> Option<Vec<String>> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if digits.len() > 2 || (digits.len() == 2 && digits.starts_with('0')) {
        return None;
    }
    let number: usize = digits.parse().ok()?;
    let spelled = match (number / 10, number % 10) {
        (0 | 1, _) => vec![SMALL[number]],
        (tens, 0) => vec![TENS[tens - 2]],
        (tens, ones) => vec![TENS[tens - 2], SMALL[ones]],
    };
    Some(spelled.into_iter().map(str::to_owned).collect())
}
