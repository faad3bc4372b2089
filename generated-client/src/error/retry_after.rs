//! The header `retry-after`: seconds, or a date.

use std::time::Duration;

use http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;

/// Returns how long the server asks to wait. A date is compared with the server's own date if it sends one, because the clocks
/// may differ.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = text(headers, &header::RETRY_AFTER)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for 64 bits becomes the largest one.
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::MAX)));
    }
    let then = date(asked)?;
    let now = text(headers, &header::DATE).and_then(date).or_else(now)?;
    // A date in the past means no wait.
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

/// Returns the time of our own clock. Wasm has none without JavaScript.
fn now() -> Option<Timestamp> {
    (!cfg!(target_family = "wasm")).then(Timestamp::now)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// Parses a date in the format of HTTP, of which that of mail is a superset. The last hours of the year 9999, which a timestamp
/// cannot represent, become the latest timestamp.
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
    fn a_wait_that_is_too_long_to_represent_is_kept_as_a_long_wait() {
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
    fn an_invalid_header_means_no_wait() {
        for text in ["", "soon", "-1", "1.5"] {
            assert_eq!(asked(&[("retry-after", text)]), None, "{text}");
        }
        assert_eq!(asked(&[]), None);
    }
}
