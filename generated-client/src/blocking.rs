//! Calls that block the thread until they are done, for programs that are not async: the feature `blocking`.
//!
//! What can be awaited has a method `call` beside it, and what is a stream one that gives an iterator.
//!
//! ```no_run
//! # fn example<E: seam::Endpoint>(request: seam::Request<E>) -> Result<(), seam::Error> {
//! let value = request.call()?;
//! # Ok(())
//! # }
//! ```
//!
//! The calls are carried out on a thread of their own, so that they also work within an async program; there they hold up the
//! thread that makes them, and awaiting is better.

#[cfg(any(test, feature = "_parts"))]
mod streams;

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::thread;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::request::{All, Items, Pages, Request, ResponseFuture};
use crate::response::Response;
use crate::telemetry;
use crate::transport::BoxFuture;

thread_local! {
    static IS_OWN: Cell<bool> = const { Cell::new(false) };
}

/// Whether this is the thread that carries out blocking calls.
pub(crate) fn is_own_thread() -> bool {
    IS_OWN.get()
}

/// Carries out a future, and blocks until it is done.
pub(crate) fn run<T: Send + 'static>(future: BoxFuture<'static, T>) -> Result<T, Error> {
    if is_own_thread() {
        return Err(Error::new(
            ErrorKind::InvalidRequest,
            "a blocking call cannot be made by a transport during another: await it instead",
        ));
    }
    run_on(&runtime()?, future)
}

fn run_on<T: Send + 'static>(runtime: &Handle, future: BoxFuture<'static, T>) -> Result<T, Error> {
    let (sender, receiver) = mpsc::sync_channel(1);
    runtime.spawn(telemetry::in_current_span(async move {
        // Nobody receives it only if the calling thread is gone.
        drop(sender.send(future.await));
    }));
    // A runtime that is gone drops the task, and with it the sender.
    receiver.recv().map_err(|_| {
        Error::new(
            ErrorKind::Transport,
            "the call was cut off: it ended in a panic, or the thread for blocking calls is gone",
        )
    })
}

/// The runtime of the thread, which starts at the first call and stays.
fn runtime() -> Result<Handle, Error> {
    /// The process that started it, and the runtime.
    static STARTED: OnceLock<(u32, Handle)> = OnceLock::new();
    static STARTING: Mutex<()> = Mutex::new(());

    let of_this_process = |(process, handle): &(u32, Handle)| match *process == std::process::id() {
        true => Ok(handle.clone()),
        // A fork copies only the thread that forks: a call would wait for ever.
        false => Err(Error::new(
            ErrorKind::InvalidRequest,
            "blocking calls were made before this process was forked: make the first one after the fork",
        )),
    };
    if let Some(started) = STARTED.get() {
        return of_this_process(started);
    }
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(started) = STARTED.get() {
        return of_this_process(started);
    }
    let handle = start().map_err(|error| {
        Error::new(
            ErrorKind::Config,
            "the thread for blocking calls cannot be started",
        )
        .with_source(error)
    })?;
    // No other thread has set it: this one holds the lock.
    drop(STARTED.set((std::process::id(), handle.clone())));
    Ok(handle)
}

fn start() -> std::io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("seam-blocking".to_owned())
        .spawn(move || {
            IS_OWN.set(true);
            runtime.block_on(pending::<()>());
        })?;
    Ok(handle)
}

impl<E: Endpoint> Request<E> {
    /// Sends the request, and blocks until the value is there: what awaiting it gives.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn call(self) -> Result<E::Output, Error> {
        self.send_blocking().map(Response::into_value)
    }

    /// Sends the request, and blocks until the whole reply is there.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_blocking(self) -> Result<Response<E::Output>, Error> {
        self.send().call()
    }
}

impl<T> ResponseFuture<T> {
    fn call(self) -> Result<Response<T>, Error> {
        let (reply, decode) = self.into_steps();
        decode(run(reply)??)
    }
}

impl<T: Send + 'static> All<T> {
    /// Blocks until all pages are there.
    ///
    /// # Errors
    ///
    /// As awaiting it.
    pub fn call(self) -> Result<Vec<T>, Error> {
        run(Box::pin(self))?
    }
}

/// An iterator that blocks until the next one is there. Made by [`Items::blocking`] and [`Pages::blocking`], and likewise of other
/// streams.
#[derive(Debug)]
#[must_use = "nothing is asked for until the iterator is used"]
pub struct Blocking<S>(Option<S>);

impl<S> Blocking<S> {
    /// What the stream gives next.
    fn advance<T: Send + 'static>(&mut self) -> Option<Result<T, Error>>
    where
        S: Stream<Item = Result<T, Error>> + Unpin + Send + 'static,
    {
        let mut stream = self.0.take()?;
        let next = run(Box::pin(async move {
            let next = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (next, stream)
        }));
        match next {
            Ok((next, stream)) => {
                self.0 = Some(stream);
                next
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T> Items<T> {
    /// An iterator over the items, which blocks while it asks for a page.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

impl<T> Pages<T> {
    /// An iterator over the pages, which blocks while it asks for one.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

macro_rules! iterator {
    ($($stream:ident gives $item:ty),+) => { $(
        impl<T: Send + 'static> Iterator for Blocking<$stream<T>> {
            type Item = Result<$item, Error>;

            fn next(&mut self) -> Option<Self::Item> {
                self.advance()
            }
        }
    )+ };
}
iterator! { Items gives T, Pages gives Response<T> }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_after_the_runtime_is_gone_is_an_error() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let handle = runtime.handle().clone();
        drop(runtime);
        let error = run_on(&handle, Box::pin(async {})).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
    }
}
