//! Reads the value from a reply.

use http::header;
use serde_json::Value;

use super::RawReply;
use crate::endpoint::Reply;
use crate::error::{Error, refusal};
use crate::wire::{
    Deviation, Json, Members, Reader, Slot, Take, parse, pass_on, read_next, value_of,
};

/// The key that says whether a request succeeded.
const STATUS: &str = "ok";

/// Reads the value of a reply into `slot`.
pub(crate) fn read_reply(
    reply: &RawReply,
    place: Reply,
    slot: &mut dyn Slot,
) -> Result<Vec<Deviation>, Error> {
    match place {
        #[cfg(any(test, feature = "_parts"))]
        Reply::TextOrJson if super::essence(reply).is_some_and(|media| super::is_json(&media)) => {
            read_body(reply, slot)
        }
        Reply::Text | Reply::TextOrJson | Reply::Bytes => {
            let text = String::from_utf8_lossy(&reply.body);
            let mut reader = Reader::new(text.len());
            slot.read(Json::String(text), &mut reader);
            Ok(reader.into_deviations())
        }
        Reply::Location => {
            let location = reply.headers.get(header::LOCATION);
            let location = location.and_then(|location| location.to_str().ok());
            let Some(location) = location else {
                return Err(reply.invalid("the header `location` is missing"));
            };
            let mut reader = Reader::new(location.len());
            slot.read(Json::String(location.into()), &mut reader);
            Ok(reader.into_deviations())
        }
        Reply::Empty => match says_failed(reply) {
            true => Err(refusal(reply)),
            false => Ok(Vec::new()),
        },
        // A reply may have no value, such as a 204 of a call that also has a 200.
        Reply::Body | Reply::Key(_) | Reply::EitherKey(..)
            if reply.body.is_empty() && accepts_null(slot) =>
        {
            Ok(Vec::new())
        }
        Reply::Body | Reply::Told => read_body(reply, slot),
        Reply::Key(key) => read_payload(reply, key, None, slot),
        Reply::EitherKey(key, other) => read_payload(reply, key, Some(other), slot),
    }
}

/// Returns true if `slot` takes null as a value.
fn accepts_null(slot: &mut dyn Slot) -> bool {
    slot.read(Json::Null, &mut Reader::new(0))
}

/// Returns true if a body without a value says that the request failed.
fn says_failed(reply: &RawReply) -> bool {
    let mut status = true;
    read_field(reply, STATUS, &mut status) && !status
}

fn read_body(reply: &RawReply, slot: &mut dyn Slot) -> Result<Vec<Deviation>, Error> {
    let mut found = "";
    let mut is_read = false;
    let reader = parse_reply(reply, &mut |json, reader| {
        found = json.kind();
        is_read = slot.read(json, reader);
        is_read
    })?;
    match is_read {
        true => Ok(reader.into_deviations()),
        false => Err(unusable(reply, "the body", slot.expected(), found)),
    }
}

/// The payload that was found.
#[derive(Default)]
struct Payload {
    /// Its JSON type; `None` where there is none.
    found: Option<&'static str>,
    is_read: bool,
    /// True if the reply says that the request failed.
    failed: bool,
}

impl Payload {
    fn take(&mut self, slot: &mut dyn Slot, json: Json<'_>, reader: &mut Reader) -> bool {
        self.found = Some(json.kind());
        self.is_read = slot.read(json, reader);
        self.is_read
    }
}

/// Reads the value under the key `due`, or under another one if it is missing, which is a deviation.
fn read_payload(
    reply: &RawReply,
    due: &'static str,
    other: Option<&'static str>,
    slot: &mut dyn Slot,
) -> Result<Vec<Deviation>, Error> {
    let mut kind = "";
    let mut payload = Payload::default();
    let reader = parse_reply(reply, &mut |json, reader| {
        kind = json.kind();
        let Json::Object(members) = json else {
            return false;
        };
        payload = read_either(members, due, other, slot, reader);
        payload.is_read
    })?;
    match payload.found {
        _ if payload.failed => Err(refusal(reply)),
        _ if payload.is_read => Ok(reader.into_deviations()),
        Some(found) => Err(unusable(reply, &format!("`{due}`"), slot.expected(), found)),
        None if kind == "object" => Err(reply.invalid(format!("the body lacks the key `{due}`"))),
        None => Err(reply.invalid(format!(
            "the body must be an object with the key `{due}`, found {kind}"
        ))),
    }
}

fn unusable(reply: &RawReply, place: &str, expected: &str, found: &str) -> Error {
    reply.invalid(format!("{place}: expected {expected}, found {found}"))
}

fn read_either(
    members: &mut dyn Members,
    due: &'static str,
    other: Option<&'static str>,
    slot: &mut dyn Slot,
    reader: &mut Reader,
) -> Payload {
    let mut payload = Payload::default();
    let mut instead = None;
    let mut is = Key::Further;
    while members.next(&mut |key| is = Key::of(key, due, other)) {
        match is {
            Key::Due => {
                let mut take =
                    |json: Json<'_>, reader: &mut Reader| payload.take(slot, json, reader);
                reader.within(due, |reader| members.value(&mut take, reader));
            }
            Key::Other => instead = Some(value_of(members, reader)),
            Key::Status => payload.failed = value_of(members, reader) == Value::Bool(false),
            Key::Further => members.skip(),
        }
    }
    if payload.found.is_none()
        && let (Some(key), Some(value)) = (other, instead)
    {
        reader.within(due, |reader| {
            reader.record_deviation(slot.expected(), "nothing")
        });
        let mut take = |json: Json<'_>, reader: &mut Reader| payload.take(slot, json, reader);
        reader.within(key, |reader| pass_on(value, &mut take, reader));
    }
    payload
}

/// The role of a key in a reply.
enum Key {
    Due,
    Other,
    Status,
    Further,
}

impl Key {
    fn of(key: &str, due: &str, other: Option<&str>) -> Self {
        match key {
            _ if key == due => Self::Due,
            _ if Some(key) == other => Self::Other,
            STATUS => Self::Status,
            _ => Self::Further,
        }
    }
}

/// Reads the value under a key; returns false if it is missing, or has another JSON type.
pub(crate) fn read_field(reply: &RawReply, key: &str, slot: &mut dyn Slot) -> bool {
    let mut is_read = false;
    let parsed = parse_reply(reply, &mut |json, reader| {
        let Json::Object(members) = json else {
            return false;
        };
        let mut is_it = false;
        while members.next(&mut |seen| is_it = seen == key) {
            if is_it {
                is_read = read_next(members, slot, reader);
            } else {
                members.skip();
            }
        }
        is_read
    });
    parsed.is_ok() && is_read
}

/// Reads the whole body; returns false if it has another JSON type.
#[cfg(any(test, feature = "_parts"))]
pub(crate) fn read_whole(reply: &RawReply, slot: &mut dyn Slot) -> bool {
    let mut is_read = false;
    let parsed = parse_reply(reply, &mut |json, reader| {
        is_read = slot.read(json, reader);
        is_read
    });
    parsed.is_ok() && is_read
}

fn parse_reply(reply: &RawReply, take: Take<'_>) -> Result<Reader, Error> {
    parse(&reply.body, take)
        .map_err(|malformed| reply.invalid(malformed.to_string()).with_source(malformed))
}
