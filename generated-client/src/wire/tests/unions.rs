use super::*;

#[test]
fn the_tag_may_be_at_any_position() {
    let expected = Happening::Opened(Opened {
        door_id: "d1".into(),
        volume: Some(3.0),
    });
    for json in [
        r#"{"happening-type": "door.opened", "door_id": "d1", "volume": 3}"#,
        r#"{"door_id": "d1", "happening-type": "door.opened", "volume": 3}"#,
        r#"{"door_id": "d1", "volume": 3, "happening-type": "door.opened"}"#,
    ] {
        assert_eq!(read_clean::<Happening>(json), expected);
    }
}

#[test]
fn a_tag_in_a_nested_object_is_ignored() {
    let (happening, _) = read::<Happening>(r#"{"inner": {"happening-type": "door.closed"}}"#);
    assert!(matches!(happening, Happening::Unknown(_)));
}

#[test]
fn an_unknown_branch_is_written_back_unchanged() {
    let json = r#"{"happening-type":"door.slammed","volume":9,"x":[1.5,null]}"#;
    let (happening, deviations) = read::<Happening>(json);
    let Happening::Unknown(unknown) = &happening else {
        panic!("{happening:?}")
    };
    assert_eq!(
        (unknown.tag(), happening.happening_type()),
        ("door.slammed", "door.slammed")
    );
    assert_eq!(write(&happening), json);
    assert_eq!(
        deviations,
        [
            "/happening-type: expected one of the documented happening-type values, found door.slammed"
        ]
    );
    let stored = serde_json::to_string(&happening).unwrap();
    assert_eq!(
        serde_json::from_str::<Happening>(&stored).unwrap(),
        happening
    );
}

#[test]
fn a_missing_or_mistyped_tag_is_an_unknown_branch() {
    for (json, tag, found) in [
        (r#"{"volume":1}"#, "", "nothing"),
        (r#"{"happening-type":7,"volume":1}"#, "7", "7"),
    ] {
        let (happening, deviations) = read::<Happening>(json);
        assert_eq!(happening.happening_type(), tag);
        assert_eq!(write(&happening), json);
        assert_eq!(
            deviations,
            [format!(
                "/happening-type: expected one of the documented happening-type values, found {found}"
            )]
        );
    }
}

#[test]
fn a_malformed_known_branch_is_that_branch_and_reported() {
    let (happening, deviations) =
        read::<Happening>(r#"{"happening-type": "door.opened", "volume": "loud"}"#);
    assert_eq!(happening, Happening::Opened(Opened::default()));
    assert_eq!(
        deviations,
        [
            "/volume: expected number, found string",
            "/door_id: expected string, found nothing"
        ]
    );
}

#[test]
fn a_branch_with_only_a_tag_is_read_and_written() {
    let happening: Happening = read_clean(r#"{"happening-type": "door.closed", "new": 1}"#);
    assert_eq!(happening, Happening::Closed);
    assert_eq!(write(&happening), r#"{"happening-type":"door.closed"}"#);
}

#[test]
fn a_known_branch_is_written_with_its_tag_first() {
    let happening = Happening::Opened(Opened {
        door_id: "d1".into(),
        volume: None,
    });
    let json = write(&happening);
    assert_eq!(json, r#"{"happening-type":"door.opened","door_id":"d1"}"#);
    assert_eq!(read_clean::<Happening>(&json), happening);
}

#[test]
fn a_branch_may_lack_the_tag() {
    for json in [r#"{"new": 1}"#, r#"{"kind": null}"#] {
        let notice: Notice = read_clean(json);
        assert_eq!(notice, Notice::WithoutKind(Unmanaged {}));
        assert_eq!((notice.kind(), write(&notice).as_str()), ("", "{}"));
    }
    for json in [r#"{"kind":"novel"}"#, r#"{"kind":7}"#] {
        let (notice, deviations) = read::<Notice>(json);
        assert!(matches!(notice, Notice::Unknown(_)));
        assert_eq!(write(&notice), json);
        assert_eq!(deviations.len(), 1);
    }
}

#[test]
fn with_an_open_tag_an_unknown_branch_is_not_a_deviation() {
    for json in [r#"{"kind":"novel","x":1}"#, r#"{"x":1}"#] {
        let message: Message = read_clean(json);
        assert!(matches!(message, Message::Unknown(_)));
        assert_eq!(write(&message), json);
    }
    let note: Message = read_clean(r#"{"kind":"note","door_id":"d1"}"#);
    assert_eq!(note.kind(), "note");
}

#[test]
fn only_an_object_can_be_a_branch() {
    let (happenings, deviations) =
        read::<Vec<Happening>>(r#"["door.closed", {"happening-type": "door.closed"}]"#);
    assert_eq!(happenings, [Happening::Closed]);
    assert_eq!(deviations, ["/0: expected object, found string"]);
}

#[test]
fn booleans_can_be_tags() {
    let managed: Management = read_clean(r#"{"name": "n", "is_managed": true}"#);
    assert_eq!(
        managed,
        Management::Managed(Managed {
            name: "n".to_owned()
        })
    );
    assert_eq!(write(&managed), r#"{"is_managed":true,"name":"n"}"#);
    let unmanaged: Management = read_clean(r#"{"is_managed": false}"#);
    assert_eq!(write(&unmanaged), r#"{"is_managed":false}"#);
    let (unknown, deviations) = read::<Management>(r#"{"is_managed":"true"}"#);
    assert!(matches!(unknown, Management::Unknown(_)));
    assert_eq!(deviations.len(), 1);
}

#[test]
fn keys_select_branches_and_the_first_listed_branch_wins() {
    let room: Place = read_clean(r#"{"x": 1, "room_key": "r"}"#);
    assert_eq!(
        room,
        Place::Room(InRoom {
            room_key: "r".to_owned()
        })
    );
    let both: Place = read_clean(r#"{"room_key": "r", "space_key": "s"}"#);
    assert_eq!(
        both,
        Place::Space(InSpace {
            space_key: "s".to_owned()
        })
    );
    let (neither, deviations) = read::<Place>(r#"{"house_key":"h"}"#);
    assert_eq!(write(&neither), r#"{"house_key":"h"}"#);
    assert_eq!(
        deviations,
        [": expected one of the documented branches, found an object with the key of none"]
    );
}

#[test]
fn json_types_select_branches() {
    let scalars: Vec<Scalar> = read_clean(r#"["a", true, 5, 5.0, 0.5, ["x"]]"#);
    assert_eq!(
        scalars,
        [
            Scalar::from("a"),
            Scalar::from(true),
            Scalar::from(5),
            Scalar::Integer(5),
            Scalar::from(0.5),
            Scalar::from(vec!["x".to_owned()]),
        ]
    );
    assert_eq!(write(&scalars), r#"["a",true,5,5,0.5,["x"]]"#);
    let (other, deviations) = read::<Scalar>(r#"{"a":1}"#);
    assert_eq!(write(&other), r#"{"a":1}"#);
    assert_eq!(
        deviations,
        [": expected one of string boolean integer number list, found object"]
    );
}

#[test]
fn all_tags_of_nested_unions_are_written() {
    #[derive(Clone)]
    enum Outer {
        Inner(Box<Happening>),
        Unknown(UnknownVariant),
    }
    crate::wire::union! { Outer by kind { Inner(_) = "inner" } }
    let json = r#"{"kind":"inner","happening-type":"door.opened","door_id":"d1"}"#;
    let outer: Outer = read_clean(json);
    assert_eq!((outer.kind(), write(&outer).as_str()), ("inner", json));
}

#[test]
fn debug_names_the_variant() {
    let opened: Happening = read_clean(r#"{"happening-type": "door.opened", "door_id": "d1"}"#);
    let shown = format!("{opened:?}");
    assert!(
        shown.starts_with("Opened {") && shown.contains("d1"),
        "{shown}"
    );
    let room: Place = read_clean(r#"{"room_key": "r1"}"#);
    assert_eq!(format!("{room:?}"), r#"Room { room_key: "r1" }"#);
    assert_eq!(format!("{:?}", Scalar::Integer(3)), "Integer(3)");
}
