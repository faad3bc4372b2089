//! An instant key: a link that opens a mobile key without an app.
//!
//! `SEAM_API_KEY=seam_… cargo run --example instant_key -- ACS_ENTRANCE_ID`
//!
//! Whoever has the link has the key, so it works once here, and neither logs nor `Debug` show it.

use std::error::Error;

use seam::Seam;
use seam::access_grants::{RequestedAccessMethod, create::UserIdentity};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let entrance = std::env::args().nth(1).ok_or("pass an entrance id")?;
    let seam = Seam::from_env()?;
    let link = link(&seam, &entrance, "Jane Doe").await?;
    println!("Send this to the guest: {link}");
    Ok(())
}

/// Grants access by mobile key, and returns the link for the guest.
pub(crate) async fn link(
    seam: &Seam,
    entrance: &str,
    guest: &str,
) -> Result<String, Box<dyn Error>> {
    let entrance = seam.acs().entrances().get(entrance).await?;
    if entrance.can_unlock_with_mobile_key != Some(true) {
        return Err(format!("{} takes no mobile keys", entrance.display_name).into());
    }
    let key = RequestedAccessMethod::new("mobile_key").instant_key_max_use_count(1);
    let guest = UserIdentity::new().full_name(guest);
    let grant = seam
        .access_grants()
        .create_by_user_identity([key], guest)
        .acs_entrance_ids([&entrance])
        .await?;
    // Usually the reply has the link; otherwise the access method has it later.
    if let Some(link) = grant.instant_key_url {
        return Ok(link);
    }
    let methods = seam
        .access_methods()
        .list()
        .access_grant_id(&grant.access_grant_id);
    let links = methods.await?.into_iter();
    let link = links.filter_map(|method| method.instant_key_url).next();
    Ok(link.ok_or("the key is not issued yet: wait for access_method.issued")?)
}
