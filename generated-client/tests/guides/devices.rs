//! Locks, thermostats, noise sensors, and simulated devices.

use std::cell::RefCell;
use std::time::Duration;

use seam::test::{Failure, FakeTransport};
use seam::{Device, ErrorKind, Event, Value};
use serde_json::json;

use crate::examples::{
    connect_and_unlock, locks, noise_sensors, sandbox, thermostat, thermostat_programs,
};
use crate::script::{ABSENT, Script};

const ID: &str = "5ea3d00d-0000-4000-8000-000000000001";
const GET: &str = "/devices/get";
const LIST: &str = "/devices/list";
const LOCK: &str = "/locks/lock_door";
const UNLOCK: &str = "/locks/unlock_door";
const WEBVIEW: &str = "/connect_webviews/get";

fn devices(changes: Value) -> Value {
    let pages = json!({"has_next_page": false, "next_page_cursor": null, "next_page_url": null});
    json!({"devices": changes, "pagination": pages})
}

async fn device(script: &Script, change: Value) -> Device {
    script.answer(GET, json!({"device": change}));
    script.seam().devices().get(ID).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_account_of_any_brand_is_waited_for_and_its_devices_listed() {
    for brand in ["yale", "schlage", "august", "smartthings"] {
        let script = Script::new();
        script
            .answer(
                "/connect_webviews/create",
                json!({"connect_webview": {"url": "https://w"}}),
            )
            .answer(WEBVIEW, json!({"connect_webview": {"status": "pending"}}))
            .answer(
                WEBVIEW,
                json!({"connect_webview": {"status": "authorized"}}),
            )
            .answer(LIST, devices(json!([{"display_name": "Door"}])));
        let shown = RefCell::new(Vec::new());
        let show = |url: &str| shown.borrow_mut().push(url.to_owned());
        let found = connect_and_unlock::connect(&script.seam(), brand, show)
            .await
            .unwrap();
        assert_eq!(found[0].display_name, "Door");
        assert_eq!(*shown.borrow(), ["https://w"]);
        assert_eq!(script.sent(WEBVIEW).len(), 2);
        let asked = &script.sent("/connect_webviews/create")[0].body;
        assert_eq!(asked["accepted_providers"], json!([brand]));
        assert_eq!(script.sent(LIST)[0].body["connected_account_id"], ID);
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_who_does_not_sign_in_ends_the_waiting() {
    for (status, said) in [
        ("failed", "could not sign in"),
        ("pending", "has not signed in"),
    ] {
        let script = Script::new();
        script
            .answer("/connect_webviews/create", json!({}))
            .answer(WEBVIEW, json!({"connect_webview": {"status": status}}));
        let found = connect_and_unlock::connect(&script.seam(), "yale", |_| ()).await;
        assert!(found.unwrap_err().to_string().contains(said));
    }
}

#[tokio::test]
async fn a_device_is_locked_and_unlocked_only_if_it_can() {
    let script = Script::new();
    script
        .succeed(LOCK, "LOCK_DOOR", json!({"was_confirmed_by_device": true}))
        .succeed(
            UNLOCK,
            "UNLOCK_DOOR",
            json!({"was_confirmed_by_device": false}),
        );
    let able = device(&script, json!({"display_name": "Door"})).await;
    let said = connect_and_unlock::lock_and_unlock(&script.seam(), &able)
        .await
        .unwrap();
    assert!(said.contains("not confirmed"), "{said}");

    let script = Script::new();
    let unable = device(&script, json!({"can_remotely_unlock": false})).await;
    let said = connect_and_unlock::lock_and_unlock(&script.seam(), &unable)
        .await
        .unwrap();
    assert!(said.contains("cannot"), "{said}");
    assert!(script.sent(LOCK).is_empty());
}

/// Two locks of different names, and what a command of the program makes of them.
async fn command(script: &Script, arguments: &[&str]) -> Result<String, (String, u8)> {
    let doors = json!([
        {"device_id": ID, "display_name": "Front", "properties": {"locked": true}},
        {"display_name": "Twin", "properties": {"locked": ABSENT}},
        {"device_id": "5ea3d00d-0000-4000-8000-000000000002", "display_name": "Twin"},
        {"display_name": "Lamp", "can_remotely_lock": ABSENT, "can_remotely_unlock": ABSENT},
    ]);
    script.answer(LIST, devices(doors));
    locks::run(&script.seam(), arguments).await
}

#[tokio::test]
async fn the_command_line_lists_locks_and_unlocks() {
    let script = Script::new();
    script
        .succeed(LOCK, "LOCK_DOOR", json!({}))
        .succeed(UNLOCK, "UNLOCK_DOOR", json!({}));
    let listed = command(&script, &["list"]).await.unwrap();
    assert!(
        listed.contains(&format!("{ID}\tlocked\tFront\n")),
        "{listed}"
    );
    assert!(!listed.contains("Lamp"));
    assert_eq!(
        command(&script, &["lock", "Front"]).await.unwrap(),
        "locked Front\n"
    );
    assert_eq!(command(&script, &["unlock", ID]).await.unwrap_err().1, 2);
    assert_eq!(
        command(&script, &["unlock", "Front"]).await.unwrap(),
        "unlocked Front\n"
    );
    assert_eq!(script.sent(UNLOCK)[0].body["device_id"], ID);
}

#[tokio::test(start_paused = true)]
async fn the_exit_code_says_whether_the_door_may_have_moved() {
    let code =
        async |script: &Script, arguments: &[&str]| command(script, arguments).await.unwrap_err().1;
    let script = Script::new();
    for wrong in [&["open"][..], &["lock", "Nowhere"], &["lock", "Twin"]] {
        assert_eq!(code(&script, wrong).await, 2);
    }
    assert!(script.sent(LOCK).is_empty());

    let script = Script::new();
    script.fail(LOCK, "LOCK_DOOR", "device_disconnected");
    assert_eq!(code(&script, &["lock", "Front"]).await, 1);

    let script = Script::new();
    script
        .pend(LOCK, "LOCK_DOOR")
        .pend("/action_attempts/get", "LOCK_DOOR");
    assert_eq!(code(&script, &["lock", "Front"]).await, 4);

    for (status, expected) in [(429, 5), (408, 4), (500, 4), (504, 4), (403, 1), (404, 2)] {
        let script = Script::new();
        script.refuse(LOCK, status, "refused");
        assert_eq!(code(&script, &["lock", "Front"]).await, expected);
    }

    for (failure, expected) in [(Failure::Cut, 4), (Failure::Connect, 5)] {
        let script = Script::new();
        script.break_at(LOCK, failure);
        assert_eq!(code(&script, &["lock", "Front"]).await, expected);
    }

    let fake = FakeTransport::new();
    fake.refuse(LIST, 401, "unauthorized", "No such key.");
    assert_eq!(locks::run(&fake.seam(), &["list"]).await.unwrap_err().1, 3);
    let fake = FakeTransport::new();
    fake.fail(LIST, Failure::Cut);
    assert_eq!(locks::run(&fake.seam(), &["list"]).await.unwrap_err().1, 5);
}

#[tokio::test(start_paused = true)]
async fn a_thermostat_heats_and_its_mode_is_read_back() {
    let script = Script::new();
    script.pend("/thermostats/heat", "SET_HVAC_MODE").succeed(
        "/action_attempts/get",
        "SET_HVAC_MODE",
        json!({}),
    );
    let setting = json!({"hvac_mode_setting": "heat"});
    let change =
        json!({"display_name": "Hall", "properties": {"current_climate_setting": setting}});
    let hall = device(&script, change).await;
    let said = thermostat::warm(&script.seam(), &hall, 20.0).await.unwrap();
    assert_eq!(said, "Hall is set to heat");
    let sent = &script.sent("/thermostats/heat")[0].body;
    assert_eq!(sent["heating_set_point_celsius"], 20);

    let script = Script::new();
    let cold = device(
        &script,
        json!({"display_name": "Hall", "can_hvac_heat": false}),
    )
    .await;
    let said = thermostat::warm(&script.seam(), &cold, 20.0).await.unwrap();
    assert_eq!(said, "Hall cannot heat");
}

fn presets(keys: &[&str]) -> Value {
    let presets = keys.iter().map(|key| json!({"climate_preset_key": key}));
    json!({"properties": {"available_climate_presets": presets.collect::<Vec<_>>()}})
}

#[tokio::test]
async fn a_preset_is_made_once_and_becomes_the_fallback() {
    for (keys, made) in [(&[][..], 1), (&["away"], 0)] {
        let script = Script::new();
        script
            .answer("/thermostats/create_climate_preset", json!({}))
            .answer("/thermostats/set_fallback_climate_preset", json!({}));
        let hall = device(&script, presets(keys)).await;
        assert!(thermostat::away(&script.seam(), &hall).await.unwrap());
        assert_eq!(
            script.sent("/thermostats/create_climate_preset").len(),
            made
        );
        let fallback = &script.sent("/thermostats/set_fallback_climate_preset")[0];
        assert_eq!(fallback.body["climate_preset_key"], "away");
    }
    let script = Script::new();
    let hall = device(&script, json!({"can_hvac_heat_cool": false})).await;
    assert!(!thermostat::away(&script.seam(), &hall).await.unwrap());
}

#[tokio::test]
async fn a_weekly_program_uses_presets_that_exist() {
    const PROGRAM: &str = "/thermostats/daily_programs/create";
    const WEEK: &str = "/thermostats/update_weekly_program";
    let script = Script::new();
    let id = |id: &str| json!({"thermostat_daily_program": {"thermostat_daily_program_id": id}});
    let weekend = "5ea3d00d-0000-4000-8000-000000000002";
    script
        .answer(PROGRAM, id(ID))
        .answer(PROGRAM, id(weekend))
        .answer("/thermostats/schedules/create", json!({}))
        .succeed(WEEK, "PUSH_THERMOSTAT_PROGRAMS", json!({}));
    let seam = script.seam();
    let hall = device(&script, presets(&["home", "away"])).await;
    thermostat_programs::week(&seam, &hall, "home", "away")
        .await
        .unwrap();
    let week = &script.sent(WEEK)[0].body;
    assert_eq!(
        (&week["friday_program_id"], &week["saturday_program_id"]),
        (&json!(ID), &json!(weekend))
    );
    let periods = &script.sent(PROGRAM)[0].body["periods"];
    assert_eq!(
        periods[1],
        json!({"climate_preset_key": "away", "starts_at_time": "22:00:00"})
    );

    let (from, to) = (
        "2030-06-01T15:00:00Z".parse().unwrap(),
        "2030-06-03T11:00:00Z".parse().unwrap(),
    );
    thermostat_programs::schedule(&seam, &hall, "home", from, to)
        .await
        .unwrap();
    let schedule = &script.sent("/thermostats/schedules/create")[0].body;
    assert_eq!(schedule["starts_at"], "2030-06-01T15:00:00.000Z");
    assert_eq!(schedule["max_override_period_minutes"], 90);

    let unknown = thermostat_programs::week(&seam, &hall, "home", "sleep").await;
    assert!(unknown.unwrap_err().to_string().contains("no preset sleep"));
    assert_eq!(script.sent(PROGRAM).len(), 2);
}

#[tokio::test]
async fn quiet_hours_are_created_once_and_changed_afterwards() {
    const CREATE: &str = "/noise_sensors/noise_thresholds/create";
    const UPDATE: &str = "/noise_sensors/noise_thresholds/update";
    const FIND: &str = "/noise_sensors/noise_thresholds/list";
    let script = Script::new();
    let quiet =
        json!({"noise_thresholds": [{"name": "Quiet hours", "noise_threshold_decibels": 70}]});
    script
        .answer(FIND, json!({"noise_thresholds": [{"name": "The maker's"}]}))
        .answer(FIND, quiet)
        .answer(CREATE, json!({}))
        .answer(UPDATE, json!({}));
    let sensor = device(&script, json!({})).await;
    let seam = script.seam();
    for _ in 0..2 {
        let hours = noise_sensors::quiet_hours(&seam, &sensor, "Europe/Paris", 70.0).await;
        assert_eq!(hours.unwrap().noise_threshold_decibels, 70.0);
    }
    let (created, updated) = (script.sent(CREATE), script.sent(UPDATE));
    assert_eq!((created.len(), updated.len()), (1, 1));
    assert_eq!(created[0].body["starts_daily_at"], "22:00:00[Europe/Paris]");
    assert_eq!(created[0].body["ends_daily_at"], "07:00:00[Europe/Paris]");
}

#[test]
fn a_message_is_made_of_events_about_noise_only() {
    let event = |kind: &str, level: Value| -> Event {
        let event = json!({"event_type": kind, "device_id": "d1", "noise_level_decibels": level});
        serde_json::from_value(event).unwrap()
    };
    let kind = "noise_sensor.noise_threshold_triggered";
    let message = |event: Event| noise_sensors::message(&event);
    assert_eq!(
        message(event(kind, json!(81.5))).as_deref(),
        Some("d1 hears 81.5 dB")
    );
    assert_eq!(
        message(event(kind, json!(null))).as_deref(),
        Some("d1 hears too much noise")
    );
    assert_eq!(message(event("device.connected", json!(1))), None);
}

#[tokio::test(start_paused = true)]
async fn an_unplugged_device_shows_its_error_and_comes_back() {
    let script = Script::new();
    let lock = device(&script, json!({"properties": {"online": true}})).await;
    let offline = json!({"properties": {"online": false}, "errors": [{"message": "Offline."}]});
    script
        .answer(GET, json!({"device": {"properties": {"online": true}}}))
        .answer(GET, json!({"device": offline}))
        .answer(GET, json!({"device": {"properties": {"online": true}}}))
        .answer("/devices/simulate/disconnect", json!({}))
        .answer("/devices/simulate/connect", json!({}));
    let error = sandbox::unplug(&script.seam(), &lock).await.unwrap();
    assert_eq!(error, "Offline.");
    assert_eq!(script.sent("/devices/simulate/connect").len(), 1);

    let script = Script::new();
    let real = device(&script, json!({"can_simulate_disconnection": ABSENT})).await;
    assert!(sandbox::unplug(&script.seam(), &real).await.is_err());
    assert!(script.sent("/devices/simulate/disconnect").is_empty());
}

#[tokio::test(start_paused = true)]
async fn only_a_sandbox_is_reset_and_the_reset_is_waited_for() {
    const RESET: &str = "/workspaces/reset_sandbox";
    for is_sandbox in [true, false] {
        let script = Script::new();
        script
            .answer(
                "/workspaces/get",
                json!({"workspace": {"is_sandbox": is_sandbox}}),
            )
            .pend(RESET, "RESET_SANDBOX_WORKSPACE")
            .succeed("/action_attempts/get", "RESET_SANDBOX_WORKSPACE", json!({}));
        let began = tokio::time::Instant::now();
        assert_eq!(sandbox::reset(&script.seam()).await.is_ok(), is_sandbox);
        assert_eq!(script.sent(RESET).len(), usize::from(is_sandbox));
        assert!(began.elapsed() < Duration::from_secs(60));
    }
    // A reset that does not end is an error that says so.
    let script = Script::new();
    script
        .answer(
            "/workspaces/get",
            json!({"workspace": {"is_sandbox": true}}),
        )
        .pend(RESET, "RESET_SANDBOX_WORKSPACE")
        .pend("/action_attempts/get", "RESET_SANDBOX_WORKSPACE");
    let error = sandbox::reset(&script.seam()).await.unwrap_err();
    let error = error.downcast::<seam::Error>().unwrap();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptTimedOut);
}
