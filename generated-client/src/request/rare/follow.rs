//! Follows the URL of a next page.

use url::Url;

use super::super::parts::Parts;

impl Parts {
    /// Changes the request to a URL in a reply, which must be on the same host; or returns why that is not possible.
    pub(in crate::request) fn follow(&mut self, next: &str) -> Result<(), &'static str> {
        const UNUSABLE: &str = "the URL of the next page is not valid";
        let here = self.url().map_err(|_| UNUSABLE)?;
        let mut here = Url::parse(&here).map_err(|_| UNUSABLE)?;
        let next = here.join(next).map_err(|_| UNUSABLE)?;
        // A server behind a proxy may not know that clients use https.
        let is_same_port = next.port() == here.port();
        if next.host() != here.host() || !is_same_port || !next.scheme().starts_with("http") {
            return Err("the next page is on another host");
        }
        here.set_path(next.path());
        here.set_query(next.query());
        self.address = Some(here.into());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::endpoint::{Method, Operation};
    use crate::request::parts::Parts;
    use crate::test::FakeTransport;

    #[test]
    fn a_next_page_is_followed_only_on_the_same_host() {
        let operation = Operation::new(Method::Get, "/items");
        let mut parts = Parts::new(&FakeTransport::new().seam(), operation);
        for (next, expected) in [
            ("?page=2", "http://localhost/items?page=2"),
            ("/other?x=%2C#top", "http://localhost/other?x=%2C"),
            (
                "https://localhost/items?page=3",
                "http://localhost/items?page=3",
            ),
        ] {
            parts.follow(next).unwrap();
            assert_eq!(parts.url().unwrap(), expected);
        }
        for next in [
            "https://evil.example/items",
            "//evil.example/items",
            "http://localhost:81/items",
            "ftp://localhost/items",
            "http://[",
        ] {
            assert!(parts.follow(next).is_err(), "{next}");
        }
        assert_eq!(parts.url().unwrap(), "http://localhost/items?page=3");
    }
}
