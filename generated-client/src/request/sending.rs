//! The futures of a request. What is generic in them is the last step, from a reply to a value.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::parts::Parts;
use super::send::execute;
use crate::endpoint::{Output, Reply};
use crate::error::Error;
use crate::response::{RawReply, Response};
use crate::transport::BoxFuture;

/// A request on its way: gives the whole [`Response`].
#[must_use = "a request does nothing until it is awaited"]
pub struct Sending<T> {
    reply: BoxFuture<'static, Result<(RawReply, Reply), Error>>,
    decode: fn(RawReply, Reply) -> Result<Response<T>, Error>,
}

impl<T: Output> Sending<T> {
    pub(super) fn new(parts: Parts, is_action_attempt: bool) -> Self {
        Self {
            reply: Box::pin(execute(parts, is_action_attempt)),
            decode,
        }
    }
}

fn decode<T: Output>(reply: RawReply, place: Reply) -> Result<Response<T>, Error> {
    let (value, deviations) = T::from_reply(&reply, place)?;
    Ok(Response::new(value, reply, deviations))
}

impl<T> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (reply, place) = ready!(self.reply.as_mut().poll(context))?;
        Poll::Ready((self.decode)(reply, place))
    }
}

impl<T> std::fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

/// A request on its way: gives the value alone.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct Awaiting<T>(Sending<T>);

impl<T> Awaiting<T> {
    pub(super) fn new(sending: Sending<T>) -> Self {
        Self(sending)
    }
}

impl<T> Future for Awaiting<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(context)
            .map_ok(Response::into_value)
    }
}
