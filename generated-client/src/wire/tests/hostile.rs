use serde::de::DeserializeSeed;

use super::*;
use crate::wire::parse::{Malformed, ValueSeed, parse};

fn parsed(text: &[u8]) -> Result<(), Malformed> {
    parse(text, &mut |json, reader| {
        json.into_value(reader);
        true
    })
    .map(drop)
}

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
        "[\"\\ud800\", 1e999",
    ] {
        assert!(
            matches!(parsed(text.as_bytes()), Err(Malformed::Syntax(_))),
            "{text}"
        );
        assert!(decode::<Vec<Door>>(text).is_err(), "{text}");
        assert!(decode::<Happening>(text).is_err(), "{text}");
    }
    assert!(matches!(parsed(b"\"\xff\""), Err(Malformed::Encoding(_))));
}

#[test]
fn invalid_json_after_the_part_that_is_read_is_refused_too() {
    for text in [
        r#"{"width": 1, "new": [}"#,
        r#"{"width": 1, "parts": 7, "new": {"a" 1}}"#,
        r#"{"width": 1} x"#,
    ] {
        assert!(decode::<Frame>(text).is_err(), "{text}");
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_crash() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parsed(deep(100).as_bytes()).is_ok());
    for levels in [200, 1_000_000] {
        assert!(parsed(deep(levels).as_bytes()).is_err());
        let parts = format!("{}{}", r#"{"parts":["#.repeat(levels), "]}".repeat(levels));
        assert!(decode::<Frame>(&parts).is_err());
    }
}

#[test]
fn skipped_values_may_be_nested_at_any_depth() {
    let text = format!(
        r#"{{"new": {}{}, "width": 2}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(read_clean::<Frame>(&text).width, 2.0);
}

#[test]
fn the_deepest_text_allowed_can_be_read_and_written_as_any_value() {
    let text = format!("{}{}", "[".repeat(127), "]".repeat(127));
    assert_eq!(write(&read_clean::<Value>(&text)), text);
}

#[test]
fn numbers_are_read_with_arbitrary_precision() {
    // What serde_json's feature `arbitrary_precision` makes of a number.
    let number = || {
        serde::de::value::MapDeserializer::<_, serde_json::Error>::new(
            [("$serde_json::private::Number", "2.5")].into_iter(),
        )
    };
    let mut read = 0.0;
    ValueSeed {
        take: &mut |json, reader| read.read(json, reader),
        reader: &mut Reader::unbounded(),
    }
    .deserialize(number())
    .unwrap();
    assert_eq!(read, 2.5);
}

#[test]
fn too_large_numbers_are_reported() {
    let (number, deviations) = read::<f64>("1e999");
    assert_eq!(number, 0.0);
    assert_eq!(deviations, [": expected number, found string"]);
    let door: (Door, _) = read(r#"{"door_id": "1e999", "battery": -1e999, "nickname": "\"1e999"}"#);
    assert_eq!(door.0.nickname.as_deref(), Some("\"1e999"));
    assert_eq!(door.1, ["/battery: expected number, found string"]);
}

#[test]
fn too_large_numbers_in_any_json_keep_their_digits_as_text() {
    assert_eq!(
        read_clean::<Value>("[-1e999, 1]"),
        serde_json::json!(["-1e999", 1])
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
fn any_json_can_be_read_as_any_type() {
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
fn the_memory_of_a_list_of_empty_objects_is_limited() {
    #[derive(Debug, Clone, Default, PartialEq)]
    struct Large {
        codes: [[u128; 16]; 16],
    }
    impl Slot for Large {
        fn read(&mut self, _: Json<'_>, _: &mut Reader) -> bool {
            true
        }
        fn write(&mut self, _: &mut Writer) {}
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
            "/{}: expected a list that fits in the memory for one reply, found more items, which are left out",
            items.len()
        )]
    );
}

#[test]
fn a_truncated_list_is_the_first_of_ten_thousand_deviations() {
    let item = r#"{"width": "wide"}"#;
    let text = format!("[{}{item}]", format!("{item},").repeat(50_000));
    let (frames, deviations) = decode::<Vec<Wide>>(&text).unwrap();
    assert!(frames.len() > 10_000 && frames.len() < 50_000);
    assert_eq!(deviations.len(), 10_000);
    assert_eq!(deviations[0].pointer, format!("/{}", frames.len()));
    assert!(
        deviations[0].found.contains("left out"),
        "{}",
        deviations[0]
    );
    assert_eq!(deviations[1].pointer, "/0/width");
}

/// A type so large that its lists are cut early.
#[derive(Default)]
struct Wide {
    width: f64,
    #[expect(dead_code, reason = "it takes memory")]
    room: [[u128; 16]; 16],
}

impl Slot for Wide {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let Json::Object(members) = json else {
            return false;
        };
        while members.next(&mut |_| ()) {
            let mut take = |json: Json<'_>, reader: &mut Reader| self.width.read(json, reader);
            reader.within("width", |reader| members.value(&mut take, reader));
        }
        true
    }
    fn write(&mut self, _: &mut Writer) {}
}

#[test]
fn a_byte_order_mark_before_json_is_skipped() {
    assert_eq!(read_clean::<Frame>("\u{feff}{\"width\": 2}").width, 2.0);
    assert!(decode::<Frame>("\u{feff}").is_err());
    assert!(decode::<Frame>("\u{feff}\u{feff}{}").is_err());
}

#[test]
fn the_number_of_recorded_deviations_is_limited() {
    let text = format!("[{}0]", "0,".repeat(100_000));
    let (items, deviations) = read::<Vec<String>>(&text);
    assert!(items.is_empty());
    assert_eq!(deviations.len(), 10_000);
}
