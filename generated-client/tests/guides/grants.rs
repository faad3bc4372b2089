//! Access grants, cards and reservations.

use seam::Timestamp;
use seam::access_method::Mode;
use serde_json::{Value, json};

use crate::examples::access_grant::Key;
use crate::examples::{
    access_grant, access_grant_by_space, encode_card, instant_key, reservation, update_access_grant,
};
use crate::script::{ABSENT, Script};

const ID: &str = "5ea3d00d-0000-4000-8000-000000000001";
const GRANT: &str = "/access_grants/create";
const METHODS: &str = "/access_methods/list";
const ENTRANCE: &str = "/acs/entrances/get";
const ENCODE: &str = "/access_methods/encode";
const SCAN: &str = "/acs/encoders/scan_credential";

fn entrance(change: Value) -> Value {
    json!({"acs_entrance": change})
}

/// What a grant of a mode gives, when its methods are these, one look after the other.
async fn granted(mode: &str, looks: &[Value]) -> (Script, Result<Key, String>) {
    let script = Script::new();
    script
        .answer(ENTRANCE, entrance(json!({})))
        .answer(GRANT, json!({"access_grant": {"errors": []}}));
    for methods in looks {
        script.answer(METHODS, json!({"access_methods": methods}));
    }
    let key = access_grant::grant(&script.seam(), ID, Mode::from(mode)).await;
    (script, key.map_err(|error| error.to_string()))
}

#[tokio::test(start_paused = true)]
async fn a_pin_code_is_waited_for_and_read_back() {
    let method = |issued: bool, code: Value| {
        let flags = json!({"is_encoding_required": false, "is_issued": issued});
        let mut method = json!({"mode": "code", "code": code, "errors": []});
        method
            .as_object_mut()
            .unwrap()
            .extend(flags.as_object().unwrap().clone());
        json!([method])
    };
    let looks = [
        json!([]),
        method(false, json!(null)),
        method(true, json!("4711")),
    ];
    let (script, key) = granted("code", &looks).await;
    assert_eq!(key, Ok(Key::Pin("4711".to_owned())));
    assert_eq!(script.sent(METHODS).len(), 3);
    let sent = &script.sent(GRANT)[0].body;
    assert_eq!(sent["requested_access_methods"], json!([{"mode": "code"}]));
    assert_eq!(sent["user_identity"]["email_address"], "jane@example.com");
    assert_eq!(sent["acs_entrance_ids"], json!([ID]));
}

#[tokio::test(start_paused = true)]
async fn a_mobile_key_is_a_link_and_a_card_needs_encoding() {
    let link = "https://ik.seam.co/abc";
    let flags = json!({"is_encoding_required": false, "is_issued": true});
    let mut mobile =
        json!({"mode": "mobile_key", "code": null, "errors": [], "instant_key_url": link});
    mobile
        .as_object_mut()
        .unwrap()
        .extend(flags.as_object().unwrap().clone());
    let (_, key) = granted("mobile_key", &[json!([mobile])]).await;
    assert_eq!(key, Ok(Key::Link(link.to_owned())));

    let card =
        json!([{"mode": "card", "is_issued": false, "is_encoding_required": true, "errors": []}]);
    let (_, key) = granted("card", &[card]).await;
    assert_eq!(key, Ok(Key::Card(ID.into())));
}

#[tokio::test(start_paused = true)]
async fn a_method_that_fails_or_never_comes_is_an_error() {
    let failed = json!([{"is_issued": false, "errors": [{"message": "No such room."}]}]);
    assert_eq!(
        granted("code", &[failed]).await.1,
        Err("No such room.".to_owned())
    );
    let (script, key) = granted("code", &[json!([])]).await;
    assert!(key.unwrap_err().contains("not issued"));
    assert_eq!(script.sent(METHODS).len(), 60);
}

#[tokio::test]
async fn an_entrance_that_cannot_open_this_way_gets_no_grant() {
    let script = Script::new();
    let cannot = json!({"can_unlock_with_mobile_key": false});
    script.answer(ENTRANCE, entrance(cannot));
    let seam = script.seam();
    assert!(
        access_grant::grant(&seam, ID, Mode::MobileKey)
            .await
            .is_err()
    );
    assert!(instant_key::link(&seam, ID, "Jane").await.is_err());
    assert!(script.sent(GRANT).is_empty());
}

#[tokio::test]
async fn an_instant_key_works_once_and_its_link_comes_with_the_grant_or_the_method() {
    for in_grant in [true, false] {
        let link = "https://ik.seam.co/abc";
        let (grant, method) = match in_grant {
            true => (json!(link), json!(ABSENT)),
            false => (json!(ABSENT), json!(link)),
        };
        let script = Script::new();
        script
            .answer(ENTRANCE, entrance(json!({})))
            .answer(GRANT, json!({"access_grant": {"instant_key_url": grant}}))
            .answer(
                METHODS,
                json!({"access_methods": [{"instant_key_url": method}]}),
            );
        let found = instant_key::link(&script.seam(), ID, "Jane").await.unwrap();
        assert_eq!(found, link);
        let asked = &script.sent(GRANT)[0].body["requested_access_methods"];
        assert_eq!(
            asked,
            &json!([{"mode": "mobile_key", "instant_key_max_use_count": 1}])
        );
    }
}

#[tokio::test]
async fn a_space_is_created_once_and_granted_as_a_whole() {
    let script = Script::new();
    script
        .refuse("/spaces/get", 404, "space_not_found")
        .answer("/spaces/get", json!({}))
        .answer(
            "/spaces/create",
            json!({"space": {"space_key": "apartment"}}),
        )
        .answer(GRANT, json!({"access_grant": {"errors": []}}));
    let seam = script.seam();
    let doors = ["lock1".to_owned()];
    for _ in 0..2 {
        let space = access_grant_by_space::space(&seam, "apartment", &doors)
            .await
            .unwrap();
        let grant = access_grant_by_space::grant(&seam, &space, "jane@example.com").await;
        grant.unwrap();
    }
    let created = script.sent("/spaces/create");
    assert_eq!(created.len(), 1);
    assert_eq!(created[0].body["device_ids"], json!(["lock1"]));
    assert_eq!(script.sent(GRANT)[1].body["space_ids"], json!([ID]));
}

#[tokio::test]
async fn a_grant_with_an_error_is_an_error() {
    let script = Script::new();
    let errors = json!([{"message": "No door takes codes."}]);
    script
        .answer("/spaces/get", json!({}))
        .answer(GRANT, json!({"access_grant": {"errors": errors}}));
    let seam = script.seam();
    let space = access_grant_by_space::space(&seam, "apartment", &[])
        .await
        .unwrap();
    let grant = access_grant_by_space::grant(&seam, &space, "jane@example.com").await;
    assert_eq!(grant.unwrap_err().to_string(), "No door takes codes.");
}

#[tokio::test(start_paused = true)]
async fn a_longer_stay_is_waited_for_and_a_card_has_to_be_encoded_again() {
    let script = Script::new();
    let methods = json!([
        {"mode": "card", "is_encoding_required": true, "is_issued": false, "pending_mutations": []},
        {"mode": "code", "is_encoding_required": false, "is_issued": true, "pending_mutations": []},
    ]);
    script
        .answer("/access_grants/update", json!({}))
        .answer("/access_grants/get", json!({}))
        .answer(
            "/access_grants/get",
            json!({"access_grant": {"pending_mutations": []}}),
        )
        .answer(METHODS, json!({"access_methods": methods}));
    let end: Timestamp = "2030-06-04T11:00:00Z".parse().unwrap();
    let methods = update_access_grant::extend(&script.seam(), ID, end)
        .await
        .unwrap();
    let advice: Vec<_> = methods.iter().map(update_access_grant::advice).collect();
    assert_eq!(advice, ["encode the card again", "nothing to do"]);
    assert_eq!(script.sent("/access_grants/get").len(), 2);
    let sent = &script.sent("/access_grants/update")[0].body;
    assert_eq!(sent["ends_at"], "2030-06-04T11:00:00.000Z");
    assert_eq!(sent["access_grant_id"], ID);
}

/// A script whose grant has a card.
fn with_card(ready: bool) -> Script {
    let card = json!({"mode": "card", "is_ready_for_encoding": ready, "errors": []});
    let script = Script::new();
    script.answer(METHODS, json!({"access_methods": [card]}));
    script
}

#[tokio::test(start_paused = true)]
async fn a_card_is_encoded_when_somebody_lays_it_on_the_encoder() {
    let script = with_card(true);
    script.pend(ENCODE, "ENCODE_CREDENTIAL");
    script.pend("/action_attempts/get", "ENCODE_CREDENTIAL");
    script.encoded("/action_attempts/get", "164d29dc");
    let number = encode_card::encode(&script.seam(), &ID.into(), &ID.into()).await;
    assert_eq!(number.unwrap(), "164d29dc");
    assert_eq!(script.sent("/action_attempts/get").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_card_that_cannot_be_encoded_says_what_to_do() {
    for (code, said) in [
        ("no_card_on_encoder", "lay one on it"),
        ("incompatible_card_format", "this kind of card"),
        ("uncategorized_error", "The action failed."),
    ] {
        let script = with_card(true);
        script.fail(ENCODE, "ENCODE_CREDENTIAL", code);
        let number = encode_card::encode(&script.seam(), &ID.into(), &ID.into()).await;
        let error = number.unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let script = with_card(true);
    script.pend(ENCODE, "ENCODE_CREDENTIAL");
    script.pend("/action_attempts/get", "ENCODE_CREDENTIAL");
    let number = encode_card::encode(&script.seam(), &ID.into(), &ID.into()).await;
    assert_eq!(
        number.unwrap_err().to_string(),
        "nobody has laid a card on the encoder"
    );

    let script = with_card(false);
    let number = encode_card::encode(&script.seam(), &ID.into(), &ID.into()).await;
    assert!(number.is_err());
    assert!(script.sent(ENCODE).is_empty());
}

#[tokio::test]
async fn a_scanned_card_says_where_it_differs() {
    let script = Script::new();
    let warning = json!({
        "warning_code": "acs_credential_on_encoder_out_of_sync",
        "warning_message": "The card is out of date.",
    });
    let result = json!({
        "acs_credential_on_encoder": null,
        "acs_credential_on_seam": null,
        "warnings": [warning],
    });
    script.succeed(SCAN, "SCAN_CREDENTIAL", result);
    let warnings = encode_card::check(&script.seam(), &ID.into())
        .await
        .unwrap();
    assert_eq!(warnings, ["The card is out of date."]);
}

#[tokio::test(start_paused = true)]
async fn a_reservation_is_pushed_and_its_grant_waited_for() {
    let script = Script::new();
    let (from, to) = ("2030-06-01T15:00:00Z", "2030-06-03T11:00:00Z");
    let pages = json!({"has_next_page": false, "next_page_cursor": null, "next_page_url": null});
    let grants = |ends: &str| json!({"access_grants": [{"ends_at": ends}], "pagination": pages});
    script
        .answer("/spaces/get", json!({}))
        .answer("/customers/push_data", json!({}))
        .answer("/access_grants/list", grants(from))
        .answer("/access_grants/list", grants(to))
        .answer("/customers/delete_data", json!({}));
    let seam = script.seam();
    let (starts, ends) = (from.parse().unwrap(), to.parse().unwrap());
    let grant = reservation::book(&seam, "r1", "room-101", starts, ends)
        .await
        .unwrap();
    assert_eq!(grant.ends_at, Some(ends));
    assert_eq!(script.sent("/access_grants/list").len(), 2);
    let stay = &script.sent("/customers/push_data")[0].body["reservations"][0];
    assert_eq!(stay["reservation_key"], "r1");
    assert_eq!(stay["space_keys"], json!(["room-101"]));
    assert_eq!(stay["user_identity_key"], "guest-1");

    reservation::cancel(&seam, "r1").await.unwrap();
    let deleted = &script.sent("/customers/delete_data")[0];
    assert_eq!(deleted.body["reservation_keys"], json!(["r1"]));
}

#[tokio::test(start_paused = true)]
async fn a_reservation_without_a_door_or_a_grant_is_an_error() {
    let script = Script::new();
    let empty = json!({"space": {"device_count": 0, "acs_entrance_count": 0}});
    script.answer("/spaces/get", empty);
    let now = Timestamp::UNIX_EPOCH;
    let booked = reservation::book(&script.seam(), "r1", "room-101", now, now).await;
    assert_eq!(booked.unwrap_err().to_string(), "room-101 has no doors");
    assert!(script.sent("/customers/push_data").is_empty());

    let script = Script::new();
    script
        .answer("/spaces/get", json!({}))
        .answer("/customers/push_data", json!({}))
        .answer("/access_grants/list", json!({"access_grants": []}));
    let booked = reservation::book(&script.seam(), "r1", "room-101", now, now).await;
    assert!(booked.unwrap_err().to_string().contains("switched on"));
}
