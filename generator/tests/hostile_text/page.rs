//! The page of all calls.

/// The tags of the page of all calls: whatever else a text holds stays text.
const TAGS: [&str; 32] = [
    "!DOCTYPE", "a", "body", "br", "code", "details", "div", "form", "h1", "h2", "h3", "head",
    "html", "input", "label", "main", "mark", "meta", "p", "pre", "script", "section", "small",
    "style", "summary", "table", "tbody", "td", "th", "thead", "title", "tr",
];

pub(crate) fn check(page: &str, text: &str) {
    let (markup, _) = page
        .split_once("<script>")
        .expect("the page has one script");
    assert_eq!(page.matches("<script").count(), 1, "{text:?}");
    let mut calls = 0;
    for tag in markup.split('<').skip(1) {
        let name = tag.trim_start_matches('/').split([' ', '>', '\n']).next();
        let name = name.unwrap_or_default();
        assert!(TAGS.contains(&name), "{text:?} becomes the tag {name:?}");
        let quotes = tag
            .split('>')
            .next()
            .unwrap_or_default()
            .matches('"')
            .count();
        assert_eq!(quotes % 2, 0, "{text:?} ends an attribute: <{tag}");
        calls += usize::from(name == "summary" && !tag.starts_with('/'));
    }
    assert!(calls > 0, "the page has no call");
}
