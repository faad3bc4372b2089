/// Formats a finite number like ECMAScript: `100`, `0.5`, `1e+21`.
pub(crate) fn ecmascript(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned(); // -0 too
    }
    let size = value.abs();
    if (1e-6..1e21).contains(&size) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if size >= 1.0 => format!("{digits}e+{exponent}"),
        _ => text,
    }
}
