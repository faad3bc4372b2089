use super::*;

fn check(table: &[(&str, &str)]) {
    for (before, after) in table {
        assert_eq!(clean(before), *after, "from {before:?}");
        assert_eq!(clean(after), *after, "again");
    }
}

#[test]
fn bare_urls_become_links() {
    check(&[
        ("See https://a.b/c_d.", "See <https://a.b/c_d>."),
        ("(https://a.b/c_(d))", "(<https://a.b/c_(d)>)"),
        ("<https://a.b>", "<https://a.b>"),
        ("`https://a.b`", "`https://a.b`"),
        ("[https://a.b](https://a.b)", "<https://a.b>"),
        ("https://{region}.a.b/<id>", "`https://{region}.a.b/<id>`"),
        ("Use http:// only.", "Use http:// only."),
    ]);
}

#[test]
fn links_that_work_are_kept() {
    check(&[
        ("A [lock](https://a.b/c#d).", "A [lock](https://a.b/c#d)."),
        ("[support](mailto:a@b.c)", "[support](mailto:a@b.c)"),
        ("<a@b.c>", "[a@b.c](mailto:a@b.c)"),
        ("A [lock](/locks) or [key](key.md).", "A lock or key."),
        ("[x][y]\n\n[y]: https://a.b", "[x](https://a.b)"),
        (
            "![a picture](https://a.b/c.png)",
            "[a picture](https://a.b/c.png)",
        ),
        ("Now! [x](https://a.b)", "Now! [x](https://a.b)"),
        ("Now![](https://a.b)", "Now<https://a.b>"),
        (
            "[x](https://a.b/(c)?d=1&lt=2)",
            "[x](https://a.b/%28c%29?d=1\\&lt=2)",
        ),
    ]);
}

#[test]
fn brackets_without_a_target_are_escaped() {
    check(&[
        ("between [start, end]", "between \\[start, end\\]"),
        ("[Device] and [`Device`]", "\\[Device\\] and \\[`Device`\\]"),
        ("/hooks/[provider]/[id]", "`/hooks/[provider]/[id]`"),
        ("a[0]", "a\\[0\\]"),
        ("[^1]", "\\[^1\\]"),
    ]);
}

#[test]
fn placeholders_become_code_and_html_is_removed() {
    check(&[
        ("Pass <device_id> here", "Pass `<device_id>` here"),
        (
            "GET /devices/<device id>/state.",
            "GET `/devices/<device id>/state`.",
        ),
        ("Vec<String>", "`Vec<String>`"),
        ("1 < 2, a<b, c > d", "1 < 2, a\\<b, c > d"),
        (
            "<p>A <b>bold</b> <code>x_y</code> <a href=\"https://a.b\">word</a></p>",
            "A **bold** `x_y` [word](https://a.b)",
        ),
        ("one<br>two<br/>three", "one\\\ntwo\\\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "• one\n\n• two"),
        ("Enter <code> at the door", "Enter `<code>` at the door"),
        ("a <!-- hidden --> b", "a b"),
        ("&lt;id&gt; &amp;amp; AT&T", "`<id>` \\&amp; AT&T"),
        ("a &#x202e; b", "a b"),
    ]);
}

#[test]
fn closing_tags_without_opening_tags_are_removed() {
    let prose = "Note that the name may differ from that on the device.";
    check(&[
        ("A word.</p>", "A word."),
        ("A word.</p> Another.", "A word.\\\nAnother."),
        ("</p>\nA word.", "A word."),
        ("A word.</section></b></span>", "A word."),
        ("A word.<br>", "A word."),
        ("<b>A word.<br></b>Another.", "**A word.**\\\nAnother."),
        ("<p>A word.</p\n>\n\nAnother.", "A word.\n\nAnother."),
        ("<p>A word.\n\n    </p>", "A word."),
        (
            &format!("<p>A word.\n\n      {prose}\n    </p>"),
            &format!("A word.\n\n{prose}"),
        ),
        ("<div>1 <b 2</p></div>", "1 \\<b 2"),
        ("Set <title> and </title>", "Set `<title>` and `</title>`"),
        ("Ends with </device_id>", "Ends with `</device_id>`"),
        ("    <b>a</b>", "**a**"),
        ("a\n\n    <b>a</b>", "a\n\n```text\n<b>a</b>\n```"),
    ]);
}

#[test]
fn code_blocks_are_never_compiled() {
    check(&[
        ("```\nlet x = 1;\n```", "```text\nlet x = 1;\n```"),
        ("```rust\nlet x = 1;\n```", "```text\nlet x = 1;\n```"),
        ("```rust,no_run\nx\n```", "```text\nx\n```"),
        ("```json\n{}\n```", "```json\n{}\n```"),
        ("~~~Bash\nls ```\n~~~", "````bash\nls ```\n````"),
        ("Call:\n\n    lock(1)\n", "Call:\n\n```text\nlock(1)\n```"),
        ("- a\n\n  ```\n  b\n  ```", "- a\n\n  ```text\n  b\n  ```"),
    ]);
}

#[test]
fn common_indentation_is_not_code() {
    check(&[
        ("\n      A word.\n    ", "A word."),
        (
            "\n      A.\n\n          code\n      ",
            "A.\n\n```text\ncode\n```",
        ),
        ("A.\n\n        B.\n      ", "A.\n\nB."),
        ("\tA\tB", "A B"),
    ]);
}

#[test]
fn indented_paragraphs_are_no_code() {
    let prose = "Note that the name may differ from that on the device.";
    let more = "It is shown as it is in the app of the provider.";
    check(&[
        (
            &format!("A name.\n\n       {prose}\n\n       {more}"),
            &format!("A name.\n\n{prose}\n\n{more}"),
        ),
        (
            &format!("- a\n\n      {prose}\n- b"),
            &format!("- a\n\n  {prose}\n\n- b"),
        ),
        (
            &format!("A name.\n\n    {prose}\n\n    lock(1)"),
            &format!("A name.\n\n```text\n{prose}\n\nlock(1)\n```"),
        ),
        (
            &format!("A name.\n\n```\n{prose}\n```"),
            &format!("A name.\n\n```text\n{prose}\n```"),
        ),
        (
            &format!("- {prose}\n    - {more}"),
            &format!("- {prose}\n  - {more}"),
        ),
    ]);
}

#[test]
fn headings_are_bold_paragraphs() {
    check(&[
        ("# Title\nText", "**Title**\n\nText"),
        ("Title\n=====\nText", "**Title**\n\nText"),
        ("### **Title** of `x`", "**Title of `x`**"),
        ("#1 of #2", "#1 of #2"),
    ]);
}

#[test]
fn identifiers_in_prose_become_code() {
    check(&[
        (
            "Give device_id or user_id.",
            "Give `device_id` or `user_id`.",
        ),
        ("(device_id)", "(`device_id`)"),
        ("device_id's, \"user_id\"", "`device_id`'s, \"`user_id`\""),
        ("Set the SOME_FLAG flag", "Set the `SOME_FLAG` flag"),
        ("device.custom_name", "`device.custom_name`"),
        ("a/b, and/or, 1/2, /or", "a/b, and/or, 1/2, /or"),
        ("/locks/lock_door", "`/locks/lock_door`"),
        ("`device_id`", "`device_id`"),
        ("[device_id](https://a.b)", "[`device_id`](https://a.b)"),
        ("true, false, null", "true, false, null"),
    ]);
}

#[test]
fn signs_without_a_meaning_are_escaped() {
    check(&[
        ("5 * 3 * 2, a*, **", "5 * 3 * 2, a\\*, \\*\\*"),
        ("_ and __x", "\\_ and \\_\\_x"),
        ("a ` b", "a \\` b"),
        ("C:\\dir\\\\*", "C:\\dir\\\\\\*"),
        ("~5 to ~6", "\\~5 to \\~6"),
        ("$5 | */ {x} 100% ☃ °C", "$5 | \\*/ {x} 100% ☃ °C"),
        ("1986\\. A year", "1986\\. A year"),
        ("\\# no title", "\\# no title"),
        ("\\- no item", "\\- no item"),
        ("\\> no quote", "\\> no quote"),
    ]);
}

#[test]
fn emphasis_lists_and_tables_keep_their_meaning() {
    check(&[
        ("*a* __b__ ~~c~~", "*a* **b** ~~c~~"),
        ("* a\n* b\n   * c", "- a\n- b\n  - c"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("3. a\n\n   b\n4. c", "3. a\n\n   b\n\n4. c"),
        ("- a\n\n* b", "- a\n\n* b"),
        ("- [x] a\n- [ ] b", "- [x] a\n- [ ] b"),
        ("> a\nb\n>\n> c", "> a b\n>\n> c"),
        (
            "a|b\n-|:-:\nx_y|`p\\|q`",
            "| a | b |\n| --- | :---: |\n| `x_y` | `p\\|q` |",
        ),
        ("a  \nb", "a\\\nb"),
        ("a\n\n---\n\nb", "a\n\n***\n\nb"),
    ]);
}

#[test]
fn blanks_and_line_ends_are_normalised() {
    check(&[
        ("", ""),
        ("  \n ", ""),
        ("a\r\nb\rc  d\u{a0}e", "a b c d e"),
        ("\u{feff}a\u{0}b\u{7}\u{202e}c", "abc"),
        ("a\n\n\n\nb\n", "a\n\nb"),
    ]);
}

#[test]
fn notes_between_rules_are_separated() {
    let leading = "\n  undocumented: Unreleased.\n  ---\n  ID of the system.\n  ";
    assert_eq!(clean(leading), "ID of the system.");
    assert_eq!(
        notes(leading),
        [("undocumented".to_owned(), "Unreleased.".to_owned())]
    );
    let trailing = "Settings.\n---\ndeprecated: Use `manage`\n  instead.\ndraft: Yes\n---";
    assert_eq!(summary(trailing), "Settings.");
    assert_eq!(
        notes(trailing),
        [
            ("deprecated".to_owned(), "Use `manage` instead.".to_owned()),
            ("draft".to_owned(), "Yes".to_owned())
        ]
    );
    assert_eq!(clean("Note: this\n---\ntext"), "**Note: this**\n\ntext");
    let fenced = "```yaml\n---\ntitle: a\n---\n```";
    assert_eq!(clean(fenced), fenced);
}

#[test]
fn the_summary_is_the_first_sentence() {
    let table = [
        ("Locks a door. Then waits.", "Locks a door."),
        ("See [locks](https://a.b). More.", "See locks."),
        (
            "A **bold** move (e.g. a lock) works. No.",
            "A bold move (e.g. a lock) works.",
        ),
        (
            "Uses `a. B` in device_id. More",
            "Uses `a. B` in `device_id`.",
        ),
        ("Version 1.2 is out! Yes.", "Version 1.2 is out!"),
        ("Ends in \"quotes.\" Then more.", "Ends in \"quotes.\""),
        ("No end", "No end"),
        ("Two\nlines.\n\nMore.", "Two lines."),
        ("# Title\n\nText.", "Text."),
        ("# Title", "**Title**"),
        ("- first item\n- second", "first item"),
        ("At https://a.b/c. More.", "At `https://a.b/c`."),
        ("", ""),
    ];
    for (before, after) in table {
        assert_eq!(summary(before), after.trim_matches('*'), "from {before:?}");
    }
}

#[test]
fn prose_is_wrapped_only_between_words() {
    let table: &[(&str, &[&str])] = &[
        ("one two three", &["one two", "three"]),
        (
            "one `two three four` five",
            &["one", "`two three four`", "five"],
        ),
        (
            "a [b c d](https://a.b) e",
            &["a", "[b c d](https://a.b)", "e"],
        ),
        (
            "- one two three\n- four",
            &["- one two", "  three", "- four"],
        ),
        (
            "1. one two\n\n   three four",
            &["1. one", "   two", "", "   three", "   four"],
        ),
        ("> one two three", &["> one two", "> three"]),
        (
            "**one two** *three* four",
            &["**one", "two**", "*three*", "four"],
        ),
        ("one\ntwo three", &["one two", "three"]),
        ("one\\\ntwo three four", &["one\\", "two three", "four"]),
        ("# a heading that is long", &["# a heading that is long"]),
        (
            "```text\na b c d e f g\n```",
            &["```text", "a b c d e f g", "```"],
        ),
        (
            "| a | b |\n| --- | --- |\n| one two | c |",
            &["| a | b |", "| --- | --- |", "| one two | c |"],
        ),
    ];
    for (markdown, wrapped) in table {
        assert_eq!(lines(markdown, 9), *wrapped, "from {markdown:?}");
    }
    assert!(lines("", 9).is_empty());
}

#[test]
fn a_line_never_starts_like_a_block() {
    let table: &[(&str, &[&str])] = &[
        ("in all of 1986. Then", &["in all of 1986.", "Then"]),
        ("a number - and", &["a number -", "and"]),
        ("a number + and", &["a number +", "and"]),
        ("a number # and", &["a number #", "and"]),
        ("a number > and", &["a number >", "and"]),
        ("a number --- and", &["a number ---", "and"]),
        ("a number * and", &["a number *", "and"]),
        ("\\--- and more", &["\\--- and", "more"]),
    ];
    for (markdown, wrapped) in table {
        assert_eq!(lines(markdown, 9), *wrapped, "from {markdown:?}");
    }
}

#[test]
fn wrapping_keeps_links_to_items_and_examples() {
    let markdown = "Gives a [`Device`](crate::Device) or [`Lock`].\n\n# Example\n\n```no_run\nlet a  =  1;\n```";
    assert_eq!(lines(markdown, 80).join("\n"), markdown);
}

/// Real descriptions of every kind, before and after cleaning.
#[test]
fn real_descriptions_are_cleaned() {
    let descriptions: Vec<String> =
        serde_json::from_str(include_str!("descriptions.json")).expect("the fixture is JSON");
    let mut report = String::new();
    for description in &descriptions {
        let wrapped = lines(&clean(description), 100).join("\n");
        report.push_str(&format!(
            "{description:?}\n\n{wrapped}\n\nSUMMARY {}\n\n",
            summary(description)
        ));
        report.push_str(&"-".repeat(80));
        report.push('\n');
    }
    insta::assert_snapshot!(report);
}
