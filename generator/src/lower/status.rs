//! The statuses of replies: which mean success, and their names.

use openapiv3::StatusCode;

use crate::model::Status;

/// The reason phrases of HTTP.
const PHRASES: [(u16, &str); 40] = [
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative information"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (301, "moved permanently"),
    (302, "found"),
    (303, "see other"),
    (304, "not modified"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (412, "precondition failed"),
    (413, "payload too large"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (422, "unprocessable entity"),
    (423, "locked"),
    (428, "precondition required"),
    (429, "too many requests"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
];

/// The names of ranges of statuses, by their first digits.
const RANGES: [(u16, &str); 5] = [
    (1, "informational"),
    (2, "success"),
    (3, "redirect"),
    (4, "client error"),
    (5, "server error"),
];

pub(super) fn status(code: &StatusCode) -> Status {
    match code {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(range) => Status::Range(*range),
    }
}

/// Returns true if a reply with this status is successful.
pub(super) fn succeeds(code: &StatusCode) -> bool {
    match code {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}

/// Returns true if a reply with this status is a redirect. 304 is not: it means that nothing has changed.
pub(super) fn redirects(code: &StatusCode) -> bool {
    match code {
        StatusCode::Code(code) => matches!(code, 301 | 302 | 303 | 307 | 308),
        StatusCode::Range(range) => *range == 3,
    }
}

/// Returns the name of a status.
pub(super) fn words(status: Status) -> String {
    let found = |table: &[(u16, &str)], number: u16| {
        let mut entries = table.iter();
        let found = entries.find(|(known, _)| *known == number);
        found.map(|(_, words)| (*words).to_owned())
    };
    match status {
        Status::Code(code) => found(&PHRASES, code).unwrap_or_else(|| format!("status {code}")),
        Status::Range(range) => {
            found(&RANGES, range).unwrap_or_else(|| format!("status {range}xx"))
        }
        Status::Default => "other".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use openapiv3::StatusCode;

    use super::{Status, redirects, succeeds, words};

    #[test]
    fn a_status_is_a_number_or_a_range() {
        assert!(succeeds(&StatusCode::Code(226)) && succeeds(&StatusCode::Range(2)));
        assert!(!succeeds(&StatusCode::Code(302)) && redirects(&StatusCode::Code(302)));
        assert!(!redirects(&StatusCode::Code(304)) && redirects(&StatusCode::Range(3)));
    }

    #[test]
    fn a_status_is_named_by_its_reason_phrase() {
        assert_eq!(words(Status::Code(202)), "accepted");
        assert_eq!(words(Status::Code(299)), "status 299");
        assert_eq!(words(Status::Range(4)), "client error");
        assert_eq!(words(Status::Default), "other");
    }
}
