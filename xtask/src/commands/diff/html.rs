//! Renders the changes as one HTML page for a reviewer. It loads nothing, works from a file, and has a dark mode.

use generator::{Change, Entry, Verdict, grouped};
use pulldown_cmark::{Event, Parser, html};

use super::Report;
use super::report::CLASSES;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

pub(super) fn page(report: &Report<'_>) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} · {} → {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        report.changes.verdict,
        escape(report.old),
        escape(report.new),
    );
    page.push_str(&header(report));
    page.push_str("<div class=\"columns\">\n");
    page.push_str(&contents(report));
    page.push_str("<main>\n");
    for (group, changes) in report.groups() {
        page.push_str(&section(
            group,
            &format!("<code>{}</code>", escape(group)),
            &changes,
        ));
    }
    let apart: Vec<&Change> = report.changes.undocumented.iter().collect();
    if !apart.is_empty() {
        let inner = section(
            "undocumented",
            "Behind the feature <code>undocumented</code>",
            &apart,
        );
        page.push_str("<details class=\"apart\"><summary>");
        page.push_str(&format!(
            "{} changes of undocumented parts, which promise nothing and decide nothing</summary>\n{inner}</details>\n",
            apart.len()
        ));
    }
    if report.changes.changes.is_empty() {
        page.push_str(
            "<p class=\"nothing\">Callers of the documented API see no difference.</p>\n",
        );
    }
    page.push_str("</main>\n</div>\n");
    page.push_str(&format!("<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    page
}

fn header(report: &Report<'_>) -> String {
    let verdict = report.changes.verdict;
    let sentence = report.verdict();
    let sentence = sentence.split_once(": ").map_or(sentence, |(_, text)| text);
    let mut header = format!(
        "<header>\n<div class=\"verdict {verdict}\">{}</div>\n<div class=\"title\"><h1>{}</h1>\n\
         <p><code>{}</code> → <code>{}</code></p></div>\n<div class=\"filters\">\n",
        match verdict {
            Verdict::None => "no change".to_owned(),
            verdict => verdict.to_string(),
        },
        capitalized(sentence),
        escape(report.old),
        escape(report.new),
    );
    for class in CLASSES {
        let count = report.changes.of_class(class).count();
        if count > 0 {
            header.push_str(&format!(
                "<label class=\"{class}\"><input type=\"checkbox\" data-class=\"{class}\" checked> {count} {class}</label>\n"
            ));
        }
    }
    header.push_str("<input type=\"search\" placeholder=\"Filter\" aria-label=\"Filter the changes\">\n</div>\n</header>\n");
    header
}

fn contents(report: &Report<'_>) -> String {
    let mut list = "<nav aria-label=\"Namespaces\">\n<ul>\n".to_owned();
    for (group, changes) in report.groups() {
        let worst = changes.iter().map(|change| change.class).min();
        let class = worst.map(|class| class.to_string()).unwrap_or_default();
        list.push_str(&format!(
            "<li><a href=\"#{0}\"><span class=\"dot {class}\"></span>{0} <span class=\"count\">{1}</span></a></li>\n",
            escape(group),
            changes.len()
        ));
    }
    list.push_str("</ul>\n</nav>\n");
    list
}

fn section(id: &str, title: &str, changes: &[&Change]) -> String {
    let mut section = format!("<section id=\"{}\">\n<h2>{title}</h2>\n<ul>\n", escape(id));
    for entry in grouped(changes.iter().copied()) {
        section.push_str(&render_entry(&entry));
    }
    section.push_str("</ul>\n</section>\n");
    section
}

fn render_entry(entry: &Entry<'_>) -> String {
    let sentence = entry.sentence(|change| format!("`{}`", change.subject));
    let pages: Vec<&String> = entry
        .changes
        .iter()
        .filter_map(|change| change.page.as_ref())
        .collect();
    let page = match pages.as_slice() {
        [page, others @ ..] if others.iter().all(|other| other == page) => {
            format!(" <a href=\"{}\">Seam’s page</a>", escape(page))
        }
        _ => String::new(),
    };
    let parts = match entry.changes.as_slice() {
        [only] => render_place(only),
        several => {
            let parts = several.iter().map(|change| {
                format!(
                    "<li>{}{}</li>\n",
                    render_inline(&change.sentence),
                    render_place(change)
                )
            });
            format!(
                "<details><summary>all {}</summary>\n<ul>\n{}</ul>\n</details>",
                several.len(),
                parts.collect::<String>()
            )
        }
    };
    format!(
        "<li class=\"change {class}\"><span class=\"badge\">{class}</span><div>{}{page}{parts}</div></li>\n",
        render_inline(&sentence),
        class = entry.class(),
    )
}

fn render_place(change: &Change) -> String {
    let written = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(
            "<div class=\"place\">Before: <code>{}</code> Now: <code>{}</code></div>",
            escape(before),
            escape(after)
        ),
        _ => String::new(),
    };
    format!(
        "{written}<div class=\"place\"><code>{}</code> <code title=\"JSON pointer\">{}</code></div>",
        escape(&change.rust),
        escape(&change.pointer)
    )
}

/// Renders the Markdown of one sentence, and escapes HTML in it.
fn render_inline(markdown: &str) -> String {
    let events = Parser::new(markdown).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}
