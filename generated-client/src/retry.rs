//! Retries of failed requests.

#[cfg(test)]
mod tests;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::error::Error;

/// How often and when a failed request is sent again.
///
/// | what happened | a call that only reads | a call that acts |
/// |---|---|---|
/// | no connection: refused, unreachable, not open within the connect timeout | sent again | sent again: it never reached the server |
/// | 429: a rate limit | sent again | sent again: it was refused |
/// | 408, 5xx | sent again | error |
/// | no reply in time, or the connection broke or was closed after the request was sent | sent again | error: it may have acted |
/// | a certificate that is not trusted | error | error |
/// | any other status, or a reply that cannot be used | error | error |
///
/// A call acts if it creates, changes or deletes something, whatever its HTTP method. A policy that you set on one request
/// ([`Request::retry`](crate::Request::retry)) follows the column of reads, even if the call acts: it may then act twice.
///
/// By default a request is sent up to 3 times. The waits double, from 200 milliseconds on. If the API sends `retry-after`, the
/// wait is at least that long; if that is longer than [`longest_wait`](Self::longest_wait) or the rest of the total timeout,
/// the call fails at once with an error that says how long to wait. Each wait is up to a half longer at random, so that many
/// clients do not come back at the same moment.
///
/// ```
/// use std::time::Duration;
/// use seam::{RetryPolicy, Seam};
///
/// # fn example() -> Result<(), seam::Error> {
/// let patient = RetryPolicy::default().attempts(5).longest_wait(Duration::from_secs(120));
/// let seam = Seam::builder().retry(patient).build()?;
/// let once = Seam::builder().retry(RetryPolicy::never()).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a client or a request"]
pub struct RetryPolicy {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// Sends a request once, and never retries it.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the largest number of attempts, including the first one. Default: 3. Zero counts as one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the wait before the second attempt. It doubles for each further attempt. Default: 200 milliseconds.
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Sets the longest wait, without its random part. Default: 30 seconds. If the API asks for a longer wait, the call fails at
    /// once with an error that says how long ([`Error::retry_after`]).
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Returns how long to wait after a failed attempt, which are counted from 1; `None` to give up. `random` is between 0 and 1.
    pub(crate) fn wait_after(&self, attempt: u32, error: &Error, random: f64) -> Option<Duration> {
        if attempt >= self.attempts || !error.is_retryable() {
            return None;
        }
        let asked = error.retry_after().unwrap_or_default();
        let wait = asked.max(self.backoff(attempt));
        (asked <= self.longest_wait).then(|| jittered(wait, random))
    }

    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt - 1);
        let wait = self.first_wait.saturating_mul(doubled);
        wait.min(self.longest_wait)
    }
}

/// Makes a wait up to 1.5 times as long. `random` is between 0 and 1.
pub(crate) fn jittered(wait: Duration, random: f64) -> Duration {
    wait.saturating_add((wait / 2).mul_f64(random))
}

/// Returns a random number between 0 and 1. The random keys of the standard library's hash maps are good enough to spread
/// clients.
pub(crate) fn random() -> f64 {
    let drawn = RandomState::new().build_hasher().finish() >> 32;
    u32::try_from(drawn).map_or(0.0, f64::from) / f64::from(u32::MAX)
}
