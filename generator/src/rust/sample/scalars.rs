//! Texts, times and numbers for examples, chosen by the names of properties and parameters.

use crate::model::Api;

/// Texts for names that end with these words, in any API. Those of the dialect are preferred.
const TEXTS: &[(&str, &str)] = &[
    ("code", "1234"),
    ("color", "#1a73e8"),
    ("company_name", "Acme"),
    ("country_code", "US"),
    ("date", "2028-08-12"),
    ("description", "A short description"),
    ("email", "jane@example.com"),
    ("email_address", "jane@example.com"),
    ("first_name", "Jane"),
    ("full_name", "Jane Doe"),
    ("language", "en"),
    ("last_name", "Doe"),
    ("locale", "en-US"),
    ("message", "Hello!"),
    ("name", "Example"),
    ("phone_number", "+15551234567"),
    ("search", "example"),
    ("time", "08:00:00"),
    ("time_zone", "America/Los_Angeles"),
    ("timezone", "America/Los_Angeles"),
    ("title", "Example"),
    ("uri", "https://example.com"),
    ("url", "https://example.com"),
    ("user_name", "jane"),
    ("username", "jane"),
];

/// Numbers for names that have one of these words.
const NUMBERS: &[(&str, &str)] = &[
    ("limit", "100"),
    ("fahrenheit", "68.0"),
    ("celsius", "20.0"),
    ("decibels", "60"),
    ("latitude", "37.77"),
    ("longitude", "-122.42"),
    ("minutes", "30"),
    ("seconds", "60"),
    ("length", "6"),
    ("lengths", "6"),
    ("level", "0.8"),
];

/// First words of names for a later point in time.
const LATER: [&str; 5] = ["end", "expire", "until", "before", "max"];

const EARLIER_TIME: &str = "2028-08-12T15:00:00Z";
const LATER_TIME: &str = "2028-08-14T11:00:00Z";

/// Returns a text for a name by its longest known ending, or else the name itself.
pub(crate) fn text<'t>(api: &Api, wire: &'t str) -> &'t str {
    let ends = |ending: &str| {
        let before = wire.strip_suffix(ending);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    };
    // The last of several with the longest ending counts.
    let known = TEXTS.iter().chain(api.example_texts);
    let known = known.filter(|(ending, _)| ends(ending));
    match known.max_by_key(|(ending, _)| ending.len()) {
        // The code of something is a name: `error_code`.
        Some(("code", _)) if wire != "code" => wire,
        Some((_, text)) => text,
        None if wire.ends_with("_at") => time(wire),
        None => wire,
    }
}

/// Returns a time for a name: a later one for the end of something.
pub(crate) fn time(wire: &str) -> &'static str {
    match LATER.iter().any(|word| wire.starts_with(word)) {
        true => LATER_TIME,
        false => EARLIER_TIME,
    }
}

/// Returns a number for a name by one of its words, or else 1.
pub(crate) fn number(wire: &str) -> &'static str {
    let words: Vec<&str> = wire.split('_').collect();
    let found = NUMBERS.iter().find(|(word, _)| words.contains(word));
    found.map_or("1", |(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_known_ending_of_a_name_chooses_its_text() {
        let api = Api {
            example_texts: &[("name", "Greenhouse"), ("badge_code", "1234")],
            ..Api::default()
        };
        assert_eq!(text(&api, "door_name"), "Greenhouse");
        assert_eq!(text(&api, "user_name"), "jane");
        assert_eq!(text(&api, "new_badge_code"), "1234");
        assert_eq!(text(&Api::default(), "door_name"), "Example");
        // The code of something else names a kind, and a part of a word is no word.
        assert_eq!(text(&api, "error_code"), "error_code");
        assert_eq!(text(&api, "rename"), "rename");
    }

    #[test]
    fn the_end_of_something_is_later_than_other_times() {
        let api = Api::default();
        assert_eq!(text(&api, "starts_at"), EARLIER_TIME);
        assert_eq!(text(&api, "ends_at"), LATER_TIME);
    }

    #[test]
    fn a_number_is_chosen_by_a_word_of_the_name() {
        assert_eq!(number("min_celsius_limit"), "100");
        assert_eq!(number("duration_minutes"), "30");
        assert_eq!(number("count"), "1");
    }
}
