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

/// How many deviations are remembered at most. Those beyond are not reported.
const MOST_WARNED: usize = 10_000;

/// The span of a call. Of what the client asks for on its own behalf there is none.
#[derive(Clone)]
pub(crate) struct CallSpan(Span);

impl Default for CallSpan {
    fn default() -> Self {
        Self(Span::none())
    }
}

impl CallSpan {
    /// A span with OpenTelemetry's names for HTTP clients.
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

    /// Carries out the call in its span.
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

    /// A reply came.
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

    /// The attempt of this number failed, and another follows.
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

/// What OpenTelemetry calls an error: the status where there was a reply that refuses, else the kind.
fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) if !status.is_success() => status.as_u16().to_string(),
        _ => format!("{:?}", error.kind()),
    }
}

/// Keeps a future in the span that it was made in, on whatever thread it is carried out.
#[cfg(feature = "blocking")]
pub(crate) fn in_current_span<F: Future>(call: F) -> impl Future<Output = F::Output> {
    call.instrument(Span::current())
}

/// The client was set up in a way that is likely not meant.
#[allow(dead_code, reason = "a client may have nothing to set up")]
pub(crate) fn warn_of_setup(what: &'static str) {
    warn!(target: TARGET, "{what}");
}

/// The deviations that were warned of.
#[derive(Default)]
pub(crate) struct Warned(Mutex<HashSet<String>>);

impl Warned {
    /// Warns of each deviation once: of items of a list, of one of them.
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
        seen.len() < MOST_WARNED && seen.insert(place)
    }
}
