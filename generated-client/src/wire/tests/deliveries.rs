use super::*;

#[derive(Clone)]
enum Delivery {
    Opened(Opened),
    All(Vec<Frame>),
    Ping,
    Form(crate::Bytes),
    Unknown(UnknownVariant),
}
crate::wire::delivered! { Delivery {
    Opened(_) = "door.opened", All(_) = "all", Ping = "ping", Form(_) = ("form" raw),
} }
crate::wire::delivered_by! { Delivery by "type" { "opened" = "door.opened", "forced" = "door.opened" } }

#[test]
fn a_delivery_is_read_by_its_name() {
    let opened = Delivery::read("door.opened", r#"{"door_id":"d","volume":3}"#).unwrap();
    let Delivery::Opened(held) = &opened else {
        panic!("{opened:?}")
    };
    assert_eq!(held.door_id, "d");
    assert_eq!(opened.name(), "door.opened");
    assert!(
        matches!(Delivery::read("all", "[{}]").unwrap(), Delivery::All(frames) if frames.len() == 1)
    );
    assert!(matches!(
        Delivery::read("ping", "").unwrap(),
        Delivery::Ping
    ));
    assert!(
        matches!(Delivery::read("form", "a=1").unwrap(), Delivery::Form(body) if body == "a=1")
    );
}

#[test]
fn an_unknown_delivery_is_kept() {
    let new = Delivery::read("door.shut", r#"{"x":1}"#).unwrap();
    let Delivery::Unknown(unknown) = &new else {
        panic!("{new:?}")
    };
    assert_eq!(
        (new.name(), unknown.raw()),
        ("door.shut", &serde_json::json!({"x": 1}))
    );
}

#[test]
fn deviations_of_a_delivery_are_listed() {
    let read = |name, body| {
        let (_, deviations) = Delivery::read_with_deviations(name, body).unwrap();
        let shown = deviations.iter().map(ToString::to_string);
        shown.collect::<Vec<_>>()
    };
    let all = r#"{"door_id":"d","volume":3}"#;
    assert_eq!(read("door.opened", all), Vec::<String>::new());
    assert_eq!(read("ping", ""), Vec::<String>::new());
    assert_eq!(
        read("door.opened", r#"{"door_id":1,"volume":3}"#),
        ["/door_id: expected string, found number"]
    );
    assert_eq!(
        read("door.shut", "{}"),
        [": expected a documented delivery, found door.shut"]
    );
    let body = r#"{"type":"opened","door_id":1,"volume":3}"#;
    let (_, deviations) = Delivery::from_body_with_deviations(body).unwrap();
    assert_eq!(deviations.len(), 1);
}

#[test]
fn a_body_of_another_type_is_an_error() {
    for (body, message) in [
        ("[]", "the delivery: expected object, found list"),
        ("{", "the delivery: "),
    ] {
        let error = Delivery::read("door.opened", body).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_delivery_is_read_by_a_property_of_its_body() {
    let read = |body| Delivery::from_body(body).unwrap();
    assert_eq!(
        read(r#"{"door_id":"d","type":"forced"}"#).name(),
        "door.opened"
    );
    assert_eq!(read(r#"{"type":"new"}"#).name(), "new");
    assert_eq!(read("{}").name(), "");
}
