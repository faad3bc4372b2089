#![allow(
    unreachable_pub,
    reason = "the macros make public methods, here on private types"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{DateTime, Null, Nullable, Number, Optional, OrNull, TextsOrNull, texts};
use crate::ActionAttemptId;
use crate::wire::{Json, Reader, Slot, Writer, parse};

fn write(mut value: impl Slot) -> String {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.finish().0
}

#[test]
fn null_is_written_and_a_value_is_written_as_itself() {
    assert_eq!(write(Nullable::<String>::from(Null)), "null");
    assert_eq!(write(Nullable::<String>::from("a")), r#""a""#);
    assert_eq!(write(Nullable::<f64>::from(100.0)), "100");
    assert_eq!(write(Nullable::<f64>::from(100)), "100");
    assert_eq!(write(Nullable::<bool>::from(true)), "true");
}

#[test]
fn a_nullable_is_made_from_the_same_values_as_its_type() {
    let text = "x".to_owned();
    let id = ActionAttemptId::new("x");
    for nullable in [
        Nullable::from("x"),
        Nullable::from(&text),
        Nullable::from(text.clone()),
        Nullable::from(&id),
        Nullable::from(id.clone()),
    ] {
        assert_eq!(nullable, Nullable::Value(id.clone()));
    }
}

fn optional<T, M>(argument: impl Optional<T, M>) -> Option<T> {
    argument.optional().0
}

/// How a door opens.
#[derive(Clone, PartialEq)]
enum Mode {
    Code,
    Unknown(String),
}

crate::wire::string_enum! { argument Mode { Code = "code" } }

#[test]
fn none_sends_nothing_and_null_sends_null() {
    assert_eq!(optional::<String, _>(None::<&str>), None);
    assert_eq!(optional::<Nullable<String>, _>(None::<&str>), None);
    assert_eq!(optional::<Nullable<String>, _>(Null), Some(Nullable::Null));
}

/// Passes every value that a text, an id, a number, a boolean, a time and a list are made from: to plain, nullable and optional
/// parameters.
#[test]
fn nullable_and_optional_parameters_take_all_values_of_a_plain_one() {
    type Id = ActionAttemptId;
    let text = "x".to_owned();
    let (id, other) = (Id::new("x"), crate::id::Id::<()>::new("x"));
    let time: Timestamp = "2028-08-12T19:23:42Z".parse().unwrap();
    let zoned = time.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let system = std::time::SystemTime::try_from(time).unwrap();
    let date = DateTime::from(time);

    macro_rules! both {
        ($type:ty: $($argument:expr),+ $(,)?) => { $(
            let plain: $type = $argument.into();
            let nullable: Nullable<$type> = $argument.into();
            assert_eq!(nullable, Nullable::Value(plain.clone()));
            assert_eq!(optional::<$type, _>($argument), Some(plain.clone()));
            assert_eq!(optional::<$type, _>(Some($argument)), Some(plain));
            assert_eq!(optional::<Nullable<$type>, _>($argument), Some(nullable.clone()));
            assert_eq!(optional::<Nullable<$type>, _>(Some($argument)), Some(nullable));
        )+ };
    }
    both! { String: "x", &"x".to_owned(), text.clone(), Box::<str>::from("x"), Cow::from("x"), 'x',
    id.clone(), &id, other.clone(), &other, date.clone(), &date }
    both! { Id: "x", &"x", text.clone(), &text, Cow::from("x"), id.clone(), &id, &&id }
    both! { DateTime: time, &time, zoned.clone(), &zoned, system, "x", &"x", text.clone(), &text, Cow::from("x"),
    date.clone(), &date, &&date }
    both! { Number: 1.5, 1.5_f32, 1, 1_i8, 1_i16, 1_i64, 1_u8, 1_u16, 1_u32, 1_u64, 1_usize, Number::from(1) }
    both! { f64: 1.5, 1.5_f32, 1, 1_i8, 1_i16, 1_u8, 1_u16, 1_u32 }
    both! { i64: 1_i64, 1, 1_i8, 1_i16, 1_u8, 1_u16, 1_u32 }
    both! { bool: true }
    both! { Mode: "code", &"code", "code".to_owned(), &"code".to_owned(), Box::<str>::from("code"), Cow::from("code"),
    &Cow::from("code"), std::sync::Arc::<str>::from("code"), id.clone(), &id, other.clone(), &other, Mode::Code, &Mode::Code,
    &&Mode::Code }
    assert_eq!(
        Nullable::<String>::from(&"x"),
        Nullable::Value(text.clone())
    );
    assert_eq!(
        Nullable::<Id>::from(Box::<str>::from("x")),
        Nullable::Value(id.clone())
    );

    macro_rules! lists {
        ($($argument:expr),+ $(,)?) => { $(
            assert_eq!(texts($argument), ["x"]);
            assert_eq!(TextsOrNull::or_null($argument), Nullable::Value(vec![text.clone()]));
            let ids: Nullable<Vec<Id>> = OrNull::or_null($argument);
            assert_eq!(ids, Nullable::Value(vec![id.clone()]));
        )+ };
    }
    lists! { ["x"], &["x"], vec!["x"], vec![text.clone()], &vec![text.clone()], std::slice::from_ref(&id), [&id],
    [id.clone()].iter().take(1) }
    assert_eq!(TextsOrNull::or_null(Null), Nullable::Null);
    assert_eq!(OrNull::<Vec<Id>>::or_null(Null), Nullable::Null);
    let entries: Nullable<BTreeMap<String, f64>> = OrNull::or_null([("x", 1.0_f32)]);
    assert_eq!(entries, Nullable::Value(BTreeMap::from([(text, 1.0)])));
}

#[test]
fn a_time_is_written_in_milliseconds_and_text_as_it_is() {
    let time: Timestamp = "2028-08-12T19:23:42.1239Z".parse().unwrap();
    assert_eq!(write(DateTime::from(time)), r#""2028-08-12T19:23:42.123Z""#);
    assert_eq!(
        write(DateTime::from(&time)),
        r#""2028-08-12T19:23:42.123Z""#
    );
    assert_eq!(
        write(DateTime::from("2028-08-12T19:23:42+0000")),
        r#""2028-08-12T19:23:42+0000""#
    );
    assert_eq!(
        write(Nullable::<DateTime>::from(time)),
        r#""2028-08-12T19:23:42.123Z""#
    );
    assert_eq!(write(Nullable::<DateTime>::from(Null)), "null");
    let zoned = time.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    assert_eq!(DateTime::from(&zoned), DateTime::from(time));
    assert_eq!(DateTime::from(zoned), DateTime::from(time));
    let system = std::time::SystemTime::try_from(time).unwrap();
    assert_eq!(DateTime::from(system), DateTime::from(time));
}

#[test]
fn a_number_of_any_type_keeps_all_its_digits() {
    for (number, expected) in [
        (Number::from(100), "100"),
        (Number::from(100_usize), "100"),
        (Number::from(21.5_f32), "21.5"),
        (Number::from(-3_i8), "-3"),
        (Number::from(0.1), "0.1"),
        (Number::from(i64::MIN), "-9223372036854775808"),
        (Number::from(u64::MAX), "18446744073709551615"),
    ] {
        assert_eq!(write(number), expected);
    }
}

#[test]
fn text_is_taken_in_every_form() {
    let id = ActionAttemptId::new("x");
    let text = "x".to_owned();
    for same in [
        ActionAttemptId::from("x"),
        ActionAttemptId::from(&"x"),
        ActionAttemptId::from(&text),
        ActionAttemptId::from(&&id),
        ActionAttemptId::from(Cow::from("x")),
    ] {
        assert_eq!(same, id);
    }
    assert_eq!(texts(["x"]), ["x"]);
    assert_eq!(texts([&"x"]), ["x"]);
    assert_eq!(texts(&[text.clone()][..]), ["x"]);
    assert_eq!(texts([&id]), ["x"]);
    assert_eq!(String::from(&id), text);
    assert_eq!("x", id);
    assert_eq!(id, text);
    assert_eq!(String::from(id), "x");
}

#[test]
fn an_integer_keeps_all_its_digits() {
    for text in ["18446744073709551615", "-9223372036854775808", "1.5"] {
        let mut number = Number::from(0);
        let mut take = |json: Json<'_>, reader: &mut Reader| number.read(json, reader);
        let reader = parse(text.as_bytes(), &mut take).unwrap();
        assert!(reader.into_deviations().is_empty());
        assert_eq!(write(number), text);
    }
}
