use std::io::{Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::thread;

use bytes::Bytes;
use futures_core::Stream;

use super::Upload;
use crate::endpoint::{Endpoint, Operation, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::Request;
use crate::retry::RetryPolicy;
use crate::test::{Failure, FakeTransport};
use crate::{Method, Seam};

struct Put;
impl Endpoint for Put {
    const OPERATION: Operation = Operation::new(Method::Put, "/files").reply(Reply::Empty);
    type Output = ();
}

const CHUNK: usize = 1 << 20;
const CHUNKS: usize = 200;

/// Counts the bytes that a program has made and that a server has read.
#[derive(Default)]
struct Counts {
    made: AtomicUsize,
    read: AtomicUsize,
    /// The largest difference between the two.
    ahead: AtomicUsize,
}

/// A stream of chunks that are made when they are polled.
struct Chunks(Arc<Counts>);

impl Stream for Chunks {
    type Item = Result<Vec<u8>, Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let made = self.0.made.fetch_add(CHUNK, Ordering::SeqCst) + CHUNK;
        if made > CHUNK * CHUNKS {
            return Poll::Ready(None);
        }
        let read = self.0.read.load(Ordering::SeqCst);
        self.0
            .ahead
            .fetch_max(made - read.min(made), Ordering::SeqCst);
        Poll::Ready(Some(Ok(vec![7; CHUNK])))
    }
}

/// Starts a server for one request; it returns the head and the last bytes of the request.
fn server(counts: &Arc<Counts>) -> (String, thread::JoinHandle<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let counts = counts.clone();
    let served = thread::spawn(move || receive(listener.accept().unwrap().0, &counts));
    (url, served)
}

/// Reads a request to its end; returns the head and the last bytes.
fn receive(mut stream: TcpStream, counts: &Counts) -> (String, Vec<u8>) {
    let mut buffer = vec![0; CHUNK];
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut buffer[..1]).unwrap();
        head.extend_from_slice(&buffer[..length]);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.split_once("content-length: ");
    let length = length.map(|(_, rest)| rest.lines().next().unwrap().parse::<usize>().unwrap());
    let mut last = Vec::new();
    let mut total = 0;
    while length.map_or(!last.ends_with(b"0\r\n\r\n"), |length| total < length) {
        let read = stream.read(&mut buffer).unwrap();
        total += read;
        counts.read.store(total, Ordering::SeqCst);
        last.extend_from_slice(&buffer[..read]);
        last.drain(..last.len().saturating_sub(4096));
    }
    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    stream.write_all(reply).unwrap();
    (head, last)
}

fn client(url: &str) -> Seam {
    let seam = Seam::builder().api_key("seam_key").endpoint(url);
    seam.build().unwrap()
}

fn put(seam: &Seam, upload: Upload) -> Request<Put> {
    Request::new(seam).with_bytes_body(upload, "video/mp4")
}

#[tokio::test]
async fn a_large_stream_is_never_fully_in_memory() {
    let counts = Arc::<Counts>::default();
    let (url, served) = server(&counts);
    let upload = Upload::stream(Chunks(counts.clone()));
    put(&client(&url), upload).await.unwrap();
    let (head, _) = served.join().unwrap();
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert!(head.contains("content-type: video/mp4"), "{head}");
    assert!(counts.read.load(Ordering::SeqCst) >= CHUNK * CHUNKS);
    let ahead = counts.ahead.load(Ordering::SeqCst);
    assert!(ahead < 32 * CHUNK, "{ahead} bytes were in memory");
}

#[tokio::test]
async fn a_file_streams_as_part_of_a_form_with_its_name_and_length() {
    let path = std::env::temp_dir().join(format!("upload-{}.bin", std::process::id()));
    std::fs::write(&path, vec![7; 3 * CHUNK]).unwrap();
    let counts = Arc::<Counts>::default();
    let (url, served) = server(&counts);
    let request = Request::<Put>::new(&client(&url))
        .with_file("video", Upload::file(&path), "video/mp4")
        .with_part("title", "Door".to_owned());
    let sent = request.await;
    std::fs::remove_file(&path).unwrap();
    sent.unwrap();
    let (head, last) = served.join().unwrap();
    assert!(head.contains("content-length: 31"), "{head}");
    assert!(head.contains("multipart/form-data"), "{head}");
    let last = String::from_utf8(last).unwrap();
    assert!(last.contains("name=\"title\"\r\n\r\nDoor\r\n"), "{last}");
}

#[tokio::test]
async fn a_form_has_the_same_bytes_with_and_without_streaming() {
    let fake = FakeTransport::new();
    fake.reply::<Put>(());
    let seam = fake.seam();
    let chunk = |text: &'static str| Ok::<_, Error>(Bytes::from(text));
    for upload in [
        Upload::new("one two"),
        Upload::reader(Cursor::new("one two")).length(7),
        Upload::stream(Each(vec![chunk("one "), chunk("two")])),
    ] {
        let request = Request::<Put>::new(&seam)
            .with_part("a", "x".to_owned())
            .with_file("b", upload.file_name("b.txt"), "text/plain")
            .with_part("c", 1.0);
        request.await.unwrap();
    }
    let sent = fake.sent();
    assert_eq!(sent[0].raw_body, sent[1].raw_body);
    assert_eq!(sent[0].raw_body, sent[2].raw_body);
}

/// A stream of given chunks.
struct Each(Vec<Result<Bytes, Error>>);

impl Stream for Each {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let is_empty = self.0.is_empty();
        Poll::Ready((!is_empty).then(|| self.0.remove(0)))
    }
}

fn patient(fake: &FakeTransport) -> Seam {
    let policy = RetryPolicy::default().first_wait(std::time::Duration::ZERO);
    fake.builder().retry(policy).build().unwrap()
}

#[tokio::test]
async fn a_stream_that_was_partly_sent_is_not_sent_again() {
    let fake = FakeTransport::new();
    fake.fail("/files", Failure::Cut);
    fake.reply::<Put>(());
    let request = put(&patient(&fake), Upload::reader(Cursor::new("once")));
    let request = request.retry(RetryPolicy::default());
    let again = request.clone();
    let error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(fake.sent().len(), 1);
    let error = again.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert!(error.message().contains("was sent before"), "{error}");
}

#[tokio::test]
async fn a_file_is_opened_again_when_it_is_sent_again() {
    let path = std::env::temp_dir().join(format!("again-{}.bin", std::process::id()));
    std::fs::write(&path, "again").unwrap();
    let fake = FakeTransport::new();
    fake.fail("/files", Failure::Connect);
    fake.reply::<Put>(());
    let sent = put(&patient(&fake), Upload::file(&path)).await;
    std::fs::remove_file(&path).unwrap();
    sent.unwrap();
    assert_eq!(fake.sent().len(), 2);
    assert_eq!(fake.sent()[1].raw_body, "again");
}

/// Returns the message of the error of this upload.
async fn refusal(upload: Upload) -> String {
    let fake = FakeTransport::new();
    fake.reply::<Put>(());
    let request = Request::<Put>::new(&fake.seam()).with_file("a", upload, "text/plain");
    request.await.unwrap_err().to_string()
}

#[tokio::test]
async fn an_upload_with_a_wrong_length_or_content_is_an_error() {
    let text = || Upload::reader(Cursor::new("text"));
    assert!(refusal(text().length(3)).await.contains("longer than"));
    assert!(refusal(text().length(5)).await.contains("shorter than"));
    let mark = format!("a{}b", super::super::multipart::BOUNDARY);
    let mark = Upload::reader(Cursor::new(mark));
    assert!(refusal(mark).await.contains("contains the boundary"));
    let missing = refusal(Upload::file("/nowhere/door.mp4")).await;
    assert!(
        missing.contains("/nowhere/door.mp4 cannot be read"),
        "{missing}"
    );
    let broken = Each(vec![Err(Error::new(ErrorKind::Transport, "broken"))]);
    assert!(refusal(Upload::stream(broken)).await.contains("broken"));
}
