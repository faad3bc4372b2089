//! A backup code for a guest whose own code could not be set on the lock.
//!
//! `SEAM_API_KEY=seam_… cargo run --example backup_access_codes -- DEVICE_ID`
//!
//! A lock with a backup pool holds a few codes in reserve. A guest at the door whose code has failed gets one of them at once.

use std::error::Error;
use std::time::Duration;

use seam::{AccessCode, AccessCodeId, Device, Seam, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    let lock = seam.devices().get(device_id).await?;
    let day = Duration::from_secs(24 * 3600);
    let now = Timestamp::now();

    let code = create(&seam, &lock, "Jane Doe", now, now + 2 * day).await?;
    // Later, for example on the event `access_code.failed_to_set_on_device`:
    println!(
        "the guest's code is {:?}",
        working_code(&seam, &code).await?
    );
    Ok(())
}

/// Creates a code for a stay, with a backup if the lock supports one.
pub(crate) async fn create(
    seam: &Seam,
    lock: &Device,
    name: &str,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> seam::Result<AccessCodeId> {
    let supported = lock.properties.supports_backup_access_code_pool == Some(true);
    let create = seam.access_codes().create(lock).name(name);
    let create = create.starts_at(starts_at).ends_at(ends_at);
    // The pool of a lock cannot be switched off again, so ask for it only where it works.
    let create = match supported {
        true => create.use_backup_access_code_pool(true),
        false => create,
    };
    Ok(create.await?.access_code_id)
}

/// Returns the digits that open the door: those of the guest's code, or of a backup if that has failed.
pub(crate) async fn working_code(
    seam: &Seam,
    code: &AccessCodeId,
) -> Result<String, Box<dyn Error>> {
    let own = seam.access_codes().get(code).await?;
    let code = match own.errors.first() {
        None => own,
        Some(_) if own.is_backup_access_code_available => pull(seam, &own).await?,
        Some(error) => return Err(error.message.clone().into()),
    };
    Ok(code.code.ok_or("the code has no digits yet")?)
}

/// Takes a code from the pool. Pulling again for the same guest gives the same code.
async fn pull(seam: &Seam, code: &AccessCode) -> seam::Result<AccessCode> {
    seam.access_codes().pull_backup_access_code(code).await
}
