use std::collections::HashSet;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Span, debug, info_span, warn};
use url::Url;

use crate::endpoint::Operation;
use crate::error::Error;
use crate::response::RawReply;
use crate::wire::Deviation;

/// The target of all spans and events, by which a filter chooses them.
const TARGET: &str = "seam";

/// The number of deviations that are remembered. Further ones are not reported.
const MAX_WARNED: usize = 10_000;

/// The span of a call. Requests that the client makes by itself have none.
#[derive(Clone)]
pub(crate) struct CallSpan(Span);

impl Default for CallSpan {
    fn default() -> Self {
        Self(Span::none())
    }
}

impl CallSpan {
    /// Returns a span with OpenTelemetry's names for HTTP clients.
    pub(crate) fn of(operation: &Operation, endpoint: &str, path: impl FnOnce() -> String) -> Self {
        let span = span(operation);
        if !span.is_disabled() {
            span.record("url.full", format!("{endpoint}{}", path()));
            if let Ok(url) = Url::parse(endpoint) {
                span.record("server.address", url.host_str());
                span.record("server.port", url.port_or_known_default());
            }
        }
        Self(span)
    }

    /// Runs the call in its span.
    pub(crate) async fn within<T>(
        &self,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let result = call.instrument(self.0.clone()).await;
        if let Err(error) = &result {
            self.0.record("otel.status_code", "ERROR");
            self.0.record("error.type", error_type(error));
        }
        result
    }

    /// Reports that a reply has arrived.
    pub(crate) fn replied(&self, reply: &RawReply) {
        let status = reply.status.as_u16();
        self.0.record("http.response.status_code", status);
        debug!(
            target: TARGET,
            {
                http.response.status_code = status,
                http.response.body.size = reply.body.len(),
                "seam.request_id" = reply.request_id(),
            },
            "replied"
        );
    }

    /// Reports that this attempt failed, and another one follows.
    pub(crate) fn will_retry(&self, attempt: u32, error: &Error, wait: Duration) {
        self.0.record("http.request.resend_count", attempt);
        let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        debug!(
            target: TARGET,
            attempt,
            "error.type" = error_type(error),
            wait_milliseconds = wait,
            "failed, and will be sent again"
        );
    }
}

fn span(operation: &Operation) -> Span {
    let method = operation.method.as_str();
    let span = info_span!(
        target: TARGET,
        "seam",
        otel.kind = "client",
        otel.name = Empty,
        otel.status_code = Empty,
        http.request.method = method,
        url.full = Empty,
        url.template = operation.path,
        server.address = Empty,
        server.port = Empty,
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        "error.type" = Empty,
    );
    span.record("otel.name", format!("{method} {}", operation.path));
    span
}

/// Returns the type of an error for OpenTelemetry: the status of a failed reply, or else the kind.
fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) if !status.is_success() => status.as_u16().to_string(),
        _ => format!("{:?}", error.kind()),
    }
}

/// Runs a future in the span that it was made in, on any thread.
#[cfg(feature = "blocking")]
pub(crate) fn in_current_span<F: Future>(call: F) -> impl Future<Output = F::Output> {
    call.instrument(Span::current())
}

/// Warns of a probably wrong setting of the client.
#[allow(dead_code, reason = "a client may have nothing to set up")]
pub(crate) fn warn_of_setup(what: &'static str) {
    warn!(target: TARGET, "{what}");
}

/// The deviations that were warned of.
#[derive(Default)]
pub(crate) struct Warned(Mutex<HashSet<String>>);

impl Warned {
    /// Warns of each deviation once, and only of one item of a list.
    pub(crate) fn warn_of(&self, path: &str, deviations: &[Deviation]) {
        for deviation in deviations {
            if self.is_new(path, &deviation.pointer) {
                warn!(
                    target: TARGET,
                    {
                        url.template = path,
                        pointer = deviation.pointer,
                        expected = deviation.expected,
                        found = deviation.found,
                    },
                    "the reply departs from the API's document"
                );
            }
        }
    }

    fn is_new(&self, path: &str, pointer: &str) -> bool {
        let mut place = path.to_owned();
        for segment in pointer.split('/') {
            let is_index = segment.bytes().all(|byte| byte.is_ascii_digit());
            place.push('/');
            place.push_str(if is_index { "*" } else { segment });
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.len() < MAX_WARNED && seen.insert(place)
    }
}
