//! Paginated lists.

mod next;
mod paging;
#[cfg(any(test, feature = "_parts"))]
mod rules;
#[cfg(not(any(test, feature = "_parts")))]
#[path = "pages/rules/none.rs"]
mod rules;
#[cfg(test)]
mod tests;
mod walk;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Request;
use super::futures::{Reading, decode};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::Response;

pub use paging::Paging;
pub(crate) use walk::Position;
use walk::Walk;

/// The default limit of pages for [`All`].
const DEFAULT_PAGE_LIMIT: usize = 1000;

/// An endpoint that returns a paginated list. Implemented by generated code.
pub trait Paginated: Endpoint {
    /// The type of the list's items.
    type Item: Send + 'static;

    /// Returns the items of a page.
    #[doc(hidden)]
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

impl<E: Paginated> Request<E> {
    /// Returns all items of all pages, as a stream that requests each page when it is needed.
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
            walk: Walk::new(self.parts, E::PAGING),
            items: items_of::<E>,
            ready: Vec::new().into_iter(),
        }
    }

    /// Returns all items of all pages in one list. More than 1,000 pages are an error; [`page_limit`](All::page_limit) sets
    /// another limit.
    pub fn all(self) -> All<E::Item> {
        All {
            items: self.stream(),
            collected: Vec::new(),
        }
        .page_limit(DEFAULT_PAGE_LIMIT)
    }

    /// Returns the pages as a stream, each with its reply.
    pub fn pages(self) -> Pages<E::Output> {
        Pages {
            walk: Walk::new(self.parts, E::PAGING),
            decode,
        }
    }
}

fn items_of<E: Paginated>(reading: Reading) -> Result<Vec<E::Item>, Error> {
    let page = decode(reading)?;
    Ok(E::items(page.into_value()))
}

/// The pages of a list: a [`Stream`]. Made by [`Request::pages`].
///
/// Each page is requested with the same parameters. The stream ends after an error.
#[must_use = "no request is sent until a page is awaited"]
pub struct Pages<T> {
    walk: Walk,
    decode: fn(Reading) -> Result<Response<T>, Error>,
}

impl<T> Pages<T> {
    /// Returns the next page; `None` at the end. If you drop the future before it is done, no page is lost: the next call
    /// continues.
    ///
    /// # Errors
    ///
    /// As [`Request::send`], and [`ErrorKind::InvalidResponse`](crate::ErrorKind::InvalidResponse) if the cursor of the next page
    /// is missing or repeats an earlier one.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error>>> {
        let page = ready!(self.walk.poll_page(context));
        let page = page.map(|page| page.and_then(self.decode));
        if let Some(Err(_)) = page {
            self.walk.stop();
        }
        Poll::Ready(page)
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

/// The items of all pages of a list: a [`Stream`]. Made by [`Request::stream`].
///
/// A page is requested when the items of the previous one are consumed. The stream ends after an error.
#[must_use = "no request is sent until an item is awaited"]
pub struct Items<T> {
    walk: Walk,
    items: fn(Reading) -> Result<Vec<T>, Error>,
    ready: std::vec::IntoIter<T>,
}

/// Items are not pinned: they are moved out.
impl<T> Unpin for Items<T> {}

impl<T> Items<T> {
    /// Returns the next item; `None` at the end. If you drop the future before it is done, no item is lost: the next call
    /// continues.
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
            let page = ready!(self.walk.poll_page(context));
            match page.map(|page| page.and_then(self.items)) {
                Some(Ok(items)) => self.ready = items.into_iter(),
                Some(Err(error)) => {
                    self.walk.stop();
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

/// A future of all items of all pages. Made by [`Request::all`].
#[must_use = "no request is sent until this is awaited"]
pub struct All<T> {
    items: Items<T>,
    collected: Vec<T>,
}

impl<T> All<T> {
    /// Sets the largest number of pages to read. Default: 1,000. If there are more, awaiting this fails with
    /// [`ErrorKind::PageLimit`](crate::ErrorKind::PageLimit).
    pub fn page_limit(mut self, pages: usize) -> Self {
        self.items.walk.set_page_limit(pages);
        self
    }
}

/// Items are not pinned: they are moved out.
impl<T> Unpin for All<T> {}

impl<T> Future for All<T> {
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
