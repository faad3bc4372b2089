//! English plurals, as far as names of lists need them.

/// Words that end like plurals and are none, or are both.
const UNCHANGED: [&str; 43] = [
    "access", "address", "alias", "always", "analysis", "aws", "basis", "bonus", "bus", "business",
    "campus", "canvas", "chassis", "class", "css", "data", "dns", "gas", "gps", "has", "https",
    "ios", "kudos", "lens", "macos", "media", "metadata", "ms", "news", "os", "plus", "pms", "pos",
    "process", "seos", "series", "sms", "sos", "species", "status", "tls", "virus", "vms",
];

/// Plurals that no rule makes, with their singulars.
const IRREGULAR: [(&str, &str); 34] = [
    ("aches", "ache"),
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("biases", "bias"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("criteria", "criterion"),
    ("echoes", "echo"),
    ("feet", "foot"),
    ("gases", "gas"),
    ("halves", "half"),
    ("heroes", "hero"),
    ("indices", "index"),
    ("knives", "knife"),
    ("lenses", "lens"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("movies", "movie"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("selves", "self"),
    ("shelves", "shelf"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
    ("wives", "wife"),
    ("women", "woman"),
];

/// Returns the singular of a snake_case name's last word: `pending_mutations` is `pending_mutation`.
pub(crate) fn singular(word_snake: &str) -> String {
    let at = word_snake.rfind('_').map_or(0, |at| at + 1);
    let (head, word) = word_snake.split_at(at);
    format!("{head}{}", singular_word(word))
}

fn singular_word(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    let keeps = UNCHANGED.contains(&word) || word.len() <= 2;
    if keeps || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    // `ties` and `dies` are too short for a singular in `y`.
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hisses = ["ches", "shes", "sses", "xes", "zzes"];
    if hisses.iter().any(|end| word.ends_with(end)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn the_last_word_becomes_singular() {
        let table = [
            ("errors", "error"),
            ("pending_mutations", "pending_mutation"),
            ("entries", "entry"),
            ("properties", "property"),
            ("user_identities", "user_identity"),
            ("access_grant_keys", "access_grant_key"),
            ("statuses", "status"),
            ("aliases", "alias"),
            ("addresses", "address"),
            ("accesses", "access"),
            ("batches", "batch"),
            ("caches", "cache"),
            ("boxes", "box"),
            ("bases", "base"),
            ("phases", "phase"),
            ("devices", "device"),
            ("spaces", "space"),
            ("acs_entrances", "acs_entrance"),
            ("modes", "mode"),
            ("ids", "id"),
            ("ties", "tie"),
            ("people", "person"),
            ("children", "child"),
            ("indices", "index"),
        ];
        for (plural, single) in table {
            assert_eq!(singular(plural), single, "{plural}");
            assert_eq!(singular(single), single, "{single} again");
        }
    }

    #[test]
    fn words_that_are_no_plurals_stay() {
        for word in [
            "status",
            "custom_metadata_has",
            "access",
            "data",
            "metadata",
            "series",
            "chassis",
            "address",
            "alias",
            "dns",
            "os",
            "is",
            "analysis",
            "custom_metadata",
            "s",
            "",
        ] {
            assert_eq!(singular(word), word);
        }
    }
}
