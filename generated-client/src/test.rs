//! Test support for applications: a transport that gives the replies you set and records the requests.
//!
//! ```
//! use seam::test::FakeTransport;
//! # use seam::{Endpoint, Error, Operation, Reply, Seam};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let fake = FakeTransport::new();
//! fake.reply_json("/things/get", 200, &serde_json::json!({"thing": {"thing_id": "t1"}}));
//! fake.refuse("/things/create", 409, "duplicate", "There is one of this name.");
//!
//! let seam = fake.seam(); // what the application is handed
//! # let _ = seam;
//! assert!(fake.sent().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Timeouts, retries and other waits take real time unless the test is `#[tokio::test(start_paused = true)]`, which needs tokio's
//! feature `test-util`.

mod example;
mod sent;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::client::{Seam, SeamBuilder};
use crate::dialect::{REQUEST_ID, testing};
use crate::endpoint::{Endpoint, Operation, Output, Reply};
use crate::transport::{Body, BoxFuture, Transport, TransportError};
use crate::wire::{Slot, Writer};

#[allow(
    unreachable_pub,
    unused_imports,
    reason = "an API may add nothing to it"
)]
pub use crate::dialect::testing::exports::*;
#[allow(unused_imports, reason = "a document may have no resources")]
pub(crate) use example::examples;
#[cfg(test)]
#[allow(unused_imports, reason = "a document may have no resources")]
pub(crate) use example::test as test_example;
pub use example::{Example, example};
pub use sent::Sent;

/// A transport without a network. Clones share their answers and their record.
///
/// Answers are given by path, each once and in order; the last one of a path is given again and again. A call to a path that
/// has none fails with [`ErrorKind::NoFakeReply`](crate::ErrorKind::NoFakeReply), and the error names the path.
#[derive(Clone, Default)]
pub struct FakeTransport(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: Vec<(String, VecDeque<Answer>)>,
    sent: Vec<Sent>,
}

#[derive(Clone)]
enum Answer {
    Reply(http::Response<Bytes>),
    Failure(Failure),
}

/// What can happen to a request in place of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No connection.
    Connect,
    /// The connection is cut, and whether the request has acted is not known.
    Cut,
    /// No reply, ever: the call runs into its timeout. It waits in real time unless the test is
    /// `#[tokio::test(start_paused = true)]`.
    Hang,
}

impl FakeTransport {
    /// A fake without answers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A client over this fake.
    ///
    /// # Panics
    ///
    /// Never: the client's settings are constants.
    #[must_use]
    pub fn seam(&self) -> Seam {
        self.builder()
            .build()
            .expect("a constant key and endpoint make a client")
    }

    /// The builder of a client over this fake, to set more.
    pub fn builder(&self) -> SeamBuilder {
        testing::sign_in(Seam::builder())
            .endpoint("http://localhost")
            .transport(self.clone())
    }

    /// Answers the endpoint `E`, named by the type of its request, with success and this value.
    ///
    /// If the endpoint has several kinds of reply, the value is one of them, and the answer has the status and the media type of
    /// that kind.
    pub fn reply<E: Endpoint>(&self, value: impl Into<E::Output>) -> &Self {
        let mut reply = value.into().to_reply(E::OPERATION.reply);
        let headers = reply.headers_mut();
        headers.insert(REQUEST_ID, HeaderValue::from_static("fake_request"));
        self.answer(E::OPERATION.path, Answer::Reply(reply))
    }

    /// Answers this path with a status and JSON.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    pub fn reply_json(&self, path: &str, status: u16, body: &Value) -> &Self {
        let status = StatusCode::from_u16(status).expect("a status lies between 100 and 999");
        self.answer(path, Answer::Reply(reply(status, body.to_string())))
    }

    /// Answers this path with any reply at all.
    pub fn reply_raw(&self, path: &str, reply: http::Response<Bytes>) -> &Self {
        self.answer(path, Answer::Reply(reply))
    }

    /// Lets the next request to this path fail.
    pub fn fail(&self, path: &str, failure: Failure) -> &Self {
        self.answer(path, Answer::Failure(failure))
    }

    /// What was sent so far, in order, retries included.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    fn answer(&self, path: &str, answer: Answer) -> &Self {
        let mut state = self.state();
        match state.answers.iter_mut().find(|(of, _)| of == path) {
            Some((_, answers)) => answers.push_back(answer),
            None => state
                .answers
                .push((path.to_owned(), VecDeque::from([answer]))),
        }
        drop(state);
        self
    }

    /// A test that panics while it holds the lock does not matter to the others.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request; gives its answer.
    fn take(&self, request: http::Request<Bytes>) -> Result<Answer, TransportError> {
        let Some(operation) = request.extensions().get::<Operation>().copied() else {
            let why = "the fake takes only requests that this crate makes";
            return Err(TransportError::Other(why.into()));
        };
        let mut state = self.state();
        let path = request.uri().path().to_owned();
        state.sent.push(Sent::new(operation.method, request));
        let mut answers = state.answers.iter_mut();
        let answers = answers.find(|(of, _)| *of == path || of == operation.path);
        let answer = answers.and_then(|(_, answers)| match answers.len() {
            0 | 1 => answers.front().cloned(),
            _ => answers.pop_front(),
        });
        answer.ok_or(TransportError::NoFakeReply {
            method: operation.method,
            path,
        })
    }
}

impl Transport for FakeTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let answer = self.take(request);
        Box::pin(async move {
            match answer? {
                Answer::Reply(reply) => Ok(reply.map(Body::from)),
                Answer::Failure(Failure::Connect) => {
                    Err(TransportError::Connect("the fake refuses".into()))
                }
                Answer::Failure(Failure::Cut) => Err(TransportError::Other("the fake cuts".into())),
                Answer::Failure(Failure::Hang) => std::future::pending().await,
            }
        })
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeTransport")
            .field("sent", &self.state().sent)
            .finish_non_exhaustive()
    }
}

/// A success with this value.
pub(crate) fn success(place: Reply, value: &mut dyn Slot) -> http::Response<Bytes> {
    let mut writer = Writer::default();
    value.write(&mut writer);
    let (json, _) = writer.finish();
    match place {
        Reply::Empty => reply(StatusCode::OK, r#"{"ok":true}"#.to_owned()),
        Reply::Key(key) | Reply::EitherKey(key, _) => {
            let body = format!(r#"{{"ok":true,{}:{json}}}"#, Value::from(key));
            reply(StatusCode::OK, body)
        }
        Reply::Body | Reply::Told => reply(StatusCode::OK, json),
        Reply::Location => {
            let mut reply = http::Response::default();
            *reply.status_mut() = StatusCode::FOUND;
            let location = plain(json).parse();
            let location = location.expect("a location is text that a header can hold");
            reply.headers_mut().insert(header::LOCATION, location);
            reply
        }
        Reply::Text | Reply::TextOrJson | Reply::Bytes => {
            let mut reply = reply(StatusCode::OK, plain(json));
            let media = HeaderValue::from_static("text/plain; charset=utf-8");
            reply.headers_mut().insert(header::CONTENT_TYPE, media);
            reply
        }
    }
}

/// A JSON string's text; of any other value its JSON.
fn plain(json: String) -> String {
    serde_json::from_str(&json).unwrap_or(json)
}

fn reply(status: StatusCode, body: String) -> http::Response<Bytes> {
    let mut reply = http::Response::new(Bytes::from(body));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(REQUEST_ID, HeaderValue::from_static("fake_request"));
    reply
}
