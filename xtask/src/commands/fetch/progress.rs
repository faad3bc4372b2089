//! Shows progress on a terminal. A bar disappears when it is dropped, also after an error.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// Returns a bar if the length is known, and a count of bytes otherwise.
pub(crate) fn download(length: Option<u64>) -> ProgressBar {
    let (bar, template) = match length {
        Some(length) => (
            ProgressBar::new(length),
            "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {bytes}, {bytes_per_sec}",
        ),
    };
    bar.with_style(style(template))
        .with_finish(ProgressFinish::AndClear)
}

/// Returns a spinner for a step of unknown length.
pub(crate) fn step(message: String) -> ProgressBar {
    let bar = ProgressBar::new_spinner()
        .with_style(style("{spinner} {msg}"))
        .with_message(message)
        .with_finish(ProgressFinish::AndClear);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates in this file are well-formed")
}
