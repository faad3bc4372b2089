//! Many calls at once, and calls that block.

use crate::fake::{Fake, KWIKSET};

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_thousand_calls_at_once_over_one_client_succeed() {
    let fake = Fake::start();
    let seam = fake.seam();
    let device = fake.device_id(KWIKSET);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..1000 {
        calls.spawn(seam.devices().get(device).into_future());
    }
    while let Some(call) = calls.join_next().await {
        assert_eq!(call.unwrap().unwrap().device_id, device);
    }
}

#[cfg(feature = "blocking")]
#[test]
#[ignore = "needs the fake server: cargo xtask e2e"]
fn threads_block_on_the_fake_at_once() {
    let fake = Fake::start();
    let (seam, lock) = (fake.seam(), fake.device_id(KWIKSET));
    seam.locks().lock_door(lock).call().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                let device = seam.devices().get(lock).call().unwrap();
                assert_eq!(device.properties.locked, Some(true));
            });
        }
    });
}

#[cfg(feature = "blocking")]
#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_call_blocks_within_an_async_program_between_calls_that_do_not() {
    let fake = Fake::start();
    let (seam, lock) = (fake.seam(), fake.device_id(KWIKSET));
    seam.locks().lock_door(lock).await.unwrap();
    let device = seam.devices().get(lock).call().unwrap();
    assert_eq!(device.properties.locked, Some(true));
    let all = seam.devices().list().limit(1).stream().blocking();
    assert!(all.map(Result::unwrap).count() > 2);
    seam.locks().unlock_door(lock).call().unwrap();
    let device = seam.devices().get(lock).await.unwrap();
    assert_eq!(device.properties.locked, Some(false));
}
