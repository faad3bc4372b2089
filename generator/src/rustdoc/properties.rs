//! Properties of cleaning that hold for any description.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

#[test]
fn deep_nesting_and_long_runs_of_signs_do_not_overflow_the_stack() {
    let parts = [
        ">",
        "- ",
        "[",
        "<",
        "<b>",
        "*a ",
        "`a``b",
        "a_",
        "](",
        "https://a.b/)",
        "| ",
        "&",
        "![",
        "\\",
        "~",
    ];
    for part in parts {
        let text = part.repeat(5_000);
        lines(&clean(&text), 100);
        summary(&text);
    }
}

fn markdown() -> impl Strategy<Value = String> {
    const PARTS: [&str; 52] = [
        "*",
        "**",
        "_",
        "`",
        "``",
        "```",
        "[",
        "]",
        "](",
        "](https://a.b)",
        ")",
        "<",
        ">",
        "<b>",
        "</b>",
        "<code>",
        "</code>",
        "<a href=\"https://x.y\">",
        "</a>",
        "<br>",
        "<p>",
        "<id>",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        " ",
        "- ",
        "1. ",
        "2) ",
        "> ",
        "# ",
        "---",
        "===",
        "|",
        "| - |",
        "~~",
        "~",
        "https://a.b/c_d",
        "foo_bar",
        "/a/b",
        "\\",
        "&amp;",
        "&#x202e;",
        "&",
        "!",
        "é",
        "[ ] ",
        "[^1]",
        "]: ",
        "draft: x",
    ];
    let part = prop_oneof![
        6 => prop::sample::select(&PARTS[..]).prop_map(str::to_owned),
        1 => "[a-z.]{1,4}",
        1 => "\\PC",
    ];
    prop::collection::vec(part, 0..25).prop_map(|parts| parts.concat())
}

/// Returns true if no line looks like indented code, unless a list or a fence is around.
fn has_no_indented_code(text: &str) -> bool {
    let listed = text.lines().any(|line| {
        line.starts_with(['-', '*', '>']) || line.starts_with(|c: char| c.is_ascii_digit())
    });
    listed || text.contains("```") || !text.lines().any(|line| line.starts_with("    "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn cleaning_is_idempotent(any in any::<String>(), markdown in markdown()) {
        for text in [any, markdown] {
            let once = clean(&text);
            prop_assert_eq!(&clean(&once), &once, "from {:?}", text);
            prop_assert!(has_no_indented_code(&once), "{:?} from {:?}", once, text);
            prop_assert!(!once.contains(|c: char| c != '\n' && crate::escape::is_hidden(c)), "{:?}", once);
        }
    }

    #[test]
    fn wrapping_keeps_the_meaning(text in markdown(), width in 1_usize..40) {
        let text = clean(&text);
        let wrapped = lines(&text, width).join("\n");
        prop_assert_eq!(build::parse(&wrapped), build::parse(&text), "{:?} became {:?}", text, wrapped);
        let again = lines(&wrapped, width).join("\n");
        prop_assert_eq!(again, wrapped);
    }

    #[test]
    fn a_summary_is_one_line_without_links(text in markdown()) {
        let summary = summary(&text);
        prop_assert!(!summary.contains('\n'), "{:?}", summary);
        let links = format!("{:?}", build::parse(&summary)).contains("Link {");
        prop_assert!(!links, "{:?}", summary);
    }
}
