//! Records what is told to `tracing`, as text.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// A subscriber that keeps everything: one line for each span, event and recorded field.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<String>>>);

/// Ends the recording when it is dropped.
pub struct Recording {
    _default: DefaultGuard,
    _second: Dispatch,
}

impl Recorder {
    /// Records what this thread tells from here on.
    pub fn start() -> (Self, Recording) {
        let recorder = Self::default();
        // While there is one subscriber alone, an event that is first met on a thread without it is taken for one that nobody
        // wants, on all threads. A second one keeps tests that run beside this one from doing so.
        let _second = Dispatch::new(Self::default());
        let _default = tracing::subscriber::set_default(recorder.clone());
        tracing::callsite::rebuild_interest_cache();
        (recorder, Recording { _default, _second })
    }

    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// The lines that start like this.
    pub fn starting(&self, start: &str) -> Vec<String> {
        let mut lines = self.lines();
        lines.retain(|line| line.starts_with(start));
        lines
    }

    fn push(&self, line: String) -> usize {
        let mut lines = self.0.lock().unwrap();
        lines.push(line);
        lines.len()
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "seam"
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields(format!("span {}", attributes.metadata().name()));
        attributes.record(&mut fields);
        Id::from_u64(self.push(fields.0) as u64)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields("record".to_owned());
        values.record(&mut fields);
        self.push(fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(format!("event {}", event.metadata().level()));
        event.record(&mut fields);
        self.push(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
