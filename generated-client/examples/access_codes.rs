//! Access codes on one lock: one that works until you delete it, and one for a stay.
//!
//! `SEAM_API_KEY=seam_… cargo run --example access_codes -- DEVICE_ID`
//!
//! A new code is not on the lock yet. The program waits until an ongoing code is set, and reports the error of one that fails.

use std::error::Error;
use std::time::Duration;

use seam::access_code::Status;
use seam::{AccessCode, Device, ErrorKind, Seam, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    let lock = seam.devices().get(device_id).await?;

    let code = ongoing(&seam, &lock, "Cleaner", "7391").await?;
    println!("{:?} works now", code.code);

    let tomorrow = Timestamp::now() + Duration::from_secs(24 * 3600);
    let stay = Duration::from_secs(3 * 24 * 3600);
    let code = time_bound(&seam, &lock, "Jane Doe", tomorrow, tomorrow + stay).await?;
    println!("{:?} works from {tomorrow}", code.code);
    Ok(())
}

/// Creates a code that works until it is deleted, and waits until it is on the lock.
pub(crate) async fn ongoing(
    seam: &Seam,
    lock: &Device,
    name: &str,
    code: &str,
) -> Result<AccessCode, Box<dyn Error>> {
    check(lock)?;
    let create = seam.access_codes().create(lock).name(name).code(code);
    let code = create.await.map_err(|error| match error.kind() {
        ErrorKind::Conflict => "the lock already has this code: choose another".into(),
        _ => Box::<dyn Error>::from(error),
    })?;
    tokio::time::timeout(Duration::from_secs(120), set(seam, &code))
        .await
        .map_err(|_| "the code is not on the lock yet; it may still be set")?
}

/// Creates a code for a stay. Seam chooses the digits, and sets the code on the lock before the stay begins.
///
/// Until then its status is `unset`, so do not wait for `set` here. The event `access_code.set_on_device` comes when it is set.
pub(crate) async fn time_bound(
    seam: &Seam,
    lock: &Device,
    name: &str,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> Result<AccessCode, Box<dyn Error>> {
    check(lock)?;
    let create = seam.access_codes().create(lock).name(name);
    Ok(create.starts_at(starts_at).ends_at(ends_at).await?)
}

fn check(lock: &Device) -> Result<(), String> {
    match lock.can_program_online_access_codes {
        Some(true) => Ok(()),
        _ => Err(format!("{} takes no access codes", lock.display_name)),
    }
}

async fn set(seam: &Seam, code: &AccessCode) -> Result<AccessCode, Box<dyn Error>> {
    loop {
        let code = seam.access_codes().get(code).await?;
        if code.status == Status::Set {
            return Ok(code);
        }
        if let Some(error) = code.errors.first() {
            return Err(error.message.clone().into());
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}
