//! Parses the text of server-sent events by the HTML standard.

use std::collections::VecDeque;

use crate::transport::TransportError;

/// The fields of an event as text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) data: String,
}

/// Parses text in pieces that may end anywhere.
pub(super) struct Parser {
    /// The start of an incomplete line.
    line: Vec<u8>,
    /// True if the last line ended with a carriage return, which a line feed may follow.
    after_return: bool,
    is_first: bool,
    message: Message,
    has_data: bool,
    id: Option<String>,
    /// The largest size of an event, in bytes.
    limit: usize,
}

impl Parser {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            line: Vec::new(),
            after_return: false,
            is_first: true,
            message: Message::default(),
            has_data: false,
            id: None,
            limit,
        }
    }

    /// Parses the next bytes, and adds the events that they complete.
    pub(super) fn take(
        &mut self,
        bytes: &[u8],
        into: &mut VecDeque<Message>,
    ) -> Result<(), TransportError> {
        for byte in bytes {
            let is_rest = std::mem::take(&mut self.after_return) && *byte == b'\n';
            match byte {
                b'\n' if is_rest => {}
                b'\n' | b'\r' => {
                    self.after_return = *byte == b'\r';
                    self.end_line(into);
                }
                _ if self.line.len() + self.message.data.len() >= self.limit => {
                    return Err(TransportError::TooLarge { limit: self.limit });
                }
                byte => self.line.push(*byte),
            }
        }
        Ok(())
    }

    fn end_line(&mut self, into: &mut VecDeque<Message>) {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let is_first = std::mem::take(&mut self.is_first);
        let line = match line.strip_prefix('\u{feff}') {
            Some(rest) if is_first => rest,
            _ => &line,
        };
        if line.is_empty() {
            let message = std::mem::take(&mut self.message);
            if std::mem::take(&mut self.has_data) {
                let id = self.id.clone();
                into.push_back(Message { id, ..message });
            }
            return;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.message.data.push('\n');
                }
                self.message.data.push_str(value);
            }
            "event" => self.message.name = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            // Comments, `retry`, and unknown fields are ignored.
            _ => {}
        }
    }
}
