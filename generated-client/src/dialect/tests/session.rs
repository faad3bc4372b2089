//! Tests of the session that a publishable key is exchanged for.

use bytes::Bytes;
use serde_json::json;

use super::auth::{EXCHANGE, ListLocks, PUBLISHABLE, caller, fake};
use crate::client::Seam;
use crate::error::ErrorKind;
use crate::request::Request;
use crate::retry::RetryPolicy;
use crate::test::{Failure, FakeTransport};
use crate::transport::{Body, BoxFuture, Transport, TransportError};

/// Passes requests on to a fake, after other tasks have run.
struct Slow(FakeTransport);

impl Transport for Slow {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.send(request).await
        })
    }
}

fn publishable(fake: &FakeTransport) -> Seam {
    Seam::builder()
        .publishable_key(PUBLISHABLE, "user_key")
        .endpoint("http://localhost")
        .transport(Slow(fake.clone()))
        .build()
        .unwrap()
}

/// Returns a fake that answers exchanges with these tokens, in order.
fn giving(tokens: &[&str]) -> FakeTransport {
    let fake = FakeTransport::new();
    for token in tokens {
        fake.reply_json(EXCHANGE, 200, &json!({"client_session": {"token": token}}));
    }
    fake
}

fn ended(fake: &FakeTransport) {
    let message = "Unauthorized (client session expired)";
    fake.refuse("/locks/list", 401, "client_session_expired", message);
}

fn paths(fake: &FakeTransport) -> Vec<String> {
    fake.sent().into_iter().map(|sent| sent.path).collect()
}

#[tokio::test]
async fn a_publishable_key_is_exchanged_once_at_the_first_call_for_all_clones() {
    let fake = fake();
    let seam = publishable(&fake);
    assert!(
        fake.sent().is_empty(),
        "nothing is sent before it is needed"
    );
    let clone = seam.clone();
    let (one, two) = tokio::join!(
        Request::<ListLocks>::new(&seam).send(),
        Request::<ListLocks>::new(&clone).send(),
    );
    one.unwrap();
    two.unwrap();

    let sent = fake.sent();
    assert_eq!(paths(&fake), [EXCHANGE, "/locks/list", "/locks/list"]);
    assert_eq!(sent[0].method, http::Method::POST);
    assert_eq!(caller(&sent[0]), "seam-publishable-key: seam_pk_secret");
    assert_eq!(sent[0].body, json!({"user_identifier_key": "user_key"}));
    assert!(sent[0].header("seam-sdk-name").is_some());
    assert!(caller(&sent[1]).starts_with("authorization: Bearer seam_cst_exchanged"));
}

#[tokio::test]
async fn an_exchange_that_fails_fails_the_call_and_is_tried_again_by_the_next() {
    let fake = FakeTransport::new();
    fake.reply::<ListLocks>(())
        .refuse(EXCHANGE, 401, "unauthorized", "No such key.")
        .fail(EXCHANGE, Failure::Cut)
        .reply_json(
            EXCHANGE,
            200,
            &json!({"client_session": {"token": "seam_secret"}}),
        )
        .reply_json(
            EXCHANGE,
            200,
            &json!({"client_session": {"token": "seam_cst_1"}}),
        );
    let seam = publishable(&fake);
    for kind in [
        ErrorKind::Unauthorized,
        ErrorKind::Transport,
        ErrorKind::InvalidResponse,
    ] {
        let error = Request::<ListLocks>::new(&seam).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
    Request::<ListLocks>::new(&seam).await.unwrap();
}

#[tokio::test]
async fn an_ended_session_is_renewed_and_the_call_sent_again() {
    let fake = giving(&["seam_cst_1", "seam_cst_2"]);
    let seam = publishable(&fake);
    fake.reply::<ListLocks>(());
    ended(&fake);
    fake.reply::<ListLocks>(());
    Request::<ListLocks>::new(&seam).await.unwrap();
    Request::<ListLocks>::new(&seam).await.unwrap();
    Request::<ListLocks>::new(&seam).await.unwrap();

    let callers: Vec<String> = fake.sent().iter().map(caller).collect();
    let key = "seam-publishable-key: seam_pk_secret";
    let [first, second] = ["1", "2"].map(|session| {
        format!(
            "authorization: Bearer seam_cst_{session}, client-session-token: seam_cst_{session}"
        )
    });
    let expected = [key, &first, &first, key, &second, &second];
    assert_eq!(callers, expected);
}

#[tokio::test]
async fn calls_with_an_ended_session_share_the_new_one() {
    let fake = giving(&["seam_cst_1", "seam_cst_2"]);
    let seam = publishable(&fake);
    fake.reply::<ListLocks>(());
    for _ in 0..3 {
        ended(&fake);
    }
    fake.reply::<ListLocks>(());
    Request::<ListLocks>::new(&seam).await.unwrap();
    let call = || Request::<ListLocks>::new(&seam).send();
    let (one, two, three) = tokio::join!(call(), call(), call());
    one.unwrap();
    two.unwrap();
    three.unwrap();

    let paths = paths(&fake);
    let exchanges = paths.iter().filter(|path| *path == EXCHANGE).count();
    assert_eq!((exchanges, paths.len()), (2, 2 + 1 + 3 + 3), "{paths:?}");
}

#[tokio::test]
async fn a_call_renews_its_session_once_and_then_fails() {
    let fake = giving(&["seam_cst_1", "seam_cst_2", "seam_cst_3"]);
    ended(&fake);
    let error = Request::<ListLocks>::new(&publishable(&fake))
        .retry(RetryPolicy::default())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.code(), Some("client_session_expired"));
    assert_eq!(
        paths(&fake),
        [EXCHANGE, "/locks/list", EXCHANGE, "/locks/list"]
    );
}

#[tokio::test]
async fn the_call_fails_if_the_key_still_gives_the_ended_session() {
    let fake = giving(&["seam_cst_1"]);
    ended(&fake);
    let error = Request::<ListLocks>::new(&publishable(&fake))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("client_session_expired"));
    assert_eq!(paths(&fake), [EXCHANGE, "/locks/list", EXCHANGE]);
}

#[tokio::test]
async fn a_renewal_that_fails_says_why_and_the_next_call_tries_again() {
    let fake = giving(&["seam_cst_1"]);
    fake.refuse(EXCHANGE, 400, "workspace_not_found", "No such key.");
    fake.reply_json(
        EXCHANGE,
        200,
        &json!({"client_session": {"token": "seam_cst_2"}}),
    );
    ended(&fake);
    ended(&fake);
    fake.reply::<ListLocks>(());
    let seam = publishable(&fake);
    let error = Request::<ListLocks>::new(&seam).await.unwrap_err();
    assert_eq!(error.code(), Some("workspace_not_found"));
    Request::<ListLocks>::new(&seam).await.unwrap();
}

#[tokio::test]
async fn other_errors_and_other_credentials_do_not_renew_a_session() {
    let fake = giving(&["seam_cst_1", "seam_cst_2"]);
    fake.refuse("/locks/list", 401, "unauthorized", "Not yours.");
    ended(&fake);
    let error = Request::<ListLocks>::new(&publishable(&fake))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("unauthorized"));
    assert_eq!(paths(&fake), [EXCHANGE, "/locks/list"]);

    let known = [
        Seam::builder().api_key("seam_key"),
        Seam::builder().client_session_token("seam_cst_1"),
        Seam::builder().personal_access_token("seam_at_1", "w"),
        Seam::builder().console_session_token("ey.1", "w"),
    ];
    for builder in known {
        let before = fake.sent().len();
        let seam = builder
            .endpoint("http://localhost")
            .transport(fake.clone())
            .build()
            .unwrap();
        let error = Request::<ListLocks>::new(&seam).await.unwrap_err();
        assert_eq!(error.code(), Some("client_session_expired"));
        assert_eq!(fake.sent().len(), before + 1);
    }
}
