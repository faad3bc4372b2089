use jiff::Timestamp;
use serde_json::{Number, Value};

use super::json::Json;
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

impl Slot for String {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let Json::String(text) = json else {
            return reader.mismatch("string", &json);
        };
        *self = text.into_owned();
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.string(self);
    }

    fn expected(&self) -> &'static str {
        "string"
    }
}

impl Slot for bool {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let Json::Boolean(value) = json else {
            return reader.mismatch("boolean", &json);
        };
        *self = value;
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.boolean(*self);
    }

    fn expected(&self) -> &'static str {
        "boolean"
    }
}

impl Slot for f64 {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let Json::Number(number) = json else {
            return reader.mismatch("number", &json);
        };
        match number.as_f64() {
            Some(value) => {
                *self = value;
                true
            }
            None => {
                reader.record_deviation("number", "a number too large to hold");
                false
            }
        }
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.number(*self);
    }

    fn expected(&self) -> &'static str {
        "number"
    }
}

/// `Slot` for an integer in any notation (`5`, `5.0`, `5e0`).
macro_rules! integer {
    ($type:ident by $as:ident) => {
        impl Slot for $type {
            fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
                let Json::Number(number) = json else {
                    return reader.mismatch("integer", &json);
                };
                let whole = || whole(&number).and_then(|whole| whole.try_into().ok());
                match number.$as().or_else(whole) {
                    Some(value) => {
                        *self = value;
                        true
                    }
                    None => {
                        reader.record_deviation("integer", NOT_HELD);
                        false
                    }
                }
            }

            fn write(&mut self, writer: &mut Writer) {
                writer.json(&self.to_string());
            }

            fn expected(&self) -> &'static str {
                "integer"
            }
        }
    };
}
integer! { i64 by as_i64 }
integer! { u64 by as_u64 }

const NOT_HELD: &str = "a number that is not whole, or too large";

/// Returns the integer of a JSON number in any notation (`5`, `5.0`, `5e0`).
pub(super) fn whole(number: &Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: a float cannot represent all larger integers
    if let Some(value) = number.as_i64() {
        return Some(value);
    }
    let value = number.as_f64()?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole and in range, as the line checks"
    )]
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

impl Slot for Timestamp {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let Json::String(text) = json else {
            return reader.mismatch("date-time", &json);
        };
        match text.parse() {
            Ok(time) => *self = time,
            Err(_) => match nearest(&text) {
                Some((time, true)) => *self = time,
                Some((time, false)) => {
                    *self = time;
                    reader.record_deviation("a date-time of the years -9999 to 9999", &text);
                }
                None => {
                    reader.record_deviation("date-time", "a string that is no date-time");
                    return false;
                }
            },
        }
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.string(&self.to_string());
    }

    fn expected(&self) -> &'static str {
        "date-time"
    }
}

/// Parses a time whose year does not have four digits. Returns the nearest valid timestamp, and true if it is exact.
fn nearest(text: &str) -> Option<(Timestamp, bool)> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("+", text.strip_prefix('+').unwrap_or(text)),
    };
    let (year, rest) = unsigned.split_once('-')?;
    if year.len() < 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Ok(time) = format!("{sign}{year:0>6}-{rest}").parse() {
        return Some((time, true));
    }
    // Month, day and time of day must be valid in the replacement year.
    format!("2000-{rest}").parse::<Timestamp>().ok()?;
    let end = match sign {
        "-" => Timestamp::MIN,
        _ => Timestamp::MAX,
    };
    Some((end, false))
}

impl Slot for Value {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        *self = json.into_value(reader);
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.json(&self.to_string());
    }

    fn expected(&self) -> &'static str {
        "any value"
    }

    fn takes_null(&self) -> bool {
        true
    }
}

/// The value of a reply without a payload.
impl Slot for () {
    fn read(&mut self, _: Json<'_>, _: &mut Reader) -> bool {
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.null();
    }

    fn expected(&self) -> &'static str {
        "nothing"
    }

    fn takes_null(&self) -> bool {
        true
    }
}
