//! Codes that were on a lock before Seam: those that can be managed become managed, the others are listed.
//!
//! `SEAM_API_KEY=seam_… cargo run --example unmanaged_access_codes -- DEVICE_ID`
//!
//! A conversion goes on after the call returns. The program waits until each code has left the list of unmanaged codes.

use std::error::Error;
use std::time::Duration;

use seam::{AccessCodeId, Seam, UnmanagedAccessCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    for code in manage_all(&seam, &device_id).await? {
        println!("{:?} is still unmanaged", code.name);
    }
    Ok(())
}

/// Converts the codes of a lock, and returns those that stay unmanaged.
pub(crate) async fn manage_all(
    seam: &Seam,
    device_id: &str,
) -> seam::Result<Vec<UnmanagedAccessCode>> {
    let mut converting: Vec<AccessCodeId> = Vec::new();
    for code in unmanaged(seam, device_id).await? {
        // Some makers do not allow it, and the API says so for each code.
        if code.cannot_be_managed != Some(true) {
            let codes = seam.access_codes();
            codes.unmanaged().convert_to_managed(&code).await?;
            converting.push(code.access_code_id);
        }
    }
    for _ in 0..30 {
        let left = unmanaged(seam, device_id).await?;
        let converts = |code: &UnmanagedAccessCode| converting.contains(&code.access_code_id);
        if !left.iter().any(converts) {
            return Ok(left);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    unmanaged(seam, device_id).await
}

async fn unmanaged(seam: &Seam, device_id: &str) -> seam::Result<Vec<UnmanagedAccessCode>> {
    seam.access_codes().unmanaged().list(device_id).all().await
}
