//! Sends requests, with retries. The code is the same for all endpoints.

#[cfg(test)]
mod tests;

use std::time::Duration;

use super::parts::Parts;
use super::transmit::{PartialReply, transmit};
use crate::error::Error;
use crate::response::RawReply;
use crate::retry::random;
use crate::transport::Stopwatch;

/// Sends a request, and retries it as its policy says.
pub(crate) async fn send(parts: &Parts) -> Result<RawReply, Error> {
    parts.check()?;
    let transport = parts.seam.transport();
    let total = parts.total_timeout();
    let began = Stopwatch::start(transport);
    let mut attempt = 1;
    let mut may_have_acted = false;
    loop {
        // Elapsed time is compared, because a deadline far in the future may overflow.
        let longest = parts
            .attempt_timeout()
            .min(total.saturating_sub(began.elapsed()));
        let error = match send_once(parts, longest).await {
            Ok(reply) => return Ok(reply),
            Err(error) if may_have_acted => error.after_one_that_may_have_acted(),
            Err(error) => error,
        };
        may_have_acted = error.may_have_acted();
        let wait = parts.wait_after(attempt, &error, random());
        let remaining = total.saturating_sub(began.elapsed());
        let Some(wait) = wait.filter(|wait| *wait < remaining) else {
            return Err(error);
        };
        parts.span.will_retry(attempt, &error, wait);
        transport.sleep(wait).await;
        attempt += 1;
    }
}

/// Sends a request once, and waits no longer than `longest`. A failed reply is an error.
pub(crate) async fn send_once(parts: &Parts, longest: Duration) -> Result<RawReply, Error> {
    parts.check().map_err(|error| parts.locate(error))?;
    let partial = PartialReply::default();
    let call = transmit_as_caller(parts, &partial);
    partial
        .within(parts, longest, call)
        .await
        .map_err(|error| parts.locate(error))
}

/// Sends a request with the credentials of the client.
async fn transmit_as_caller(parts: &Parts, partial: &PartialReply) -> Result<RawReply, Error> {
    let caller = parts.seam.caller();
    let signature = caller.signature(parts, None).await?;
    let refusal = match transmit(parts, &signature, partial).await {
        Err(refusal) if caller.may_renew(&refusal) => refusal,
        result => return result,
    };
    let renewed = caller.signature(parts, Some(&signature)).await?;
    if renewed.is_same(&signature) || parts.is_spent() {
        return Err(refusal);
    }
    // A refused request has not acted, so it is safe to send any request again.
    transmit(parts, &renewed, partial).await
}
