//! Access to all doors of a space, such as an apartment, without naming the doors.
//!
//! `SEAM_API_KEY=seam_… cargo run --example access_grant_by_space -- apartment-12 DEVICE_ID DEVICE_ID …`
//!
//! A space has a key of your own, which is unique in the workspace. If the space exists, the program uses it.

use std::error::Error;

use seam::access_grants::{RequestedAccessMethod, create::UserIdentity};
use seam::{AccessGrant, ErrorKind, Seam, Space};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let key = arguments.next().ok_or("pass a key for the space")?;
    let doors: Vec<String> = arguments.collect();
    let seam = Seam::from_env()?;
    let space = space(&seam, &key, &doors).await?;
    let grant = grant(&seam, &space, "jane@example.com").await?;
    println!(
        "{} opens {} doors",
        grant.access_grant_id, space.device_count
    );
    Ok(())
}

/// Returns the space with this key, and creates it if there is none.
pub(crate) async fn space(seam: &Seam, key: &str, doors: &[String]) -> seam::Result<Space> {
    match seam.spaces().get_by_space_key(key).await {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let create = seam.spaces().create(key).space_key(key);
            create.device_ids(doors).await
        }
        found => found,
    }
}

/// Grants access to whatever doors the space has, now and later.
pub(crate) async fn grant(
    seam: &Seam,
    space: &Space,
    email: &str,
) -> Result<AccessGrant, Box<dyn Error>> {
    let guest = UserIdentity::new().email_address(email);
    let grant = seam
        .access_grants()
        .create_by_user_identity([RequestedAccessMethod::new("code")], guest)
        .space_ids([space])
        .await?;
    match grant.errors.first() {
        Some(error) => Err(error.message.clone().into()),
        None => Ok(grant),
    }
}
