//! The futures of a request. Only their last step, from a reply to a value, is generic.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::Position;
use super::parts::Parts;
use crate::dialect::{Task, about, run_task};
use crate::endpoint::{Output, Reply};
use crate::error::Error;
use crate::response::{RawReply, Response};
use crate::telemetry::CallSpan;
use crate::transport::BoxFuture;
use crate::wire::Deviation;

/// The future of a sent request: gives the whole [`Response`].
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    reply: BoxFuture<'static, Result<Reading, Error>>,
    decode: Decode<T>,
}

/// A reply, and how to read it.
pub(crate) struct Reading {
    pub(super) reply: RawReply,
    place: Reply,
    parts: Parts,
}

impl<T: Output> ResponseFuture<T> {
    pub(crate) fn new(parts: Parts, task: Task) -> Self {
        Self {
            reply: read(parts, task),
            decode,
        }
    }
}

/// The function that converts a reply to the whole response.
type Decode<T> = fn(Reading) -> Result<Response<T>, Error>;

#[cfg(feature = "blocking")]
impl<T> ResponseFuture<T> {
    /// Returns the two steps: to get the reply, and to read it.
    pub(crate) fn into_steps(self) -> (BoxFuture<'static, Result<Reading, Error>>, Decode<T>) {
        (self.reply, self.decode)
    }
}

/// Starts a task. The future is boxed in code that is not generic, so that it is compiled with this crate and not again for every
/// caller.
pub(super) fn read(mut parts: Parts, task: Task) -> BoxFuture<'static, Result<Reading, Error>> {
    Box::pin(async move {
        parts.span = CallSpan::of(&parts.operation, parts.endpoint(), || parts.filled_path());
        let call = run_task(&parts, task);
        let called = parts.span.within(call).await;
        let (reply, place) = called.map_err(|error| complete(error, &parts))?;
        Ok(Reading {
            reply,
            place,
            parts,
        })
    })
}

pub(super) fn decode<T: Output>(reading: Reading) -> Result<Response<T>, Error> {
    let (value, deviations) = match T::from_reply(&reading.reply, reading.place) {
        Ok(read) => read,
        Err(error) => return Err(reading.fail(error)),
    };
    reading.judge(&deviations)?;
    let position = Position::of(&reading.parts);
    Ok(Response::new(value, reading.reply, deviations, position))
}

impl Reading {
    /// Reports the deviations of the reply from the document; fails if the request is strict and there is one.
    fn judge(&self, deviations: &[Deviation]) -> Result<(), Error> {
        match deviations.first() {
            None => Ok(()),
            Some(first) if self.parts.strict => Err(self.fail(
                self.reply
                    .invalid("the reply departs from the API's document")
                    .with_deviation(first.clone()),
            )),
            Some(_) => {
                self.parts
                    .seam
                    .warn_of(self.parts.operation.path, deviations);
                Ok(())
            }
        }
    }

    /// Adds the action that the reply may have started to an error.
    fn fail(&self, error: Error) -> Error {
        complete(about(error, &self.reply), &self.parts)
    }
}

/// Completes an error for callers: removes secrets, and adds host and path of the request.
fn complete(error: Error, parts: &Parts) -> Error {
    let error = parts.seam.caller().without_secrets(error);
    parts.locate(error)
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reading = ready!(self.reply.as_mut().poll(context))?;
        Poll::Ready((self.decode)(reading))
    }
}

impl<T> std::fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

/// The future of a sent request: gives the value alone.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct ValueFuture<T>(ResponseFuture<T>);

impl<T> ValueFuture<T> {
    pub(crate) fn new(sending: ResponseFuture<T>) -> Self {
        Self(sending)
    }
}

impl<T> Future for ValueFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map_ok(Response::into_value)
    }
}
