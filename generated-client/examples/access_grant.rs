//! Access to an entrance by PIN code, mobile key or card.
//!
//! `SEAM_API_KEY=seam_… cargo run --example access_grant -- ACS_ENTRANCE_ID code`. The second argument is `code`, `mobile_key` or
//! `card`.
//!
//! A grant says who may enter where and when. Each way to enter is an access method, which Seam issues a little later.

use std::error::Error;
use std::time::Duration;

use seam::access_grants::{RequestedAccessMethod, create::UserIdentity};
use seam::access_method::Mode;
use seam::{AccessGrantId, AccessMethod, AcsEntrance, Seam, Timestamp};

/// What to hand to the guest.
#[derive(Debug, PartialEq)]
pub(crate) enum Key {
    /// These digits.
    Pin(String),
    /// This link, which opens the mobile key.
    Link(String),
    /// A card, which an encoder has to write first: see `encode_card`.
    Card(AccessGrantId),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let entrance = arguments.next().ok_or("pass an entrance id")?;
    let mode = arguments.next().unwrap_or_else(|| "code".to_owned());
    let seam = Seam::from_env()?;
    let key = grant(&seam, &entrance, mode.as_str().into()).await?;
    println!("{key:?}");
    Ok(())
}

/// Lets a guest enter for two days from now, and waits for the key.
pub(crate) async fn grant(seam: &Seam, entrance: &str, mode: Mode) -> Result<Key, Box<dyn Error>> {
    let entrance = seam.acs().entrances().get(entrance).await?;
    if !opens_with(&entrance, &mode) {
        return Err(format!("{} does not open with a {mode}", entrance.display_name).into());
    }
    let guest = UserIdentity::new()
        .full_name("Jane Doe")
        .email_address("jane@example.com");
    let now = Timestamp::now();
    let grant = seam
        .access_grants()
        .create_by_user_identity([RequestedAccessMethod::new(mode.as_str())], guest)
        .acs_entrance_ids([&entrance])
        .starts_at(now)
        .ends_at(now + Duration::from_secs(48 * 3600))
        .await?;

    for _ in 0..60 {
        // The grant names the methods that it made; the list may be empty at first.
        let methods = seam.access_methods().list().access_grant_id(&grant);
        if let Some(method) = methods.await?.into_iter().next()
            && let Some(key) = key(method, &grant.access_grant_id)?
        {
            return Ok(key);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    Err("the access method is not issued after two minutes".into())
}

fn opens_with(entrance: &AcsEntrance, mode: &Mode) -> bool {
    let can = match mode {
        Mode::Code => entrance.can_unlock_with_code,
        Mode::Card => entrance.can_unlock_with_card,
        Mode::MobileKey => entrance.can_unlock_with_mobile_key,
        Mode::CloudKey => entrance.can_unlock_with_cloud_key,
        _ => None,
    };
    can == Some(true)
}

/// The key, once there is one. The digits are read back: a PIN code that you ask for is only a wish.
fn key(method: AccessMethod, grant: &AccessGrantId) -> Result<Option<Key>, String> {
    if let Some(error) = method.errors.first() {
        return Err(error.message.clone());
    }
    if method.is_encoding_required == Some(true) {
        return Ok(Some(Key::Card(grant.clone())));
    }
    if !method.is_issued {
        return Ok(None);
    }
    let link = method.instant_key_url.map(Key::Link);
    Ok(method.code.map(Key::Pin).or(link))
}
