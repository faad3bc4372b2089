//! Calls with several replies, which are selected by status and media type.

use http::header;

use super::RawReply;
use crate::endpoint::Reply;

/// One of the replies that a call may give.
#[doc(hidden)]
#[derive(Debug)]
pub struct Case {
    /// The variant for it.
    pub name: &'static str,
    /// Its status, the first digit of its statuses, or 0 for any.
    pub status: u16,
    /// Its media types; empty if it has no body.
    pub media: &'static [&'static str],
    /// How it is read.
    pub reply: Reply,
}

/// Returns the case that matches a reply best: by the status first, then by the media type.
pub(crate) fn choose<'a>(reply: &RawReply, cases: &'a [Case]) -> Option<&'a Case> {
    let mut best: Option<(u8, &Case)> = None;
    for case in cases {
        let near = 4 * by_status(reply, case) + by_media(reply, case);
        if best.is_none_or(|(nearest, _)| near > nearest) {
            best = Some((near, case));
        }
    }
    best.map(|(_, case)| case)
}

/// Sets the status and the media type of a reply to those of the case with this name.
#[cfg(any(test, feature = "test-util"))]
pub(crate) fn of_case(
    mut reply: http::Response<bytes::Bytes>,
    cases: &[Case],
    name: &str,
) -> http::Response<bytes::Bytes> {
    let Some(case) = cases.iter().find(|case| case.name == name) else {
        return reply;
    };
    let is_listed = |status: &u16| cases.iter().any(|case| case.status == *status);
    let status = match case.status {
        0 => (200..300).find(|status| !is_listed(status)),
        range @ 1..=9 => (100 * range..100 * range + 100).find(|status| !is_listed(status)),
        exact => Some(exact),
    };
    let status = status.and_then(|status| http::StatusCode::from_u16(status).ok());
    *reply.status_mut() = status.unwrap_or_default();
    let media = case.media.first().map(|media| match media.split_once('/') {
        Some(("*", _)) => "application/octet-stream".to_owned(),
        _ => media.replace('*', "octet-stream"),
    });
    reply.headers_mut().remove(header::CONTENT_TYPE);
    if let Some(media) = media.and_then(|media| media.parse().ok()) {
        reply.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    reply
}

fn by_status(reply: &RawReply, case: &Case) -> u8 {
    let status = reply.status.as_u16();
    match case.status {
        exact if exact == status => 3,
        range if range == status / 100 => 2,
        0 => 1,
        _ => 0,
    }
}

fn by_media(reply: &RawReply, case: &Case) -> u8 {
    if reply.body.is_empty() || case.media.is_empty() {
        return u8::from(reply.body.is_empty() == case.media.is_empty());
    }
    let Some(found) = essence(reply) else {
        return 0;
    };
    let listed = |near: fn(&str, &str) -> bool| case.media.iter().any(|media| near(media, &found));
    match case.reply {
        _ if listed(is_same) => 3,
        Reply::Body if is_json(&found) => 2,
        _ if listed(covers) => 2,
        Reply::Text if found.starts_with("text/") => 1,
        _ => 0,
    }
}

/// Returns the media type of a reply, without its parameters, in lower case.
pub(crate) fn essence(reply: &RawReply) -> Option<String> {
    let media = reply.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (media, _) = media.split_once(';').unwrap_or((media, ""));
    Some(media.trim().to_ascii_lowercase())
}

/// Returns true if a media type is JSON.
pub(crate) fn is_json(media: &str) -> bool {
    media == "application/json" || media == "text/json" || media.ends_with("+json")
}

fn is_same(listed: &str, found: &str) -> bool {
    let (listed, _) = listed.split_once(';').unwrap_or((listed, ""));
    listed.trim().eq_ignore_ascii_case(found)
}

/// Returns true if a media type with a wildcard covers another one.
fn covers(listed: &str, found: &str) -> bool {
    let (group, _) = found.split_once('/').unwrap_or((found, ""));
    match listed.split_once('/') {
        Some(("*", _)) => true,
        Some((listed, "*")) => listed.eq_ignore_ascii_case(group),
        _ => false,
    }
}

/// `Output` for an enum of replies: `replies! { Found { Ok(_): 200 Body ["application/json"], Gone: 204 Empty [] } }`.
macro_rules! replies {
    ($type:ident { $(
        $variant:ident $(($payload:tt))?: $status:literal $reply:ident [$($media:literal),*]
    ),+ $(,)? }) => {
        impl $type {
            const CASES: &[$crate::response::Case] = &[$(
                $crate::response::Case {
                    name: stringify!($variant),
                    status: $status,
                    media: &[$($media),*],
                    reply: $crate::Reply::$reply,
                }
            ),+];
        }

        impl $crate::endpoint::Output for $type {
            fn from_reply(
                reply: &$crate::response::RawReply,
                _: $crate::Reply,
            ) -> ::std::result::Result<(Self, ::std::vec::Vec<$crate::Deviation>), $crate::Error> {
                let case = $crate::response::choose(reply, Self::CASES);
                match case.map(|case| case.name) {
                    $(
                        ::std::option::Option::Some(name) if name == stringify!($variant) => {
                            $crate::response::replies!(@read $variant $(($payload))? $reply reply)
                        }
                    )+
                    _ => ::std::result::Result::Err(reply.invalid("the document declares no such reply")),
                }
            }

            #[cfg(any(test, feature = "test-util"))]
            #[allow(clippy::redundant_pattern, reason = "the pattern of a branch is passed through as it is written")]
            fn to_reply(&mut self, _: $crate::Reply) -> $crate::transport::http::Response<$crate::Bytes> {
                match self {
                    $( Self::$variant $((value @ $payload))? => {
                        let reply = $crate::response::replies!(@write $reply $(value $payload)?);
                        $crate::response::of_case(reply, Self::CASES, stringify!($variant))
                    } )+
                }
            }
        }
    };
    (@write $place:ident $value:ident _) => {
        $crate::endpoint::Output::to_reply($value, $crate::Reply::$place)
    };
    (@write $place:ident) => {
        ::std::default::Default::default()
    };
    (@read $variant:ident (_) $place:ident $reply:ident) => {
        $crate::endpoint::Output::from_reply($reply, $crate::Reply::$place)
            .map(|(value, deviations)| (Self::$variant(value), deviations))
    };
    (@read $variant:ident $place:ident $reply:ident) => {
        ::std::result::Result::Ok((Self::$variant, ::std::vec::Vec::new()))
    };
}
pub(crate) use replies;

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderValue, StatusCode, header};

    use super::{Case, RawReply, Reply, choose};
    use crate::endpoint::{Endpoint, Operation, Output};
    use crate::request::Request;
    use crate::test::FakeTransport;

    #[derive(Debug, PartialEq)]
    enum Found {
        OkJson(i64),
        OkText(String),
        OkBytes(Bytes),
        Created(String),
        NoContent,
    }

    replies! { Found {
        OkJson(_): 200 Body ["application/json"], OkText(_): 200 Text ["text/plain; charset=utf-8"],
        OkBytes(_): 200 Bytes ["image/*"], Created(_): 201 Body ["application/json"], NoContent: 204 Empty []
    } }

    fn reply(status: u16, media: &'static str, body: &'static str) -> RawReply {
        let mut reply = RawReply {
            status: StatusCode::from_u16(status).unwrap(),
            body: Bytes::from_static(body.as_bytes()),
            ..RawReply::default()
        };
        if !media.is_empty() {
            let media = HeaderValue::from_static(media);
            reply.headers.insert(header::CONTENT_TYPE, media);
        }
        reply
    }

    fn read(status: u16, media: &'static str, body: &'static str) -> Found {
        let read = Found::from_reply(&reply(status, media, body), Reply::Told);
        read.unwrap().0
    }

    #[test]
    fn status_and_media_type_select_the_reply() {
        assert_eq!(read(200, "application/json", "5"), Found::OkJson(5));
        assert_eq!(read(200, "application/vnd.x+json", "5"), Found::OkJson(5));
        assert_eq!(read(200, "", "5"), Found::OkJson(5));
        assert_eq!(read(200, "text/plain", "5"), Found::OkText("5".into()));
        assert_eq!(read(200, "text/csv", "5"), Found::OkText("5".into()));
        assert_eq!(read(200, "image/png", "5"), Found::OkBytes("5".into()));
        assert_eq!(
            read(201, "application/json", "\"a\""),
            Found::Created("a".into())
        );
        assert_eq!(read(204, "", ""), Found::NoContent);
    }

    #[tokio::test]
    async fn a_fake_can_give_each_of_the_replies() {
        struct Find;
        impl Endpoint for Find {
            const OPERATION: Operation = Operation::post("/find").reply(Reply::Told);
            type Output = Found;
        }
        let found = || {
            [
                Found::OkJson(5),
                Found::OkText("5".into()),
                Found::OkBytes("5".into()),
                Found::Created("a".into()),
                Found::NoContent,
            ]
        };
        let fake = FakeTransport::new();
        for value in found() {
            fake.reply::<Find>(value);
        }
        for value in found() {
            let seam = fake.seam();
            assert_eq!(Request::<Find>::new(&seam).await.unwrap(), value);
        }
    }

    #[test]
    fn a_reply_without_a_body_is_the_case_without_one() {
        assert_eq!(read(202, "", ""), Found::NoContent);
    }

    #[test]
    fn the_selected_case_must_match_the_reply() {
        let broken = reply(201, "text/html", "<p>");
        assert!(Found::from_reply(&broken, Reply::Told).is_err());
        assert!(choose(&broken, &[] as &[Case]).is_none());
    }
}
