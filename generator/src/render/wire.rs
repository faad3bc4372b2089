//! The wire code at the foot of a file: one macro call for each type, laid out like a list.

/// Columns of a line of source.
const WIDTH: usize = 110;

/// One entry of a macro call.
pub(super) struct Entry {
    pub(super) cfg: Option<String>,
    pub(super) text: String,
}

/// A call of `macro_name` about a type with its entries.
pub(super) fn block(macro_name: &str, head: &str, entries: &[Entry], cfg: Option<&str>) -> String {
    block_with(macro_name, head, entries, "", cfg)
}

/// The same with something after the entries.
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
        line.push_str(&entry.text);
        line.push_str(", ");
    }
    flush(&mut line, &mut text);
    text.push('}');
    text.push_str(tail);
    text.push_str(" }\n");
    gated(&text, cfg)
}

/// An item under its gate.
pub(super) fn gated(item: &str, cfg: Option<&str>) -> String {
    match cfg {
        Some(cfg) => format!("#[cfg({cfg})]\n{item}"),
        None => item.to_owned(),
    }
}
