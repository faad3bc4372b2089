//! Parses JSON that must match the document, for tests of programs that store or forward received values.

use crate::error::{Error, ErrorKind};
use crate::wire::{Slot, decode};

/// Parses a value of any type of this crate, and fails on the first difference from the document. Unknown properties are allowed,
/// because the API may add some at any time.
///
/// ```
/// let id = seam::strict::from_str::<String>(r#""5ea3d00d""#)?;
/// assert_eq!(id, "5ea3d00d");
///
/// let error = seam::strict::from_str::<Vec<String>>(r#"["5ea3d00d", 7]"#).unwrap_err();
/// let deviation = error.deviation().expect("it says where");
/// assert_eq!(deviation.to_string(), "/1: expected string, found number");
/// # Ok::<(), seam::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::InvalidResponse`] if the text is not JSON, or does not match the document. Then the error has the first
/// [`deviation`](Error::deviation).
pub fn from_str<T: Slot + Default>(json: &str) -> Result<T, Error> {
    let (value, deviations) = decode(json)?;
    match deviations.into_iter().next() {
        None => Ok(value),
        Some(first) => Err(mismatch_error(first)),
    }
}

fn mismatch_error(deviation: crate::Deviation) -> Error {
    Error::new(
        ErrorKind::InvalidResponse,
        "the JSON departs from the API's document",
    )
    .with_deviation(deviation)
}
