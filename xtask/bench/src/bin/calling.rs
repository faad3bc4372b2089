//! Calls per second over loopback, against reqwest alone that sends and reads the same.

use std::future::Future;
use std::time::{Duration, Instant};

use bench::data::{Outcome, body};
use bench::report::tell;
use bench::rounds::median;
use bench::server;
use bench::baseline::Device;
use seam::Seam;
use serde::Deserialize;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

const CALLS: u32 = 4_000;
const ROUNDS: usize = 9;
const KEY: &str = "seam_bench";
const DEVICE: &str = "8f1a7b9e-3f8e-4a51-9c5c-2f0a2c1d7e60";

#[derive(Deserialize)]
struct Reply {
    device: Device,
}

fn main() -> Outcome {
    let endpoint = format!("http://{}", server::start(&body("device.json")?)?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let seam = Seam::builder().api_key(KEY).endpoint(&endpoint).build()?;
    let bare = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .build()?;
    let url = format!("{endpoint}/devices/get");
    for at_once in [1, 16] {
        let ours = || {
            let seam = seam.clone();
            async move { seam.devices().get(DEVICE).await.map(drop) }
        };
        let peers = || {
            let (bare, url) = (bare.clone(), url.clone());
            async move { post(&bare, &url).await }
        };
        let (mut of_ours, mut of_peers) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let pair = (
                many(&runtime, at_once, ours)?,
                many(&runtime, at_once, peers)?,
            );
            // The first opens the connections.
            if round > 0 {
                of_ours.push(pair.0);
                of_peers.push(pair.1);
            }
        }
        let per_second = |times| f64::from(CALLS) * 1e9 / median(times);
        let what = format!("{at_once} at once");
        tell(&what, per_second(of_ours), Some(per_second(of_peers)));
    }
    Ok(())
}

/// Returns the same without a client: the request, its bytes, and serde_json.
async fn post(bare: &reqwest::Client, url: &str) -> Result<(), String> {
    let reply = async {
        let reply = bare
            .post(url)
            .header("authorization", format!("Bearer {KEY}"))
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(serde_json::json!({"device_id": DEVICE}).to_string())
            .send()
            .await?;
        reply.error_for_status()?.bytes().await
    };
    let reply = reply.await.map_err(|error| error.to_string())?;
    let reply: Reply = serde_json::from_slice(&reply).map_err(|error| error.to_string())?;
    drop(std::hint::black_box(reply.device));
    Ok(())
}

/// How long so many calls take, of which some are under way at any time.
fn many<F, E>(runtime: &Runtime, at_once: u32, call: impl Fn() -> F) -> Outcome<Duration>
where
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    let started = Instant::now();
    runtime.block_on(async {
        let mut under_way: JoinSet<Result<(), E>> = JoinSet::new();
        for _ in 0..CALLS {
            if under_way.len() as u32 >= at_once
                && let Some(done) = under_way.join_next().await
            {
                done?.map_err(|error| error.to_string())?;
            }
            under_way.spawn(call());
        }
        while let Some(done) = under_way.join_next().await {
            done?.map_err(|error| error.to_string())?;
        }
        Ok::<(), Box<dyn std::error::Error>>(())
    })?;
    Ok(started.elapsed())
}
