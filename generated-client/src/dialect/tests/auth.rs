//! Tests of credentials: builder, environment, prefixes, and the exchange of a publishable key.

use serde_json::json;

use super::{KEY, NOTHING};
use crate::client::{Seam, SeamBuilder};
use crate::endpoint::{Endpoint, Operation};
use crate::error::ErrorKind;
use crate::request::Request;
use crate::test::{FakeTransport, Sent};

const PAT: &str = "seam_at_secret";
const SESSION: &str = "seam_cst_secret";
const CONSOLE: &str = "ey.secret";
pub(super) const PUBLISHABLE: &str = "seam_pk_secret";
pub(super) const EXCHANGE: &str = "/client_sessions/get_or_create";

struct ListWorkspaces;
impl Endpoint for ListWorkspaces {
    const OPERATION: Operation = Operation::post("/workspaces/list");
    type Output = ();
}

pub(super) struct ListLocks;
impl Endpoint for ListLocks {
    const OPERATION: Operation = Operation::post("/locks/list");
    type Output = ();
}

/// Returns a fake that answers every call of these tests.
pub(super) fn fake() -> FakeTransport {
    let fake = FakeTransport::new();
    fake.reply::<ListLocks>(())
        .reply::<ListWorkspaces>(())
        .reply_json(
            EXCHANGE,
            200,
            &json!({"client_session": {"token": "seam_cst_exchanged"}}),
        );
    fake
}

/// Returns the headers of a request with credentials.
pub(super) fn caller(sent: &Sent) -> String {
    let names = [
        "authorization",
        "client-session-token",
        "seam-publishable-key",
        "seam-workspace",
    ];
    let headers = names
        .into_iter()
        .filter_map(|name| Some(format!("{name}: {}", sent.header(name)?)));
    headers.collect::<Vec<_>>().join(", ")
}

/// Returns the credentials that a client sends, or the reason why it cannot be made.
async fn callers(builder: SeamBuilder, environment: &[(&str, &str)]) -> Result<String, String> {
    let fake = fake();
    let built = builder
        .endpoint("http://localhost")
        .transport(fake.clone())
        .build_in(&|name| {
            let found = environment.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| (*value).to_owned())
        });
    let seam = built.map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::Config);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("secret"), "{shown}");
        error.message().to_owned()
    })?;
    Request::<ListWorkspaces>::new(&seam).await.unwrap();
    Ok(caller(&fake.sent()[fake.sent().len() - 1]))
}

/// A setting of the builder, and the headers that it sends in every environment.
type Choice = (&'static str, fn(SeamBuilder) -> SeamBuilder, &'static str);

const CHOICES: [Choice; 7] = [
    (
        "an API key",
        |builder| builder.api_key(KEY),
        "authorization: Bearer seam_key_secret",
    ),
    (
        "a personal access token",
        |builder| builder.personal_access_token(PAT, "w"),
        "authorization: Bearer seam_at_secret, seam-workspace: w",
    ),
    (
        "a personal access token",
        |builder| builder.personal_access_token_without_workspace(PAT),
        "authorization: Bearer seam_at_secret",
    ),
    (
        "a client session token",
        |builder| builder.client_session_token(SESSION),
        "authorization: Bearer seam_cst_secret, client-session-token: seam_cst_secret",
    ),
    (
        "a console session token",
        |builder| builder.console_session_token(CONSOLE, "w"),
        "authorization: Bearer ey.secret, seam-workspace: w",
    ),
    (
        "a console session token",
        |builder| builder.console_session_token_without_workspace(CONSOLE),
        "authorization: Bearer ey.secret",
    ),
    (
        "a publishable key",
        |builder| builder.publishable_key(PUBLISHABLE, "user"),
        "authorization: Bearer seam_cst_exchanged, client-session-token: seam_cst_exchanged",
    ),
];

/// An environment, and the headers or the error if the builder has no credentials.
type Outcome = (
    &'static [(&'static str, &'static str)],
    Result<&'static str, &'static str>,
);

const ENVIRONMENTS: [Outcome; 8] = {
    const KEY: (&str, &str) = ("SEAM_API_KEY", "seam_env");
    const PAT: (&str, &str) = ("SEAM_PERSONAL_ACCESS_TOKEN", "seam_at_env");
    const WORKSPACE: (&str, &str) = ("SEAM_WORKSPACE_ID", "w_env");
    let both = Err("both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set");
    let key = Ok("authorization: Bearer seam_env");
    [
        (&[], Err("no credentials")),
        (&[WORKSPACE], Err("no credentials")),
        (&[KEY], key),
        (&[KEY, WORKSPACE], key),
        (&[PAT], Err("a personal access token needs a workspace")),
        (
            &[PAT, WORKSPACE],
            Ok("authorization: Bearer seam_at_env, seam-workspace: w_env"),
        ),
        (&[KEY, PAT], both),
        (&[KEY, PAT, WORKSPACE], both),
    ]
};

#[tokio::test]
async fn the_credentials_of_builder_and_environment_are_sent() {
    for (environment, expected) in ENVIRONMENTS {
        let found = callers(Seam::builder(), environment).await;
        match expected {
            Ok(expected) => assert_eq!(found.unwrap(), expected, "{environment:?}"),
            Err(start) => {
                let message = found.unwrap_err();
                assert!(message.starts_with(start), "{environment:?}: {message}");
            }
        }
        for (index, (name, choose, expected)) in CHOICES.into_iter().enumerate() {
            let found = callers(choose(Seam::builder()), environment).await;
            assert_eq!(found.unwrap(), expected, "{name} in {environment:?}");

            for (other, choose_other, expected) in &CHOICES[index + 1..] {
                let two = choose_other(choose(Seam::builder()));
                let found = callers(two, environment).await;
                if name == *other {
                    assert_eq!(found.unwrap(), *expected, "the last of one mode counts");
                } else {
                    let refused = format!("both {name} and {other} were given");
                    let message = found.unwrap_err();
                    assert!(message.starts_with(&refused), "{message}");
                }
            }
        }
    }
}

#[tokio::test]
async fn errors_say_what_the_credentials_need() {
    let builder = Seam::builder;
    for (incomplete, expected) in [
        (
            builder().personal_access_token(PAT, ""),
            "a personal access token needs a workspace: pass its id to `personal_access_token(token, workspace_id)`",
        ),
        (
            builder().console_session_token(CONSOLE, ""),
            "a console session token needs a workspace: pass its id to `console_session_token(token, workspace_id)`",
        ),
        (
            builder().publishable_key(PUBLISHABLE, ""),
            "a publishable key needs a user: pass the `user_identifier_key`",
        ),
        (
            builder().personal_access_token(PAT, "a\nb"),
            "invalid workspace id: it has characters",
        ),
        (
            builder().api_key("seam_secret\r\nx: y"),
            "invalid API key: it has characters",
        ),
    ] {
        let message = callers(incomplete, NOTHING).await.unwrap_err();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[tokio::test]
async fn a_token_in_the_wrong_method_is_refused_with_the_right_methods_name() {
    type Fill = fn(&str) -> SeamBuilder;
    let slots: [(&str, Fill); 7] = [
        ("API key", |token| Seam::builder().api_key(token)),
        ("personal access token", |token| {
            Seam::builder().personal_access_token(token, "w")
        }),
        ("personal access token", |token| {
            Seam::builder().personal_access_token_without_workspace(token)
        }),
        ("client session token", |token| {
            Seam::builder().client_session_token(token)
        }),
        ("console session token", |token| {
            Seam::builder().console_session_token(token, "w")
        }),
        ("console session token", |token| {
            Seam::builder().console_session_token_without_workspace(token)
        }),
        ("publishable key", |token| {
            Seam::builder().publishable_key(token, "user")
        }),
    ];
    let tokens = [
        (KEY, "API key", "api_key(key)"),
        (
            PAT,
            "personal access token",
            "personal_access_token(token, workspace_id)",
        ),
        (
            SESSION,
            "client session token",
            "client_session_token(token)",
        ),
        (
            CONSOLE,
            "console session token",
            "console_session_token(token, workspace_id)",
        ),
        (
            PUBLISHABLE,
            "publishable key",
            "publishable_key(key, user_identifier_key)",
        ),
    ];
    for (slot, fill) in slots {
        for (token, is, right) in tokens {
            match callers(fill(token), NOTHING).await {
                Ok(_) => assert_eq!(slot, is),
                Err(message) => {
                    assert_ne!(slot, is);
                    assert!(
                        message.starts_with(&format!("the {slot} is a")),
                        "{message}"
                    );
                    let advice = format!("pass it to `{right}` instead");
                    assert!(message.ends_with(&advice), "{message}");
                }
            }
        }
        let message = callers(fill("sk_secret"), NOTHING).await.unwrap_err();
        let expected = format!("invalid {slot}: it must start with `");
        assert!(message.starts_with(&expected), "{message}");
    }
}

#[tokio::test]
async fn without_a_workspace_only_workspaces_can_be_called() {
    let fake = fake();
    let seam = Seam::builder()
        .personal_access_token_without_workspace(PAT)
        .endpoint("http://localhost")
        .transport(fake.clone())
        .build()
        .unwrap();
    Request::<ListWorkspaces>::new(&seam).await.unwrap();
    let error = Request::<ListLocks>::new(&seam).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error
            .message()
            .starts_with("`/locks/list` needs a workspace")
    );
    assert_eq!(fake.sent().len(), 1, "it was not sent");

    let named = Request::<ListLocks>::new(&seam).workspace("w1");
    named.await.unwrap();
    assert_eq!(fake.sent()[1].header("seam-workspace"), Some("w1"));
}

#[test]
fn email_addresses_are_recognised() {
    use crate::dialect::credentials::looks_like_email;
    for text in ["jane@example.com", "a+b@c.d.e"] {
        assert!(looks_like_email(text), "{text}");
    }
    for text in [
        "",
        "jane",
        "@example.com",
        "jane@",
        "jane@host",
        "jane@.com",
        "a b@c.d",
    ] {
        assert!(!looks_like_email(text), "{text}");
    }
}
