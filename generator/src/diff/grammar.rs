//! Converts facts about one thing to the plural.

/// Converts a fact to the plural: "is gone" becomes "are gone".
pub(super) fn plural(fact: &str) -> String {
    let mut words: Vec<String> = fact.split(' ').map(str::to_owned).collect();
    let verb = words
        .iter_mut()
        .find(|word| !matches!(word.as_str(), "no" | "longer" | "always" | "only"));
    if let Some(verb) = verb {
        *verb = plural_verb(verb);
    }
    let mut fact = words.join(" ");
    for (one, several) in [
        ("; it returned ", "; they returned "),
        ("; it gave ", "; they gave "),
        (": it is only received ", ": they are only received "),
        (": it is no longer sent ", ": they are no longer sent "),
        (": it is sent ", ": they are sent "),
        (" in its reply", " in their replies"),
        (" its branches ", " their branches "),
        (" its body ", " their bodies "),
        (" its arguments ", " their arguments "),
    ] {
        fact = fact.replace(one, several);
    }
    for (one, several) in [
        ("a struct", "structs"),
        ("a union", "unions"),
        ("an enum of", "enums of"),
    ] {
        fact = fact
            .replace(&format!("are {one}"), &format!("are {several}"))
            .replace(
                &format!("; it was {one}"),
                &format!("; they were {several}"),
            );
    }
    // In these facts `it` is the call.
    for (start, verb) in [
        ("are sent by ", "were sent by"),
        ("send their bodies as ", "were"),
        ("ask for ", "asked for"),
    ] {
        if fact.starts_with(start) {
            fact = fact.replace("; it was ", &format!("; they {verb} "));
        }
    }
    fact
}

fn plural_verb(verb: &str) -> String {
    let (verb, comma) = match verb.strip_suffix(',') {
        Some(verb) => (verb, ","),
        None => (verb, ""),
    };
    let plural = match verb {
        "is" => "are".to_owned(),
        "has" => "have".to_owned(),
        "can" | "may" => verb.to_owned(),
        verb => match verb.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => verb.strip_suffix('s').unwrap_or(verb).to_owned(),
        },
    };
    plural + comma
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn verbs_and_pronouns_agree_with_several_subjects() {
        for (one, several) in [
            ("has another description", "have another description"),
            ("has the value `jammed`", "have the value `jammed`"),
            (
                "no longer has the value `x`",
                "no longer have the value `x`",
            ),
            ("takes `.limit(…)`", "take `.limit(…)`"),
            (
                "may lack the property `x` now",
                "may lack the property `x` now",
            ),
            (
                "only reads, as the document says now: it is sent again",
                "only read, as the document says now: they are sent again",
            ),
            (
                "returns `A` now; it returned `B`",
                "return `A` now; they returned `B`",
            ),
            ("carries `x` in its reply", "carry `x` in their replies"),
            (
                "is a union now; it was a struct",
                "are unions now; they were structs",
            ),
            (
                "is sent by `PATCH` now; it was `PUT`",
                "are sent by `PATCH` now; they were sent by `PUT`",
            ),
            (
                "sends its body as `a/b` now; it was `a/c`",
                "send their bodies as `a/b` now; they were `a/c`",
            ),
            (
                "asks for `a/b` now; it was `a/c`",
                "ask for `a/b` now; they asked for `a/c`",
            ),
        ] {
            let one = one.replace("sent again", "sent again after a failure");
            let several = several.replace("sent again", "sent again after a failure");
            assert_eq!(plural(&one), several);
        }
    }
}
