//! Downloads and events of calls that block.

use std::io;

use bytes::Bytes;

use super::{Blocking, run};
use crate::endpoint::Output;
use crate::error::Error;
use crate::request::{Download, DownloadFuture, Event, Events};

impl DownloadFuture {
    /// Blocks until the body of the reply starts.
    ///
    /// ```no_run
    /// # fn example<E: seam::Endpoint<Output = seam::Bytes>>(request: seam::Request<E>) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut download = request.download().call()?.blocking();
    /// std::io::copy(&mut download, &mut std::fs::File::create("door.mp4")?)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As awaiting it.
    pub fn call(self) -> Result<Download, Error> {
        run(self.0)?
    }
}

impl Download {
    /// Returns an iterator over the chunks. It blocks while it waits for one. It also implements [`io::Read`].
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

impl Iterator for Blocking<Download> {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance()
    }
}

impl io::Read for Blocking<Download> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let Some(chunk) = self.next() else {
                return Ok(0);
            };
            let mut chunk = chunk.map_err(io::Error::other)?;
            let length = chunk.len().min(buffer.len());
            buffer[..length].copy_from_slice(&chunk.split_to(length));
            if let Some(download) = &mut self.0 {
                download.put_back(chunk);
            }
            if length > 0 {
                return Ok(length);
            }
        }
    }
}

impl<T> Events<T> {
    /// Returns an iterator over the events. It blocks while it waits for one.
    ///
    /// ```no_run
    /// # fn example<E: seam::request::Eventful>(request: seam::Request<E>) -> seam::Result<()> {
    /// for event in request.events().blocking() {
    ///     let data = event?.data;
    /// }
    /// # Ok(()) }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(Some(self))
    }
}

impl<T: Output> Iterator for Blocking<Events<T>> {
    type Item = Result<Event<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use bytes::Bytes;
    use serde_json::{Value, json};

    use crate::endpoint::{Endpoint, Method, Operation, Reply};
    use crate::error::ErrorKind;
    use crate::request::{Eventful, Request};
    use crate::test::FakeTransport;

    struct File;
    impl Endpoint for File {
        const OPERATION: Operation = Operation::new(Method::Get, "/file").reply(Reply::Bytes);
        type Output = Bytes;
    }

    struct Watch;
    impl Endpoint for Watch {
        const OPERATION: Operation = Operation::new(Method::Get, "/watch");
        type Output = ();
    }
    impl Eventful for Watch {
        type Data = Value;
        const DATA: Reply = Reply::Body;
    }

    fn file() -> Request<File> {
        let fake = FakeTransport::new();
        fake.reply_raw("/file", http::Response::new(Bytes::from("abcdefgh")));
        Request::new(&fake.seam())
    }

    #[test]
    fn a_download_can_be_read_and_iterated() {
        let chunks = file().download().call().unwrap().blocking();
        let chunks: Vec<Bytes> = chunks.map(Result::unwrap).collect();
        assert_eq!(chunks, ["abcdefgh"]);

        let mut download = file().download().call().unwrap().blocking();
        let mut start = [0; 3];
        download.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"abc");
        assert_eq!(download.next().unwrap().unwrap(), "defgh");
        assert!(download.next().is_none());
        assert_eq!(download.read(&mut start).unwrap(), 0);
    }

    #[test]
    fn a_download_that_is_refused_is_an_error() {
        let fake = FakeTransport::new();
        fake.refuse("/file", 404, "gone", "Gone.");
        let request = Request::<File>::new(&fake.seam());
        let error = request.download().call().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn events_are_iterated_until_the_end() {
        let fake = FakeTransport::new();
        let body = "data: {\"a\": 1}\n\ndata: 2\n\n";
        fake.reply_raw("/watch", http::Response::new(Bytes::from(body)));
        let events = Request::<Watch>::new(&fake.seam()).events().blocking();
        let data: Vec<Value> = events.map(|event| event.unwrap().data).collect();
        assert_eq!(data, [json!({"a": 1}), json!(2)]);
    }
}
