//! Timing things by turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::data::Outcome;

/// Returns the medians of how long each of two takes, in nanoseconds, measured by turns; what they make is dropped unmeasured.
pub fn pair<A, B>(
    rounds: usize,
    mut ours: impl FnMut() -> Outcome<A>,
    mut peers: impl FnMut() -> Outcome<B>,
) -> Outcome<(f64, f64)> {
    let (mut of_ours, mut of_peers) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let pair = (time(&mut ours)?, time(&mut peers)?);
        // The first warms up.
        if round > 0 {
            of_ours.push(pair.0);
            of_peers.push(pair.1);
        }
    }
    Ok((median(of_ours), median(of_peers)))
}

fn time<T>(run: &mut impl FnMut() -> Outcome<T>) -> Outcome<Duration> {
    let started = Instant::now();
    let made = black_box(run()?);
    let took = started.elapsed();
    drop(made);
    Ok(took)
}

/// Returns the one in the middle, in nanoseconds.
pub fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let middle = times.get(times.len() / 2);
    middle.copied().unwrap_or_default().as_secs_f64() * 1e9
}
