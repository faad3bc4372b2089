//! A server of the tests' own: gives each request the next of its answers, and remembers the request.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use seam::{RetryPolicy, Seam, SeamBuilder, Value};

/// What the server does with a request.
pub enum Answer {
    /// Sends these bytes and closes the connection.
    Send(Vec<u8>),
    /// Sends these bytes and keeps the connection open.
    KeepOpen(Vec<u8>),
    /// Says nothing, and keeps the connection open.
    Hang,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Method, target and version.
    pub line: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(set, _)| set == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub struct Server {
    endpoint: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let log = received.clone();
        thread::spawn(move || {
            let mut kept = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let request = receive(&stream);
                log.lock().unwrap().push(request);
                match answer {
                    // The client may hang up before all is sent: that is what some tests are about.
                    Answer::Send(bytes) => drop(stream.write_all(&bytes)),
                    Answer::KeepOpen(bytes) => {
                        drop(stream.write_all(&bytes));
                        kept.push(stream);
                    }
                    Answer::Hang => kept.push(stream),
                }
            }
            // Keeps the hanging connections open until nothing can be sent any more.
            if !kept.is_empty() {
                thread::park();
            }
        });
        Self { endpoint, received }
    }

    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A client that sends each request once: the server has one answer for it.
    pub fn builder(&self) -> SeamBuilder {
        Seam::builder()
            .api_key("seam_test_secret")
            .endpoint(&self.endpoint)
            .retry(RetryPolicy::never())
    }

    pub fn seam(&self) -> Seam {
        self.builder().build().unwrap()
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

fn receive(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Received {
        line: line.trim_end().to_owned(),
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

/// An answer with a status, further header lines and a body.
pub fn answer(status: u16, headers: &[&str], body: &str) -> Answer {
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    Answer::Send(
        format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}").into_bytes(),
    )
}

/// An answer of JSON, with a request id.
pub fn json(status: u16, body: &str) -> Answer {
    answer(
        status,
        &["content-type: application/json", "seam-request-id: req_1"],
        body,
    )
}
