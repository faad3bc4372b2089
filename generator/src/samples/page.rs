//! Lays samples out, and writes them as a page.

use super::{Sample, Samples};
use crate::escape;

/// Formats code: the imports, and a statement below them.
pub(super) fn format_code(imports: &[String], statement: &str) -> Option<String> {
    let body = format!("fn sample() {{ {} {statement} }}", imports.concat());
    let tree = syn::parse_file(&body).ok()?;
    let text = prettyplease::unparse(&tree);
    let inner = text.lines().skip(1);
    let mut lines: Vec<&str> = inner
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    lines.pop();
    if !imports.is_empty() {
        lines.insert(imports.len(), "");
    }
    Some(format!("{}\n", lines.join("\n")))
}

/// Returns the samples as a page of Markdown, file by file.
#[must_use]
pub fn markdown(samples: &Samples) -> String {
    let mut page = "# Samples\n".to_owned();
    for (file, samples) in sections(samples) {
        page.push_str(&format!("\n## {}\n", escape::code(file)));
        for sample in samples {
            page.push_str(&format!("\n### {}\n", escape::prose(&sample.title)));
            if let Some(description) = &sample.description {
                page.push_str(&format!("\n{}\n", escape::prose(description)));
            }
            page.push_str(&format!("\n```rust\n{}```\n", sample.source()));
        }
    }
    page
}

/// Returns the samples of each file.
#[must_use]
pub fn sections(samples: &Samples) -> Vec<(&str, &[Sample])> {
    let chunks = samples
        .samples
        .chunk_by(|one, other| one.file == other.file);
    let named = chunks.filter_map(|chunk| Some((chunk.first()?.file.as_str(), chunk)));
    named.collect()
}
