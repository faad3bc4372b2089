//! The wire code at the foot of a file: one macro call for each type, laid out like a list.

/// Columns of a line of source.
const WIDTH: usize = 110;

/// One entry of a macro call.
pub(super) struct Entry {
    pub(super) cfg: Option<String>,
    pub(super) text: String,
}

/// Returns a call of `macro_name` about a type with its entries.
pub(super) fn block(macro_name: &str, head: &str, entries: &[Entry], cfg: Option<&str>) -> String {
    block_with(macro_name, head, entries, "", cfg)
}

/// Returns the same with something after the entries.
pub(super) fn block_with(
    macro_name: &str,
    head: &str,
    entries: &[Entry],
    tail: &str,
    cfg: Option<&str>,
) -> String {
    let mut text = format!("{macro_name} {{ {head} {{\n");
    let mut line = String::new();
    let flush = |line: &mut String, text: &mut String| {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line.trim_end());
            text.push('\n');
            line.clear();
        }
    };
    for entry in entries {
        if let Some(cfg) = &entry.cfg {
            flush(&mut line, &mut text);
            text.push_str(&format!("    #[cfg({cfg})]\n    {},\n", entry.text));
            continue;
        }
        if line.len() + entry.text.len() + 6 > WIDTH {
            flush(&mut line, &mut text);
        }
        match entry.text.len() + 6 > WIDTH {
            true => text.push_str(&format!("    {},\n", folded(&entry.text))),
            false => {
                line.push_str(&entry.text);
                line.push_str(", ");
            }
        }
    }
    flush(&mut line, &mut text);
    text.push('}');
    text.push_str(tail);
    text.push_str(" }\n");
    gated(&text, cfg)
}

/// Returns the same with each entry on lines of its own.
pub(super) fn lines(macro_name: &str, head: &str, entries: &[Entry]) -> String {
    let mut text = format!("{macro_name} {{ {head} {{\n");
    for entry in entries {
        text.push_str(&format!("    {},\n", folded(&entry.text)));
    }
    text.push_str("} }\n");
    text
}

/// Returns a long line, folded behind commas.
fn folded(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.trim_end().split_inclusive(", ") {
            if current.len() + word.len() > WIDTH - 4 && !line.trim_start().starts_with("///") {
                lines.push(current.trim_end().to_owned());
                current = "        ".to_owned();
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines.join("\n")
}

/// Returns an item under its gate, if there is one.
pub(super) fn gated_if_any(item: &str, cfg: Option<&str>) -> String {
    match item.is_empty() {
        true => String::new(),
        false => gated(item, cfg),
    }
}

/// Returns an item under its gate.
pub(super) fn gated(item: &str, cfg: Option<&str>) -> String {
    match cfg {
        Some(cfg) => format!("#[cfg({cfg})]\n{item}"),
        None => item.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, WIDTH, block};

    fn entry(text: &str, cfg: Option<&str>) -> Entry {
        Entry {
            cfg: cfg.map(str::to_owned),
            text: text.to_owned(),
        }
    }

    #[test]
    fn entries_share_a_line_but_for_those_under_a_gate() {
        let entries = [entry("a", None), entry("b", None), entry("c", Some("test"))];
        assert_eq!(
            block("m!", "A", &entries, Some("unix")),
            "#[cfg(unix)]\nm! { A {\n    a, b,\n    #[cfg(test)]\n    c,\n} }\n"
        );
    }

    #[test]
    fn a_line_that_is_too_long_goes_on_below() {
        let short: Vec<Entry> = (0..30).map(|_| entry("eight_ch", None)).collect();
        let long = entry(&["eight_ch"; 30].join(", "), None);
        for entries in [short, vec![long]] {
            let text = block("m!", "A", &entries, None);
            assert_eq!(text.matches("eight_ch").count(), 30);
            assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        }
    }
}
