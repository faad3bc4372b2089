//! What several descriptions say together.

use std::collections::BTreeSet;

/// So many ways to say a part of a sentence are still named one by one.
const MOST_WAYS: usize = 3;
/// A part of a sentence that is said in several ways is no longer than this, in words.
const LONGEST_WAY: usize = 3;
/// So many words must be common for what differs to be a part.
const FEWEST_COMMON: usize = 2;
/// A start that sentences have in common says something by itself from so many words on.
const SHORTEST_START: usize = 4;
/// With these a part of a sentence starts that can be left out.
const CONNECTIVES: [&str; 11] = [
    "at", "by", "for", "from", "in", "of", "on", "that", "to", "when", "with",
];
const DETERMINERS: [&str; 5] = ["a", "an", "the", "this", "your"];

/// What all of these texts say: the text, where they say the same, or one sentence. It names what they differ in, "of the
/// error or warning", or leaves out what only some have. Nothing where there is no such sentence.
pub(crate) fn common(texts: &[&str]) -> Option<String> {
    let texts = distinct(texts.iter().map(|text| super::clean(text)));
    match texts.as_slice() {
        [] => return None,
        [text] => return Some(text.clone()),
        _ => {}
    }
    let mut said = BTreeSet::new();
    let sentences: Vec<&str> = texts
        .iter()
        .map(|text| first_sentence(text))
        .filter(|sentence| said.insert(super::summary(sentence)))
        .collect();
    if let [sentence] = sentences.as_slice() {
        return Some((*sentence).to_owned());
    }
    let plain: Vec<String> = sentences
        .iter()
        .map(|sentence| super::summary(sentence))
        .collect();
    let plain = Sentences::of(plain.iter().map(String::as_str));
    let linked = Sentences::of(sentences.into_iter());
    let whole = linked.merged();
    match whole {
        Some(text) if !linked.differ_in_links() => Some(text),
        _ => plain.merged().or(whole).or_else(|| plain.start()),
    }
}

/// The texts in their order, each once, without empty ones.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts
        .filter(|text| !text.is_empty() && seen.insert(text.clone()))
        .collect()
}

/// Different sentences, by their words.
struct Sentences<'a> {
    words: Vec<Vec<&'a str>>,
    /// So many words are the same at the start of all, and behind those at the end.
    before: usize,
    after: usize,
}

impl<'a> Sentences<'a> {
    fn of(sentences: impl Iterator<Item = &'a str>) -> Self {
        let words: Vec<Vec<&str>> = sentences
            .map(|sentence| words(sentence.strip_suffix('.').unwrap_or(sentence)))
            .collect();
        let shortest = words.iter().map(Vec::len).min().unwrap_or_default();
        let alike = |word: &dyn Fn(&[&'a str]) -> &'a str| {
            words
                .windows(2)
                .all(|pair| word(&pair[0]) == word(&pair[1]))
        };
        let before = (0..shortest)
            .take_while(|at| alike(&|words| words[*at]))
            .count();
        let after = (0..shortest - before)
            .take_while(|back| alike(&|words| words[words.len() - 1 - back]))
            .count();
        Self {
            words,
            before,
            after,
        }
    }

    /// The parts in which they differ.
    fn parts(&self) -> impl Iterator<Item = &[&'a str]> {
        let part = |words: &'_ Vec<&'a str>| self.before..words.len() - self.after;
        self.words.iter().map(move |words| &words[part(words)])
    }

    fn differ_in_links(&self) -> bool {
        self.parts().flatten().any(|word| word.contains("]("))
    }

    /// One sentence that has the parts in which they differ side by side, or none where some have none.
    fn merged(&self) -> Option<String> {
        let too_long = self.parts().any(|part| part.len() > LONGEST_WAY);
        if self.before + self.after < FEWEST_COMMON || too_long {
            return None;
        }
        let ways = distinct(self.parts().enumerate().map(|(at, part)| {
            let way = part.join(" ");
            match self.before == 0 && at > 0 {
                true => uncapitalized(&way),
                false => way,
            }
        }));
        let is_broken = |way: &String| way.ends_with([',', ';', ':']);
        if ways.len() > MOST_WAYS || ways.iter().any(is_broken) {
            return None;
        }
        let way = if self.parts().any(<[&str]>::is_empty) {
            String::new()
        } else if ways.iter().all(|way| DETERMINERS.contains(&way.as_str())) {
            "the".to_owned()
        } else {
            let (last, others) = ways.split_last()?;
            format!("{} or {last}", others.join(", "))
        };
        let first = self.words.first()?;
        let text = [
            &first[..self.before],
            &[way.as_str()],
            &first[first.len() - self.after..],
        ];
        let text: Vec<&str> = text
            .concat()
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        Some(capitalized(&text.join(" ")) + ".")
    }

    /// What all start with, up to where a sentence could end.
    fn start(&self) -> Option<String> {
        let words = self.words.first()?;
        let is_small = |word: &str| {
            CONNECTIVES.contains(&word) || DETERMINERS.contains(&word) || word == "and"
        };
        let end = (SHORTEST_START..self.before)
            .find(|at| CONNECTIVES.contains(&words[*at]) && !is_small(words[at - 1]))?;
        Some(words[..end].join(" ") + ".")
    }
}

/// The words of a text; a link or code is one, whatever it holds.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, blank) in text.match_indices(' ') {
        if is_whole(&text[start..at]) {
            words.push(&text[start..at]);
            start = at + blank.len();
        }
    }
    words.push(&text[start..]);
    words
}

fn is_whole(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    count('[') == count(']')
        && count('(') == count(')')
        && count('`') % 2 == 0
        && count('*') % 2 == 0
}

/// The first sentence as it is, links and all.
fn first_sentence(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let ends = paragraph.match_indices(". ").map(|(at, _)| at + 1);
    let end = ends.into_iter().find(|end| {
        let next = paragraph[*end..].trim_start().chars().next();
        is_whole(&paragraph[..*end]) && next.is_some_and(|next| !next.is_lowercase())
    });
    &paragraph[..end.unwrap_or(paragraph.len())]
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `New` → `new`; `NFC` and `Acme-specific` stay.
fn uncapitalized(text: &str) -> String {
    let is_word = words(text)
        .first()
        .is_some_and(|word| word.chars().skip(1).all(char::is_lowercase));
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::common;

    fn check(texts: &[&str], together: Option<&str>) {
        assert_eq!(common(texts).as_deref(), together, "of {texts:?}");
    }

    #[test]
    fn texts_that_say_the_same_are_said_once() {
        check(&[], None);
        check(&[""], None);
        check(&["A lock.", "", "A lock.\n"], Some("A lock."));
    }

    #[test]
    fn texts_that_start_alike_say_what_they_start_with() {
        check(
            &["A lock. Of a door.", "A lock.\n\nOf a gate."],
            Some("A lock."),
        );
    }

    #[test]
    fn a_part_in_which_texts_differ_is_named_in_all_ways() {
        check(
            &["Description of the error.", "Description of the warning."],
            Some("Description of the error or warning."),
        );
        check(
            &[
                "Old [schedule](https://a.b) of it.",
                "New [schedule](https://a.b) of it.",
            ],
            Some("Old or new [schedule](https://a.b) of it."),
        );
        check(
            &["Id of the door.", "Id of the gate.", "Id of the front gate"],
            Some("Id of the door, gate or front gate."),
        );
    }

    #[test]
    fn words_that_only_some_have_are_left_out() {
        check(
            &["Name of the new room.", "Name of the room."],
            Some("Name of the room."),
        );
        check(
            &["It opens the door.", "It opens this door."],
            Some("It opens the door."),
        );
    }

    #[test]
    fn a_long_start_in_common_says_enough() {
        check(
            &[
                "[Set point](https://a.b) in degrees Celsius that you want to set for all rooms.",
                "Set [point](https://a.b) in degrees Celsius that you want to try.",
            ],
            Some("Set point in degrees Celsius."),
        );
        check(
            &[
                "Date and time at which we made the error.",
                "Date and time at which the door was made.",
            ],
            None,
        );
    }

    #[test]
    fn links_and_code_are_not_taken_apart() {
        check(
            &[
                "See the [front lock](https://a.b).",
                "See the [front door](https://a.c).",
            ],
            Some("See the front lock or door."),
        );
        check(
            &["Set by `lock door` always.", "Set by `open door` always."],
            Some("Set by `lock door` or `open door` always."),
        );
    }

    #[test]
    fn texts_with_little_in_common_say_nothing_together() {
        check(&["When it was made.", "Says who made it."], None);
        check(&["A lock.", "A door."], None);
        let many = ["Id of a.", "Id of b.", "Id of c.", "Id of d."];
        check(&many, None);
    }
}
