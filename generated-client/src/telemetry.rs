//! What is told of calls to the feature `tracing`; nothing without it. No value, no query and no header is told: they may hold
//! what a log should not.

#[cfg(feature = "tracing")]
mod told;

#[cfg(all(feature = "blocking", feature = "tracing"))]
pub(crate) use told::in_current_span;
#[cfg(feature = "tracing")]
pub(crate) use told::{CallSpan, Warned, doubtful};

#[cfg(all(feature = "blocking", not(feature = "tracing")))]
pub(crate) use untold::in_current_span;
#[cfg(not(feature = "tracing"))]
pub(crate) use untold::{CallSpan, Warned, doubtful};

#[cfg(not(feature = "tracing"))]
mod untold {
    use std::future::Future;
    use std::time::Duration;

    use crate::error::Error;
    use crate::request::Parts;
    use crate::response::RawReply;
    use crate::wire::Deviation;

    #[derive(Clone, Default)]
    pub(crate) struct CallSpan;

    #[allow(clippy::unused_self, reason = "it has nothing to tell")]
    impl CallSpan {
        pub(crate) fn of(_: &Parts) -> Self {
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

    pub(crate) fn doubtful(_: &'static str) {}

    #[derive(Default)]
    pub(crate) struct Warned;

    impl Warned {
        #[allow(clippy::unused_self, reason = "it has nothing to remember")]
        pub(crate) fn warn_of(&self, _: &str, _: &[Deviation]) {}
    }
}
