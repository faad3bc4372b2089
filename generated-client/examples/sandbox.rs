//! A sandbox workspace: what your application does when a lock goes offline, without a lock.
//!
//! `SEAM_API_KEY=seam_test… cargo run --example sandbox -- DEVICE_ID`
//!
//! Only sandbox workspaces simulate, and not every device simulates everything. At its end the program resets the workspace, which
//! deletes all that is in it, so it checks first that this is a sandbox.

use std::error::Error;
use std::time::Duration;

use seam::{Device, Seam};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    let device = seam.devices().get(device_id).await?;
    println!("{}", unplug(&seam, &device).await?);
    reset(&seam).await?;
    Ok(())
}

/// Disconnects a lock for a while, and returns the error that the device shows meanwhile.
pub(crate) async fn unplug(seam: &Seam, device: &Device) -> Result<String, Box<dyn Error>> {
    if device.can_simulate_disconnection != Some(true) {
        return Err(format!("{} cannot be unplugged", device.display_name).into());
    }
    seam.devices().simulate().disconnect(device).await?;
    let offline = online(seam, device, false).await?;
    seam.devices().simulate().connect(device).await?;
    online(seam, device, true).await?;
    let error = offline.errors.first();
    Ok(error.map_or_else(|| "no error".to_owned(), |error| error.message.clone()))
}

/// Waits until the device is online or offline.
async fn online(seam: &Seam, device: &Device, online: bool) -> Result<Device, Box<dyn Error>> {
    for _ in 0..30 {
        let device = seam.devices().get(device).await?;
        if device.properties.online == online {
            return Ok(device);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Err("the device did not change after 30 seconds".into())
}

/// Puts the sandbox back to its start, and waits for it: after each run in CI, for example.
pub(crate) async fn reset(seam: &Seam) -> Result<(), Box<dyn Error>> {
    if !seam.workspaces().get().await?.is_sandbox {
        return Err("this is no sandbox".into());
    }
    let reset = seam.workspaces().reset_sandbox();
    reset.wait_timeout(Duration::from_secs(60)).await?;
    Ok(())
}
