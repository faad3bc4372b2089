//! Times of the crates `chrono` and `time` beside those of this crate, which are `jiff::Timestamp`.
//!
//! `SEAM_API_KEY=seam_… cargo run --example chrono_and_time -- DEVICE_ID`
//!
//! Parameters take a `SystemTime`, and both crates convert to one. What comes back is converted by its seconds and nanoseconds.

use std::error::Error;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use seam::{AccessCode, Seam, Timestamp};
use time::OffsetDateTime;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;

    let start = DateTime::<Utc>::from(SystemTime::now());
    let code = with_chrono(&seam, &device_id, start, start + TimeDelta::days(2)).await?;
    println!("{:?}", code.ends_at.and_then(to_chrono));

    let start = OffsetDateTime::now_utc();
    let code = with_time(&seam, &device_id, start, start + time::Duration::days(2)).await?;
    println!("{:?}", code.ends_at.and_then(to_time));
    Ok(())
}

/// Passes times of `chrono`.
pub(crate) async fn with_chrono(
    seam: &Seam,
    lock: &str,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> seam::Result<AccessCode> {
    let create = seam.access_codes().create(lock);
    let create = create.starts_at(SystemTime::from(starts_at));
    create.ends_at(SystemTime::from(ends_at)).await
}

/// Passes times of `time`.
pub(crate) async fn with_time(
    seam: &Seam,
    lock: &str,
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> seam::Result<AccessCode> {
    let create = seam.access_codes().create(lock);
    let create = create.starts_at(SystemTime::from(starts_at));
    create.ends_at(SystemTime::from(ends_at)).await
}

/// Converts to `chrono`.
pub(crate) fn to_chrono(time: Timestamp) -> Option<DateTime<Utc>> {
    let second = DateTime::from_timestamp(time.as_second(), 0)?;
    Some(second + TimeDelta::nanoseconds(time.subsec_nanosecond().into()))
}

/// Converts to `time`, which holds the years to 9999, as `jiff` does.
pub(crate) fn to_time(time: Timestamp) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(time.as_nanosecond()).ok()
}
