//! Documentation: doc comments, the README, the front page.

use generator::ClientName;
use proc_macro2::TokenStream;
use pulldown_cmark::{CodeBlockKind, Event, Options as Markdown, Parser, Tag, TagEnd};

/// Headings that the templates have.
const HEADINGS: [&str; 11] = [
    "Errors",
    "Examples",
    "Panics",
    "Hooks",
    "Start",
    "Call",
    "Values",
    "Retries and timeouts",
    "Testing",
    "Features",
    "Lists",
];

pub(crate) fn check(docs: &[Vec<String>], client: &ClientName, text: &str) {
    let ClientName { library, ty, .. } = client;
    let example = format!("# async fn example({library}: {library}::{ty})");
    let first = format!("use {library}::{ty};");
    for block in docs {
        let markdown = block.join("\n");
        let mut in_heading = false;
        let mut tested: Option<String> = None;
        for event in Parser::new_ext(&markdown, Markdown::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Heading { .. }) => in_heading = true,
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                Event::Start(Tag::CodeBlock(kind)) => {
                    let is_tested = match kind {
                        CodeBlockKind::Indented => true,
                        CodeBlockKind::Fenced(info) => !["text", "json", "toml"].contains(&&*info),
                    };
                    tested = is_tested.then(String::new);
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some(code) = tested.take() {
                        let is_ours = code.starts_with(&example) || code.starts_with(&first);
                        assert!(is_ours, "{text:?} becomes a test:\n{markdown}");
                        let code: TokenStream = code
                            .replace("# ", "")
                            .replace("#[tokio::main(flavor = \"current_thread\")]\n", "")
                            .parse()
                            .expect("it is Rust");
                        syn::parse2::<syn::File>(code.clone()).expect("an example is Rust");
                        super::check_tokens(code, &mut Vec::new(), text);
                    }
                }
                Event::Html(html) if html.starts_with("<!-- @generated coverage: ") => {}
                Event::Html(html) | Event::InlineHtml(html) => panic!("{text:?} becomes {html}"),
                Event::Text(said) => {
                    if let Some(code) = &mut tested {
                        code.push_str(&said);
                    }
                    assert!(
                        !in_heading || HEADINGS.contains(&&*said) || *said == *client.package,
                        "{text:?} becomes a heading: {said}"
                    );
                }
                _ => {}
            }
        }
    }
}
