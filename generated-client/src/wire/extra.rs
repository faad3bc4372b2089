use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::json::{Json, Members};
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

/// Properties that this version of the client does not model, as the API sent them.
///
/// Every type that the API sends has them: `value.extra().get("brand_new")`. They are written back when the value is
/// serialized.
#[derive(Clone, Default, PartialEq)]
#[allow(
    clippy::box_collection,
    reason = "every type that is received has one, and most are empty: a pointer is smaller"
)]
pub struct Extra(Option<Box<BTreeMap<String, Value>>>);

impl Extra {
    /// Returns the property of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Returns the properties, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.0.iter().flat_map(|members| members.iter());
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// Returns true if the API sent nothing that this version does not model.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of properties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |members| members.len())
    }
}

/// Hides secrets, like `Debug` of every type.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug("Extra", self, f)
    }
}

impl Slot for Extra {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        (**self.0.get_or_insert_default()).read(json, reader)
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.begin_object();
        self.write_members(writer, &|_| false);
        writer.end_object();
    }

    fn read_member(&mut self, name: &str, members: &mut dyn Members, reader: &mut Reader) {
        let properties = self.0.get_or_insert_default();
        properties.read_member(name, members, reader);
    }

    fn write_members(&mut self, writer: &mut Writer, taken: &dyn Fn(&str) -> bool) {
        if let Some(members) = &mut self.0 {
            members.write_members(writer, taken);
        }
    }
}
