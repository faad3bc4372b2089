use serde_json::Value;

use super::{ActionAttempt, ActionAttemptId, ActionResult, Failure, Status};
use crate::wire::{Reader, Slot, Writer};

/// What all attempts have in common, and where their result and error stand in the text.
#[derive(Default)]
struct Head {
    id: ActionAttemptId,
    action_type: String,
    status: String,
    result: Option<usize>,
    error: Option<usize>,
    end: usize,
}

impl Head {
    /// Reads an attempt but for its result and error. `None`: no object.
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if !reader.enter_object() {
            reader.mismatch("object");
            return None;
        }
        let mut head = Self::default();
        let mut seen = [false; 3];
        while let Some(key) = reader.next_key() {
            let (slot, seen): (&mut dyn Slot, _) = match &*key {
                "action_attempt_id" => (&mut head.id, &mut seen[0]),
                "action_type" => (&mut head.action_type, &mut seen[1]),
                "status" => (&mut head.status, &mut seen[2]),
                "result" => {
                    head.result = Some(skip(reader));
                    continue;
                }
                "error" => {
                    head.error = Some(skip(reader));
                    continue;
                }
                _ => {
                    reader.skip();
                    continue;
                }
            };
            *seen = true;
            reader.within(key, |reader| slot.read(reader));
        }
        head.end = reader.position();
        for (name, seen) in ["action_attempt_id", "action_type", "status"]
            .into_iter()
            .zip(seen)
        {
            if !seen {
                reader.within(name, |reader| reader.deviate("string", "nothing"));
            }
        }
        Some(head)
    }

    /// Reads the value that starts at `position` under the key `name`, and comes back behind the attempt.
    fn read_part(
        &self,
        name: &'static str,
        position: Option<usize>,
        slot: &mut dyn Slot,
        reader: &mut Reader<'_>,
    ) {
        reader.within(name, |reader| match position {
            None => reader.deviate(slot.expected(), "nothing"),
            Some(position) => {
                reader.rewind(position);
                slot.read(reader);
                reader.rewind(self.end);
            }
        });
    }
}

/// Skips a value and tells where it starts.
fn skip(reader: &mut Reader<'_>) -> usize {
    let start = reader.position();
    reader.skip();
    start
}

impl<S: ActionResult> Slot for ActionAttempt<S> {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        let Some(mut head) = Head::read(reader) else {
            return false;
        };
        self.status = match head.status.as_str() {
            "pending" => Status::Pending,
            "success" => {
                let mut result = S::of(&head.action_type);
                head.read_part("result", head.result, &mut result, reader);
                Status::Success(result)
            }
            "error" => {
                let mut failure = Failure::default();
                head.read_part("error", head.error, &mut failure, reader);
                Status::Error(failure)
            }
            unknown => {
                if !unknown.is_empty() {
                    reader.within("status", |reader| {
                        reader.deviate("a documented status", unknown)
                    });
                }
                Status::Unknown(std::mem::take(&mut head.status))
            }
        };
        self.action_attempt_id = head.id;
        self.action_type = head.action_type;
        true
    }

    fn write(&self, writer: &mut Writer) {
        let (status, result, error): (&str, Option<&dyn Slot>, Option<&dyn Slot>) =
            match &self.status {
                Status::Pending => ("pending", None, None),
                Status::Success(result) => ("success", Some(result), None),
                Status::Error(failure) => ("error", None, Some(failure)),
                Status::Unknown(status) => (status, None, None),
            };
        writer.begin_object();
        for (key, text) in [
            ("action_attempt_id", self.action_attempt_id.as_str()),
            ("action_type", &self.action_type),
            ("status", status),
        ] {
            writer.key(key);
            writer.string(text);
        }
        for (key, part) in [("result", result), ("error", error)] {
            writer.key(key);
            part.unwrap_or(&Value::Null).write(writer);
        }
        writer.end_object();
    }

    fn expected(&self) -> &'static str {
        "object"
    }

    fn is_action_attempt() -> bool {
        true
    }
}

impl<S: ActionResult> serde::Serialize for ActionAttempt<S> {
    fn serialize<T: serde::Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        crate::wire::serialize(self, serializer)
    }
}

impl<'de, S: ActionResult> serde::Deserialize<'de> for ActionAttempt<S> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::deserialize(deserializer)
    }
}
