use jiff::Timestamp;
use serde_json::Value;

use super::reader::{Kind, Reader};
use super::slot::Slot;
use super::writer::Writer;

impl Slot for String {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        match reader.string() {
            Some(text) => {
                *self = text.into_owned();
                true
            }
            None => reader.mismatch("string"),
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }

    fn expected(&self) -> &'static str {
        "string"
    }
}

impl Slot for bool {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        match reader.boolean() {
            Some(value) => {
                *self = value;
                true
            }
            None => reader.mismatch("boolean"),
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }

    fn expected(&self) -> &'static str {
        "boolean"
    }
}

impl Slot for f64 {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        if reader.kind() != Kind::Number {
            return reader.mismatch("number");
        }
        let number = reader
            .number()
            .and_then(|number| number.parse::<f64>().ok());
        match number {
            Some(value) if value.is_finite() => {
                *self = value;
                true
            }
            _ => {
                reader.deviate("number", "a number too large to hold");
                false
            }
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(*self);
    }

    fn expected(&self) -> &'static str {
        "number"
    }
}

impl Slot for i64 {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        if reader.kind() != Kind::Number {
            return reader.mismatch("integer");
        }
        match reader.number().and_then(whole) {
            Some(value) => {
                *self = value;
                true
            }
            None => {
                reader.deviate("integer", "a number that is not whole, or too large");
                false
            }
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.integer(*self);
    }

    fn expected(&self) -> &'static str {
        "integer"
    }
}

/// The whole number that a JSON number stands for, however it is written (`5`, `5.0`, `5e0`).
pub(super) fn whole(number: &str) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: beyond it a float no longer tells neighbours apart
    if let Ok(value) = number.parse() {
        return Some(value);
    }
    let value = number.parse::<f64>().ok()?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole and in range, as the line checks"
    )]
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

impl Slot for Timestamp {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        let Some(text) = reader.string() else {
            return reader.mismatch("date-time");
        };
        match text.parse() {
            Ok(timestamp) => {
                *self = timestamp;
                true
            }
            Err(_) => {
                reader.deviate("date-time", "a string that is no date-time");
                false
            }
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }

    fn expected(&self) -> &'static str {
        "date-time"
    }
}

impl Slot for Value {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        match reader.value() {
            Some(value) => {
                *self = value;
                true
            }
            None => {
                reader.deviate("any value", "a number too large to hold");
                false
            }
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.json(&self.to_string());
    }

    fn expected(&self) -> &'static str {
        "any value"
    }

    fn takes_null(&self) -> bool {
        true
    }
}

/// Nothing: what a reply without a payload holds.
impl Slot for () {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        reader.skip();
        true
    }

    fn write(&self, writer: &mut Writer) {
        writer.null();
    }

    fn expected(&self) -> &'static str {
        "nothing"
    }

    fn takes_null(&self) -> bool {
        true
    }
}
