//! The Kwikset guide, as calls and as the example's program.

use seam::Timestamp;
use serde_json::json;

use crate::fake::{Fake, KWIKSET, cargo};

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn the_kwikset_guide_works() {
    let fake = Fake::start();
    let seam = fake.seam();

    let webview = seam
        .connect_webviews()
        .create()
        .accepted_providers(["kwikset"])
        .await
        .unwrap();
    assert!(
        webview.url.contains(webview.connect_webview_id.as_str()),
        "{}",
        webview.url
    );
    let webview = seam.connect_webviews().get(&webview).await.unwrap();
    assert!(!webview.login_successful);
    assert_eq!(webview.accepted_providers, ["kwikset"]);

    let locks = seam.locks().list().await.unwrap();
    assert_eq!(locks[0].properties.locked, Some(false));
    let lock = seam.devices().get(fake.device_id(KWIKSET)).await.unwrap();
    assert_eq!(lock.display_name, "Kwikset Halo");

    for lock in [&lock, &locks[0]] {
        let attempt = seam.locks().lock_door(lock).await.unwrap();
        assert!(attempt.result().is_some());
        assert_eq!(
            seam.devices().get(lock).await.unwrap().properties.locked,
            Some(true)
        );
        seam.locks().unlock_door(&lock.device_id).await.unwrap();
        assert_eq!(
            seam.devices().get(lock).await.unwrap().properties.locked,
            Some(false)
        );
    }

    let ongoing = seam
        .access_codes()
        .create(&lock)
        .code("123456")
        .name("Personal Access Code")
        .await
        .unwrap();
    let bound = seam
        .access_codes()
        .create(&lock)
        .code("888888")
        .name("My Temp Access Code")
        .starts_at("2099-08-12T19:23:42+0000")
        .ends_at("2099-08-13T19:23:42+0000")
        .await
        .unwrap();
    let codes = seam.access_codes().list().device_id(&lock).await.unwrap();
    assert_eq!(codes.len(), 2);
    let code = |id| codes.iter().find(|code| code.access_code_id == id).unwrap();

    let ongoing = code(ongoing.access_code_id);
    assert_eq!(ongoing.code.as_deref(), Some("123456"));
    assert_eq!(ongoing.name.as_deref(), Some("Personal Access Code"));
    assert_eq!(
        (ongoing.r#type.as_str(), ongoing.starts_at, ongoing.ends_at),
        ("ongoing", None, None)
    );

    let bound = code(bound.access_code_id);
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(bound.code.as_deref(), Some("888888"));
    assert_eq!(bound.r#type, "time_bound");
    assert_eq!(bound.starts_at, Some(time("2099-08-12T19:23:42Z")));
    assert_eq!(bound.ends_at, Some(time("2099-08-13T19:23:42Z")));
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_completed_webview_brings_an_account_and_its_devices() {
    let fake = Fake::start();
    let seam = fake.seam();
    let before = seam.devices().list().await.unwrap().len();
    let create = seam.connect_webviews().create();
    let webview = create.accepted_providers(["august"]).await.unwrap();
    let id = json!({"connect_webview_id": webview.connect_webview_id});
    fake.post("/_fake/complete_connect_webview", &id);

    let webview = seam.connect_webviews().get(&webview).await.unwrap();
    assert_eq!(webview.status, "authorized");
    let account = webview.connected_account_id.unwrap();
    let account = seam.connected_accounts().get(account).await.unwrap();
    let devices = seam.devices().list().connected_account_id(&account);
    assert_eq!(devices.await.unwrap().len(), 1);
    assert_eq!(seam.devices().list().await.unwrap().len(), before + 1);
}

#[test]
#[ignore = "needs the fake server: cargo xtask e2e"]
fn the_example_runs_through() {
    let fake = Fake::start();
    let output = cargo()
        .args(["run", "--quiet", "--all-features"])
        .args(["--example", "kwikset_halo"])
        .env("SEAM_API_KEY", fake.fact("api_key"))
        .env("SEAM_ENDPOINT", fake.fact("endpoint"))
        .env_remove("SEAM_PERSONAL_ACCESS_TOKEN")
        .output()
        .unwrap();
    let (said, complaint) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{said}{complaint}");
    for line in [
        "Signed in: false",
        "Locked Front Door",
        "Unlocked Front Door",
        "Personal Access Code: 123456 (ongoing",
    ] {
        assert!(said.contains(line), "{said}");
    }
}
