//! The client against a real server: Seam's own fake of its API (`tests/e2e`).
//!
//! Needs Node and `npm ci` in `tests/e2e`, so it runs when `SEAM_E2E` is 1. Each test has a server of its own.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(feature = "documented")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use seam::{ErrorKind, RetryPolicy, Seam, Timestamp, Value};

const KWIKSET: usize = 0;
const UNKNOWN_DEVICE: &str = "5ea3d00d-0000-4000-8000-00000000ffff";

/// A running fake. It ends with this value.
struct Fake {
    process: Child,
    facts: Value,
}

impl Fake {
    /// Starts a fake; `None`, and says so, where the suite is not asked for.
    fn start() -> Option<Self> {
        if std::env::var("SEAM_E2E").as_deref() != Ok("1") {
            eprintln!("skipped: set SEAM_E2E=1 to run the end-to-end tests");
            return None;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e");
        assert!(
            folder.join("node_modules").is_dir(),
            "run `npm ci` in generated-client/tests/e2e first"
        );
        let mut process = Command::new("node")
            .arg("server.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the end-to-end tests need Node: `node` cannot be started");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let facts = serde_json::from_str(&line)
            .expect("the fake ended before it was ready; its message stands above");
        Some(Self { process, facts })
    }

    fn fact(&self, name: &str) -> &str {
        self.facts[name].as_str().unwrap()
    }

    fn device_id(&self, index: usize) -> &str {
        self.facts["device_ids"][index].as_str().unwrap()
    }

    fn seam(&self) -> Seam {
        Seam::builder()
            .api_key(self.fact("api_key"))
            .endpoint(self.fact("endpoint"))
            .build()
            .unwrap()
    }

    /// Calls one of the fake's own endpoints, which make faults.
    fn post(&self, path: &str, body: &Value) {
        let host = self.fact("endpoint").trim_start_matches("http://");
        let body = body.to_string();
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\n"
        );
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_kwikset_guide_works() {
    let Some(fake) = Fake::start() else { return };
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
async fn an_attempt_can_be_waited_for_later_and_its_failure_is_an_error() {
    let Some(fake) = Fake::start() else { return };
    let seam = fake.seam();
    let attempt = seam
        .locks()
        .lock_door(fake.device_id(KWIKSET))
        .no_wait()
        .await
        .unwrap();
    assert!(attempt.is_pending());
    assert!(attempt.wait(&seam).await.unwrap().result().is_some());

    let attempt = seam
        .locks()
        .unlock_door(fake.device_id(KWIKSET))
        .no_wait()
        .await
        .unwrap();
    let failure = serde_json::json!({
        "action_attempt_id": attempt.id().as_str(),
        "status": "error",
        "error": {"type": "lock_jammed", "message": "The lock is jammed."},
    });
    fake.post("/_fake/update_action_attempt", &failure);
    let error = attempt.wait(&seam).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionAttemptFailed);
    assert_eq!(error.code(), Some("lock_jammed"));
}

#[tokio::test]
async fn the_servers_errors_have_their_kinds() {
    let Some(fake) = Fake::start() else { return };
    let seam = fake.seam();
    let lock = fake.device_id(KWIKSET);

    let stranger = Seam::builder()
        .api_key("seam_nobody_token")
        .endpoint(fake.fact("endpoint"))
        .build()
        .unwrap();
    let error = stranger.devices().get(lock).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Unauthorized, 401)
    );
    assert!(error.request_id().is_some());

    let error = seam.access_codes().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(
        error.validation_errors()[""],
        ["Either 'device_id' or 'access_code_ids' is required"]
    );

    let error = seam
        .connect_webviews()
        .create()
        .accepted_providers(["nobody"])
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error
            .validation_errors()
            .keys()
            .any(|name| name.starts_with("accepted_providers")),
        "{error}"
    );

    let error = seam.devices().get(UNKNOWN_DEVICE).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("device_not_found"))
    );

    seam.access_codes()
        .create(lock)
        .code("123456")
        .await
        .unwrap();
    let error = seam
        .access_codes()
        .create(lock)
        .code("123456")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
}

#[tokio::test]
async fn replies_that_are_no_json_are_errors_with_their_status() {
    let Some(fake) = Fake::start() else { return };
    let nowhere = format!("{}/nowhere", fake.fact("endpoint"));
    let lost = Seam::builder()
        .api_key(fake.fact("api_key"))
        .endpoint(nowhere)
        .build()
        .unwrap();
    let error = lost.devices().get(UNKNOWN_DEVICE).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, None));
    assert_eq!(error.body_start(), Some("404"));

    let seam = fake.seam();
    let outage =
        serde_json::json!({"workspace_id": fake.fact("workspace_id"), "routes": ["/devices/get"]});
    fake.post("/_fake/simulate_workspace_outage", &outage);
    let error = seam
        .devices()
        .get(fake.device_id(KWIKSET))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Server, 503)
    );
    assert_eq!(error.body_start(), Some(""));
    assert!(error.request_id().is_some());
}

#[tokio::test]
async fn each_way_to_sign_in_is_accepted() {
    let Some(fake) = Fake::start() else { return };
    let builder = || Seam::builder().endpoint(fake.fact("endpoint"));
    let workspace = fake.fact("seeded_workspace_id");
    let token = builder()
        .personal_access_token(fake.fact("personal_access_token"), workspace)
        .build()
        .unwrap();
    // The fake takes no such token on /devices/list.
    assert!(!token.locks().list().await.unwrap().is_empty());
    let session = builder()
        .client_session_token(fake.fact("client_session_token"))
        .build()
        .unwrap();
    session.devices().list().await.unwrap();
}

#[tokio::test]
async fn a_publishable_key_is_exchanged_for_a_session() {
    let Some(fake) = Fake::start() else { return };
    let seam = Seam::builder()
        .publishable_key(fake.fact("publishable_key"), "guest-7d2f")
        .endpoint(fake.fact("endpoint"))
        .build()
        .unwrap();
    seam.devices().list().await.unwrap();
    seam.connected_accounts().list().await.unwrap();
}

#[tokio::test]
async fn a_token_without_a_workspace_lists_workspaces() {
    let Some(fake) = Fake::start() else { return };
    let seam = Seam::builder()
        .personal_access_token_without_workspace(fake.fact("personal_access_token"))
        .endpoint(fake.fact("endpoint"))
        .build()
        .unwrap();
    let workspaces = seam.workspaces().list().await.unwrap();
    assert!(!workspaces.is_empty());
    let error = seam.locks().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let locks = seam.locks().list().workspace(&workspaces[0].workspace_id);
    locks.await.unwrap();
}

#[tokio::test]
async fn a_thousand_calls_at_once_over_one_client_succeed() {
    let Some(fake) = Fake::start() else { return };
    let seam = fake.seam();
    let device = fake.device_id(KWIKSET);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..1000 {
        calls.spawn(seam.devices().get(device).into_future());
    }
    while let Some(call) = calls.join_next().await {
        assert_eq!(call.unwrap().unwrap().device_id, device);
    }
}

#[tokio::test]
async fn an_outage_that_ends_is_outlived_by_a_read_and_by_a_wait() {
    let Some(fake) = Fake::start() else { return };
    let seam = fake.seam();
    let device = fake.device_id(KWIKSET);
    let outage = |routes: &[&str]| {
        let body = serde_json::json!({"workspace_id": fake.fact("workspace_id"), "routes": routes});
        fake.post("/_fake/simulate_workspace_outage", &body);
    };
    let attempt = seam.locks().unlock_door(device).no_wait().await.unwrap();
    outage(&["/devices/get", "/action_attempts/get"]);
    let read = tokio::spawn(seam.devices().get(device).into_future());
    let wait = tokio::spawn(attempt.wait(&seam).into_future());
    // Neither has got a reply yet that is good.
    while fake_is_silent(&seam, device).await {
        outage(&[]);
    }
    read.await.unwrap().unwrap();
    wait.await.unwrap().unwrap();
}

/// Whether a request that is sent once fails.
async fn fake_is_silent(seam: &Seam, device: &str) -> bool {
    let once = seam.devices().get(device).retry(RetryPolicy::never());
    once.await.is_err()
}

#[tokio::test]
async fn a_list_that_the_fake_pages_is_walked_to_its_end() {
    let Some(fake) = Fake::start() else { return };
    let seam = fake.seam();
    let all = seam.devices().list().await.unwrap();
    let first = seam.devices().list().limit(1).send().await.unwrap();
    assert_eq!(first.value.len(), 1);
    let pagination: Value = first.field("pagination").unwrap();
    assert_eq!(pagination["has_next_page"], true);
    assert!(all.len() > 1);
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_call_reaches_the_fake() {
    let Some(fake) = Fake::start() else { return };
    let lock = fake.device_id(KWIKSET);
    fake.seam().locks().lock_door(lock).call().unwrap();
}

#[tokio::test]
async fn the_server_departs_from_the_document_and_the_reply_says_where() {
    let Some(fake) = Fake::start() else { return };
    let seam = fake.seam();
    let response = seam
        .locks()
        .lock_door(fake.device_id(KWIKSET))
        .send()
        .await
        .unwrap();
    assert!(response.request_id().is_some());
    let deviations: Vec<_> = response
        .deviations()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        deviations,
        ["/action_attempt/result: expected object, found null"]
    );
}

#[test]
fn the_example_runs_through() {
    let Some(fake) = Fake::start() else { return };
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "kwikset_halo"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
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
