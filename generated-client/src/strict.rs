//! JSON that must be what the document says: for tests of programs that keep or forward what they received.

use crate::error::{Error, ErrorKind};
use crate::wire::{Slot, decode};

/// Reads a value of any type of this crate, and fails on the first difference from the document. Properties that the document
/// does not have are no difference: the API adds some at any time.
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
/// [`ErrorKind::InvalidResponse`] when the text is not JSON, or departs from the document; the error then has the first
/// [`deviation`](Error::deviation).
pub fn from_str<T: Slot + Default>(json: &str) -> Result<T, Error> {
    let (value, deviations) = decode(json)?;
    match deviations.into_iter().next() {
        None => Ok(value),
        Some(first) => Err(departs(first)),
    }
}

fn departs(deviation: crate::Deviation) -> Error {
    Error::new(
        ErrorKind::InvalidResponse,
        "the JSON departs from the API's document",
    )
    .with_deviation(deviation)
}
