//! How much memory the values of a reply keep, and how much reading them takes at most.

use bench::canned::Canned;
use bench::data::{Outcome, body};
use bench::report::tell;
use bench::baseline::Device;
use peak_alloc::PeakAlloc;
use serde::Deserialize;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

#[derive(Deserialize)]
struct Devices {
    devices: Vec<Device>,
}

fn main() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let body = body("devices.json")?;
    let seam = Canned::new(body.clone()).seam()?;
    // The setup is not measured.
    drop(runtime.block_on(async { seam.devices().list().await })?);

    let ours = grown(|| Ok(runtime.block_on(async { seam.devices().list().await })?))?;
    let peer = grown(|| Ok(serde_json::from_slice::<Devices>(&body)?.devices))?;
    let size = body.len() as f64;
    tell("kept", ours.0 as f64 / size, Some(peer.0 as f64 / size));
    tell("peak", ours.1 as f64 / size, Some(peer.1 as f64 / size));
    Ok(())
}

/// By how many bytes the heap has grown when `run` is done, and while it ran.
fn grown<T>(run: impl FnOnce() -> Outcome<T>) -> Outcome<(usize, usize)> {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let kept = run()?;
    let grown = (
        ALLOCATOR.current_usage().saturating_sub(before),
        ALLOCATOR.peak_usage().saturating_sub(before),
    );
    drop(kept);
    Ok(grown)
}
