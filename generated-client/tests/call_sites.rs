//! The call sites that the design promises: that they compile is most of the test.
#![cfg(feature = "documented")]

use std::time::Duration;

use seam::{Device, Event, Null, Seam};
use serde_json::json;

fn seam() -> Seam {
    Seam::builder()
        .api_key("seam_call_sites_key")
        .build()
        .expect("a key of the right form")
}

/// Never sent: what counts is that callers can write it.
#[expect(dead_code, reason = "it is compiled, and that is the test")]
async fn the_guide(seam: Seam) -> Result<(), seam::Error> {
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

    match seam.events().get(id).await? {
        Event::LockUnlocked(event) => println!("{}", event.workspace_id),
        Event::Unknown(raw) => println!("{raw:?}"),
        other => println!("{} {}", other.event_type(), other.event_id()),
    }
    Ok(())
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
