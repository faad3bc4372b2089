//! A call of the client, made over a transport of the test's own.

use std::future::Future;
use std::pin::Pin;

use seam::test::FakeTransport;
use seam::wire::{Slot, decode};
use seam::{Deviation, Endpoint, Error, Request, Seam, Value};

/// One way of calling an endpoint.
pub struct Call {
    /// The JSON pointer of the operation.
    pub operation: &'static str,
    /// The call with what it requires.
    pub required: Make,
    /// The optional parameters that `required` sets, because the call needs any.
    pub given: &'static [&'static str],
    /// The call with all that it takes, where that is more.
    pub all: Option<Make>,
    /// The call with null for all that takes it, where something does.
    pub nulls: Option<Make>,
}

pub type Make = fn(&Seam) -> Sending;

/// A request on its way; gives the deviations of its reply.
pub type Sending = Pin<Box<dyn Future<Output = Result<Vec<Deviation>, Error>>>>;

pub fn send<E: Endpoint>(request: Request<E>) -> Sending {
    received(request.send())
}

fn received<T: 'static>(sending: seam::request::ResponseFuture<T>) -> Sending {
    Box::pin(async move { Ok(sending.await?.deviations().to_vec()) })
}

/// A value by its JSON, which has to be what the document says.
pub fn of<T: Slot + Default>(json: &str) -> T {
    let (value, deviations) = decode(json).unwrap();
    assert!(deviations.is_empty(), "{json}: {deviations:?}");
    value
}

/// Makes a call and answers it with a body.
pub async fn answered(
    path: &str,
    make: Make,
    body: &Value,
) -> (FakeTransport, Result<Vec<Deviation>, Error>) {
    let fake = FakeTransport::new();
    fake.reply_json(path, 200, body);
    let result = make(&fake.seam()).await;
    (fake, result)
}

/// The path of the operation at a JSON pointer.
pub fn path(operation: &str) -> String {
    let path = operation.split('/').nth(2).unwrap();
    path.replace("~1", "/").replace("~0", "~")
}
