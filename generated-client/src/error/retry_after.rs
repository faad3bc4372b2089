//! The header `retry-after`: seconds, or a date.

use std::time::Duration;

use http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;

/// How long the server asks to wait. A date is measured from the server's own, where it gives one: its clock and ours may
/// differ.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = text(headers, &header::RETRY_AFTER)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for 64 bits becomes the largest one.
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::MAX)));
    }
    let then = date(asked)?;
    let now = text(headers, &header::DATE).and_then(date).or_else(now)?;
    // A date that has passed asks for no wait.
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

/// Our own clock. On wasm there is none without JavaScript.
fn now() -> Option<Timestamp> {
    (!cfg!(target_family = "wasm")).then(Timestamp::now)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// A date as HTTP writes it; that of mail is a superset. The last hours of the year 9999, which a timestamp cannot hold, become
/// the latest timestamp.
fn date(text: &str) -> Option<Timestamp> {
    match rfc2822::DateTimeParser::new().parse_timestamp(text) {
        Ok(time) => Some(time),
        Err(_) => DateTime::strptime("%a, %d %b %Y %H:%M:%S GMT", text)
            .map(|_| Timestamp::MAX)
            .ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &str)]) -> Option<Duration> {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    value.parse().unwrap(),
                )
            })
            .collect();
        retry_after(&headers)
    }

    #[test]
    fn the_wait_is_given_in_seconds_or_as_a_date() {
        let now = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(asked(&[("retry-after", " 7 ")]), seconds(7));
        assert_eq!(asked(&[("retry-after", "0")]), seconds(0));
        let later = ("retry-after", "Sun, 06 Nov 1994 08:51:00 GMT");
        assert_eq!(asked(&[later, now]), seconds(83));
        let earlier = ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT");
        assert_eq!(asked(&[earlier, now]), seconds(0));
        assert_eq!(
            asked(&[earlier]),
            seconds(0),
            "without the server's date, by our own clock"
        );
    }

    #[test]
    fn a_wait_too_long_to_count_is_still_a_wait() {
        let years = Duration::from_secs(7000 * 365 * 24 * 60 * 60);
        for text in [
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 30 Dec 9999 22:00:01 GMT",
            "99999999999999999999999",
        ] {
            assert!(asked(&[("retry-after", text)]).unwrap() > years, "{text}");
        }
    }

    #[test]
    fn what_is_neither_asks_for_nothing() {
        for text in ["", "soon", "-1", "1.5"] {
            assert_eq!(asked(&[("retry-after", text)]), None, "{text}");
        }
        assert_eq!(asked(&[]), None);
    }
}
