use jiff::Timestamp;

use super::{DateTime, Null, Nullable};
use crate::ActionAttemptId;
use crate::wire::{Slot, Writer};

fn write(value: impl Slot) -> String {
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
fn a_nullable_is_made_from_what_its_value_is_made_from() {
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
    assert_eq!(
        Nullable::<Vec<String>>::from(["x"]),
        Nullable::Value(vec![text.clone()])
    );
    assert_eq!(
        Nullable::<Vec<String>>::from(vec![text.clone()]),
        Nullable::Value(vec![text])
    );
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
}
