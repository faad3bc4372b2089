#[cfg(feature = "tracing")]
#[path = "../../tests/support/recorder.rs"]
#[allow(dead_code, unreachable_pub, reason = "it is for other tests too")]
mod recorder;

use std::time::Duration;

use super::{Seam, SeamBuilder};
use crate::error::{Error, ErrorKind};

const KEY: &str = "seam_key_secret";

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

fn endpoint(builder: SeamBuilder, environment: Environment) -> Result<String, String> {
    let seam = build(builder.api_key(KEY), environment);
    seam.map(|seam| seam.endpoint().to_owned())
        .map_err(|error| error.message().to_owned())
}

#[test]
fn the_endpoint_comes_from_the_builder_then_the_environment_then_the_default() {
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

#[cfg(feature = "tracing")]
#[test]
fn a_deprecated_variable_in_use_is_warned_of() {
    let (recorder, _guard) = recorder::Recorder::start();
    const OLD: (&str, &str) = ("SEAM_API_URL", "http://localhost:2");
    endpoint(
        Seam::builder(),
        &[OLD, ("SEAM_ENDPOINT", "http://localhost:1")],
    )
    .unwrap();
    endpoint(Seam::builder().endpoint("http://localhost:3"), &[OLD]).unwrap();
    assert!(recorder.lines().is_empty());
    endpoint(Seam::builder(), &[OLD]).unwrap();
    assert_eq!(
        recorder.lines(),
        ["event WARN message=SEAM_API_URL is deprecated: set SEAM_ENDPOINT"]
    );
}

#[test]
fn invalid_and_unencrypted_endpoints_are_refused() {
    for (url, expected) in [
        ("http://seam.example", "would send the key unencrypted"),
        ("http://localhost.example", "would send the key unencrypted"),
        ("http://127.0.0.1.example", "would send the key unencrypted"),
        ("ftp://localhost", "it must start with `https://`"),
        ("seam_secret", "it must be a URL"),
        ("", "it must be a URL"),
        (
            "https://user:secret@seam.example",
            "it must be a base URL without",
        ),
        ("https://seam.example/?a=b", "it must be a base URL without"),
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
fn debug_shows_no_secret() {
    let builder = Seam::builder().endpoint("http://localhost:1").api_key(KEY);
    assert!(!format!("{builder:?}").contains("secret"));
    let seam = build(builder, NOTHING).unwrap();
    assert_eq!(
        format!("{seam:?}"),
        r#"Seam { endpoint: "http://localhost:1", .. }"#
    );
}

#[test]
fn a_client_is_cheap_to_share() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Seam>();
}
