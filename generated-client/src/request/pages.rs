//! Lists that come in pages.

#[cfg(test)]
mod tests;

use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Request;
use super::futures::{Reading, decode, read};
use super::parts::Parts;
use crate::dialect::Task;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::response::{RawReply, Response, next_cursor};
use crate::transport::BoxFuture;
use crate::wire::Slot;

const CURSOR: &str = "page_cursor";

/// How many pages [`All`] reads, unless `page_limit` says otherwise.
const DEFAULT_PAGE_LIMIT: usize = 1000;

/// An endpoint whose list comes in pages. Implemented by generated code.
pub trait Paginated: Endpoint<Output = Vec<<Self as Paginated>::Item>> {
    /// What the list holds.
    type Item: Slot + Default + Send + 'static;
}

impl<E: Paginated> Request<E> {
    /// All items of all pages, as a stream that asks for a page when it is needed.
    ///
    /// ```
    /// # async fn example<E: seam::request::Paginated>(request: seam::Request<E>) -> Result<(), seam::Error> {
    /// let mut items = request.stream();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> Items<E::Item> {
        Items {
            pages: self.pages(),
            ready: Vec::new().into_iter(),
        }
    }

    /// All items of all pages, in one list. It is an error if there are more than 1,000 pages:
    /// [`page_limit`](All::page_limit) sets another limit.
    pub fn all(self) -> All<E::Item> {
        All {
            items: self.stream(),
            collected: Vec::new(),
        }
        .page_limit(DEFAULT_PAGE_LIMIT)
    }

    /// The pages, each with the reply that it came in.
    pub fn pages(self) -> Pages<E::Item> {
        Pages {
            walk: Walk::new(self.parts),
            item: PhantomData,
        }
    }
}

/// The way from page to page, whatever is on them.
struct Walk {
    parts: Parts,
    /// The cursors that were asked for.
    seen: Vec<String>,
    /// How many pages have come, and how many may.
    pages: usize,
    page_limit: usize,
    state: State,
}

enum State {
    /// Stands before a page.
    Ready,
    /// Waits for one.
    Asking(BoxFuture<'static, Result<Reading, Error>>),
    /// Cannot go on. The error comes after the page that showed it.
    Stuck(Error),
    Done,
}

impl Walk {
    fn new(parts: Parts) -> Self {
        Self {
            seen: match parts.text(CURSOR) {
                Some(cursor) => vec![cursor],
                None => Vec::new(),
            },
            parts,
            pages: 0,
            page_limit: usize::MAX,
            state: State::Ready,
        }
    }

    /// The next page; none after an error. What is under way stays in the state, so that nothing is lost when nobody polls.
    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Reading, Error>>> {
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

    /// What comes after the page in `reply`.
    fn after(&mut self, reply: &RawReply) -> State {
        self.pages += 1;
        match next_cursor(reply) {
            Ok(None) => State::Done,
            Ok(Some(_)) if self.pages >= self.page_limit => {
                State::Stuck(self.too_many_pages().with_reply(reply))
            }
            Ok(Some(mut cursor)) => {
                if self.seen.contains(&cursor) {
                    let error = reply.invalid(
                        "the cursor of the next page was there before: the pages would never end",
                    );
                    return State::Stuck(self.parts.locate(error));
                }
                self.seen.push(cursor.clone());
                if self.parts.operation.method.has_body() {
                    self.parts.set_body(CURSOR, Some(&mut cursor));
                } else {
                    self.parts.set_query(CURSOR, Some(&mut cursor));
                }
                State::Ready
            }
            Err(error) => State::Stuck(self.parts.locate(error)),
        }
    }
}

impl Walk {
    fn too_many_pages(&self) -> Error {
        let message = format!(
            "the list has more than {} pages: raise the limit by `.page_limit(pages)`, or read it by `.stream()`",
            self.page_limit
        );
        self.parts.locate(Error::new(ErrorKind::PageLimit, message))
    }
}

/// The pages of a list: a [`Stream`]. Made by [`Request::pages`].
///
/// Each page is asked for with the same parameters. After an error there are no more.
#[must_use = "nothing is asked for until a page is awaited"]
pub struct Pages<T> {
    walk: Walk,
    item: PhantomData<fn() -> T>,
}

impl<T: Slot + Default + Send + 'static> Pages<T> {
    /// The next page. When this is dropped before it is done, the next call goes on where it was.
    ///
    /// # Errors
    ///
    /// As [`Request::send`], and [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) where the cursor of the next
    /// page is missing, or one that was there before.
    pub async fn next(&mut self) -> Option<Result<Response<Vec<T>>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<Vec<T>>, Error>>> {
        let page = ready!(self.walk.poll_page(context));
        let page = page.map(|page| page.and_then(decode));
        if let Some(Err(_)) = page {
            self.walk.state = State::Done;
        }
        Poll::Ready(page)
    }
}

impl<T: Slot + Default + Send + 'static> Stream for Pages<T> {
    type Item = Result<Response<Vec<T>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

/// The items of all pages of a list: a [`Stream`]. Made by [`Request::stream`].
///
/// A page is asked for when the items of the one before are used up. After an error there are no more.
#[must_use = "nothing is asked for until an item is awaited"]
pub struct Items<T> {
    pages: Pages<T>,
    ready: std::vec::IntoIter<T>,
}

/// Items are not pinned: they are moved out.
impl<T> Unpin for Items<T> {}

impl<T: Slot + Default + Send + 'static> Items<T> {
    /// The next item. When this is dropped before it is done, the next call goes on where it was.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.ready = page.into_value().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Slot + Default + Send + 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

/// All items of all pages: awaiting it gives the list. Made by [`Request::all`].
#[must_use = "nothing is asked for until this is awaited"]
pub struct All<T> {
    items: Items<T>,
    collected: Vec<T>,
}

impl<T> All<T> {
    /// The number of pages to read at most. Default: 1,000. Where more follow, awaiting this fails with
    /// [`ErrorKind::PageLimit`].
    pub fn page_limit(mut self, pages: usize) -> Self {
        self.items.pages.walk.page_limit = pages;
        self
    }
}

/// Items are not pinned: they are moved out.
impl<T> Unpin for All<T> {}

impl<T: Slot + Default + Send + 'static> Future for All<T> {
    type Output = Result<Vec<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match ready!(self.items.poll_item(context)) {
                Some(Ok(item)) => self.collected.push(item),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(std::mem::take(&mut self.collected))),
            }
        }
    }
}

macro_rules! debug {
    ($($type:ident),+) => { $(
        impl<T> fmt::Debug for $type<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type)).finish_non_exhaustive()
            }
        }
    )+ };
}
debug! { Pages, Items, All }
