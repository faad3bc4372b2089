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
