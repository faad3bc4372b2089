//! Reports calls to `tracing` if the feature is on. It reports no values, queries or headers, because they may contain secrets.

#[cfg(feature = "tracing")]
mod enabled;

#[cfg(all(feature = "blocking", feature = "tracing"))]
pub(crate) use enabled::in_current_span;
#[cfg(feature = "tracing")]
#[allow(unused_imports, reason = "a client may have nothing to set up")]
pub(crate) use enabled::warn_of_setup;
#[cfg(feature = "tracing")]
pub(crate) use enabled::{CallSpan, Warned};

#[cfg(all(feature = "blocking", not(feature = "tracing")))]
pub(crate) use disabled::in_current_span;
#[cfg(not(feature = "tracing"))]
#[allow(unused_imports, reason = "a client may have nothing to set up")]
pub(crate) use disabled::warn_of_setup;
#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::{CallSpan, Warned};

#[cfg(not(feature = "tracing"))]
mod disabled {
    use std::future::Future;
    use std::time::Duration;

    use crate::endpoint::Operation;
    use crate::error::Error;
    use crate::response::RawReply;
    use crate::wire::Deviation;

    #[derive(Clone, Default)]
    pub(crate) struct CallSpan;

    #[allow(clippy::unused_self, reason = "it has nothing to report")]
    impl CallSpan {
        pub(crate) fn of(_: &Operation, _: &str, _: impl FnOnce() -> String) -> Self {
            Self
        }

        pub(crate) fn within<F: Future>(&self, call: F) -> F {
            call
        }

        pub(crate) fn replied(&self, _: &RawReply) {}

        pub(crate) fn will_retry(&self, _: u32, _: &Error, _: Duration) {}
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn in_current_span<F: Future>(call: F) -> F {
        call
    }

    #[allow(dead_code, reason = "a client may have nothing to set up")]
    pub(crate) fn warn_of_setup(_: &'static str) {}

    #[derive(Default)]
    pub(crate) struct Warned;

    impl Warned {
        #[allow(clippy::unused_self, reason = "it has nothing to remember")]
        pub(crate) fn warn_of(&self, _: &str, _: &[Deviation]) {}
    }
}
