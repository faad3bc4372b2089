//! Thermostat programs: another preset at certain times of a day, on weekdays and at weekends, and a schedule for one stay.
//!
//! `SEAM_API_KEY=seam_… cargo run --example thermostat_programs -- DEVICE_ID`
//!
//! Programs name presets by their keys. The program checks that the thermostat has the presets before it makes programs of them.

use std::error::Error;
use std::time::Duration;

use seam::thermostats::daily_programs::Period;
use seam::{Device, Seam, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let device_id = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    let device = seam.devices().get(device_id).await?;
    week(&seam, &device, "home", "away").await?;
    let now = Timestamp::now();
    let stay = Duration::from_secs(48 * 3600);
    schedule(&seam, &device, "home", now, now + stay).await?;
    Ok(())
}

/// Uses `day` and `night` at their times on weekdays, and `day` at weekends.
pub(crate) async fn week(
    seam: &Seam,
    device: &Device,
    day: &str,
    night: &str,
) -> Result<(), Box<dyn Error>> {
    if device.can_program_thermostat_programs_as_weekday_weekend != Some(true) {
        return Err("this thermostat takes no programs for weekdays and weekends".into());
    }
    for key in [day, night] {
        has_preset(device, key)?;
    }
    let programs = seam.thermostats().daily_programs();
    let periods = [Period::new(day, "07:00:00"), Period::new(night, "22:00:00")];
    let weekday = programs.create(device, "Weekday", periods).await?;
    let periods = [Period::new(day, "08:00:00")];
    let weekend = programs.create(device, "Weekend", periods).await?;
    let (weekday, weekend) = (
        &weekday.thermostat_daily_program_id,
        &weekend.thermostat_daily_program_id,
    );
    // Waits until the thermostat has the programs.
    seam.thermostats()
        .update_weekly_program(device)
        .monday_program_id(weekday)
        .tuesday_program_id(weekday)
        .wednesday_program_id(weekday)
        .thursday_program_id(weekday)
        .friday_program_id(weekday)
        .saturday_program_id(weekend)
        .sunday_program_id(weekend)
        .await?;
    Ok(())
}

/// Uses a preset for a stay. The guest may set another temperature for 90 minutes at a time.
pub(crate) async fn schedule(
    seam: &Seam,
    device: &Device,
    preset: &str,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> Result<(), Box<dyn Error>> {
    has_preset(device, preset)?;
    seam.thermostats()
        .schedules()
        .create(device, preset, starts_at, ends_at)
        .is_override_allowed(true)
        .max_override_period_minutes(90)
        .await?;
    Ok(())
}

fn has_preset(device: &Device, key: &str) -> Result<(), String> {
    let mut presets = device.properties.available_climate_presets.iter();
    match presets.any(|preset| preset.climate_preset_key == key) {
        true => Ok(()),
        false => Err(format!("{} has no preset {key}", device.display_name)),
    }
}
