//! The ways to say who is calling.

use seam::{ErrorKind, Seam};

use crate::fake::Fake;

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn each_way_to_sign_in_is_accepted() {
    let fake = Fake::start();
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
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_publishable_key_is_exchanged_for_a_session() {
    let fake = Fake::start();
    let seam = Seam::builder()
        .publishable_key(fake.fact("publishable_key"), "guest-7d2f")
        .endpoint(fake.fact("endpoint"))
        .build()
        .unwrap();
    seam.devices().list().await.unwrap();
    seam.connected_accounts().list().await.unwrap();
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_token_without_a_workspace_lists_workspaces() {
    let fake = Fake::start();
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
