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
//! let seam = fake.seam(); // pass it to the application
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

/// A transport without a network. Clones share their replies and their recorded requests.
///
/// Replies are set by path, and are given in order. The last reply of a path is repeated. A call to a path without a reply fails
/// with [`ErrorKind::NoFakeReply`](crate::ErrorKind::NoFakeReply), and the error names the path.
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

/// A failure in place of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No connection.
    Connect,
    /// The connection is cut. It is not known if the request has acted.
    Cut,
    /// No reply: the call times out. It waits in real time unless the test is
    /// `#[tokio::test(start_paused = true)]`.
    Hang,
}

impl FakeTransport {
    /// Returns a fake without replies.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a client with this fake.
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

    /// Returns the builder of a client with this fake, for further settings.
    pub fn builder(&self) -> SeamBuilder {
        testing::sign_in(Seam::builder())
            .endpoint("http://localhost")
            .transport(self.clone())
    }

    /// Sets a successful reply with this value for the endpoint `E`, which is named by the type of its request.
    ///
    /// If the endpoint has several kinds of reply, the value is one of them, and the answer has the status and the media type of
    /// that kind.
    pub fn reply<E: Endpoint>(&self, value: impl Into<E::Output>) -> &Self {
        let mut reply = value.into().to_reply(E::OPERATION.reply);
        let headers = reply.headers_mut();
        headers.insert(REQUEST_ID, HeaderValue::from_static("fake_request"));
        self.answer(E::OPERATION.path, Answer::Reply(reply))
    }

    /// Sets a reply with a status and JSON for this path.
    ///
    /// # Panics
    ///
    /// If there is no such status.
    pub fn reply_json(&self, path: &str, status: u16, body: &Value) -> &Self {
        let status = StatusCode::from_u16(status).expect("a status lies between 100 and 999");
        self.answer(path, Answer::Reply(reply(status, body.to_string())))
    }

    /// Sets any reply for this path.
    pub fn reply_raw(&self, path: &str, reply: http::Response<Bytes>) -> &Self {
        self.answer(path, Answer::Reply(reply))
    }

    /// Lets the next request to this path fail.
    pub fn fail(&self, path: &str, failure: Failure) -> &Self {
        self.answer(path, Answer::Failure(failure))
    }

    /// Returns the requests that were sent, in order, including retries.
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

    /// Locks the state. A panic of another test that held the lock does not matter.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request, and returns its reply.
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

/// Returns a successful reply with this value.
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

/// Returns the text of a JSON string, or the JSON of any other value.
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
