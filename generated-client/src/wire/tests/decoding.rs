use super::*;

const WHOLE: &str = r#" { "door_id" : "d1", "nickname": "Front \"door\" \u00e9", "battery": 0.5,
    "opened_at": "2028-08-12T19:23:42.000Z", "codes": ["1", "2"], "limits": {"a": 1, "b": 2.0},
    "state": "open", "frame": {"width": 90, "parts": [{"width": 1}]}, "type": "oak", "anything": [null, {"x": 1}] } "#;

#[test]
fn every_property_of_a_complete_object_is_read() {
    let door: Door = read_clean(WHOLE);
    assert_eq!(door.door_id, "d1");
    assert_eq!(door.nickname.as_deref(), Some("Front \"door\" é"));
    assert_eq!(door.battery, Some(0.5));
    assert_eq!(door.opened_at, "2028-08-12T19:23:42Z".parse().unwrap());
    assert_eq!(door.codes, ["1", "2"]);
    assert_eq!(
        door.limits,
        BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)])
    );
    assert_eq!(door.state, State::Open);
    assert_eq!(door.frame.parts[0].width, 1.0);
    assert_eq!(door.r#type, "oak");
    assert_eq!(door.anything, serde_json::json!([null, {"x": 1}]));
}

#[test]
fn properties_may_come_in_any_order() {
    let door: Door =
        read_clean(r#"{"type": "oak", "nickname": null, "codes": [], "door_id": "d1"}"#);
    assert_eq!((door.r#type.as_str(), door.door_id.as_str()), ("oak", "d1"));
}

#[test]
fn unknown_properties_are_not_deviations() {
    let door: Door = read_clean(
        r#"{"new": {"a": [1, "}]", {"b": "\""}]}, "door_id": "d1", "newer": -1e5, "nickname": null}"#,
    );
    assert_eq!(door.door_id, "d1");
}

#[test]
fn additional_properties_are_kept() {
    let whole = r#"{"name":"n","additional_properties":3,"b":2}"#;
    let labels: Labels = read_clean(whole);
    let kept: Vec<(&str, i64)> = labels
        .additional_properties
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    assert_eq!(kept, [("additional_properties", 3), ("b", 2)]);
    assert_eq!(write(&labels), whole);
    let (labels, deviations) = read::<Labels>(r#"{"kind": "k", "a": "one", "b": 2}"#);
    assert_eq!(write(&labels), r#"{"name":"","b":2}"#);
    assert_eq!(
        deviations,
        [
            "/a: expected integer, found string",
            "/name: expected string, found nothing"
        ]
    );
}

#[test]
fn a_property_of_an_object_is_written_once() {
    let mut labels: Labels = read_clean(r#"{"name": "n"}"#);
    labels.additional_properties.insert("name".to_owned(), 1);
    assert_eq!(write(&labels), r#"{"name":"n"}"#);
}

#[test]
fn an_unknown_enum_value_is_kept_and_reported() {
    let (door, deviations) =
        read::<Door>(r#"{"door_id": "d1", "nickname": null, "state": "ajar"}"#);
    assert_eq!(door.state, State::Unknown("ajar".to_owned()));
    assert_eq!(
        deviations,
        ["/state: expected a documented State, found ajar"]
    );
    assert_eq!(write(&door.state), r#""ajar""#);
}

#[test]
fn missing_required_properties_are_zero_and_reported() {
    let (door, deviations) = read::<Door>("{}");
    assert_eq!(door, Door::default());
    assert_eq!(
        deviations,
        [
            "/door_id: expected string, found nothing",
            "/nickname: expected string, found nothing"
        ]
    );
}

#[test]
fn mistyped_properties_are_zero_and_reported() {
    let (door, deviations) = read::<Door>(
        r#"{"door_id": 7, "nickname": {}, "battery": "full", "opened_at": "noon", "codes": {}, "limits": [],
            "state": 1, "frame": "oak", "type": null}"#,
    );
    assert_eq!(door, Door::default());
    assert_eq!(
        deviations,
        [
            "/door_id: expected string, found number",
            "/nickname: expected string, found object",
            "/battery: expected number, found string",
            "/opened_at: expected date-time, found a string that is no date-time",
            "/codes: expected list, found object",
            "/limits: expected object, found list",
            "/state: expected string, found number",
            "/frame: expected object, found string",
            "/type: expected string, found null",
        ]
    );
}

#[test]
fn null_is_accepted_only_for_nullable_properties() {
    let (door, deviations) = read::<Door>(
        r#"{"door_id": "d1", "nickname": null, "battery": null, "anything": null, "codes": null}"#,
    );
    assert_eq!(
        (door.nickname, door.battery, door.anything),
        (None, None, Value::Null)
    );
    assert_eq!(deviations, ["/codes: expected list, found null"]);
}

#[test]
fn a_list_keeps_its_good_items() {
    let (codes, deviations) = read::<Vec<String>>(r#"["1", 2, "3", null]"#);
    assert_eq!(codes, ["1", "3"]);
    assert_eq!(
        deviations,
        [
            "/1: expected string, found number",
            "/3: expected string, found null"
        ]
    );
}

#[test]
fn a_map_keeps_its_good_values() {
    let (limits, deviations) = read::<BTreeMap<String, i64>>(r#"{"a": 1, "b/c~": 1.5, "d": 9e99}"#);
    assert_eq!(limits, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(
        deviations,
        [
            "/b~1c~0: expected integer, found a number that is not whole, or too large",
            "/d: expected integer, found a number that is not whole, or too large",
        ]
    );
}

#[test]
fn a_deviation_has_the_pointer_of_its_place() {
    let (_, deviations) = read::<Vec<Frame>>(
        r#"[{"width": 1}, {"width": 1, "parts": [{"width": 2}, {"width": "3"}]}]"#,
    );
    assert_eq!(
        deviations,
        ["/1/parts/1/width: expected number, found string"]
    );
}

#[test]
fn the_last_of_two_equal_keys_is_used() {
    let door: Door = read_clean(
        r#"{"door_id": "d1", "door_id": "d2", "nickname": null, "codes": ["1"], "codes": ["2"]}"#,
    );
    assert_eq!(door.door_id, "d2");
    assert_eq!(door.codes, ["2"]);
}

#[test]
fn an_offset_without_a_colon_is_a_date_time() {
    let time: Timestamp = read_clean(r#""2028-08-12T19:23:42+0000""#);
    assert_eq!(time, "2028-08-12T19:23:42Z".parse().unwrap());
}

#[test]
fn a_time_beyond_the_range_of_timestamps_is_the_nearest_one() {
    for (text, nearest) in [
        ("9999-12-31T23:59:59Z", Timestamp::MAX),
        ("9999-12-31T23:59:59.999+00:00", Timestamp::MAX),
        ("10000-01-01T00:00:00Z", Timestamp::MAX),
        ("+292278994-08-17T07:12:55Z", Timestamp::MAX),
        ("-10000-01-01T00:00:00Z", Timestamp::MIN),
        ("-999999-02-29T00:00:00Z", Timestamp::MIN),
    ] {
        let (time, deviations) = read::<Timestamp>(&format!("{text:?}"));
        assert_eq!(time, nearest, "{text}");
        assert_eq!(
            deviations,
            [format!(
                ": expected a date-time of the years -9999 to 9999, found {text}"
            )]
        );
    }
}

#[test]
fn a_year_with_more_or_fewer_digits_is_read() {
    for (text, time) in [
        ("-0044-03-15T12:00:00Z", "-000044-03-15T12:00:00Z"),
        ("+2028-08-12T19:23:42Z", "2028-08-12T19:23:42Z"),
        ("02028-08-12T19:23:42Z", "2028-08-12T19:23:42Z"),
    ] {
        let read: Timestamp = read_clean(&format!("{text:?}"));
        assert_eq!(read, time.parse().unwrap(), "{text}");
    }
}

#[test]
fn an_invalid_time_is_not_read_as_one_out_of_range() {
    for text in [
        "9999-13-31T23:59:59Z",
        "9999-12-31T25:59:59Z",
        "9999-12-31",
        "99999999-",
        "-",
        "never-12-31T23:59:59Z",
        "12-12-31T23:59:59Z",
    ] {
        let (time, deviations) = read::<Timestamp>(&format!("{text:?}"));
        assert_eq!(time, Timestamp::default(), "{text}");
        assert_eq!(
            deviations,
            [": expected date-time, found a string that is no date-time"]
        );
    }
}

#[test]
fn an_unsigned_number_keeps_all_64_bits() {
    let largest: u64 = read_clean("18446744073709551615");
    assert_eq!(largest, u64::MAX);
    assert_eq!(write(&largest), "18446744073709551615");
    assert_eq!(read_clean::<u64>("5.0"), 5);
    for text in ["-1", "1.5", "18446744073709551616", "1e30"] {
        let (number, deviations) = read::<u64>(text);
        assert_eq!(number, 0, "{text}");
        assert_eq!(
            deviations,
            [": expected integer, found a number that is not whole, or too large"]
        );
    }
}

#[test]
fn serde_reads_and_writes_by_the_same_rules() {
    let door: Door = serde_json::from_str(WHOLE).unwrap();
    assert_eq!(door, read_clean(WHOLE));
    let stored = serde_json::to_string(&door).unwrap();
    assert_eq!(serde_json::from_str::<Door>(&stored).unwrap(), door);
    let error = serde_json::from_str::<Door>("[]").unwrap_err();
    assert_eq!(error.to_string(), "expected object, found list");
}

#[test]
fn missing_properties_are_found_in_objects_with_more_than_128_fields() {
    use crate::wire::object::{Field, Object, Visit};

    #[derive(Default)]
    struct Wide(Vec<Option<bool>>);
    impl Object for Wide {
        fn properties(&mut self, visit: Visit<'_>) {
            const FIELDS: &[Field] = &{
                const fn field(name: &'static str) -> Field {
                    Field { name, flags: &[] }
                }
                let mut fields = [field("other"); 130];
                fields[129] = field("last");
                fields
            };
            self.0 = vec![None; 130];
            visit(
                FIELDS,
                &mut self
                    .0
                    .iter_mut()
                    .map(|slot| slot as &mut dyn Slot)
                    .collect::<Vec<_>>(),
            );
        }
    }

    let (wide, deviations) = read::<Wide>(r#"{"last": true}"#);
    assert_eq!(wide.0[129], Some(true));
    assert_eq!(deviations.len(), 129);
}
