//! Yale, Schlage, August or SmartThings: connect an account, then lock and unlock a door.
//!
//! `SEAM_API_KEY=seam_… cargo run --example connect_and_unlock -- august`. The brand is a provider of a Connect Webview: `yale`,
//! `schlage`, `august`, `smartthings`. In a sandbox workspace, sign in as `jane@example.com` with the password `1234`.
//!
//! A device of any brand may lack a capability, so the program checks the capability before it acts.

use std::error::Error;
use std::time::Duration;

use seam::connect_webview::Status;
use seam::{Device, Seam};

/// How long the user has to sign in.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let brand = std::env::args()
        .nth(1)
        .ok_or("pass a brand, such as yale")?;
    let seam = Seam::from_env()?;
    let show = |url: &str| println!("To connect your locks, go to {url}");
    for device in connect(&seam, &brand, show).await? {
        println!("{}", lock_and_unlock(&seam, &device).await?);
    }
    Ok(())
}

/// Lets a user sign in at the address that `show` gets, and returns the devices of the new account.
pub(crate) async fn connect(
    seam: &Seam,
    brand: &str,
    show: impl FnOnce(&str),
) -> Result<Vec<Device>, Box<dyn Error>> {
    // Without `wait_for_device_creation`, the account may have no devices yet when the user has signed in.
    let webview = seam
        .connect_webviews()
        .create()
        .accepted_providers([brand])
        .wait_for_device_creation(true)
        .await?;
    show(&webview.url);

    let signed_in = async {
        loop {
            let webview = seam.connect_webviews().get(&webview).await?;
            match webview.status {
                Status::Authorized => return Ok::<_, Box<dyn Error>>(webview),
                Status::Failed => return Err("the user could not sign in".into()),
                _ => tokio::time::sleep(Duration::from_secs(2)).await,
            }
        }
    };
    let webview = tokio::time::timeout(PATIENCE, signed_in)
        .await
        .map_err(|_| "the user has not signed in")??;
    let account = webview
        .connected_account_id
        .ok_or("the webview names no account")?;
    // `all` reads every page.
    Ok(seam
        .devices()
        .list()
        .connected_account_id(account)
        .all()
        .await?)
}

/// Locks and unlocks a device, and says what it did.
pub(crate) async fn lock_and_unlock(seam: &Seam, device: &Device) -> seam::Result<String> {
    let name = &device.display_name;
    if device.can_remotely_lock != Some(true) || device.can_remotely_unlock != Some(true) {
        return Ok(format!("{name} cannot lock and unlock remotely"));
    }
    // Both calls wait until the action has succeeded.
    seam.locks().lock_door(device).await?;
    let attempt = seam.locks().unlock_door(device).await?;
    let confirmed = attempt
        .result()
        .and_then(|result| result.was_confirmed_by_device);
    Ok(match confirmed {
        Some(false) => format!("{name}: unlocked, but the device has not confirmed it"),
        _ => format!("{name}: locked and unlocked"),
    })
}
