//! The futures of a request. What is generic in them is the last step, from a reply to a value.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::Position;
use super::parts::Parts;
use crate::dialect::{Task, about, carry_out};
use crate::endpoint::{Output, Reply};
use crate::error::Error;
use crate::response::{RawReply, Response};
use crate::telemetry::CallSpan;
use crate::transport::BoxFuture;
use crate::wire::Deviation;

/// A request on its way: gives the whole [`Response`].
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    reply: BoxFuture<'static, Result<Reading, Error>>,
    decode: Decode<T>,
}

/// A reply that came, and how to read it.
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

/// From a reply to the whole response.
type Decode<T> = fn(Reading) -> Result<Response<T>, Error>;

#[cfg(feature = "blocking")]
impl<T> ResponseFuture<T> {
    /// What is left to do: to get the reply, and to read it.
    pub(crate) fn into_steps(self) -> (BoxFuture<'static, Result<Reading, Error>>, Decode<T>) {
        (self.reply, self.decode)
    }
}

/// Boxed here, where nothing is generic: so all of a call is compiled with this crate, and not again with whoever makes it.
pub(super) fn read(mut parts: Parts, task: Task) -> BoxFuture<'static, Result<Reading, Error>> {
    Box::pin(async move {
        parts.span = CallSpan::of(&parts.operation, parts.endpoint(), || parts.filled_path());
        let call = carry_out(&parts, task);
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
    /// Makes known where the reply departed from the document; an error where the request is strict.
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

    /// An error about the reply, with the action that it may have begun.
    fn fail(&self, error: Error) -> Error {
        complete(about(error, &self.reply), &self.parts)
    }
}

/// An error as callers get it: without secrets, and with the place of the request.
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

/// A request on its way: gives the value alone.
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
