//! Measures time with the clock of a transport.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::Transport;

/// Measures how long something takes.
pub(crate) struct Stopwatch<'a> {
    transport: &'a dyn Transport,
    started: Duration,
}

impl<'a> Stopwatch<'a> {
    pub(crate) fn start(transport: &'a dyn Transport) -> Self {
        Self {
            transport,
            started: transport.now(),
        }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.transport.now().saturating_sub(self.started)
    }
}

/// Waits for a call; drops it and returns `None` if it takes longer than `longest`.
pub(crate) async fn limited<T>(
    transport: &dyn Transport,
    longest: Duration,
    call: impl Future<Output = T>,
) -> Option<T> {
    let mut call = pin!(call);
    let mut sleep = transport.sleep(longest);
    poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
        Poll::Ready(done) => Poll::Ready(Some(done)),
    })
    .await
}

/// Returns the time of Tokio's clock, which a test can pause.
#[cfg(not(target_family = "wasm"))]
pub(super) fn tokio_now() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;

    /// An offset, so that the epoch is before any clock that a test has paused.
    const BEFORE: Duration = Duration::from_secs(24 * 60 * 60);
    static EPOCH: OnceLock<Instant> = OnceLock::new();

    let epoch = EPOCH.get_or_init(|| {
        let now = Instant::now();
        now.checked_sub(BEFORE).unwrap_or(now)
    });
    let now = tokio::time::Instant::now().into_std();
    now.saturating_duration_since(*epoch)
}
