use std::collections::BTreeMap;

use serde_json::Value;

use super::{ActionAttempt, ActionAttemptId, ActionResult, Failure, Status};
use crate::wire::{Json, Reader, Slot, Writer, read_value};

/// The properties of an attempt in JSON. Result and error are read last, because their types depend on other properties.
#[derive(Clone, Default)]
struct Parts {
    action_attempt_id: ActionAttemptId,
    action_type: String,
    status: String,
    result: Part,
    error: Part,
    additional_properties: BTreeMap<String, Value>,
}

crate::wire::object! { Parts {
    action_attempt_id, action_type, status, result [Optional], error [Optional], additional_properties [Additional()]
} }

/// A value that is kept as JSON; `None` if it was missing.
#[derive(Clone, Default)]
struct Part(Option<Value>);

impl Part {
    /// Reads the kept value of the key `name`.
    fn read_into(self, name: &'static str, slot: &mut dyn Slot, reader: &mut Reader) {
        reader.within(name, |reader| match self.0 {
            None => reader.record_deviation(slot.expected(), "nothing"),
            Some(value) => {
                read_value(value, slot, reader);
            }
        });
    }
}

impl Slot for Part {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        self.0 = Some(json.into_value(reader));
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        self.0.write(writer);
    }

    fn expected(&self) -> &'static str {
        "any value"
    }

    fn takes_null(&self) -> bool {
        true
    }
}

impl<S: ActionResult> Slot for ActionAttempt<S> {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let mut parts = Parts::default();
        if !parts.read(json, reader) {
            return false;
        }
        self.status = match parts.status.as_str() {
            "pending" => Status::Pending,
            "success" => {
                let mut result = S::of(&parts.action_type);
                parts.result.read_into("result", &mut result, reader);
                Status::Success(result)
            }
            "error" => {
                let mut failure = Failure::default();
                parts.error.read_into("error", &mut failure, reader);
                Status::Error(failure)
            }
            unknown => {
                if !unknown.is_empty() {
                    reader.within("status", |reader| {
                        reader.record_deviation("a documented status", unknown)
                    });
                }
                Status::Unknown(parts.status)
            }
        };
        self.action_attempt_id = parts.action_attempt_id;
        self.action_type = parts.action_type;
        self.additional_properties = parts.additional_properties;
        true
    }

    fn write(&mut self, writer: &mut Writer) {
        let (status, result, error): (&str, Option<&mut dyn Slot>, Option<&mut dyn Slot>) =
            match &mut self.status {
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
            match part {
                Some(part) => part.write(writer),
                None => writer.null(),
            }
        }
        for (key, value) in &mut self.additional_properties {
            writer.key(key);
            value.write(writer);
        }
        writer.end_object();
    }

    fn expected(&self) -> &'static str {
        "object"
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
