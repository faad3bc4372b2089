//! What the fake refuses.

use seam::{ErrorKind, Seam};

use crate::fake::{Fake, KWIKSET};

const UNKNOWN_DEVICE: &str = "5ea3d00d-0000-4000-8000-00000000ffff";

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn the_servers_errors_have_their_kinds() {
    let fake = Fake::start();
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
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn replies_that_are_no_json_are_errors_with_their_status() {
    let fake = Fake::start();
    let nowhere = format!("{}/nowhere", fake.fact("endpoint"));
    let lost = Seam::builder()
        .api_key(fake.fact("api_key"))
        .endpoint(nowhere)
        .build()
        .unwrap();
    let error = lost.devices().get(UNKNOWN_DEVICE).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, None));
    assert_eq!(error.text().as_deref(), Some("404"));

    let seam = fake.seam();
    fake.outage(&["/devices/get"]);
    let error = seam
        .devices()
        .get(fake.device_id(KWIKSET))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Server, 503)
    );
    assert_eq!(error.text().as_deref(), Some(""));
    assert!(error.request_id().is_some());
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_body_that_is_too_large_for_the_server_is_refused_with_its_status() {
    let fake = Fake::start();
    let create = fake.seam().access_codes().create(fake.device_id(KWIKSET));
    let error = create.name("x".repeat(2 << 20)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 413);
    assert!(!error.is_retryable());
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn the_server_departs_from_the_document_and_the_reply_says_where() {
    let fake = Fake::start();
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

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_strict_call_fails_where_the_server_departs_from_the_document() {
    let fake = Fake::start();
    let seam = fake.seam();
    let lock = seam.locks().lock_door(fake.device_id(KWIKSET));
    let error = lock.strict().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.deviation().unwrap().pointer, "/action_attempt/result");
}
