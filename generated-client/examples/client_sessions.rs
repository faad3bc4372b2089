//! A browser or a phone of your user calls Seam: with a token for this user, never with your API key.
//!
//! `SEAM_API_KEY=seam_… cargo run --example client_sessions`
//!
//! Either your server makes a session and hands its token out (`token_for`), or the user's side makes it with a publishable key
//! (`sign_in_with`). The key of a user must be hard to guess: anyone who knows it can sign in by a publishable key.

use std::error::Error;
use std::time::Duration;

use seam::{ClientSession, ConnectWebview, Seam, SeamBuilder, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let seam = Seam::from_env()?;
    let session = token_for(&seam, "4d0f6a0c-user").await?;
    println!(
        "{} expires {}",
        session.client_session_id, session.expires_at
    );

    // What the user's side does:
    let client = match std::env::var("SEAM_PUBLISHABLE_KEY") {
        Ok(key) => sign_in_with(&key, "4d0f6a0c-user"),
        Err(_) => Seam::builder().client_session_token(&session.token),
    };
    let client = client.build()?;
    let webview = connect(&client).await?;
    println!("The user connects an account at {}", webview.url);
    Ok(())
}

/// Makes a session that ends in an hour, or returns the one that the user has.
pub(crate) async fn token_for(seam: &Seam, user: &str) -> seam::Result<ClientSession> {
    let hour = Duration::from_secs(3600);
    seam.client_sessions()
        .get_or_create()
        .user_identifier_key(user)
        .expires_at(Timestamp::now() + hour)
        .await
}

/// Makes the builder of a client for a user, by a publishable key. The client gets its session with its first call.
pub(crate) fn sign_in_with(key: &str, user: &str) -> SeamBuilder {
    Seam::builder().publishable_key(key, user)
}

/// Lets the user of this session connect an account.
pub(crate) async fn connect(seam: &Seam) -> seam::Result<ConnectWebview> {
    let create = seam.connect_webviews().create();
    create.provider_category("stable").await
}
