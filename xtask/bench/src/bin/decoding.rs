//! How long replies take to become values, and requests to become bytes.

use std::time::Instant;

use bench::canned::Canned;
use bench::data::{Outcome, body};
use bench::report::tell;
use bench::rounds::{median, pair};
use bench::baseline::{ClosedUntaggedEvent, Device, OpenUntaggedEvent};
use seam::Bytes;
use serde::Deserialize;
use tokio::runtime::Runtime;

#[derive(Deserialize)]
struct Devices {
    devices: Vec<Device>,
}

#[derive(Deserialize)]
struct Events<T> {
    events: Vec<T>,
}

fn main() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    devices(&runtime, &body("devices.json")?)?;
    events(&runtime, &body("events.json")?)?;
    building(&runtime)
}

/// Ours is the whole call, from building the request to the list of devices.
fn devices(runtime: &Runtime, body: &Bytes) -> Outcome {
    let seam = Canned::new(body.clone()).seam()?;
    let (ours, peer) = pair(
        41,
        || Ok(runtime.block_on(async { seam.devices().list().await })?),
        || Ok(serde_json::from_slice::<Devices>(body)?.devices),
    )?;
    tell("devices", ours, Some(peer));
    Ok(())
}

fn events(runtime: &Runtime, body: &Bytes) -> Outcome {
    let seam = Canned::new(body.clone()).seam()?;
    let mut ours = || Ok(runtime.block_on(async { seam.events().list().await })?);
    let (own, peer) = pair(15, &mut ours, || {
        Ok(serde_json::from_slice::<Events<ClosedUntaggedEvent>>(body)?.events)
    })?;
    tell("events, closed", own, Some(peer));
    let (own, peer) = pair(15, &mut ours, || {
        Ok(serde_json::from_slice::<Events<OpenUntaggedEvent>>(body)?.events)
    })?;
    tell("events, open", own, Some(peer));
    Ok(())
}

/// From the first builder to the request that a transport is handed.
fn building(runtime: &Runtime) -> Outcome {
    let canned = Canned::new(Bytes::from_static(br#"{"ok":true,"access_code":{}}"#));
    let seam = canned.seam()?;
    let mut times = Vec::new();
    for _ in 0..20_000 {
        let started = Instant::now();
        let request = seam
            .access_codes()
            .create("8f1a7b9e-3f8e-4a51-9c5c-2f0a2c1d7e60")
            .name("Front desk")
            .code("123456")
            .starts_at("2028-08-12T19:23:42+0000")
            .ends_at("2028-08-13T19:23:42+0000");
        runtime.block_on(async { request.await })?;
        let asked = canned.asked().ok_or("no request came")?;
        times.push(asked.duration_since(started));
    }
    tell("building", median(times), None);
    Ok(())
}
