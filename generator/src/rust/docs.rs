//! Converts descriptions of the document to rustdoc and attributes.

use super::Plan;
use crate::escape;
use crate::model::{Docs, Namespace, Presence};
use crate::names::ClientName;
use crate::rustdoc;

/// The width of a line of source.
const WIDTH: usize = 110;

/// Returns the doc lines of an item that is indented by `indent` columns. There are none if neither the document nor the fallback
/// has a text.
pub(crate) fn lines(docs: &Docs, fallback: &str, indent: usize) -> Vec<String> {
    let mut text = described(docs, rustdoc::clean).unwrap_or_else(|| match &docs.title {
        Some(title) if !title.trim().is_empty() => sentence(&rustdoc::summary(title)),
        _ => fallback.to_owned(),
    });
    for (mark, reason) in [("Draft", &docs.draft), ("Undocumented", &docs.undocumented)] {
        if let Some(reason) = reason {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&remark(mark, reason));
        }
    }
    wrapped(&text, indent)
}

/// Wraps Markdown into doc lines.
pub(crate) fn wrapped(markdown: &str, indent: usize) -> Vec<String> {
    if markdown.is_empty() {
        return Vec::new();
    }
    rustdoc::lines(markdown, WIDTH - indent - 4)
}

fn remark(mark: &str, reason: &str) -> String {
    let reason = if reason.is_empty() {
        "it may change or go away.".to_owned()
    } else {
        rustdoc::summary(reason)
    };
    format!("**{mark}**: {reason}")
}

/// Returns the first sentence about an item, or the fallback.
pub(crate) fn brief(docs: &Docs, fallback: &str) -> String {
    described(docs, rustdoc::summary).unwrap_or_else(|| fallback.to_owned())
}

/// Returns the description in another form, if the form has any text.
fn described(docs: &Docs, form: impl Fn(&str) -> String) -> Option<String> {
    docs.description
        .as_deref()
        .map(form)
        .filter(|text| !text.trim().is_empty())
}

/// Returns the documentation of a namespace.
pub(crate) fn namespace(namespace: &Namespace) -> Vec<String> {
    match &namespace.description {
        Some(description) if !description.trim().is_empty() => {
            wrapped(&rustdoc::clean(description), 0)
        }
        _ => vec![calls(namespace)],
    }
}

/// Returns the sentence about the calls of a namespace.
pub(crate) fn calls(namespace: &Namespace) -> String {
    match &namespace.tag {
        Some(tag) => format!("Endpoints of {}.", escape::code(tag)),
        None => {
            let path = format!("/{}", namespace.path.join("/"));
            let singular = crate::words::singular(namespace.name());
            // A name of three letters is more often an abbreviation, such as `acs`, than a plural.
            let about = match singular.len() > 2 {
                true => words(&singular),
                false => words(namespace.name()),
            };
            let about = about.trim_end_matches('.');
            format!("{about} endpoints ({}).", escape::code(&path))
        }
    }
}

/// Returns an example that is compiled: these lines in a function with a client.
pub(crate) fn example(client: &ClientName, code: &[String]) -> Vec<String> {
    let ClientName { library, ty, .. } = client;
    let before = [
        "```no_run".to_owned(),
        format!("# async fn example({library}: {library}::{ty}) -> {library}::Result<()> {{"),
    ];
    let after = ["# Ok(()) }", "```"];
    let after = after.into_iter().map(str::to_owned);
    before
        .into_iter()
        .chain(code.iter().cloned())
        .chain(after)
        .collect()
}

/// `serial_number` → `Serial number.`
pub(crate) fn words(name: &str) -> String {
    let words: Vec<&str> = name
        .trim_start_matches("r#")
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    sentence(&words.join(" "))
}

fn sentence(text: &str) -> String {
    let mut characters = text.trim_end_matches('.').chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => "Without a name.".to_owned(),
    }
}

/// Returns the article before a noun: "a device", "an access code".
pub(crate) fn article(noun: &str) -> &'static str {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    match vowel && !noun.starts_with("user") && !noun.starts_with("uni") {
        true => "an",
        false => "a",
    }
}

/// Returns the attributes of an item.
pub(crate) fn attributes(docs: &Docs, cfg: Option<String>) -> Vec<String> {
    let cfg = cfg.map(|cfg| format!("#[cfg({cfg})]"));
    let deprecated = docs.deprecated.as_ref().map(|note| {
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.is_empty() {
            "#[deprecated]".to_owned()
        } else {
            format!("#[deprecated(note = {note:?})]")
        }
    });
    cfg.into_iter().chain(deprecated).collect()
}

/// Returns the attributes of an item. If the note of its deprecation names a path of the API, it is replaced by the Rust call.
pub(crate) fn attributes_in(plan: &Plan<'_>, docs: &Docs, cfg: Option<String>) -> Vec<String> {
    attributes_of_method(plan, docs, None, cfg)
}

/// Returns the attributes of a method whose name has this suffix. The call in the note has the suffix too, if there is such a
/// call.
pub(crate) fn attributes_of_method(
    plan: &Plan<'_>,
    docs: &Docs,
    suffix: Option<&str>,
    cfg: Option<String>,
) -> Vec<String> {
    let mut docs = docs.clone();
    let call = |path: &str| plan.call(path, suffix);
    docs.deprecated = docs.deprecated.map(|note| with_calls(&call, &note));
    attributes(&docs, cfg)
}

/// Replaces paths of the API in code spans by Rust calls.
fn with_calls<'a>(call: &dyn Fn(&str) -> Option<&'a str>, text: &str) -> String {
    let parts = text
        .split('`')
        .enumerate()
        .map(|(index, part)| match call(part) {
            Some(call) if index % 2 == 1 => call.to_owned(),
            _ => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join("`")
}

/// Returns the attributes of a type. Uses of a type can be deprecated, but not the type.
pub(crate) fn type_attributes(cfg: Option<&str>) -> Vec<String> {
    cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect()
}

/// Returns true if the item itself needs the feature `undocumented`.
pub(crate) fn hidden(docs: &Docs) -> bool {
    docs.undocumented.is_some()
}

/// Returns the `cfg` of an item that needs the feature `undocumented` itself.
pub(crate) fn own_cfg(docs: &Docs) -> Option<String> {
    hidden(docs).then(|| "feature = \"undocumented\"".to_owned())
}

/// Returns the sentence about clearing a nullable parameter of a call that changes something.
pub(crate) fn nullable_note(presence: Presence, changes: bool) -> &'static str {
    if presence.nullable && changes {
        " [`Null`](crate::Null) clears it."
    } else {
        ""
    }
}

/// Returns a value as a sentence.
pub(crate) fn value(value: &str) -> String {
    match value {
        "" => "`the empty text`.".to_owned(),
        value => format!("{}.", escape::code(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::{article, attributes, calls, lines, nullable_note, with_calls, words};
    use crate::model::{Docs, Namespace, Presence};

    fn docs(title: &str, description: &str) -> Docs {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Docs {
            title: text(title),
            description: text(description),
            ..Docs::default()
        }
    }

    #[test]
    fn a_title_stands_in_for_a_description_and_the_fallback_for_both() {
        assert_eq!(
            lines(&docs("size", "How large."), "Size.", 0),
            ["How large."]
        );
        assert_eq!(
            lines(&docs("length of it", ""), "Size.", 0),
            ["Length of it."]
        );
        assert_eq!(lines(&docs("", " "), "Size.", 0), ["Size."]);
    }

    #[test]
    fn a_draft_says_why_or_that_it_may_change() {
        let draft = |reason: &str| Docs {
            draft: Some(reason.to_owned()),
            ..docs("", "How large.")
        };
        assert_eq!(
            lines(&draft("Not measured yet."), "", 0),
            ["How large.", "", "**Draft**: Not measured yet."]
        );
        assert_eq!(
            lines(&draft(""), "", 0)[2],
            "**Draft**: it may change or go away."
        );
    }

    #[test]
    fn a_namespace_is_about_its_tag_or_its_path() {
        let about = |path: &str, tag: Option<&str>| {
            calls(&Namespace {
                path: vec![path.to_owned()],
                description: None,
                tag: tag.map(str::to_owned),
                endpoints: Vec::new(),
                children: Vec::new(),
            })
        };
        assert_eq!(
            about("access_codes", None),
            "Access code endpoints (`/access_codes`)."
        );
        assert_eq!(about("acs", None), "Acs endpoints (`/acs`).");
        assert_eq!(about("doors", Some("Doors")), "Endpoints of `Doors`.");
    }

    #[test]
    fn a_name_is_a_sentence() {
        assert_eq!(words("serial_number"), "Serial number.");
        assert_eq!(words("r#type"), "Type.");
        assert_eq!(words("__"), "Without a name.");
    }

    #[test]
    fn the_article_follows_from_the_sound_of_the_noun() {
        assert_eq!(article("access code"), "an");
        assert_eq!(article("unmanaged device"), "an");
        assert_eq!(article("user"), "a");
        assert_eq!(article("unit"), "a");
        assert_eq!(article("device"), "a");
    }

    #[test]
    fn a_deprecation_is_a_note_on_one_line() {
        let docs = Docs {
            deprecated: Some("Use\n  `size`.".to_owned()),
            ..Docs::default()
        };
        assert_eq!(
            attributes(&docs, Some("test".to_owned())),
            ["#[cfg(test)]", "#[deprecated(note = \"Use `size`.\")]"]
        );
    }

    #[test]
    fn null_clears_only_what_a_call_changes() {
        let nullable = Presence {
            required: false,
            nullable: true,
        };
        assert_eq!(nullable_note(nullable, false), "");
        assert!(nullable_note(nullable, true).contains("clears it"));
    }

    #[test]
    fn a_path_in_a_note_is_replaced_by_the_call() {
        let call = |path: &str| (path == "/devices/get").then_some("seam.devices().get");
        for (note, expected) in [
            (
                "Use `/devices/get` instead.",
                "Use `seam.devices().get` instead.",
            ),
            (
                "Use `/devices/find` instead.",
                "Use `/devices/find` instead.",
            ),
            (
                "Use `space_id`, not /devices/get",
                "Use `space_id`, not /devices/get",
            ),
        ] {
            assert_eq!(with_calls(&call, note), expected);
        }
    }
}
