//! A code for a lock without a network: Seam computes the code, and the lock knows it by its algorithm.
//!
//! `SEAM_API_KEY=seam_… cargo run --example offline_access_codes -- DEVICE_ID`
//!
//! You cannot choose the digits, and you cannot change or delete the code afterwards. Some locks take only whole days, and the
//! code says which times it got.

use std::error::Error;
use std::time::Duration;

use seam::access_code::Status;
use seam::access_codes::create::MaxTimeRounding;
use seam::{AccessCode, Device, Seam, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    let lock = seam.devices().get(device_id).await?;
    let now = Timestamp::now();
    let day = Duration::from_secs(24 * 3600);

    let code = create(&seam, &lock, now, now + 2 * day).await?;
    println!(
        "{:?} works from {:?} to {:?}",
        code.code, code.starts_at, code.ends_at
    );
    Ok(())
}

/// Creates an offline code, and waits until Seam knows its digits.
pub(crate) async fn create(
    seam: &Seam,
    lock: &Device,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> Result<AccessCode, Box<dyn Error>> {
    if lock.can_program_offline_access_codes != Some(true) {
        return Err(format!("{} takes no offline codes", lock.display_name).into());
    }
    let mut code = seam
        .access_codes()
        .create(lock)
        .is_offline_access_code(true)
        .max_time_rounding(MaxTimeRounding::OneDay)
        .starts_at(starts_at)
        .ends_at(ends_at)
        .await?;
    for _ in 0..30 {
        if let Some(error) = code.errors.first() {
            return Err(error.message.clone().into());
        }
        if code.status == Status::Set && code.code.is_some() {
            return Ok(code);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        code = seam.access_codes().get(&code).await?;
    }
    Err("the code is not ready after a minute".into())
}
