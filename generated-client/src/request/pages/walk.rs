//! The iteration over pages, independent of their items.

use std::task::{Context, Poll, ready};

use bytes::Bytes;
use serde_json::Value;

use super::next::Next;
use super::paging::{Paging, ParameterPlace};
use crate::dialect::Task;
use crate::error::{Error, ErrorKind};
use crate::request::futures::{Reading, read};
use crate::request::parts::Parts;
use crate::response::RawReply;
use crate::transport::BoxFuture;

pub(super) struct Walk {
    parts: Parts,
    paging: Option<&'static Paging>,
    /// The cursors or URLs that were requested.
    seen: Vec<String>,
    /// The page before.
    before: Bytes,
    /// The number of pages so far, and the limit.
    pages: usize,
    page_limit: usize,
    state: State,
}

enum State {
    /// Before a page.
    Ready,
    /// Waiting for a page.
    Asking(BoxFuture<'static, Result<Reading, Error>>),
    /// Failed. The error is returned after the page that caused it.
    Stuck(Error),
    Done,
}

impl Walk {
    pub(super) fn new(parts: Parts, paging: Option<&'static Paging>) -> Self {
        let asked = paging.map(|paging| asked(&parts, paging));
        let asked = asked.filter(|asked| !asked.is_null());
        Self {
            parts,
            paging,
            seen: asked.iter().map(Value::to_string).collect(),
            before: Bytes::new(),
            pages: 0,
            page_limit: usize::MAX,
            state: State::Ready,
        }
    }

    pub(super) fn set_page_limit(&mut self, pages: usize) {
        self.page_limit = pages;
    }

    /// Stops the iteration.
    pub(super) fn stop(&mut self) {
        self.state = State::Done;
    }

    /// Polls the next page; `None` after an error. A request in progress is kept in the state, so that nothing is lost if the
    /// future is dropped.
    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Reading, Error>>> {
        loop {
            match &mut self.state {
                State::Ready => {
                    self.state = State::Asking(read(self.parts.clone(), Task::Send));
                }
                State::Asking(page) => {
                    let page = ready!(page.as_mut().poll(context));
                    self.state = match &page {
                        Ok(reading) => self.after(&reading.reply),
                        Err(_) => State::Done,
                    };
                    return Poll::Ready(Some(page));
                }
                State::Stuck(_) | State::Done => {
                    return Poll::Ready(match std::mem::replace(&mut self.state, State::Done) {
                        State::Stuck(error) => Some(Err(error)),
                        _ => None,
                    });
                }
            }
        }
    }

    /// Returns the state after the page in `reply`.
    fn after(&mut self, reply: &RawReply) -> State {
        self.pages += 1;
        let Some(paging) = self.paging else {
            return State::Done;
        };
        match paging.next(&asked(&self.parts, paging), reply) {
            Ok(None) => State::Done,
            Ok(Some(_)) if self.pages >= self.page_limit => {
                State::Stuck(self.too_many_pages().with_reply(reply))
            }
            Ok(Some(next)) => match self.advance(paging, next, reply) {
                Ok(()) => State::Ready,
                Err(problem) => State::Stuck(self.parts.locate(reply.invalid(problem))),
            },
            Err(error) => State::Stuck(self.parts.locate(error)),
        }
    }

    /// Changes the request to the next page, or returns why that is not possible.
    fn advance(
        &mut self,
        paging: &Paging,
        next: Next,
        reply: &RawReply,
    ) -> Result<(), &'static str> {
        const AGAIN: &str =
            "the cursor of the next page repeats an earlier one: the pages would never end";
        if paging.counts() {
            if reply.body == self.before {
                return Err("the page is the same as the previous one: the pages would never end");
            }
            self.before = reply.body.clone();
        }
        let seen = match &next {
            Next::Value(value) => value.to_string(),
            Next::Url(url) => url.text().to_owned(),
        };
        if self.seen.contains(&seen) {
            return Err(AGAIN);
        }
        self.seen.push(seen);
        match (next, paging.parameter()) {
            (Next::Url(url), _) => url.follow(&mut self.parts),
            (Next::Value(value), Some(name)) => {
                self.set(paging.place, name, value);
                Ok(())
            }
            (Next::Value(_), None) => Ok(()),
        }
    }

    fn set(&mut self, place: ParameterPlace, name: &'static str, mut value: Value) {
        let value = Some(&mut value as &mut dyn crate::wire::Slot);
        match place {
            ParameterPlace::ByMethod if self.parts.operation.method.has_body() => {
                self.parts.set_body(name, value);
            }
            ParameterPlace::ByMethod => self.parts.set_query(name, value),
            ParameterPlace::Body => self.parts.set_body(name, value),
            ParameterPlace::Query => self.parts.replace_query(name, value),
        }
    }

    fn too_many_pages(&self) -> Error {
        let message = format!(
            "the list has more than {} pages: raise the limit by `.page_limit(pages)`, or read it by `.stream()`",
            self.page_limit
        );
        self.parts.locate(Error::new(ErrorKind::PageLimit, message))
    }
}

/// Returns the value of the page parameter in a request; null if it is not set.
fn asked(parts: &Parts, paging: &Paging) -> Value {
    let value = paging.parameter().and_then(|name| parts.value(name));
    value.unwrap_or_default()
}

/// The position of a reply in a list.
#[derive(Clone)]
pub(crate) struct Position {
    paging: &'static Paging,
    asked: Value,
}

impl Position {
    /// Returns the position of the reply to a request, if it is a page.
    pub(crate) fn of(parts: &Parts) -> Option<Self> {
        let paging = parts.paging?;
        let asked = asked(parts, paging);
        Some(Self { paging, asked })
    }

    /// Returns true if more pages follow the one in `reply`. A page that lacks the cursor of the next one says that there is one.
    pub(crate) fn has_next(&self, reply: &RawReply) -> bool {
        !matches!(self.paging.next(&self.asked, reply), Ok(None))
    }
}
