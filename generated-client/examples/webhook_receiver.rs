//! A webhook receiver with axum: verifies each delivery, answers at once, handles each event once.
//!
//! `SEAM_WEBHOOK_SECRET=whsec_… cargo run --example webhook_receiver --features webhook`. Seam shows the secret when you create the
//! webhook. The receiver listens on port 8080; Seam has to reach it from the internet.
//!
//! Seam sends a delivery again if the answer is late or no success, so the receiver only puts the event into a queue. The same
//! event may arrive twice, so the task behind the queue remembers the ids that it has handled.

use std::collections::HashSet;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use seam::event::EventType;
use seam::webhook::Webhook;
use seam::{ErrorKind, Event, EventId};
use tokio::sync::mpsc::{Receiver, Sender, channel};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let webhook = Webhook::new(std::env::var("SEAM_WEBHOOK_SECRET")?)?;
    let (sender, receiver) = channel(1000);
    tokio::spawn(handle_all(receiver, |event| {
        println!("{}", describe(&event))
    }));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    axum::serve(listener, app(webhook, sender)).await?;
    Ok(())
}

type Shared = Arc<(Webhook, Sender<Event>)>;

/// The routes of the receiver. Genuine events go into `queue`.
pub(crate) fn app(webhook: Webhook, queue: Sender<Event>) -> Router {
    let shared: Shared = Arc::new((webhook, queue));
    Router::new()
        .route("/seam", post(receive))
        .with_state(shared)
}

async fn receive(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let (webhook, queue) = &*shared;
    match webhook.verify(&headers, &body) {
        // If the queue is full, Seam sends the event again later.
        Ok(event) => match queue.try_send(event) {
            Ok(()) => StatusCode::NO_CONTENT,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(error) => {
            eprintln!("{error}");
            match error.kind() {
                ErrorKind::WebhookForged | ErrorKind::WebhookStale => StatusCode::UNAUTHORIZED,
                _ => StatusCode::BAD_REQUEST,
            }
        }
    }
}

/// Handles the events of the queue, each id once. Keep the ids in your database if the program may restart.
pub(crate) async fn handle_all(mut queue: Receiver<Event>, mut handle: impl FnMut(Event)) {
    let mut handled = HashSet::<EventId>::new();
    while let Some(event) = queue.recv().await {
        if handled.insert(event.event_id.clone()) {
            handle(event);
        }
    }
}

/// Says what happened.
pub(crate) fn describe(event: &Event) -> String {
    match &event.event_type {
        EventType::AccessCodeSetOnDevice { device_id, .. } => format!("a code is on {device_id}"),
        EventType::AccessCodeFailedToSetOnDevice { device_id, .. } => {
            format!("a code could not be set on {device_id}")
        }
        EventType::DeviceDisconnected { device_id, .. } => format!("{device_id} is offline"),
        other => other.as_str().to_owned(),
    }
}
