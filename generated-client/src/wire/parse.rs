use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::json::{Items, Json, Members, Take};
use super::reader::Reader;
use super::repair::repair;

/// The reason why a text is not valid JSON.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("the body is not UTF-8 text")]
    Encoding(#[from] std::str::Utf8Error),
    #[error("the body is not JSON")]
    Syntax(#[from] serde_json::Error),
}

/// Parses JSON text in one pass, and passes values on while it is parsed.
///
/// The deviations are in the returned reader, because the text may have to be read twice.
pub(crate) fn parse(text: &[u8], take: Take<'_>) -> Result<Reader, Malformed> {
    let text = std::str::from_utf8(without_mark(text))?;
    let mut reader = Reader::new(text.len());
    match parse_into(text, take, &mut reader) {
        Ok(()) => Ok(reader),
        Err(error) => {
            let Some(text) = repair(text) else {
                return Err(error.into());
            };
            let mut reader = Reader::new(text.len());
            parse_into(&text, take, &mut reader)?;
            Ok(reader)
        }
    }
}

/// Returns JSON without the byte order mark that some servers send.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}

fn parse_into(text: &str, take: Take<'_>, reader: &mut Reader) -> Result<(), serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    ValueSeed { take, reader }.deserialize(&mut parser)?;
    parser.end()
}

/// Passes on one value from any self-describing format of serde.
pub(super) struct ValueSeed<'a> {
    pub(super) take: Take<'a>,
    pub(super) reader: &'a mut Reader,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl ValueSeed<'_> {
    fn over<E>(self, json: Json<'_>) -> Result<(), E> {
        (self.take)(json, self.reader);
        Ok(())
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.over(Json::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.over(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.over(Json::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.over(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.over(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.over(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.over(Json::String(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut items = ParsedItems { access, end: None };
        (self.take)(Json::List(&mut items), self.reader);
        items.finish()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let first = access.next_key_seed(Key)?;
        if first.as_deref() == Some(NUMBER) {
            let digits = access.next_value_seed(Key)?;
            let number: Number = digits.parse().map_err(A::Error::custom)?;
            return self.over(Json::Number(number));
        }
        let mut members = ParsedMembers {
            end: first.is_none().then_some(Ok(())),
            first,
            access,
        };
        (self.take)(Json::Object(&mut members), self.reader);
        members.finish()
    }
}

/// The key of numbers if any crate of the program turns on the feature `arbitrary_precision` of serde_json. A number is then an
/// object with this key, and its digits are the value.
const NUMBER: &str = "$serde_json::private::Number";

struct ParsedItems<A, E> {
    access: A,
    /// Set at the end: of the list, or of the well-formed part of the text.
    end: Option<Result<(), E>>,
}

impl<'de, A: SeqAccess<'de>> ParsedItems<A, A::Error> {
    /// Reads the next item; returns false if there is none.
    fn next_by<S: DeserializeSeed<'de>>(&mut self, seed: S) -> bool {
        if self.end.is_some() {
            return false;
        }
        self.end = match self.access.next_element_seed(seed) {
            Ok(Some(_)) => None,
            Ok(None) => Some(Ok(())),
            Err(error) => Some(Err(error)),
        };
        self.end.is_none()
    }

    fn finish(mut self) -> Result<(), A::Error> {
        while self.next_by(PhantomData::<IgnoredAny>) {}
        self.end.unwrap_or(Ok(()))
    }
}

impl<'de, A: SeqAccess<'de>> Items for ParsedItems<A, A::Error> {
    fn next(&mut self, take: Take<'_>, reader: &mut Reader) -> bool {
        self.next_by(ValueSeed { take, reader })
    }
}

struct ParsedMembers<'de, A, E> {
    access: A,
    first: Option<Cow<'de, str>>,
    /// Set at the end: of the object, or of the well-formed part of the text.
    end: Option<Result<(), E>>,
}

impl<'de, A: MapAccess<'de>> ParsedMembers<'de, A, A::Error> {
    fn value_by<S: DeserializeSeed<'de>>(&mut self, seed: S) {
        if self.end.is_none()
            && let Err(error) = self.access.next_value_seed(seed)
        {
            self.end = Some(Err(error));
        }
    }

    fn finish(mut self) -> Result<(), A::Error> {
        while self.next(&mut |_| ()) {
            self.skip();
        }
        self.end.unwrap_or(Ok(()))
    }
}

impl<'de, A: MapAccess<'de>> Members for ParsedMembers<'de, A, A::Error> {
    fn next(&mut self, see: &mut dyn FnMut(&str)) -> bool {
        if self.end.is_some() {
            return false;
        }
        let key = match self.first.take() {
            Some(first) => Ok(Some(first)),
            None => self.access.next_key_seed(Key),
        };
        match key {
            Ok(Some(key)) => see(&key),
            Ok(None) => self.end = Some(Ok(())),
            Err(error) => self.end = Some(Err(error)),
        }
        self.end.is_none()
    }

    fn value(&mut self, take: Take<'_>, reader: &mut Reader) {
        self.value_by(ValueSeed { take, reader });
    }

    fn skip(&mut self) {
        self.value_by(PhantomData::<IgnoredAny>);
    }
}

/// The key of a member, or another text. It is borrowed if it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}
