use std::collections::BTreeMap;

use super::json::{Json, Members, Take};
use super::reader::Reader;
use super::variants::Variants;
use super::writer::Writer;

/// A place for one JSON value, which reads and writes it.
///
/// Implemented for every type of a request or a reply. Not for implementing outside of this crate.
pub trait Slot {
    /// Reads one value. If it has another JSON type, records a deviation, leaves `self` unchanged, and returns false.
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool;

    /// Writes the value, and does not change it. With `&self` each type would need a second table of its fields, which takes 5 %
    /// of the compile time.
    fn write(&mut self, writer: &mut Writer);

    /// Returns the name of the expected JSON type, for messages.
    fn expected(&self) -> &'static str {
        "object"
    }

    /// Returns true if the value is left out where its property is optional.
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns true if `null` is a value of the type, even if the property is not nullable.
    fn takes_null(&self) -> bool {
        false
    }

    /// Reads the value of a property without its own field, if this slot collects such properties.
    fn read_member(&mut self, name: &str, members: &mut dyn Members, reader: &mut Reader) {
        let _ = (name, reader);
        members.skip();
    }

    /// Writes the properties that [`read_member`](Self::read_member) has read to the current object, except names that are
    /// `taken`.
    fn write_members(&mut self, writer: &mut Writer, taken: &dyn Fn(&str) -> bool) {
        let _ = (writer, taken);
    }

    /// Returns the variants if this is the tag of an object with variants.
    fn variants(&mut self) -> Option<&mut dyn Variants> {
        None
    }
}

impl<T: Slot + Default> Slot for Option<T> {
    #[inline]
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        let is_null = matches!(json, Json::Null);
        let mut value = T::default();
        let read = is_null || value.read(json, reader);
        *self = (read && !is_null).then_some(value);
        read
    }

    #[inline]
    fn write(&mut self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    #[inline]
    fn expected(&self) -> &'static str {
        T::default().expected()
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[inline]
    fn takes_null(&self) -> bool {
        T::default().takes_null()
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        self.clear();
        // Items are read in place, because they may be large. Many lists have one item, so no more memory is reserved.
        read_list(json, size_of::<T>(), reader, &mut |json, reader| {
            if self.is_empty() {
                self.reserve_exact(1);
            }
            self.push(T::default());
            let read = self.last_mut().is_some_and(|item| item.read(json, reader));
            if !read {
                self.pop();
            }
            read
        })
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.begin_list();
        for item in self.iter_mut() {
            writer.item();
            item.write(writer);
        }
        writer.end_list();
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn expected(&self) -> &'static str {
        "list"
    }
}

impl<T: Slot + Default> Slot for BTreeMap<String, T> {
    fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
        self.clear();
        read_map(json, reader, &mut |key, members, reader| {
            self.read_member(key, members, reader);
        })
    }

    fn write(&mut self, writer: &mut Writer) {
        writer.begin_object();
        self.write_members(writer, &|_| false);
        writer.end_object();
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn read_member(&mut self, name: &str, members: &mut dyn Members, reader: &mut Reader) {
        let mut take = |json: Json<'_>, reader: &mut Reader| {
            let mut value = T::default();
            let read = value.read(json, reader);
            if read {
                self.insert(name.to_owned(), value);
            }
            read
        };
        reader.within_any(name, |reader| members.value(&mut take, reader));
    }

    fn write_members(&mut self, writer: &mut Writer, taken: &dyn Fn(&str) -> bool) {
        for (name, value) in self.iter_mut().filter(|(name, _)| !taken(name)) {
            writer.key(name);
            value.write(writer);
        }
    }
}

/// Reads the items of a list, up to the memory limit. `size` is the size of an item.
fn read_list(json: Json<'_>, size: usize, reader: &mut Reader, push: Take<'_>) -> bool {
    let Json::List(items) = json else {
        return reader.mismatch("list", &json);
    };
    let mut is_cut = false;
    let mut take = |json: Json<'_>, reader: &mut Reader| {
        if !is_cut && reader.reserve(size) {
            return push(json, reader);
        }
        if !is_cut {
            is_cut = true;
            reader.cut();
        }
        false
    };
    let mut index = 0;
    while reader.at_index(index, |reader| items.next(&mut take, reader)) {
        index += 1;
    }
    true
}

/// Reads the members of an object without named properties.
fn read_map(
    json: Json<'_>,
    reader: &mut Reader,
    read_member: &mut dyn FnMut(&str, &mut dyn Members, &mut Reader),
) -> bool {
    let Json::Object(members) = json else {
        return reader.mismatch("object", &json);
    };
    let mut key = String::new();
    while members.next(&mut |seen| seen.clone_into(&mut key)) {
        read_member(&key, members, reader);
    }
    true
}

/// `Slot` for a boxed union. A boxed object is an [`Object`](super::Object) itself; one implementation for every box would clash
/// with that of objects.
macro_rules! boxed {
    ($type:ident) => {
        impl $crate::wire::Slot for ::std::boxed::Box<$type> {
            #[inline]
            fn read(
                &mut self,
                json: $crate::wire::Json<'_>,
                reader: &mut $crate::wire::Reader,
            ) -> bool {
                $crate::wire::Slot::read(&mut **self, json, reader)
            }

            #[inline]
            fn write(&mut self, writer: &mut $crate::wire::Writer) {
                $crate::wire::Slot::write(&mut **self, writer);
            }

            #[inline]
            fn expected(&self) -> &'static str {
                $crate::wire::Slot::expected(&**self)
            }
        }
    };
}
pub(crate) use boxed;
