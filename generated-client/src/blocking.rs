//! Calls that block the thread until they are done, for programs that are not async: the feature `blocking`.
//!
//! Everything that can be awaited also has a method `call`, and every stream has a method that returns an iterator.
//!
//! ```no_run
//! # fn example<E: seam::Endpoint>(request: seam::Request<E>) -> Result<(), seam::Error> {
//! let value = request.call()?;
//! # Ok(())
//! # }
//! ```
//!
//! The calls run on their own thread, so they also work in an async program. But there they block the thread that makes them, so
//! awaiting is better.

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

/// Returns true if this is the thread that runs blocking calls.
pub(crate) fn is_own_thread() -> bool {
    IS_OWN.get()
}

/// Runs a future, and blocks until it is done.
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
        // The receiver is missing only if the calling thread has ended.
        drop(sender.send(future.await));
    }));
    // A runtime that has ended drops the task and its sender.
    receiver.recv().map_err(|_| {
        Error::new(
            ErrorKind::Transport,
            "the call was cut off: it ended in a panic, or the thread for blocking calls is gone",
        )
    })
}

/// Returns the runtime of the thread. It starts with the first call and is kept.
fn runtime() -> Result<Handle, Error> {
    /// The process that started it, and the runtime.
    static STARTED: OnceLock<(u32, Handle)> = OnceLock::new();
    static STARTING: Mutex<()> = Mutex::new(());

    let of_this_process = |(process, handle): &(u32, Handle)| match *process == std::process::id() {
        true => Ok(handle.clone()),
        // A fork copies only the thread that forks, so a call would wait forever.
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
    /// Sends the request, and blocks until the value is there. It is the value that awaiting the request gives.
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

/// An iterator that blocks until the next item is there. Made by [`Items::blocking`], [`Pages::blocking`], and the same methods
/// of other streams.
#[derive(Debug)]
#[must_use = "no request is sent until the iterator is used"]
pub struct Blocking<S>(Option<S>);

impl<S> Blocking<S> {
    /// Returns the next item of the stream.
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
    /// Returns an iterator over the items. It blocks while it requests a page.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

impl<T> Pages<T> {
    /// Returns an iterator over the pages. It blocks while it requests one.
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
