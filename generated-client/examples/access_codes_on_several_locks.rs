//! One code for several locks, and a longer stay for all of them in one call.
//!
//! `SEAM_API_KEY=seam_… cargo run --example access_codes_on_several_locks -- DEVICE_ID DEVICE_ID …`
//!
//! Codes that Seam chooses share a `common_code_key`, which updates them together. If you choose the code yourself, there is no
//! such key, and each code is updated by itself.

use std::error::Error;
use std::time::Duration;

use seam::{AccessCode, Seam, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let locks: Vec<String> = std::env::args().skip(1).collect();
    let seam = Seam::from_env()?;
    let day = Duration::from_secs(24 * 3600);
    let tomorrow = Timestamp::now() + day;

    let codes = create(&seam, &locks, "Jane Doe", tomorrow, tomorrow + 2 * day).await?;
    for code in &codes {
        println!("{}: {:?}", code.device_id, code.code);
    }
    extend(&seam, &codes, tomorrow, tomorrow + 3 * day).await?;
    Ok(())
}

/// Creates the same code on all of these locks.
pub(crate) async fn create(
    seam: &Seam,
    locks: &[String],
    name: &str,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> seam::Result<Vec<AccessCode>> {
    seam.access_codes()
        .create_multiple(locks)
        .name(name)
        .starts_at(starts_at)
        .ends_at(ends_at)
        .preferred_code_length(4)
        .await
}

/// Gives the codes another end. Both times are sent: one alone is refused.
pub(crate) async fn extend(
    seam: &Seam,
    codes: &[AccessCode],
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> seam::Result<()> {
    let key = codes.first().and_then(|code| code.common_code_key.as_ref());
    if let Some(key) = key {
        let update = seam.access_codes().update_multiple(key);
        return update.starts_at(starts_at).ends_at(ends_at).await;
    }
    for code in codes {
        let update = seam.access_codes().update(code);
        update.starts_at(starts_at).ends_at(ends_at).await?;
    }
    Ok(())
}
