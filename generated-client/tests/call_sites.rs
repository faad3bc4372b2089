//! The call sites that the design promises: that they compile is most of the test.
#![cfg(feature = "documented")]
#![allow(clippy::needless_borrows_for_generic_args, reason = "callers do that")]

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use seam::action_attempt::Status;
use seam::device::WarningCode;
use seam::event::EventType;
use seam::{AccessCode, Device, DeviceId, Endpoint, ErrorKind, Null, Request, Seam, Timestamp};
use serde_json::json;

fn seam() -> Seam {
    Seam::builder()
        .api_key("seam_call_sites_key")
        .build()
        .expect("a key of the right form")
}

/// Never sent: what counts is that callers can write it.
#[expect(dead_code, reason = "it is compiled, and that is the test")]
async fn the_guide(seam: Seam) -> seam::Result<()> {
    let webview = seam
        .connect_webviews()
        .create()
        .accepted_providers(["kwikset"])
        .await?;
    let webview = seam.connect_webviews().get(&webview).await?;
    assert!(webview.login_successful);

    let locks = seam.locks().list().await?;
    let lock = &locks[0];
    assert_eq!(lock.properties.locked, Some(true));
    seam.locks().lock_door(lock).await?;
    seam.locks().unlock_door(lock).await?;

    let code = seam
        .access_codes()
        .create(lock)
        .code("888888")
        .name("My Temp Access Code")
        .starts_at("2028-08-12T19:23:42+0000")
        .ends_at("2028-08-13T19:23:42+0000")
        .await?;
    let codes = seam.access_codes().list().device_id(lock).await?;
    assert!(codes.contains(&code));
    seam.access_codes().update(&code).ends_at(Null).await?;
    Ok(())
}

#[expect(dead_code, reason = "it is compiled, and that is the test")]
async fn what_callers_meet_besides(seam: Seam, id: &str) -> Result<(), seam::Error> {
    let patience = Duration::from_secs(5);
    let attempt = seam.locks().unlock_door(id).no_wait().await?;
    let attempt = attempt.wait(&seam).timeout(patience).await?;
    let _: Option<&seam::action_attempt::UnlockDoor> = attempt.result();

    let reply = seam
        .devices()
        .get(id)
        .timeout(patience)
        .header("x-trace", "1")
        .send()
        .await?;
    let _: (Option<&str>, &Device) = (reply.request_id(), &reply.value);

    let mut devices = seam.devices().list().limit(100).stream();
    while let Some(device) = devices.next().await {
        println!("{}", device?.display_name);
    }
    let _: Vec<Device> = seam.devices().list().all().await?;

    let event = seam.events().get(id).await?;
    match &event.event_type {
        EventType::LockUnlocked { device_id, .. } => println!("{device_id:?}"),
        EventType::Unknown(raw) => println!("{raw}"),
        other => println!("{} {}", other.as_str(), event.event_id),
    }
    let _: Option<&DeviceId> = event.device_id();
    for warning in &reply.value.warnings {
        match &warning.warning_code {
            WarningCode::MaxAccessCodesReached {
                active_access_code_count,
                ..
            } => println!("{active_access_code_count}"),
            _ => println!("{} {}", warning.message, warning.created_at),
        }
    }
    let _: Option<&seam::Value> = reply.value.extra().get("brand_new");
    Ok(())
}

/// Whatever a caller has at hand names a device, a time, a number.
#[expect(dead_code, reason = "it is compiled, and that is the test")]
async fn what_is_at_hand(
    seam: Seam,
    devices: Vec<Device>,
    code: AccessCode,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let locks = seam.locks();
    for lock in &devices {
        locks.lock_door(lock).await?;
        locks.lock_door(&lock).await?;
        locks.lock_door(&lock.device_id).await?;
        locks.lock_door(lock.device_id.clone()).await?;
    }
    let text = "d1".to_owned();
    for text in [&text, &text] {
        locks.lock_door(text).await?;
    }
    locks.lock_door(text.clone()).await?;
    locks.lock_door(Cow::from(text)).await?;
    for text in &["d1", "d2"] {
        locks.lock_door(text).await?;
    }

    let ids: Vec<DeviceId> = devices
        .iter()
        .map(|device| device.device_id.clone())
        .collect();
    let codes = seam.access_codes();
    codes.create_multiple(&devices).await?;
    codes.create_multiple(&devices[1..]).await?;
    codes.create_multiple(&ids).await?;
    codes.create_multiple(ids.iter().take(2)).await?;
    codes.create_multiple(["d1", "d2"]).await?;
    codes.create_multiple(&["d1", "d2"]).await?;
    codes.create_multiple(vec!["d1".to_owned()]).await?;
    codes.create_multiple(ids).await?;
    let webviews = seam.connect_webviews();
    webviews.create().accepted_providers(&["kwikset"]).await?;
    webviews.create().accepted_providers(vec!["yale"]).await?;

    let now = Timestamp::now();
    let zoned = now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    codes.create("d1").starts_at(now).ends_at(&zoned).await?;
    codes.create("d1").starts_at(SystemTime::now()).await?;
    codes.update(&code).starts_at("2028-08-12T19:23Z").await?;
    if let Some(end) = code.ends_at {
        codes.update(&code).starts_at(end).ends_at(Null).await?;
    }
    seam.events().list().since(now).await?;

    let limits = (10_usize, 10_u64, 10_i64);
    seam.devices().list().limit(limits.0).await?;
    seam.devices().list().limit(limits.1).await?;
    seam.devices().list().limit(limits.2).await?;

    let webhook = seam.webhooks().create("https://example.com").await?;
    seam.webhooks().delete(&webhook).await?;
    let workspace = seam.workspaces().get().await?;
    seam.devices().list().workspace(&workspace).await?;
    let id = workspace.workspace_id;
    seam.devices().list().workspace(&id).await?;
    seam.devices().list().workspace(id.as_str()).await?;
    seam.devices().list().workspace(String::from(&id)).await?;
    seam.devices().list().workspace(id).await?;
    Ok(())
}

/// Calls are values: they can be kept, sent on other threads, and handed to functions that know nothing of them.
#[expect(dead_code, reason = "it is compiled, and that is the test")]
async fn calls_are_values(seam: Seam, devices: Vec<Device>) -> Result<(), seam::Error> {
    struct Later(seam::locks::LockDoor);

    async fn with_request_id<E: Endpoint>(
        request: Request<E>,
    ) -> Result<(E::Output, Option<String>), seam::Error> {
        let reply = request.send().await?;
        let id = reply.request_id().map(str::to_owned);
        Ok((reply.into_value(), id))
    }

    let later = Later(seam.locks().lock_door("d1"));
    later.0.clone().await?;
    with_request_id(later.0).await?;
    let mut tasks = tokio::task::JoinSet::new();
    for device in devices {
        let seam = seam.clone();
        tasks.spawn(async move { seam.locks().unlock_door(device).await });
    }
    while let Some(unlocked) = tasks.join_next().await {
        match unlocked.expect("no task panics")?.status {
            Status::Success(result) => println!("{:?}", result.was_confirmed_by_device),
            Status::Error(failure) => println!("{}: {}", failure.code, failure.message),
            other => println!("{other:?}"),
        }
    }
    Ok(())
}

/// What a caller can tell apart when a call fails.
#[expect(dead_code, reason = "it is compiled, and that is the test")]
fn what_went_wrong(error: &seam::Error) -> String {
    match error.kind() {
        ErrorKind::RateLimited => format!("wait {:?}", error.retry_after()),
        ErrorKind::InvalidInput => error
            .validation_errors()
            .iter()
            .map(|(parameter, faults)| format!("{parameter}: {}", faults.join(", ")))
            .collect(),
        ErrorKind::ActionAttemptFailed | ErrorKind::ActionAttemptTimedOut => {
            let attempt = error.action_attempt();
            attempt.map_or_else(String::new, |attempt| attempt.action_type.clone())
        }
        _ if error.is_retryable() => "later".to_owned(),
        _ => format!("{error} {:?} {:?}", error.status(), error.code()),
    }
}

#[test]
fn a_request_can_be_looked_at() {
    let request = seam().locks().unlock_door("d1");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(request.path(), "/locks/unlock_door");
    assert_eq!(request.body(), Some(json!({"device_id": "d1"})));
}

#[test]
fn a_call_is_named_by_its_path() {
    let seam = seam();
    let request = seam
        .acs()
        .access_groups()
        .add_user("group")
        .acs_user_id("user");
    assert_eq!(request.path(), "/acs/access_groups/add_user");
    assert_eq!(
        request.body(),
        Some(json!({ "acs_access_group_id": "group", "acs_user_id": "user" }))
    );
}

#[test]
fn each_key_of_a_call_has_a_method() {
    let seam = seam();
    let by_id = seam.connected_accounts().get("account");
    assert_eq!(
        by_id.body(),
        Some(json!({ "connected_account_id": "account" }))
    );
    let by_email = seam.connected_accounts().get_by_email("jane@example.com");
    assert_eq!(
        by_email.body(),
        Some(json!({ "email": "jane@example.com" }))
    );
    let delete = seam
        .access_methods()
        .delete_by_reservation_key("reservation");
    assert_eq!(
        delete.body(),
        Some(json!({ "reservation_key": "reservation" }))
    );
    let by_name = seam.devices().get_by_name("Front Door");
    assert_eq!(by_name.body(), Some(json!({ "name": "Front Door" })));
}

#[test]
fn a_body_of_branches_takes_an_enum() {
    use seam::thermostats::set_hvac_mode::HvacModeSetting;
    use seam::thermostats::set_hvac_mode::hvac_mode_setting::Cool;

    let cool = HvacModeSetting::Cool(Cool::new().cooling_set_point_celsius(21));
    let request = seam().thermostats().set_hvac_mode("thermostat", cool);
    assert_eq!(
        request.body(),
        Some(json!({
            "device_id": "thermostat",
            "hvac_mode_setting": "cool",
            "cooling_set_point_celsius": 21,
        }))
    );
}

#[test]
fn null_is_sent_and_what_is_left_out_is_not() {
    let seam = seam();
    let cleared = seam.access_codes().update("code").ends_at(Null);
    assert_eq!(
        cleared.body(),
        Some(json!({ "access_code_id": "code", "ends_at": null }))
    );
    let kept = seam.access_codes().update("code").name("Guest");
    assert_eq!(
        kept.body(),
        Some(json!({ "access_code_id": "code", "name": "Guest" }))
    );
}

/// `None` leaves a parameter out, also one that was set before. Only `Null` clears a value.
#[test]
fn an_optional_parameter_takes_an_option_and_none_leaves_it_out() {
    let seam = seam();
    let (name, code, device): (Option<String>, Option<&str>, Option<DeviceId>) =
        (Some("Front desk".to_owned()), Some("1234"), None);
    let ends_at: Option<Timestamp> = None;
    let create = seam.access_codes().create("d1");
    let create = create.name(name.clone()).code(code).ends_at(ends_at);
    let expected = json!({"device_id": "d1", "name": "Front desk", "code": "1234"});
    assert_eq!(create.body().unwrap(), expected);
    let create = create.name(None::<&str>).code(name.as_deref());
    let expected = json!({"device_id": "d1", "code": "Front desk"});
    assert_eq!(create.body().unwrap(), expected);

    let list = seam.access_codes().list().device_id(device);
    assert_eq!(list.body(), Some(json!({})));
    let device = Device::default();
    let list = list.device_id(Some(&device)).limit(Some(2));
    assert_eq!(list.body(), Some(json!({"device_id": "", "limit": 2})));

    let update = seam.access_codes().update("a1");
    let update = update.ends_at(ends_at).starts_at(Some("2028-08-12"));
    let expected = json!({"access_code_id": "a1", "starts_at": "2028-08-12"});
    assert_eq!(update.body().unwrap(), expected);
    let cleared = update.ends_at(Null).starts_at(Some(Null));
    let expected = json!({"access_code_id": "a1", "starts_at": null, "ends_at": null});
    assert_eq!(cleared.body().unwrap(), expected);
}
