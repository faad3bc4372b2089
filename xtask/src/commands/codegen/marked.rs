//! The generated parts of files that are written by hand: the features in the manifest, the table in the README.

use anyhow::{Result, bail};

/// The two lines around a generated part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Markers {
    pub(crate) begin: &'static str,
    pub(crate) end: &'static str,
    /// Where the lines belong, for error messages.
    place: &'static str,
}

/// In the client's manifest: the features, one for each namespace.
pub(crate) const FEATURES: Markers = Markers {
    begin: "# @generated features: begin",
    end: "# @generated features: end",
    place: "in its [features]",
};

/// In the client's README: the table of calls.
pub(crate) const COVERAGE: Markers = Markers {
    begin: "<!-- @generated coverage: begin -->",
    end: "<!-- @generated coverage: end -->",
    place: "where the table of calls belongs",
};

/// Puts `part` between the two markers in `text`, and changes nothing else.
pub(crate) fn fill(text: &str, markers: Markers, part: &str) -> Result<String> {
    let Markers { begin, end, place } = markers;
    let (Some(first), Some(last)) = (line_range(text, begin), line_range(text, end)) else {
        bail!("it needs the lines `{begin}` and `{end}`, each once, {place}");
    };
    if last.start < first.end {
        bail!("`{end}` comes before `{begin}`");
    }
    let mut part = part.to_owned();
    if !part.is_empty() && !part.ends_with('\n') {
        part.push('\n');
    }
    Ok([&text[..first.end], &part, &text[last.start..]].concat())
}

/// Returns the range of the line `marker` with its line break, if there is exactly one such line.
fn line_range(text: &str, marker: &str) -> Option<std::ops::Range<usize>> {
    let mut found = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.trim() == marker && found.replace(start..end).is_some() {
            return None;
        }
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = FEATURES.begin;
    const END: &str = FEATURES.end;

    #[test]
    fn only_the_text_between_the_markers_is_replaced() {
        let manifest = format!("[features]\nmine = []\n{BEGIN}\nold = []\n{END}\nalso-mine = []\n");
        let filled = fill(&manifest, FEATURES, "locks = []\ndevices = []").unwrap();
        assert_eq!(
            filled,
            format!(
                "[features]\nmine = []\n{BEGIN}\nlocks = []\ndevices = []\n{END}\nalso-mine = []\n"
            )
        );
        assert_eq!(
            fill(&filled, FEATURES, "locks = []\ndevices = []\n").unwrap(),
            filled
        );
    }

    #[test]
    fn missing_doubled_and_swapped_markers_are_errors_that_name_them() {
        for manifest in [
            "[features]\n".to_owned(),
            format!("{BEGIN}\n{BEGIN}\n{END}\n"),
            format!("{END}\n{BEGIN}\n"),
        ] {
            let error = fill(&manifest, FEATURES, "").unwrap_err().to_string();
            assert!(error.contains(BEGIN) && error.contains(END), "{error}");
        }
    }
}
