use std::collections::BTreeMap;

use super::reader::Reader;
use super::writer::Writer;

/// The place of one JSON value: how it is read and written.
///
/// Implemented for everything that a request or a reply can hold. Not for implementing outside of this crate.
pub trait Slot {
    /// Reads one value. `false`: what stood there is of another JSON type; that is recorded, and `self` is left as it was.
    fn read(&mut self, reader: &mut Reader<'_>) -> bool;

    /// Writes the value.
    fn write(&self, writer: &mut Writer);

    /// What messages call a value of this type.
    fn expected(&self) -> &'static str;

    /// Whether there is nothing to write where the property is optional.
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether `null` is a value like any other here, whatever the document says of the property.
    fn takes_null(&self) -> bool {
        false
    }

    /// Reads the value of a property that has no field of its own, where this is the place for such.
    fn read_member(&mut self, name: &str, reader: &mut Reader<'_>) {
        let _ = name;
        reader.skip();
    }

    /// Writes what [`read_member`](Self::read_member) reads into an object that was begun, but for the names that are
    /// `taken`.
    fn write_members(&self, writer: &mut Writer, taken: &dyn Fn(&str) -> bool) {
        let _ = (writer, taken);
    }

    /// Whether a call that gives this value waits for an action to finish.
    fn is_action_attempt() -> bool
    where
        Self: Sized,
    {
        false
    }
}

impl<T: Slot + Default> Slot for Option<T> {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        if reader.null() {
            *self = None;
            return true;
        }
        let mut value = T::default();
        let read = value.read(reader);
        *self = read.then_some(value);
        read
    }

    #[inline]
    fn write(&self, writer: &mut Writer) {
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

    #[inline]
    fn read_member(&mut self, name: &str, reader: &mut Reader<'_>) {
        self.get_or_insert_default().read_member(name, reader);
    }

    #[inline]
    fn write_members(&self, writer: &mut Writer, taken: &dyn Fn(&str) -> bool) {
        if let Some(value) = self {
            value.write_members(writer, taken);
        }
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        self.clear();
        read_list(reader, size_of::<T>(), &mut |reader| {
            let mut item = T::default();
            if item.read(reader) {
                self.push(item);
            }
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_list();
        for item in self {
            writer.item();
            item.write(writer);
        }
        writer.end_list();
    }

    fn expected(&self) -> &'static str {
        "list"
    }
}

impl<T: Slot + Default> Slot for BTreeMap<String, T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> bool {
        self.clear();
        read_map(reader, &mut |key, reader| {
            self.read_member(key, reader);
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        self.write_members(writer, &|_| false);
        writer.end_object();
    }

    fn expected(&self) -> &'static str {
        "object"
    }

    fn read_member(&mut self, name: &str, reader: &mut Reader<'_>) {
        let mut value = T::default();
        if value.read(reader) {
            self.insert(name.to_owned(), value);
        }
    }

    fn write_members(&self, writer: &mut Writer, taken: &dyn Fn(&str) -> bool) {
        for (name, value) in self.iter().filter(|(name, _)| !taken(name)) {
            writer.key(name);
            value.write(writer);
        }
    }
}

/// Reads the items of a list, as many as memory is there for. `size`: what one of them takes.
fn read_list(
    reader: &mut Reader<'_>,
    size: usize,
    read_item: &mut dyn FnMut(&mut Reader<'_>),
) -> bool {
    if !reader.enter_list() {
        return reader.mismatch("list");
    }
    let mut index = 0;
    let mut is_cut = false;
    while reader.next_item() {
        if is_cut {
            reader.skip();
        } else if reader.afford(size) {
            reader.at_index(index, &mut *read_item);
        } else {
            reader.at_index(index, |reader| {
                reader.deviate("a list that ends", "more items than there is memory for");
            });
            reader.skip();
            is_cut = true;
        }
        index += 1;
    }
    true
}

fn read_map(reader: &mut Reader<'_>, read_value: &mut dyn FnMut(&str, &mut Reader<'_>)) -> bool {
    if !reader.enter_object() {
        return reader.mismatch("object");
    }
    while let Some(key) = reader.next_key() {
        reader.within(key.clone(), |reader| read_value(&key, reader));
    }
    true
}

/// `Slot` for a boxed union. A boxed object is an [`Object`](super::Object) itself; one implementation for every box would clash
/// with that of objects.
macro_rules! boxed {
    ($type:ident) => {
        impl $crate::wire::Slot for ::std::boxed::Box<$type> {
            #[inline]
            fn read(&mut self, reader: &mut $crate::wire::Reader<'_>) -> bool {
                (**self).read(reader)
            }

            #[inline]
            fn write(&self, writer: &mut $crate::wire::Writer) {
                (**self).write(writer);
            }

            #[inline]
            fn expected(&self) -> &'static str {
                (**self).expected()
            }
        }
    };
}
pub(crate) use boxed;
