//! Events without a webhook: ask for what is new, and handle each event once.
//!
//! `SEAM_API_KEY=seam_… cargo run --example poll_events`
//!
//! The program asks from a little before the last event it saw, because an event may become visible late, and leaves out the
//! events that it has handled. Store both if the program may restart.

use std::collections::BTreeSet;
use std::time::Duration;

use seam::event::EventType;
use seam::{Event, EventId, Seam, Timestamp};

/// How much of the past is asked for again.
const OVERLAP: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> seam::Result<()> {
    let seam = Seam::from_env()?;
    let mut poller = Poller::new(Timestamp::now());
    loop {
        match poller.poll(&seam).await {
            Ok(events) => events
                .iter()
                .map(describe)
                .for_each(|line| println!("{line}")),
            // The next look may work. Anything else needs a person.
            Err(error) if error.is_retryable() => eprintln!("{error}"),
            Err(error) => return Err(error),
        }
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}

/// Where the program stands in the stream of events.
pub(crate) struct Poller {
    since: Timestamp,
    handled: BTreeSet<(Timestamp, EventId)>,
}

impl Poller {
    pub(crate) fn new(since: Timestamp) -> Self {
        let handled = BTreeSet::new();
        Self { since, handled }
    }

    /// Returns the events that are new, the oldest first.
    pub(crate) async fn poll(&mut self, seam: &Seam) -> seam::Result<Vec<Event>> {
        let mut events = seam.events().list().since(self.since - OVERLAP).await?;
        events.retain(|event| {
            let key = (event.created_at, event.event_id.clone());
            self.handled.insert(key)
        });
        events.sort_by_key(|event| event.occurred_at);
        if let Some(latest) = events.iter().map(|event| event.created_at).max() {
            self.since = self.since.max(latest);
        }
        // What the next look cannot return again need not be remembered.
        let oldest = self.since - OVERLAP;
        self.handled.retain(|(created_at, _)| *created_at >= oldest);
        Ok(events)
    }
}

/// Says what happened. An event of a type that this version does not know comes through too.
pub(crate) fn describe(event: &Event) -> String {
    match &event.event_type {
        EventType::LockLocked { device_id, .. } => format!("{device_id} is locked"),
        EventType::LockUnlocked { .. } => match event.device_id() {
            Some(device_id) => format!("{device_id} is unlocked"),
            None => "a door is unlocked".to_owned(),
        },
        EventType::Unknown(unknown) => format!("unknown event: {unknown:?}"),
        other => other.as_str().to_owned(),
    }
}
