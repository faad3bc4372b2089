//! Server-sent events: a reply that is a stream of events.

mod parse;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::super::Request;
use super::download::{Download, open};
use crate::endpoint::{Endpoint, Output, Reply};
use crate::error::Error;
use crate::transport::BoxFuture;
use parse::{Message, Parser};

/// The data that some servers send last. It is not an event.
const DONE: &str = "[DONE]";

/// An endpoint whose reply is a stream of events. Implemented by generated code.
pub trait Eventful: Endpoint {
    /// The type of an event's data.
    type Data: Output;
    /// The format of the data.
    #[doc(hidden)]
    const DATA: Reply;
}

/// An event that a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event, if the server sends one.
    pub name: Option<String>,
    /// The id of the last event that has one.
    pub id: Option<String>,
    /// The data.
    pub data: T,
}

impl<E: Eventful> Request<E> {
    /// Sends the request, and returns the events of the reply as a stream.
    ///
    /// ```
    /// # async fn example<E: seam::request::Eventful>(request: seam::Request<E>) -> seam::Result<()> {
    /// let mut events = request.events();
    /// while let Some(event) = events.next().await {
    ///     let data = event?.data;
    /// }
    /// # Ok(()) }
    /// ```
    pub fn events(mut self) -> Events<E::Data> {
        self.parts.set_header("accept", "text/event-stream");
        let limit = self.parts.seam.reply_limit();
        Events {
            state: State::Opening(open(self.parts)),
            parser: Parser::new(limit),
            ready: VecDeque::new(),
            place: E::DATA,
            data: PhantomData,
        }
    }
}

/// The events of a reply: a [`Stream`]. Made by [`Request::events`].
///
/// Timeouts and retries apply until the events start. The stream ends after an error.
#[must_use = "no request is sent until an event is awaited"]
pub struct Events<T> {
    state: State,
    parser: Parser,
    ready: VecDeque<Message>,
    place: Reply,
    data: PhantomData<fn() -> T>,
}

enum State {
    Opening(BoxFuture<'static, Result<Download, Error>>),
    Reading(Box<Download>),
    Done,
}

impl<T: Output> Events<T> {
    /// Returns the next event; `None` at the end. If you drop the future before it is done, no event is lost.
    ///
    /// # Errors
    ///
    /// As [`Request::send`]; [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) if the data of an event does not
    /// match the API's document.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let event = ready!(self.poll_any(context));
        if !matches!(event, Some(Ok(_))) {
            self.state = State::Done;
            self.ready.clear();
        }
        Poll::Ready(event)
    }

    fn poll_any(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        loop {
            match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(download) => self.state = State::Reading(Box::new(download)),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Reading(download) => {
                    if let Some(message) = self.ready.pop_front() {
                        if message.data == DONE {
                            return Poll::Ready(None);
                        }
                        return Poll::Ready(Some(decode(download, message, self.place)));
                    }
                    match ready!(download.poll_chunk(context)) {
                        None => return Poll::Ready(None),
                        Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                        Some(Ok(chunk)) => {
                            if let Err(error) = self.parser.take(&chunk, &mut self.ready) {
                                return Poll::Ready(Some(Err(download.fail(error.into()))));
                            }
                        }
                    }
                }
            }
        }
    }
}

fn decode<T: Output>(
    download: &Download,
    message: Message,
    place: Reply,
) -> Result<Event<T>, Error> {
    let reply = download.with_body(message.data.into());
    let (data, deviations) = T::from_reply(&reply, place).map_err(|error| download.fail(error))?;
    let parts = download.parts();
    match deviations.first() {
        Some(first) if parts.strict => {
            let error = reply.invalid("the event does not match the API's document");
            return Err(download.fail(error.with_deviation(first.clone())));
        }
        Some(_) => parts.seam.warn_of(parts.operation.path, &deviations),
        None => {}
    }
    Ok(Event {
        name: message.name,
        id: message.id,
        data,
    })
}

impl<T: Output> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
