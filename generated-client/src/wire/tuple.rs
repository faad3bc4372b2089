//! Lists of fixed length, with a type for each position.

use super::json::Json;
use super::reader::Reader;
use super::slot::Slot;
use super::writer::Writer;

/// Reads a list into the slots of a tuple. Missing and additional items are recorded.
fn read(places: &mut [&mut dyn Slot], json: Json<'_>, reader: &mut Reader) -> bool {
    let Json::List(items) = json else {
        return reader.mismatch("list", &json);
    };
    let mut index = 0;
    let mut goes_on = true;
    while goes_on {
        goes_on = reader.at_index(index, |reader| {
            let mut take = |json: Json<'_>, reader: &mut Reader| match places.get_mut(index) {
                Some(place) => place.read(json, reader),
                None => {
                    reader.record_deviation("no more items", json.kind());
                    false
                }
            };
            items.next(&mut take, reader)
        });
        index += usize::from(goes_on);
    }
    for (index, place) in places.iter_mut().enumerate().skip(index) {
        let expected = place.expected();
        reader.at_index(index, |reader| reader.record_deviation(expected, "nothing"));
    }
    true
}

fn write(places: &mut [&mut dyn Slot], writer: &mut Writer) {
    writer.begin_list();
    for place in places {
        writer.item();
        place.write(writer);
    }
    writer.end_list();
}

/// `Slot` for tuples of some length.
macro_rules! tuples {
    ($(($($type:ident $place:tt),+),)+) => { $(
        impl<$($type: Slot),+> Slot for ($($type,)+) {
            fn read(&mut self, json: Json<'_>, reader: &mut Reader) -> bool {
                read(&mut [$(&mut self.$place),+], json, reader)
            }

            fn write(&mut self, writer: &mut Writer) {
                write(&mut [$(&mut self.$place),+], writer);
            }

            fn expected(&self) -> &'static str {
                "list"
            }
        }
    )+ };
}
tuples! {
    (A 0),
    (A 0, B 1),
    (A 0, B 1, C 2),
    (A 0, B 1, C 2, D 3),
    (A 0, B 1, C 2, D 3, E 4),
    (A 0, B 1, C 2, D 3, E 4, F 5),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11),
}
