//! The replies that are read, as `cargo xtask bench` made them of the document.

use std::error::Error;
use std::path::Path;

use seam::Bytes;

/// Any error ends these programs.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Returns the body of a reply, from the folder that the program was given.
pub fn body(name: &str) -> Outcome<Bytes> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("the folder of the replies is missing")?;
    let path = Path::new(&folder).join(name);
    let body = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(body.into())
}
