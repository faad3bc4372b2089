//! Access codes, and what a lock does with them.

use seam::{Device, Seam, Timestamp};
use serde_json::json;

use crate::examples::{
    access_codes, access_codes_on_several_locks, backup_access_codes, chrono_and_time,
    offline_access_codes, unmanaged_access_codes,
};
use crate::script::{ABSENT, Script};

const GET: &str = "/access_codes/get";
const CREATE: &str = "/access_codes/create";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn device(script: &Script, change: seam::Value) -> (Seam, Device) {
    let seam = script
        .answer("/devices/get", json!({"device": change}))
        .seam();
    let device = seam.devices().get("lock").await.unwrap();
    (seam, device)
}

#[tokio::test(start_paused = true)]
async fn an_ongoing_code_is_waited_for_until_it_is_set() {
    let script = Script::new();
    let code = json!({"code": "7391", "type": "ongoing", "status": "setting", "errors": []});
    script
        .answer(CREATE, json!({"access_code": code}))
        .answer(GET, json!({"access_code": code}))
        .answer(
            GET,
            json!({"access_code": {"code": "7391", "status": "set", "errors": []}}),
        );
    let (seam, lock) = device(&script, json!({})).await;

    let code = access_codes::ongoing(&seam, &lock, "Cleaner", "7391").await;
    assert_eq!(code.unwrap().status, "set");
    assert_eq!(script.sent(GET).len(), 2);
    let sent = &script.sent(CREATE)[0].body;
    assert_eq!(
        (&sent["name"], &sent["code"]),
        (&json!("Cleaner"), &json!("7391"))
    );
    assert_eq!(sent["starts_at"], json!(null));
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_code_ends_the_waiting() {
    let script = Script::new();
    let errors = json!([{"message": "The keypad is full."}]);
    script
        .answer(CREATE, json!({"access_code": {"errors": []}}))
        .answer(
            GET,
            json!({"access_code": {"status": "setting", "errors": errors}}),
        );
    let (seam, lock) = device(&script, json!({})).await;
    let code = access_codes::ongoing(&seam, &lock, "Cleaner", "7391").await;
    assert_eq!(code.unwrap_err().to_string(), "The keypad is full.");
}

#[tokio::test(start_paused = true)]
async fn a_code_that_is_never_set_ends_with_a_message() {
    let script = Script::new();
    script
        .answer(CREATE, json!({"access_code": {"errors": []}}))
        .answer(
            GET,
            json!({"access_code": {"status": "setting", "errors": []}}),
        );
    let (seam, lock) = device(&script, json!({})).await;
    let code = access_codes::ongoing(&seam, &lock, "Cleaner", "7391").await;
    assert!(code.unwrap_err().to_string().contains("may still be set"));
}

#[tokio::test]
async fn a_lock_that_takes_no_codes_is_not_asked() {
    let script = Script::new();
    let (seam, lock) = device(&script, json!({"can_program_online_access_codes": false})).await;
    assert!(
        access_codes::ongoing(&seam, &lock, "Cleaner", "7391")
            .await
            .is_err()
    );
    let (from, to) = (time("2030-06-01T15:00:00Z"), time("2030-06-03T11:00:00Z"));
    assert!(
        access_codes::time_bound(&seam, &lock, "Jane", from, to)
            .await
            .is_err()
    );
    assert!(script.sent(CREATE).is_empty());
}

#[tokio::test]
async fn a_code_that_the_lock_has_already_is_said_in_words() {
    let script = Script::new();
    script.refuse(CREATE, 409, "duplicate_access_code");
    let (seam, lock) = device(&script, json!({})).await;
    let code = access_codes::ongoing(&seam, &lock, "Cleaner", "7391").await;
    assert!(code.unwrap_err().to_string().contains("choose another"));
}

#[tokio::test]
async fn a_time_bound_code_has_both_times_and_is_not_waited_for() {
    let script = Script::new();
    script.answer(
        CREATE,
        json!({"access_code": {"status": "unset", "errors": []}}),
    );
    let (seam, lock) = device(&script, json!({})).await;
    let (from, to) = (time("2030-06-01T15:00:00Z"), time("2030-06-03T11:00:00Z"));
    let code = access_codes::time_bound(&seam, &lock, "Jane", from, to).await;
    assert_eq!(code.unwrap().status, "unset");
    let sent = &script.sent(CREATE)[0].body;
    assert_eq!(sent["starts_at"], "2030-06-01T15:00:00.000Z");
    assert_eq!(sent["ends_at"], "2030-06-03T11:00:00.000Z");
    assert!(script.sent(GET).is_empty());
}

#[tokio::test]
async fn codes_with_a_common_key_are_extended_together_and_others_one_by_one() {
    for (key, together, single) in [(json!("key"), 1, 0), (json!(null), 0, 2)] {
        let script = Script::new();
        let codes = json!([{"common_code_key": key}, {"common_code_key": key}]);
        script
            .answer(
                "/access_codes/create_multiple",
                json!({"access_codes": codes}),
            )
            .answer("/access_codes/update_multiple", json!({}))
            .answer("/access_codes/update", json!({}));
        let seam = script.seam();
        let locks = ["lock1".to_owned(), "lock2".to_owned()];
        let (from, to) = (time("2030-06-01T15:00:00Z"), time("2030-06-03T11:00:00Z"));
        let codes = access_codes_on_several_locks::create(&seam, &locks, "Jane", from, to).await;
        let codes = codes.unwrap();
        assert_eq!(codes.len(), 2);
        let extend = access_codes_on_several_locks::extend(&seam, &codes, from, to);
        extend.await.unwrap();
        let all = script.sent("/access_codes/update_multiple");
        let each = script.sent("/access_codes/update");
        assert_eq!((all.len(), each.len()), (together, single));
        for update in all.iter().chain(&each) {
            assert_eq!(update.body["starts_at"], "2030-06-01T15:00:00.000Z");
            assert_eq!(update.body["ends_at"], "2030-06-03T11:00:00.000Z");
        }
    }
}

#[tokio::test]
async fn a_backup_is_asked_for_only_where_the_lock_supports_it() {
    for supported in [true, false] {
        let script = Script::new();
        script.answer(CREATE, json!({"access_code": {"errors": []}}));
        let properties = json!({"supports_backup_access_code_pool": supported});
        let (seam, lock) = device(&script, json!({"properties": properties})).await;
        let (from, to) = (time("2030-06-01T15:00:00Z"), time("2030-06-03T11:00:00Z"));
        let code = backup_access_codes::create(&seam, &lock, "Jane", from, to).await;
        code.unwrap();
        let asked = script.sent(CREATE)[0].body["use_backup_access_code_pool"] == true;
        assert_eq!(asked, supported);
    }
}

#[tokio::test]
async fn a_backup_replaces_a_code_that_has_failed() {
    let failed = json!([{"message": "The keypad is full."}]);
    let outcome = async |own: seam::Value| {
        let script = Script::new();
        script.answer(GET, json!({"access_code": own})).answer(
            "/access_codes/pull_backup_access_code",
            json!({"access_code": {"code": "2468", "is_backup": true, "errors": []}}),
        );
        let id = "5ea3d00d-0000-4000-8000-000000000002".into();
        let code = backup_access_codes::working_code(&script.seam(), &id).await;
        code.map_err(|error| error.to_string())
    };
    let good = json!({"code": "1357", "errors": []});
    assert_eq!(outcome(good).await, Ok("1357".to_owned()));
    let replaced = json!({"errors": failed, "is_backup_access_code_available": true});
    assert_eq!(outcome(replaced).await, Ok("2468".to_owned()));
    let lost = json!({"errors": failed, "is_backup_access_code_available": false});
    assert_eq!(outcome(lost).await, Err("The keypad is full.".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn an_offline_code_is_waited_for_until_it_has_digits() {
    let script = Script::new();
    let pending = json!({"status": "setting", "code": null, "errors": []});
    script
        .answer(CREATE, json!({"access_code": pending}))
        .answer(
            GET,
            json!({"access_code": {"status": "set", "code": "86420", "errors": []}}),
        );
    let (seam, lock) = device(&script, json!({})).await;
    let (from, to) = (time("2030-06-01T15:00:00Z"), time("2030-06-03T11:00:00Z"));
    let code = offline_access_codes::create(&seam, &lock, from, to).await;
    assert_eq!(code.unwrap().code.as_deref(), Some("86420"));
    let sent = &script.sent(CREATE)[0].body;
    assert_eq!(sent["is_offline_access_code"], true);
    assert_eq!(sent["max_time_rounding"], "1day");
}

#[tokio::test]
async fn a_lock_without_offline_codes_is_not_asked() {
    let script = Script::new();
    let (seam, lock) = device(&script, json!({"can_program_offline_access_codes": false})).await;
    let (from, to) = (time("2030-06-01T15:00:00Z"), time("2030-06-03T11:00:00Z"));
    let code = offline_access_codes::create(&seam, &lock, from, to).await;
    assert!(code.unwrap_err().to_string().contains("no offline codes"));
    assert!(script.sent(CREATE).is_empty());
}

#[tokio::test(start_paused = true)]
async fn unmanaged_codes_are_converted_where_the_maker_allows_it() {
    let script = Script::new();
    let id = |number: u32| format!("5ea3d00d-0000-4000-8000-00000000000{number}");
    let can = json!({"access_code_id": id(1), "cannot_be_managed": ABSENT});
    let cannot = json!({"access_code_id": id(2), "cannot_be_managed": true});
    let pages = json!({"has_next_page": false, "next_page_cursor": null, "next_page_url": null});
    for codes in [json!([can, cannot]), json!([can, cannot]), json!([cannot])] {
        let body = json!({"access_codes": codes, "pagination": pages});
        script.answer("/access_codes/unmanaged/list", body);
    }
    script.answer("/access_codes/unmanaged/convert_to_managed", json!({}));
    let left = unmanaged_access_codes::manage_all(&script.seam(), "lock").await;
    let left: Vec<_> = left
        .unwrap()
        .into_iter()
        .map(|code| code.access_code_id)
        .collect();
    assert_eq!(left, [id(2)]);
    let converted = script.sent("/access_codes/unmanaged/convert_to_managed");
    assert_eq!(converted.len(), 1);
    assert_eq!(converted[0].body["access_code_id"], id(1));
    assert_eq!(script.sent("/access_codes/unmanaged/list").len(), 3);
}

#[tokio::test]
async fn times_of_chrono_and_time_are_sent_and_read_as_the_same_moments() {
    let script = Script::new();
    let ends = json!({"access_code": {"ends_at": "2030-06-03T11:00:00.25Z", "errors": []}});
    script.answer(CREATE, ends);
    let seam = script.seam();

    let start = chrono::DateTime::from_timestamp(1_900_000_000, 0).unwrap();
    let end = start + chrono::TimeDelta::days(2);
    let code = chrono_and_time::with_chrono(&seam, "lock", start, end)
        .await
        .unwrap();
    let back = chrono_and_time::to_chrono(code.ends_at.unwrap()).unwrap();
    assert_eq!(back.to_string(), "2030-06-03 11:00:00.250 UTC");

    let start = time::OffsetDateTime::from_unix_timestamp(1_900_000_000).unwrap();
    let end = start + time::Duration::days(2);
    let code = chrono_and_time::with_time(&seam, "lock", start, end)
        .await
        .unwrap();
    let back = chrono_and_time::to_time(code.ends_at.unwrap()).unwrap();
    assert_eq!(back.unix_timestamp_nanos(), 1_906_714_800_250_000_000);

    let sent = script.sent(CREATE);
    assert_eq!(sent[0].body["starts_at"], "2030-03-17T17:46:40.000Z");
    assert_eq!(sent[0].body, sent[1].body);
}
