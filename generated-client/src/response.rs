//! Replies: the value, and everything else that came with it.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode, header};

use crate::attempt::ActionAttempt;
use crate::endpoint::Reply;
use crate::error::{Error, ErrorKind};
use crate::wire::{
    Deviation, Json, Members, Reader, Slot, Take, parse, read_next, read_value, value_of,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("seam-request-id");

/// A reply as it came.
#[derive(Clone)]
#[doc(hidden)]
pub struct RawReply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawReply {
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get(REQUEST_ID)?.to_str().ok()
    }

    /// How the body is compressed, if it is. None was asked for, and so none can be read.
    pub(crate) fn compression(&self) -> Option<&str> {
        let encoding = self.headers.get(header::CONTENT_ENCODING)?;
        let encoding = encoding.to_str().unwrap_or("unknown").trim();
        let is_compressed = !encoding.eq_ignore_ascii_case("identity") && !self.body.is_empty();
        is_compressed.then_some(encoding)
    }

    /// An error about a reply of success that cannot be used.
    pub(crate) fn invalid(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::InvalidResponse, message).with_reply(self)
    }
}

/// The whole reply to a request: the value, and what came with it.
#[derive(Clone)]
pub struct Response<T> {
    /// What the call gives.
    pub value: T,
    reply: RawReply,
    deviations: Vec<Deviation>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, reply: RawReply, deviations: Vec<Deviation>) -> Self {
        Self {
            value,
            reply,
            deviations,
        }
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// The HTTP headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// The id that Seam gave the request; name it to Seam's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id()
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.reply.body
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.reply.body)
    }

    /// Where the reply departed from the API's document, if anywhere; the first 10,000 places. Such a place is left at its zero
    /// value, or kept raw.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Another key of the body: some replies carry more than the value, such as `backup_access_code`. `None` when it is not
    /// there, or is of another JSON type than `F`.
    #[must_use]
    pub fn field<F: Slot + Default>(&self, key: &str) -> Option<F> {
        let mut value = F::default();
        read_field(&self.reply, key, &mut value).then_some(value)
    }
}

impl<T> Response<T> {
    /// The action attempt that came beside the value, such as the one that puts a new access code on its lock. The call has
    /// not waited for it.
    ///
    /// ```no_run
    /// # #[cfg(feature = "access_codes")]
    /// # async fn example(seam: seam::Seam) -> Result<(), seam::Error> {
    /// let reply = seam.access_codes().create("device_id").code("123456").send().await?;
    /// if let Some(attempt) = reply.action_attempt() {
    ///     attempt.wait(&seam).await?; // the code is on the lock
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// For a result of another type than JSON, ask for the field:
    /// `reply.field::<ActionAttempt<action_attempt::LockDoor>>("action_attempt")`.
    #[must_use]
    pub fn action_attempt(&self) -> Option<ActionAttempt> {
        self.field("action_attempt")
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("deviations", &self.deviations)
            .finish_non_exhaustive()
    }
}

/// Reads the value of a reply into `slot`.
pub(crate) fn read_reply(
    reply: &RawReply,
    place: Reply,
    slot: &mut dyn Slot,
) -> Result<Vec<Deviation>, Error> {
    match place {
        Reply::Empty => Ok(Vec::new()),
        Reply::Text | Reply::Bytes => {
            let text = String::from_utf8_lossy(&reply.body);
            let mut reader = Reader::new(text.len());
            slot.read(Json::String(text), &mut reader);
            Ok(reader.into_deviations())
        }
        // A reply may have nothing to say: a 204 beside a 200.
        Reply::Body if reply.body.is_empty() && slot.takes_null() => Ok(Vec::new()),
        Reply::Body => {
            let reader = parse_reply(reply, &mut |json, reader| slot.read(json, reader))?;
            Ok(reader.into_deviations())
        }
        Reply::Key(key) => read_payload(reply, key, None, slot),
        Reply::EitherKey(key, other) => read_payload(reply, key, Some(other), slot),
    }
}

/// Reads the value under the key `due`, or that under another if there is none, which is a departure.
fn read_payload(
    reply: &RawReply,
    due: &'static str,
    other: Option<&'static str>,
    slot: &mut dyn Slot,
) -> Result<Vec<Deviation>, Error> {
    let mut kind = "";
    let mut is_there = false;
    let reader = parse_reply(reply, &mut |json, reader| {
        kind = json.kind();
        let Json::Object(members) = json else {
            return false;
        };
        is_there = read_either(members, due, other, slot, reader);
        is_there
    })?;
    match (kind, is_there) {
        (_, true) => Ok(reader.into_deviations()),
        ("object", _) => Err(reply.invalid(format!("the body lacks the key `{due}`"))),
        _ => Err(reply.invalid(format!("the body is no object with the key `{due}`"))),
    }
}

fn read_either(
    members: &mut dyn Members,
    due: &'static str,
    other: Option<&'static str>,
    slot: &mut dyn Slot,
    reader: &mut Reader,
) -> bool {
    let mut is_there = false;
    let mut instead = None;
    let (mut is_due, mut is_other) = (false, false);
    while members.next(&mut |key| (is_due, is_other) = (key == due, Some(key) == other)) {
        if is_due {
            is_there = true;
            reader.within(due, |reader| read_next(members, slot, reader));
        } else if is_other {
            instead = Some(value_of(members, reader));
        } else {
            members.skip();
        }
    }
    if !is_there && let (Some(key), Some(value)) = (other, instead) {
        is_there = true;
        reader.within(due, |reader| reader.deviate(slot.expected(), "nothing"));
        reader.within(key, |reader| read_value(value, slot, reader));
    }
    is_there
}

/// Reads the value under a key, whatever else the reply holds; `false` where it is not there, or of another JSON type.
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

fn parse_reply(reply: &RawReply, take: Take<'_>) -> Result<Reader, Error> {
    parse(&reply.body, take)
        .map_err(|malformed| reply.invalid(malformed.to_string()).with_source(malformed))
}
