//! Quiet hours: a noise threshold for the night, and what happens when it is exceeded.
//!
//! `SEAM_API_KEY=seam_… cargo run --example noise_sensors -- America/Los_Angeles`
//!
//! The time zone is a part of the times. A sensor takes only a few thresholds, so the program changes the one that it made before.

use std::error::Error;
use std::time::Duration;

use seam::event::EventType;
use seam::{Device, Event, NoiseThreshold, Seam, Timestamp};

/// By this name the program finds its threshold again.
const NAME: &str = "Quiet hours";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let zone = std::env::args().nth(1).ok_or("pass a time zone")?;
    let seam = Seam::from_env()?;
    let sensors = seam.devices().list().device_type("minut_sensor");
    for sensor in sensors.all().await? {
        let threshold = quiet_hours(&seam, &sensor, &zone, 70.0).await?;
        println!(
            "{}: {} dB from {}",
            sensor.display_name, threshold.noise_threshold_decibels, threshold.starts_daily_at
        );
    }
    // What was heard in the last day. A webhook brings the same events at once.
    let day = Duration::from_secs(24 * 3600);
    let events = seam.events().list().since(Timestamp::now() - day);
    for message in events.await?.iter().filter_map(message) {
        println!("{message}");
    }
    Ok(())
}

/// Sets the threshold for the night, and returns it as the API has it then.
pub(crate) async fn quiet_hours(
    seam: &Seam,
    sensor: &Device,
    zone: &str,
    decibels: f64,
) -> Result<NoiseThreshold, Box<dyn Error>> {
    let starts = format!("22:00:00[{zone}]");
    let ends = format!("07:00:00[{zone}]");
    let thresholds = seam.noise_sensors();
    let thresholds = thresholds.noise_thresholds();
    match find(seam, sensor).await? {
        Some(old) => {
            let update = thresholds.update(&old, sensor);
            let update = update.starts_daily_at(starts).ends_daily_at(ends);
            update.noise_threshold_decibels(decibels).await?;
        }
        None => {
            let create = thresholds.create(sensor, starts, ends).name(NAME);
            create.noise_threshold_decibels(decibels).await?;
        }
    }
    Ok(find(seam, sensor)
        .await?
        .ok_or("the sensor has no threshold")?)
}

async fn find(seam: &Seam, sensor: &Device) -> seam::Result<Option<NoiseThreshold>> {
    let sensors = seam.noise_sensors();
    let thresholds = sensors.noise_thresholds().list(sensor).await?;
    Ok(thresholds
        .into_iter()
        .find(|threshold| threshold.name == NAME))
}

/// The message for a host, if an event from a webhook or a list is about noise.
pub(crate) fn message(event: &Event) -> Option<String> {
    match &event.event_type {
        EventType::NoiseSensorNoiseThresholdTriggered {
            device_id,
            noise_level_decibels,
            ..
        } => Some(match noise_level_decibels {
            Some(level) => format!("{device_id} hears {level} dB"),
            None => format!("{device_id} hears too much noise"),
        }),
        _ => None,
    }
}
