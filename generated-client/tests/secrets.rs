//! No secret shows: not in `Debug`, errors and their causes, spans and events, nor panics.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![cfg(all(feature = "tracing", feature = "test-util", feature = "documented"))]

#[path = "support/recorder.rs"]
#[allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]
mod recorder;

use std::error::Error as _;
use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use recorder::Recorder;
use seam::test::{Failure, FakeTransport};
use seam::{Error, RetryPolicy, Seam, SeamBuilder};
use serde_json::json;

/// Part of every secret of these tests.
const MARK: &str = "hush";

/// Everything that was shown.
#[derive(Default)]
struct Shown(Vec<String>);

impl Shown {
    fn value(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?} {value:#?}"));
    }

    fn error(&mut self, error: &Error) {
        self.0.push(format!("{error} {error:?} {error:#?}"));
        let mut source = error.source();
        while let Some(cause) = source {
            self.0.push(format!("{cause} {cause:?}"));
            source = cause.source();
        }
    }

    fn assert_no_secret(&self) {
        assert!(self.0.len() > 20, "there is something to look at");
        for text in &self.0 {
            assert!(!text.contains(MARK), "{text}");
        }
    }
}

/// Clients of each kind.
fn builders() -> Vec<SeamBuilder> {
    vec![
        Seam::builder().api_key("seam_hush"),
        Seam::builder().personal_access_token("seam_at_hush", "w"),
        Seam::builder().personal_access_token_without_workspace("seam_at_hush"),
        Seam::builder().client_session_token("seam_cst_hush"),
        Seam::builder().console_session_token("ey_hush", "w"),
        Seam::builder().publishable_key("seam_pk_hush", "hush@example.com"),
    ]
}

fn fake() -> FakeTransport {
    let fake = FakeTransport::new();
    let session = json!({"client_session": {"token": "seam_cst_hush"}});
    fake.reply_json("/client_sessions/get_or_create", 200, &session)
        .refuse("/workspaces/list", 500, "down", "It is down.")
        .fail("/workspaces/list", Failure::Cut)
        .fail("/workspaces/list", Failure::Connect)
        .fail("/workspaces/list", Failure::Hang)
        .reply_json("/workspaces/list", 200, &json!({"hush": 1}))
        .reply_json(
            "/workspaces/list",
            200,
            &json!({"workspaces": [{"name": 1}]}),
        );
    fake
}

async fn use_everything(shown: &mut Shown) {
    for builder in builders() {
        let fake = fake();
        let builder = builder
            .endpoint("http://localhost")
            .retry(RetryPolicy::never())
            .transport(fake.clone());
        shown.value(&builder);
        let seam = builder.build().unwrap();
        shown.value(&seam);
        let list = || {
            let request = seam.workspaces().list();
            request.header("x-password", "hush")
        };
        shown.value(&list());
        for _ in 0..5 {
            shown.error(&list().await.unwrap_err());
        }
        shown.value(&list().send().await.unwrap());
        let mut sent = fake.sent();
        // The fake is a test's own: it shows what was sent but for the credentials.
        for sent in &mut sent {
            sent.headers.remove("x-password");
            sent.body = json!(null);
            sent.raw_body = seam::Bytes::new();
        }
        shown.value(&sent);
    }
}

fn refuse_everything(shown: &mut Shown) {
    let refused = [
        Seam::builder().api_key("seam_at_hush"),
        Seam::builder().api_key("hush"),
        Seam::builder().api_key("seam_hush\n"),
        Seam::builder()
            .api_key("seam_hush")
            .client_session_token("seam_cst_hush"),
        Seam::builder().personal_access_token("seam_at_hush", ""),
        Seam::builder().publishable_key("seam_pk_hush", ""),
        Seam::builder()
            .api_key("seam_x")
            .endpoint("https://user:hush@example.com"),
        Seam::builder().api_key("seam_x").endpoint("seam_hush"),
        Seam::builder()
            .api_key("seam_x")
            .endpoint("https://example.com/?key=hush"),
    ];
    for builder in refused {
        shown.error(&builder.build().unwrap_err());
    }
}

#[tokio::test(start_paused = true)]
async fn no_secret_shows_in_debug_errors_spans_and_events() {
    let (recorder, guard) = Recorder::start();
    let mut shown = Shown::default();
    use_everything(&mut shown).await;
    refuse_everything(&mut shown);
    drop(guard);
    assert!(!recorder.lines().is_empty());
    shown.0.extend(recorder.lines());
    shown.assert_no_secret();
}

#[tokio::test]
async fn no_secret_of_a_resource_shows() {
    let fake = FakeTransport::new();
    let session = json!({"client_session": {"client_session_id": "s1", "token": "seam_cst_hush"}});
    let webhook = json!({"webhook": {"webhook_id": "w1", "secret": "whsec_hush"}});
    fake.reply_json("/client_sessions/create", 200, &session)
        .reply_json("/webhooks/get", 200, &webhook);
    let session = fake.seam().client_sessions().create().send().await.unwrap();
    let webhook = fake.seam().webhooks().get("w1").send().await.unwrap();
    assert_eq!(session.value.token, "seam_cst_hush");
    let shown = format!("{session:?} {session:#?} {webhook:?}");
    assert!(shown.contains("s1") && shown.contains("w1"), "{shown}");
    assert!(!shown.contains(MARK), "{shown}");
}

/// What Seam's document calls secrets today; the table of the generator decides, and this list holds it to that.
#[tokio::test]
async fn pin_codes_and_links_that_open_something_do_not_show() {
    for (path, reply) in [
        (
            "/access_codes/get",
            json!({"access_code": {"access_code_id": "seen", "code": "hush"}}),
        ),
        (
            "/access_methods/get",
            json!({"access_method": {
                "access_method_id": "seen", "code": "hush", "instant_key_url": "https://hush", "client_session_token": "hush",
            }}),
        ),
        (
            "/acs/credentials/get",
            json!({"acs_credential": {
                "acs_credential_id": "seen", "code": "hush", "card_number": "hush",
            }}),
        ),
        (
            "/access_grants/get",
            json!({"access_grant": {
                "access_grant_id": "seen", "instant_key_url": "https://hush",
                "warnings": [{"warning_code": "requested_code_unavailable", "original_code": "hush", "new_code": "hush"}],
            }}),
        ),
        (
            "/connect_webviews/get",
            json!({"connect_webview": {"connect_webview_id": "seen", "url": "https://hush"}}),
        ),
        (
            "/customers/create_portal",
            json!({"customer_portal": {"customer_key": "seen", "url": "https://hush"}}),
        ),
        (
            "/events/get",
            json!({"event": {"event_id": "seen", "event_type": "access_code.changed", "code": "hush",
            "from": {"code": "hush"}, "to": {"code": "hush"}}}),
        ),
        (
            "/events/get",
            json!({"event": {"event_id": "seen", "event_type": "lock.unlocked", "code": "hush"}}),
        ),
        (
            "/events/get",
            json!({"event": {"event_id": "seen", "event_type": "moon.landed", "code": 4321, "code_list": [],
            "session": {"client_session_token": "hush", "pin": ["hush"]}}}),
        ),
    ] {
        let fake = FakeTransport::new();
        fake.reply_json(path, 200, &reply);
        let seam = fake.seam();
        let (shown, written) = match path {
            "/access_codes/get" => seen(seam.access_codes().get("c")).await,
            "/access_methods/get" => seen(seam.access_methods().get("m")).await,
            "/acs/credentials/get" => seen(seam.acs().credentials().get("c")).await,
            "/access_grants/get" => seen(seam.access_grants().get("g")).await,
            "/connect_webviews/get" => seen(seam.connect_webviews().get("w")).await,
            "/customers/create_portal" => seen(seam.customers().create_portal()).await,
            _ => seen(seam.events().get("e")).await,
        };
        assert!(shown.contains("seen"), "{shown}");
        assert!(!shown.contains(MARK) && !shown.contains("4321"), "{shown}");
        assert!(written.contains(MARK), "{written}");
    }
}

/// What `Debug` shows of a reply, and what `Serialize` writes of its value.
async fn seen<E>(request: seam::Request<E>) -> (String, String)
where
    E: seam::Endpoint,
    E::Output: Debug + serde::Serialize,
{
    let reply = request.send().await.unwrap();
    let written = serde_json::to_string(&reply.value).unwrap();
    (format!("{reply:?} {reply:#?}"), written)
}

#[test]
fn an_action_attempt_of_json_does_not_show_the_secrets_of_its_result() {
    let attempt: seam::ActionAttempt = serde_json::from_value(json!({
        "action_attempt_id": "a1", "action_type": "NEW", "status": "success", "session": {"token": "hush"},
        "result": {"seen": 1, "client_session_token": "hush", "links": [{"instant_key_url": "hush"}]},
    }))
    .unwrap();
    let shown = format!("{attempt:?} {:?} {:#?}", attempt.status, attempt);
    assert!(shown.contains("seen") && shown.contains("a1"), "{shown}");
    assert!(!shown.contains(MARK), "{shown}");
    assert!(serde_json::to_string(&attempt).unwrap().contains(MARK));
}

#[test]
fn the_code_of_an_error_and_the_address_of_a_webhook_show() {
    let failed: seam::ActionAttempt = serde_json::from_value(json!({
        "action_attempt_id": "a1", "action_type": "NEW", "status": "success",
        "result": {"error": {"code": "device_offline", "message": "It is offline."}},
    }))
    .unwrap();
    assert!(format!("{failed:?}").contains("device_offline"));
    let webhook: seam::Webhook = serde_json::from_value(
        json!({"webhook_id": "w1", "url": "https://mine", "secret": "hush"}),
    )
    .unwrap();
    let shown = format!("{webhook:?}");
    assert!(
        shown.contains("https://mine") && !shown.contains(MARK),
        "{shown}"
    );
}

#[tokio::test]
async fn a_key_that_the_server_repeats_does_not_show_in_the_error() {
    for (builder, secret) in [
        (Seam::builder().api_key("seam_hush"), "seam_hush"),
        (
            Seam::builder().client_session_token("seam_cst_hush"),
            "seam_cst_hush",
        ),
        (
            Seam::builder().personal_access_token("seam_at_hush", "w"),
            "seam_at_hush",
        ),
    ] {
        let fake = FakeTransport::new();
        let error = json!({"error": {
            "type": format!("no_{secret}"), "message": format!("The key {secret} is not valid."),
            "validation_errors": {"key": {"_errors": [format!("{secret} is revoked")]}},
        }});
        fake.reply_json("/workspaces/list", 401, &error);
        let builder = builder.endpoint("http://localhost").transport(fake.clone());
        let seam = builder.build().unwrap();
        let error = seam.workspaces().list().await.unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.validation_errors());
        assert!(shown.contains("The key … is not valid."), "{shown}");
        assert!(!shown.contains(MARK), "{shown}");
    }
}

/// A client whose publishable key, user key and session token the server repeats.
fn publishable(fake: &FakeTransport) -> Seam {
    let builder = Seam::builder()
        .publishable_key("seam_pk_hush", "user_hush")
        .endpoint("http://localhost");
    builder.transport(fake.clone()).build().unwrap()
}

const REPEATED: &str = "Refused: seam_pk_hush, user_hush, seam_cst_hush.";

#[tokio::test]
async fn the_user_key_of_a_publishable_key_does_not_show_in_errors() {
    let fake = FakeTransport::new();
    let session = json!({"client_session": {"token": "seam_cst_hush"}});
    fake.refuse(
        "/client_sessions/get_or_create",
        400,
        "no",
        "No user_hush for seam_pk_hush.",
    )
    .reply_json("/client_sessions/get_or_create", 200, &session)
    .refuse("/workspaces/list", 400, "user_hush", REPEATED);
    let seam = publishable(&fake);
    let error = seam.workspaces().list().await.unwrap_err();
    assert_eq!(error.message(), "No … for ….");
    let error = seam.workspaces().list().await.unwrap_err();
    assert_eq!(error.message(), "Refused: …, …, ….");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(MARK), "{shown}");
}

#[tokio::test]
async fn a_secret_that_a_failed_action_repeats_does_not_show_in_the_error() {
    let attempt = |status: &str| {
        json!({"action_attempt": {
            "action_attempt_id": "a1", "action_type": "UNLOCK_DOOR", "status": status, "result": null,
            "error": {"type": "user_hush", "message": REPEATED},
        }})
    };
    let fake = FakeTransport::new();
    let session = json!({"client_session": {"token": "seam_cst_hush"}});
    fake.reply_json("/client_sessions/get_or_create", 200, &session)
        .reply_json("/locks/unlock_door", 200, &attempt("error"))
        .reply_json("/locks/unlock_door", 200, &attempt("pending"))
        .reply_json("/action_attempts/get", 200, &attempt("error"))
        .reply_json("/locks/unlock_door", 200, &attempt("seam_cst_hush"))
        .reply_json("/action_attempts/get", 200, &attempt("seam_cst_hush"))
        .reply_json("/locks/unlock_door", 200, &attempt("error"));
    let seam = publishable(&fake);
    let unlock = || {
        let request = seam.locks().unlock_door("d1");
        request.wait_timeout(std::time::Duration::from_secs(1))
    };
    let at_once = unlock().await.unwrap_err();
    let later = unlock().await.unwrap_err();
    let unknown = unlock().await.unwrap_err();
    let kept = unlock().no_wait().await.unwrap();
    let waited = kept.wait(&seam).await.unwrap_err();
    for error in [&at_once, &later, &waited] {
        let message = "UNLOCK_DOOR (…): Refused: …, …, ….";
        assert_eq!(error.message(), message);
        let failure = error.action_attempt().unwrap().failure().unwrap();
        assert_eq!(failure.message, "Refused: …, …, ….");
    }
    for error in [at_once, later, unknown, waited] {
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("UNLOCK_DOOR"), "{shown}");
        assert!(!shown.contains(MARK), "{shown}");
    }
}

#[cfg(feature = "webhook")]
#[test]
fn no_secret_of_a_webhook_shows() {
    let refused = seam::webhook::Webhook::new("whsec_hush!").unwrap_err();
    let webhook = seam::webhook::Webhook::new("whsec_hush").unwrap();
    for text in [format!("{refused} {refused:?}"), format!("{webhook:?}")] {
        assert!(!text.contains(MARK), "{text}");
    }
}

#[test]
fn no_secret_shows_in_a_panic() {
    let messages = Arc::<Mutex<Vec<String>>>::default();
    let log = messages.clone();
    std::panic::set_hook(Box::new(move |panic| {
        log.lock().unwrap().push(panic.to_string());
    }));
    for builder in builders() {
        let seam = builder.endpoint("http://localhost").build().unwrap();
        let panic = std::panic::catch_unwind(AssertUnwindSafe(|| panic!("{seam:?}")));
        assert!(panic.is_err());
    }
    let refused = Seam::builder().api_key("seam_at_hush");
    let panic = std::panic::catch_unwind(AssertUnwindSafe(|| refused.build().unwrap()));
    assert!(panic.is_err());
    drop(std::panic::take_hook());
    let messages = messages.lock().unwrap();
    assert!(messages.len() >= 7);
    assert!(!messages.concat().contains(MARK), "{messages:?}");
}
