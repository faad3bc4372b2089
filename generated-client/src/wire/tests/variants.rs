//! Objects whose tag selects their other properties.

use super::*;

#[test]
fn the_tag_may_be_at_any_position() {
    for json in [
        r#"{"kind":"noise","alarm_id":"a1","room":"hall","level":3,"raised_at":"now"}"#,
        r#"{"alarm_id":"a1","room":"hall","level":3,"kind":"noise","raised_at":"now"}"#,
        r#"{"room":"hall","raised_at":"now","level":3,"alarm_id":"a1","kind":"noise"}"#,
    ] {
        let alarm: Alarm = read_clean(json);
        assert_eq!(alarm.alarm_id, DoorId::from("a1"));
        assert_eq!(alarm.raised_at.as_deref(), Some("now"));
        let Kind::Noise { room, level, code } = &alarm.kind else {
            panic!("{alarm:?}")
        };
        assert_eq!((room.as_str(), *level, code.is_none()), ("hall", 3.0, true));
        assert!(alarm.extra().is_empty());
    }
}

#[test]
fn an_object_is_written_with_the_properties_of_its_variant() {
    let json =
        r#"{"alarm_id":"a1","kind":"smoke","room":"hall","level":3,"raised_at":"now","new":[1]}"#;
    let alarm: Alarm = read_clean(json);
    assert_eq!(write(&alarm), json);
    let stored = serde_json::to_string(&alarm).unwrap();
    assert_eq!(serde_json::from_str::<Alarm>(&stored).unwrap(), alarm);
}

#[test]
fn unknown_properties_before_and_after_the_tag_are_kept() {
    let alarm: Alarm = read_clean(
        r#"{"first":1,"kind":"test","alarm_id":"a1","raised_at":"now","second":{"x":null}}"#,
    );
    assert_eq!(alarm.extra().get("first"), Some(&1.into()));
    assert!(alarm.extra().get("second").is_some());
    assert_eq!(alarm.extra().len(), 2);
}

#[test]
fn an_unknown_variant_keeps_its_tag_and_all_its_properties() {
    let json = r#"{"alarm_id":"a1","kind":"flood","depth":2,"room":"hall"}"#;
    let (alarm, deviations) = read::<Alarm>(json);
    assert_eq!(alarm.kind.as_str(), "flood");
    assert!(matches!(alarm.kind, Kind::Unknown(_)));
    assert_eq!(alarm.extra().get("depth"), Some(&2.into()));
    assert_eq!(alarm.room(), None);
    assert_eq!(
        deviations,
        ["/kind: expected a documented Kind, found flood"]
    );
    assert_eq!(write(&alarm), json);
}

#[test]
fn a_missing_or_mistyped_tag_is_an_unknown_variant() {
    let (alarm, deviations) = read::<Alarm>(r#"{"alarm_id":"a1","room":"hall"}"#);
    assert_eq!(alarm.kind.as_str(), "");
    assert_eq!(alarm.extra().get("room"), Some(&"hall".into()));
    assert_eq!(
        deviations,
        ["/kind: expected a documented Kind, found nothing"]
    );
    assert_eq!(write(&alarm), r#"{"alarm_id":"a1","room":"hall"}"#);

    let (alarm, deviations) = read::<Alarm>(r#"{"alarm_id":"a1","kind":3}"#);
    assert_eq!(alarm.kind.as_str(), "3");
    assert_eq!(deviations, ["/kind: expected a documented Kind, found 3"]);
}

#[test]
fn missing_required_properties_of_a_variant_are_recorded() {
    let (alarm, deviations) = read::<Alarm>(r#"{"alarm_id":"a1","kind":"noise","level":"loud"}"#);
    assert!(matches!(alarm.kind, Kind::Noise { level: 0.0, .. }));
    assert_eq!(
        deviations,
        [
            "/level: expected number, found string",
            "/room: expected string, found nothing"
        ]
    );
}

#[test]
fn a_missing_property_that_only_one_variant_requires_is_recorded() {
    let (_, deviations) = read::<Alarm>(r#"{"alarm_id":"a1","kind":"test"}"#);
    assert_eq!(deviations, ["/raised_at: expected string, found nothing"]);
    read_clean::<Alarm>(r#"{"alarm_id":"a1","kind":"smoke","room":"hall"}"#);
}

#[test]
fn an_accessor_returns_a_property_of_several_variants() {
    let smoke: Alarm = read_clean(r#"{"alarm_id":"a1","kind":"smoke","room":"hall"}"#);
    assert_eq!(smoke.room().map(String::as_str), Some("hall"));
    assert_eq!(smoke.level(), None);
    let noise: Alarm = read_clean(r#"{"alarm_id":"a1","kind":"noise","room":"hall","level":3}"#);
    assert_eq!(noise.level(), Some(&3.0));
    let test: Alarm = read_clean(r#"{"alarm_id":"a1","kind":"test","raised_at":"now"}"#);
    assert_eq!(test.room(), None);
}

#[test]
fn debug_names_the_variant_and_hides_its_secrets() {
    let alarm: Alarm = read_clean(
        r#"{"alarm_id":"a1","kind":"noise","room":"hall","level":3,"code":{"width":1}}"#,
    );
    let shown = format!("{:?}", alarm.kind);
    assert!(shown.starts_with("Noise {"), "{shown}");
    assert!(
        shown.contains("hall") && !shown.contains("width"),
        "{shown}"
    );
    assert!(!format!("{alarm:?}").contains("width"));
    assert_eq!(format!("{:?}", Kind::Test {}), "Test");
}

#[test]
fn variants_are_equal_by_tag_and_properties() {
    let smoke = |room: &str| Kind::Smoke {
        room: room.to_owned(),
        level: None,
    };
    assert_eq!(smoke("hall"), smoke("hall"));
    assert_ne!(smoke("hall"), smoke("attic"));
    assert_ne!(Kind::Test {}, Kind::Unknown("flood".to_owned()));
}

#[test]
fn a_tag_may_be_a_whole_number_or_be_missing() {
    let grade: Grade = read_clean(r#"{"level":1,"name":"first"}"#);
    assert!(matches!(&grade.level, Level::Level1 { name } if name == "first"));
    assert_eq!(write(&grade), r#"{"level":1,"name":"first"}"#);
    let grade: Grade = read_clean(r#"{"level":-2}"#);
    assert_eq!(grade.level.to_json(), Value::from(-2));

    let grade: Grade = read_clean(r#"{"reason":"none yet"}"#);
    assert!(matches!(
        grade.level,
        Level::WithoutLevel { reason: Some(_) }
    ));
    assert_eq!(write(&grade), r#"{"reason":"none yet"}"#);

    let (grade, deviations) = read::<Grade>(r#"{"level":9,"name":"ninth"}"#);
    assert_eq!(grade.level, Level::Unknown(9.into()));
    assert_eq!(deviations, ["/level: expected a documented Level, found 9"]);
    assert_eq!(write(&grade), r#"{"level":9,"name":"ninth"}"#);
}

#[test]
fn a_tag_may_be_a_boolean() {
    let custody: Custody = read_clean(r#"{"is_managed":true,"name":"ours"}"#);
    assert!(matches!(&custody.is_managed, IsManaged::Managed { name } if name == "ours"));
    let custody: Custody = read_clean(r#"{"is_managed":false}"#);
    assert_eq!(custody.is_managed, IsManaged::NotManaged {});
    assert_eq!(write(&custody), r#"{"is_managed":false}"#);
}

#[test]
fn with_an_open_tag_an_unknown_variant_is_not_a_deviation() {
    let bulletin: Bulletin = read_clean(r#"{"topic":"weather","wind":3}"#);
    assert_eq!(bulletin.topic.as_str(), "weather");
    assert_eq!(bulletin.extra().get("wind"), Some(&3.into()));
}

#[test]
fn properties_that_are_read_elsewhere_are_not_kept() {
    let grade: Grade = read_clean(r#"{"level":-2,"sort":"x","new":1}"#);
    assert_eq!(
        grade.extra().iter().collect::<Vec<_>>(),
        [("new", &Value::from(1))]
    );
}
