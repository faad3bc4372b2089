use super::*;
use crate::wire::check::Malformed;

#[test]
fn text_that_is_not_json_is_refused() {
    for text in [
        "",
        "{",
        "<html>",
        "{\"a\": 1,}",
        "[1 2]",
        "nul",
        "{} {}",
        "\"\u{1}\"",
        "{\"a\"}",
    ] {
        assert!(
            matches!(check(text.as_bytes()), Err(Malformed::Syntax(_))),
            "{text}"
        );
    }
    assert!(matches!(check(b"\"\xff\""), Err(Malformed::Encoding(_))));
}

#[test]
fn deep_nesting_is_refused_and_does_not_crash() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(check(deep(120).as_bytes()).is_ok());
    assert!(matches!(check(deep(121).as_bytes()), Err(Malformed::Depth)));
    assert!(matches!(
        check(deep(1_000_000).as_bytes()),
        Err(Malformed::Depth)
    ));
}

#[test]
fn brackets_in_strings_are_not_nesting() {
    let text = format!(r#"["{}\"["]"#, "[".repeat(500));
    assert!(check(text.as_bytes()).is_ok());
}

#[test]
fn the_deepest_text_allowed_can_be_read_as_any_value() {
    let text = format!("{}{}", "[".repeat(120), "]".repeat(120));
    assert_eq!(write(&read_clean::<Value>(&text)), text);
}

#[test]
fn numbers_too_large_to_hold_are_reported() {
    let (number, deviations) = read::<f64>("1e999");
    assert_eq!(number, 0.0);
    assert_eq!(
        deviations,
        [": expected number, found a number too large to hold"]
    );
    let (value, deviations) = read::<Value>("[1e999]");
    assert_eq!(value, Value::Null);
    assert_eq!(
        deviations,
        [": expected any value, found a number too large to hold"]
    );
}

#[test]
fn half_a_surrogate_pair_becomes_a_replacement_character() {
    assert_eq!(
        read_clean::<String>(r#""a\ud800b\\u\ude00""#),
        "a\u{FFFD}b\\u\u{FFFD}"
    );
    assert_eq!(read_clean::<String>(r#""\ud83d\ude00""#), "😀");
    assert_eq!(
        read_clean::<Value>(r#"["\udc00", "\ud83d\ude00"]"#),
        serde_json::json!(["\u{FFFD}", "😀"])
    );
}

#[test]
fn no_text_that_passes_the_check_upsets_the_reader() {
    let texts = [
        "0",
        "-0.0",
        "1E+2",
        "\"\"",
        "[]",
        "{}",
        " [ ] ",
        "[[],{}]",
        "{\"\":{\"\":[]}}",
        "[\"\\\\\",1]",
        "true",
        "null",
        "[{\"a\":[1,{\"b\":null}]},\"x\"]",
        "\n\t[\r\n1 , 2 ]\n",
    ];
    for text in texts {
        assert_eq!(
            read_clean::<Value>(text),
            serde_json::from_str::<Value>(text).unwrap(),
            "{text}"
        );
        read::<Door>(text);
        read::<Vec<Happening>>(text);
        read::<BTreeMap<String, Scalar>>(text);
        read::<Place>(text);
        read::<Management>(text);
    }
}

#[test]
fn a_list_of_nothing_takes_no_more_memory_than_it_may() {
    #[derive(Debug, Clone, Default, PartialEq)]
    struct Large {
        codes: [[u128; 16]; 16],
    }
    impl Slot for Large {
        fn read(&mut self, reader: &mut Reader<'_>) -> bool {
            reader.skip();
            true
        }
        fn write(&self, _: &mut Writer) {}
        fn expected(&self) -> &'static str {
            "object"
        }
    }
    let text = format!("[{}0]", "0,".repeat(100_000));
    let (items, deviations) = read::<Vec<Large>>(&text);
    let bytes = items.len() * size_of::<Large>();
    assert!(bytes <= (64 << 20) + 16 * text.len(), "{bytes}");
    assert!(items.len() > 10_000);
    assert_eq!(
        deviations,
        [format!(
            "/{}: expected a list that ends, found more items than there is memory for",
            items.len()
        )]
    );
}

#[test]
fn so_many_deviations_are_recorded_and_no_more() {
    let text = format!("[{}0]", "0,".repeat(100_000));
    let (items, deviations) = read::<Vec<String>>(&text);
    assert!(items.is_empty());
    assert_eq!(deviations.len(), 10_000);
}
