//! An error on one line: what failed, what the server said, and where.

use std::fmt;

use super::{Error, ErrorKind, Inner};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            message,
            place,
            ..
        } = &*self.0;
        f.write_str(kind.label())?;
        if let (ErrorKind::Connect, Some((host, _))) = (kind, place) {
            write!(f, " to {host}")?;
        }
        let colon = if kind.label().is_empty() { "" } else { ": " };
        write!(f, "{colon}{}", OneLine(message))?;
        let mut details = Vec::new();
        if let Some((host, path)) = place {
            details.push(format!("{host}{path}"));
        }
        if let Some(status) = self.status() {
            details.push(format!("status {}", status.as_u16()));
        }
        if let Some(id) = self.request_id() {
            details.push(format!("request id {}", OneLine(id)));
        }
        match details.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", details.join(", ")),
        }
    }
}

/// Shows text on one line.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self
            .0
            .split(char::is_control)
            .filter(|line| !line.trim().is_empty())
            .enumerate()
        {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{}", line.trim())?;
        }
        Ok(())
    }
}
