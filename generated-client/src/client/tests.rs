use std::time::Duration;

use super::{Seam, SeamBuilder};
use crate::error::{Error, ErrorKind};

const KEY: &str = "seam_key_secret";
const PAT: &str = "seam_at_secret";
const SESSION: &str = "seam_cst_secret";
const CONSOLE: &str = "ey.secret";
const PUBLISHABLE: &str = "seam_pk_secret";

type Environment = &'static [(&'static str, &'static str)];
const NOTHING: Environment = &[];

fn build(builder: SeamBuilder, environment: Environment) -> Result<Seam, Error> {
    builder.build_in(&|name| {
        environment
            .iter()
            .find(|(set, _)| *set == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

/// What the headers say of the caller.
fn caller(seam: &Seam) -> Vec<String> {
    ["authorization", "client-session-token", "seam-workspace"]
        .into_iter()
        .filter_map(|name| {
            Some(format!(
                "{name}: {}",
                seam.headers().get(name)?.to_str().unwrap()
            ))
        })
        .collect()
}

fn callers(builder: SeamBuilder, environment: Environment) -> Result<Vec<String>, String> {
    build(builder, environment)
        .map(|seam| caller(&seam))
        .map_err(|error| {
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(
                !error.to_string().contains("secret") && !format!("{error:?}").contains("secret"),
                "{error}"
            );
            error.message().to_owned()
        })
}

#[test]
fn code_and_environment_together_say_who_is_calling() {
    const KEY_SET: Environment = &[("SEAM_API_KEY", "seam_env")];
    const PAT_SET: Environment = &[
        ("SEAM_PERSONAL_ACCESS_TOKEN", "seam_at_env"),
        ("SEAM_WORKSPACE_ID", "w_env"),
    ];
    const BOTH_SET: Environment = &[
        ("SEAM_API_KEY", "seam_env"),
        ("SEAM_PERSONAL_ACCESS_TOKEN", "seam_at_env"),
    ];

    let table: Vec<(SeamBuilder, Environment, &[&str])> = vec![
        (
            Seam::builder(),
            KEY_SET,
            &["authorization: Bearer seam_env"],
        ),
        (
            Seam::builder(),
            PAT_SET,
            &["authorization: Bearer seam_at_env", "seam-workspace: w_env"],
        ),
        (
            Seam::builder().api_key(KEY),
            NOTHING,
            &["authorization: Bearer seam_key_secret"],
        ),
        (
            Seam::builder().api_key(KEY),
            BOTH_SET,
            &["authorization: Bearer seam_key_secret"],
        ),
        (
            Seam::builder().api_key(KEY),
            PAT_SET,
            &["authorization: Bearer seam_key_secret"],
        ),
        (
            Seam::builder().api_key("seam_first").api_key(KEY),
            NOTHING,
            &["authorization: Bearer seam_key_secret"],
        ),
        (
            Seam::builder().personal_access_token(PAT, "w"),
            KEY_SET,
            &["authorization: Bearer seam_at_secret", "seam-workspace: w"],
        ),
        (
            Seam::builder().client_session_token(SESSION),
            BOTH_SET,
            &[
                "authorization: Bearer seam_cst_secret",
                "client-session-token: seam_cst_secret",
            ],
        ),
        (
            Seam::builder().console_session_token(CONSOLE, "w"),
            KEY_SET,
            &["authorization: Bearer ey.secret", "seam-workspace: w"],
        ),
    ];
    for (builder, environment, expected) in table {
        assert_eq!(callers(builder, environment).unwrap(), expected);
    }

    let refused: Vec<(SeamBuilder, Environment, &str)> = vec![
        (Seam::builder(), NOTHING, "no credentials"),
        (
            Seam::builder(),
            BOTH_SET,
            "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set",
        ),
        (
            Seam::builder(),
            &[("SEAM_PERSONAL_ACCESS_TOKEN", "seam_at_env")],
            "a personal access token needs a workspace",
        ),
        (
            Seam::builder().personal_access_token(PAT, ""),
            NOTHING,
            "a personal access token needs a workspace",
        ),
        (
            Seam::builder().api_key(KEY).client_session_token(SESSION),
            NOTHING,
            "both an API key and a client session token were given",
        ),
        (
            Seam::builder().personal_access_token(PAT, "a\nb"),
            NOTHING,
            "the workspace id holds characters",
        ),
        (
            Seam::builder().api_key("seam_secret\r\nx: y"),
            NOTHING,
            "the API key holds characters",
        ),
    ];
    for (builder, environment, expected) in refused {
        let message = callers(builder, environment).unwrap_err();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn a_token_in_the_wrong_slot_is_refused_with_the_right_slots_name() {
    type Fill = fn(&str) -> SeamBuilder;
    let slots: [(&str, Fill); 4] = [
        ("API key", |token| Seam::builder().api_key(token)),
        ("personal access token", |token| {
            Seam::builder().personal_access_token(token, "w")
        }),
        ("client session token", |token| {
            Seam::builder().client_session_token(token)
        }),
        ("console session token", |token| {
            Seam::builder().console_session_token(token, "w")
        }),
    ];
    let tokens = [
        (KEY, "API key", "`api_key(key)`"),
        (
            PAT,
            "personal access token",
            "`personal_access_token(token, workspace_id)`",
        ),
        (
            SESSION,
            "client session token",
            "`client_session_token(token)`",
        ),
        (
            CONSOLE,
            "console session token",
            "`console_session_token(token, workspace_id)`",
        ),
        (PUBLISHABLE, "publishable key", "publishable key"),
    ];
    for (slot, fill) in slots {
        for (token, is, right) in tokens {
            match callers(fill(token), NOTHING) {
                Ok(_) => assert_eq!(slot, is),
                Err(message) => {
                    assert_ne!(slot, is);
                    assert!(
                        message.starts_with(&format!("the {slot} is a")) && message.contains(right),
                        "{message}"
                    );
                }
            }
        }
        let message = callers(fill("sk_secret"), NOTHING).unwrap_err();
        assert!(
            message.starts_with(&format!("the {slot} is none: it does not start with")),
            "{message}"
        );
    }
}

fn endpoint(builder: SeamBuilder, environment: Environment) -> Result<String, String> {
    let seam = build(builder.api_key(KEY), environment);
    seam.map(|seam| seam.endpoint().to_owned())
        .map_err(|error| error.message().to_owned())
}

#[test]
fn the_endpoint_is_the_options_then_the_environments_then_seams() {
    const NEW: Environment = &[
        ("SEAM_ENDPOINT", "http://localhost:1/"),
        ("SEAM_API_URL", "http://localhost:2"),
    ];
    const OLD: Environment = &[("SEAM_API_URL", "http://localhost:2")];
    let given = || Seam::builder().endpoint("http://127.0.0.1:3/base/");
    assert_eq!(endpoint(given(), NEW).unwrap(), "http://127.0.0.1:3/base");
    assert_eq!(
        endpoint(Seam::builder(), NEW).unwrap(),
        "http://localhost:1"
    );
    assert_eq!(
        endpoint(Seam::builder(), OLD).unwrap(),
        "http://localhost:2"
    );
    #[cfg(feature = "rustls")]
    assert_eq!(
        endpoint(Seam::builder(), NOTHING).unwrap(),
        "https://connect.getseam.com"
    );
}

#[test]
fn an_endpoint_that_would_leak_the_key_or_is_none_is_refused() {
    for (url, expected) in [
        ("http://seam.example", "would send the key unencrypted"),
        ("http://localhost.example", "would send the key unencrypted"),
        ("http://127.0.0.1.example", "would send the key unencrypted"),
        ("ftp://localhost", "neither https nor http"),
        ("seam_secret", "no URL"),
        ("", "no URL"),
        ("https://user:secret@seam.example", "plain base URL"),
        ("https://seam.example/?a=b", "plain base URL"),
    ] {
        let message = endpoint(Seam::builder().endpoint(url), NOTHING).unwrap_err();
        assert!(
            message.contains(expected) && !message.contains("secret"),
            "{url}: {message}"
        );
    }
    assert!(endpoint(Seam::builder().endpoint("http://[::1]:80"), NOTHING).is_ok());
    assert!(
        endpoint(
            Seam::builder()
                .endpoint("http://seam.example")
                .allow_plain_http(true),
            NOTHING
        )
        .is_ok()
    );
}

#[test]
fn an_interval_of_zero_is_refused() {
    let error = build(
        Seam::builder().api_key(KEY).wait_interval(Duration::ZERO),
        NOTHING,
    )
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[test]
fn nothing_shows_a_secret_in_debug() {
    let builder = Seam::builder().endpoint("http://localhost:1").api_key(KEY);
    assert!(!format!("{builder:?}").contains("secret"));
    let seam = build(builder, NOTHING).unwrap();
    assert_eq!(
        format!("{seam:?}"),
        r#"Seam { endpoint: "http://localhost:1", .. }"#
    );
    assert!(!format!("{:?}", seam.headers()).contains("secret"));
}

#[test]
fn a_client_is_cheap_to_share() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Seam>();
}
