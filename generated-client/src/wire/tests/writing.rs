use super::*;
use crate::wire::ecmascript;
use crate::wire::writer::Problem;

fn problem(value: &mut dyn Slot) -> Option<Problem> {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.finish().1
}

#[test]
fn numbers_are_written_as_ecmascript_prints_them() {
    for (number, text) in [
        (100.0, "100"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (-1.5, "-1.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.000_001, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
    ] {
        assert_eq!(ecmascript(number), text);
    }
}

#[test]
fn absent_optional_properties_are_left_out_and_required_ones_are_null() {
    let json = write(&Door {
        door_id: "d".into(),
        ..Door::default()
    });
    assert!(
        json.starts_with(r#"{"door_id":"d","nickname":null,"opened_at":"#),
        "{json}"
    );
    assert!(!json.contains("battery"));
}

#[test]
fn an_empty_optional_list_is_left_out_unless_it_was_set() {
    #[derive(Clone, Default)]
    struct Filter {
        names: Vec<String>,
        states: Option<Vec<String>>,
        labels: BTreeMap<String, bool>,
        all: Vec<String>,
    }
    crate::wire::object! { Filter { names [Optional], states [Optional], labels [Optional], all } }
    let mut filter = Filter::default();
    assert_eq!(write(&filter), r#"{"all":[]}"#);
    filter.states = Some(Vec::new());
    assert_eq!(write(&filter), r#"{"states":[],"all":[]}"#);
    let stored: Filter = read_clean(r#"{"all":[]}"#);
    assert_eq!(stored, Filter::default());
}

#[test]
fn strings_are_escaped() {
    assert_eq!(write(&"a\"\\\n\u{1}é".to_owned()), r#""a\"\\\n\u0001é""#);
    assert_eq!(
        write(&BTreeMap::from([("\"".to_owned(), true)])),
        r#"{"\"":true}"#
    );
}

#[test]
fn values_that_a_request_cannot_contain_are_detected() {
    assert_eq!(problem(&mut vec![1.0, f64::NAN]), Some(Problem::NotFinite));
    assert_eq!(problem(&mut { f64::INFINITY }), Some(Problem::NotFinite));
    assert_eq!(problem(&mut DoorId::default()), Some(Problem::EmptyId));
    assert_eq!(problem(&mut vec![DoorId::new("d")]), None);
}

#[test]
fn enums_are_made_from_text_of_every_form() {
    let text = "open".to_owned();
    for state in [
        State::from("open"),
        State::from(&text),
        State::from(text.clone()),
    ] {
        assert_eq!(state, State::Open);
    }
    assert_eq!(State::from("ajar"), State::Unknown("ajar".to_owned()));
    assert_eq!(State::Shut.to_string(), "shut");
    assert_eq!(State::Shut, "shut");
}

#[test]
fn ids_compare_and_print_as_their_text() {
    let id: DoorId = "d1".parse().unwrap();
    assert_eq!(id, "d1");
    assert_eq!(format!("{id:>4}|"), "  d1|");
    assert_eq!(BTreeMap::from([(id.clone(), 1)]).get("d1"), Some(&1));
    assert_eq!(id.into_string(), "d1");
}

#[test]
fn debug_shows_the_name_of_the_type_or_variant_and_the_json() {
    #[derive(Clone, Default)]
    struct Shelf {
        places: Vec<InSpace>,
    }
    crate::wire::object! { Shelf { places } }
    let shelf = Shelf {
        places: vec![InSpace::default()],
    };
    assert_eq!(
        format!("{shelf:?}"),
        r#"Shelf { places: [{"space_key": ""}] }"#
    );
    assert_eq!(
        format!("{:?}", Happening::Closed),
        r#"Closed { happening-type: "door.closed" }"#
    );
    assert_eq!(
        format!("{:?}", Scalar::String("a".into())),
        r#"String("a")"#
    );
}

#[test]
fn debug_hides_a_secret_and_json_has_it() {
    #[derive(Clone, Default)]
    struct Session {
        token: String,
    }
    crate::wire::object! { Session { token } }
    let session = Session {
        token: "s3cr3t".to_owned(),
    };
    assert_eq!(format!("{session:?}"), r#"Session { token: "…" }"#);
    assert_eq!(write(&session), r#"{"token":"s3cr3t"}"#);
}

#[test]
fn values_are_equal_when_their_json_is() {
    let frame = |width| Frame {
        width,
        ..Frame::default()
    };
    assert_eq!(frame(1.0), frame(1.0));
    assert_ne!(frame(1.0), frame(2.0));
    let opened = |volume| {
        Happening::Opened(Opened {
            volume,
            ..Opened::default()
        })
    };
    assert_ne!(opened(None), opened(Some(0.0)));
}

#[derive(Clone, Default)]
struct Profile {
    url: String,
    bio: String,
    inner: Option<Box<Profile>>,
}
crate::wire::object! { Profile { url [ReadOnly], bio, inner [Optional] } }

#[test]
fn read_only_properties_are_stored_but_not_sent_at_any_depth() {
    let json = r#"{"url":"u","bio":"b","inner":{"url":"v","bio":"c"}}"#;
    let mut profile: Profile = read_clean(json);
    assert_eq!(write(&profile), json);
    let mut writer = Writer::of_request();
    profile.write(&mut writer);
    assert_eq!(writer.finish().0, r#"{"bio":"b","inner":{"bio":"c"}}"#);
}
