//! The header `Link`, in which a reply names other pages (RFC 8288).

use http::{HeaderMap, header};

/// Returns the URL of the next page.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::LINK).iter();
    let mut lines = lines.filter_map(|line| line.to_str().ok());
    lines.find_map(next_in)
}

fn next_in(line: &str) -> Option<String> {
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('<') {
        let (url, after) = after.split_once('>')?;
        let (parameters, after) = split_off_parameters(after);
        if names_next(parameters) {
            return Some(url.trim().to_owned());
        }
        rest = after;
    }
    None
}

/// Splits the parameters of a link from the rest. A comma in quotes is not a separator.
fn split_off_parameters(text: &str) -> (&str, &str) {
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

/// Returns true if `; rel="next"` is among the parameters of a link.
fn names_next(parameters: &str) -> bool {
    parameters.split(';').any(|parameter| {
        let Some((name, value)) = parameter.split_once('=') else {
            return false;
        };
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel")
            && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::next_in;

    #[test]
    fn the_next_page_is_found_among_other_links() {
        let line = r#"<https://a.org/?page=1>; rel="prev", </list?page=3&x=1,2>; title="a, b"; REL="last next""#;
        assert_eq!(next_in(line).as_deref(), Some("/list?page=3&x=1,2"));
        assert_eq!(next_in("<?page=2>;rel=next").as_deref(), Some("?page=2"));
        for line in ["", "<", r#"<a>; rel="prev""#, r#"<a>; rev="next""#, "<a"] {
            assert_eq!(next_in(line), None, "{line}");
        }
    }
}
