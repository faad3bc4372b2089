//! The generated part of the client's manifest: a feature for each namespace.

use anyhow::{Result, bail};

pub(crate) const BEGIN: &str = "# @generated features: begin";
pub(crate) const END: &str = "# @generated features: end";

/// Puts `features` between the two marker lines of `manifest`; everything else stays as it is.
pub(crate) fn fill(manifest: &str, features: &str) -> Result<String> {
    let (Some(begin), Some(end)) = (line_range(manifest, BEGIN), line_range(manifest, END)) else {
        bail!("it needs the lines `{BEGIN}` and `{END}`, each once, in its [features]");
    };
    if end.start < begin.end {
        bail!("`{END}` stands before `{BEGIN}`");
    }
    let mut features = features.to_owned();
    if !features.is_empty() && !features.ends_with('\n') {
        features.push('\n');
    }
    Ok([&manifest[..begin.end], &features, &manifest[end.start..]].concat())
}

/// Where the only line that says `marker` starts and ends, its line break included.
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

    #[test]
    fn only_what_stands_between_the_markers_is_replaced() {
        let manifest = format!("[features]\nmine = []\n{BEGIN}\nold = []\n{END}\nalso-mine = []\n");
        let filled = fill(&manifest, "locks = []\ndevices = []").unwrap();
        assert_eq!(
            filled,
            format!(
                "[features]\nmine = []\n{BEGIN}\nlocks = []\ndevices = []\n{END}\nalso-mine = []\n"
            )
        );
        assert_eq!(fill(&filled, "locks = []\ndevices = []\n").unwrap(), filled);
    }

    #[test]
    fn missing_doubled_and_swapped_markers_are_errors_that_name_them() {
        for manifest in [
            "[features]\n".to_owned(),
            format!("{BEGIN}\n{BEGIN}\n{END}\n"),
            format!("{END}\n{BEGIN}\n"),
        ] {
            let error = fill(&manifest, "").unwrap_err().to_string();
            assert!(error.contains(BEGIN) && error.contains(END), "{error}");
        }
    }
}
