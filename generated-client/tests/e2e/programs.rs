//! The programs in `examples/`, as far as the fake has their calls. `tests/guides` runs the others.

use std::path::PathBuf;
use std::process::Command;

use seam::{ErrorKind, Timestamp};
use serde_json::json;

use crate::fake::{Fake, KWIKSET, cargo};

macro_rules! programs {
    ($($name:ident $path:literal)*) => { $(
        #[path = $path]
        #[allow(dead_code, reason = "`main` and what the fake does not have")]
        mod $name;
    )* };
}

programs! {
    access_codes "../../examples/access_codes.rs"
    access_codes_on_several_locks "../../examples/access_codes_on_several_locks.rs"
    chrono_and_time "../../examples/chrono_and_time.rs"
    client_sessions "../../examples/client_sessions.rs"
    connect_and_unlock "../../examples/connect_and_unlock.rs"
    poll_events "../../examples/poll_events.rs"
}

/// The Yale lock of the fake's workspace.
const YALE: usize = 1;

fn times() -> (Timestamp, Timestamp) {
    let time = |text: &str| text.parse().unwrap();
    (time("2099-06-01T15:00:00Z"), time("2099-06-03T11:00:00Z"))
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn an_account_is_connected_while_the_program_waits() {
    let fake = Fake::start();
    let seam = fake.seam();
    let sign_in = |url: &str| {
        let (_, id) = url.split_once("connect_webview_id=").unwrap();
        let id = id.split('&').next().unwrap();
        fake.post(
            "/_fake/complete_connect_webview",
            &json!({"connect_webview_id": id}),
        );
    };
    let devices = connect_and_unlock::connect(&seam, "august", sign_in)
        .await
        .unwrap();
    assert_eq!(devices.len(), 1);
    // The fake gives this device no capability.
    let said = connect_and_unlock::lock_and_unlock(&seam, &devices[0])
        .await
        .unwrap();
    assert!(said.contains("cannot"), "{said}");
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_lock_that_can_is_locked_and_unlocked_and_the_events_are_polled() {
    let fake = Fake::start();
    let seam = fake.seam();
    let mut poller = poll_events::Poller::new(Timestamp::now());
    poller.poll(&seam).await.unwrap();
    let lock = seam.devices().get(fake.device_id(YALE)).await.unwrap();
    let said = connect_and_unlock::lock_and_unlock(&seam, &lock)
        .await
        .unwrap();
    assert_eq!(said, "Front Door: locked and unlocked");
    let events = poller.poll(&seam).await.unwrap();
    let mut said: Vec<String> = events.iter().map(poll_events::describe).collect();
    said.sort();
    let device = fake.device_id(YALE);
    assert_eq!(
        said,
        [
            format!("{device} is locked"),
            format!("{device} is unlocked")
        ]
    );
    assert!(poller.poll(&seam).await.unwrap().is_empty());
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn access_codes_of_a_stay_are_made_on_one_lock_and_on_several() {
    let fake = Fake::start();
    let seam = fake.seam();
    let (from, to) = times();
    let lock = seam.devices().get(fake.device_id(KWIKSET)).await.unwrap();
    let code = access_codes::time_bound(&seam, &lock, "Jane", from, to)
        .await
        .unwrap();
    assert_eq!((code.starts_at, code.ends_at), (Some(from), Some(to)));

    let locks = [1, 2].map(|index| fake.device_id(index).to_owned());
    let codes = access_codes_on_several_locks::create(&seam, &locks, "Jane", from, to);
    let codes = codes.await.unwrap();
    assert_eq!(codes.len(), 2);
    assert_eq!(codes[0].code, codes[1].code);
    assert!(codes[0].common_code_key.is_some());
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_code_that_the_lock_has_already_is_refused_in_words() {
    let fake = Fake::start();
    let seam = fake.seam();
    let lock = seam.devices().get(fake.device_id(KWIKSET)).await.unwrap();
    seam.access_codes()
        .create(&lock)
        .code("7391")
        .await
        .unwrap();
    let code = access_codes::ongoing(&seam, &lock, "Cleaner", "7391").await;
    let error = code.unwrap_err().to_string();
    assert!(error.contains("choose another"), "{error}");
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn times_of_other_crates_come_back_as_they_were_sent() {
    let fake = Fake::start();
    let seam = fake.seam();
    let (from, to) = times();
    let lock = fake.device_id(KWIKSET);
    let [start, end] = [from, to].map(|time| chrono_and_time::to_chrono(time).unwrap());
    let code = chrono_and_time::with_chrono(&seam, lock, start, end)
        .await
        .unwrap();
    assert_eq!((code.starts_at, code.ends_at), (Some(from), Some(to)));
    let [start, end] = [from, to].map(|time| chrono_and_time::to_time(time).unwrap());
    let code = chrono_and_time::with_time(&seam, lock, start, end)
        .await
        .unwrap();
    assert_eq!((code.starts_at, code.ends_at), (Some(from), Some(to)));
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_user_connects_an_account_with_a_session_of_their_own() {
    let fake = Fake::start();
    let key = fake.fact("publishable_key");
    let client = client_sessions::sign_in_with(key, "4d0f6a0c-user")
        .endpoint(fake.fact("endpoint"))
        .build()
        .unwrap();
    let webview = client_sessions::connect(&client).await.unwrap();
    assert_eq!(webview.status, "pending");

    let wrong = client_sessions::sign_in_with(fake.fact("api_key"), "4d0f6a0c-user").build();
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Config);
}

/// Builds the command-line program, and returns where it is.
fn build_locks() -> PathBuf {
    let status = cargo()
        .args(["build", "--quiet", "--all-features", "--example", "locks"])
        .status()
        .unwrap();
    assert!(status.success());
    // This test is in `deps`, beside `examples`.
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join("examples/locks")
}

#[test]
#[ignore = "needs the fake server: cargo xtask e2e"]
fn the_command_line_program_lists_locks_and_unlocks() {
    let fake = Fake::start();
    let key = fake.fact("api_key");
    let id = fake.device_id(YALE);
    let program = build_locks();
    // Runs the program with a key; returns the exit code and what it says.
    let run = |key: &str, arguments: &[&str]| {
        let output = Command::new(&program)
            .args(arguments)
            .env("SEAM_API_KEY", key)
            .env("SEAM_ENDPOINT", fake.fact("endpoint"))
            .env_remove("SEAM_PERSONAL_ACCESS_TOKEN")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, said) = run(key, &["list"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains(&format!("{id}\tunlocked\tFront Door\n")),
        "{said}"
    );
    let done = run(key, &["lock", "Front Door"]);
    assert_eq!(done, (Some(0), "locked Front Door\n".to_owned()));
    assert!(run(key, &["list"]).1.contains("\tlocked\tFront Door\n"));
    let done = run(key, &["unlock", id]);
    assert_eq!(done, (Some(0), "unlocked Front Door\n".to_owned()));

    assert_eq!(run(key, &["lock", "Nowhere"]).0, Some(2));
    assert_eq!(run("seam_wrong_key", &["list"]).0, Some(3));
    fake.outage(&["/devices/list"]);
    assert_eq!(run(key, &["list"]).0, Some(5));
}
