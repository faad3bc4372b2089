//! A thermostat: heat now, then a preset for the time when nothing else applies.
//!
//! `SEAM_API_KEY=seam_… cargo run --example thermostat`
//!
//! A preset has to exist before a schedule, a fallback or a program names it. A preset with both set points needs a thermostat
//! that heats and cools.

use std::error::Error;

use seam::{Device, Seam};

/// The key of the preset. It is yours, and unique on the thermostat.
const AWAY: &str = "away";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let seam = Seam::from_env()?;
    for thermostat in seam.thermostats().list().await? {
        println!("{}", warm(&seam, &thermostat, 20.0).await?);
        if away(&seam, &thermostat).await? {
            println!("{} falls back to {AWAY}", thermostat.display_name);
        }
    }
    Ok(())
}

/// Heats to this temperature, and says in which mode the thermostat is then.
pub(crate) async fn warm(seam: &Seam, device: &Device, celsius: f64) -> seam::Result<String> {
    let name = &device.display_name;
    if device.can_hvac_heat != Some(true) {
        return Ok(format!("{name} cannot heat"));
    }
    // Waits until the thermostat has taken it.
    let heat = seam.thermostats().heat(device);
    heat.heating_set_point_celsius(celsius).await?;
    let device = seam.devices().get(device).await?;
    let setting = device.properties.current_climate_setting;
    let mode = setting.and_then(|setting| setting.hvac_mode_setting);
    Ok(match mode {
        Some(mode) => format!("{name} is set to {mode}"),
        None => format!("{name} does not say its mode"),
    })
}

/// Makes the preset unless it exists, and makes it the fallback. Returns false if the thermostat cannot do that.
pub(crate) async fn away(seam: &Seam, device: &Device) -> seam::Result<bool> {
    if device.can_hvac_heat_cool != Some(true) {
        return Ok(false);
    }
    let presets = &device.properties.available_climate_presets;
    if !presets
        .iter()
        .any(|preset| preset.climate_preset_key == AWAY)
    {
        seam.thermostats()
            .create_climate_preset(device, AWAY)
            .name("Away")
            .hvac_mode_setting("heat_cool")
            .fan_mode_setting("auto")
            .heating_set_point_celsius(16)
            .cooling_set_point_celsius(27)
            .await?;
    }
    let thermostats = seam.thermostats();
    thermostats
        .set_fallback_climate_preset(device, AWAY)
        .await?;
    Ok(true)
}
