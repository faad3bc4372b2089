//! A server that answers with the bytes that a test sets, valid or not.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use super::Source;

pub(super) struct Server {
    port: u16,
}

pub(super) struct Request {
    /// The request line and the headers.
    lines: Vec<String>,
}

pub(super) struct Reply {
    stream: TcpStream,
}

impl Server {
    /// Serves requests in order, each on its own connection, until the test process ends.
    pub(super) fn start(answer: impl Fn(&Request, &mut Reply) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let Some(request) = Request::read(&stream) else {
                    continue;
                };
                let mut reply = Reply { stream };
                answer(&request, &mut reply);
                let _ = reply.stream.shutdown(Shutdown::Write);
            }
        });
        Self { port }
    }

    pub(super) fn source(&self, path: &str) -> Source {
        format!("http://127.0.0.1:{}{path}", self.port)
            .parse()
            .unwrap()
    }
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        let lines: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then_some(Self { lines })
    }

    pub(super) fn path(&self) -> &str {
        self.lines[0].split(' ').nth(1).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.lines[1..].iter().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Reply {
    /// Sends a valid answer with additional headers.
    pub(super) fn ok(&mut self, body: &str, headers: &[&str]) {
        self.bytes(body.as_bytes(), headers);
    }

    pub(super) fn bytes(&mut self, body: &[u8], headers: &[&str]) {
        let mut head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n", body.len());
        for header in headers.iter().chain(&["Connection: close"]) {
            head.push_str(header);
            head.push_str("\r\n");
        }
        self.raw(&head);
        self.raw("\r\n");
        self.try_raw(body);
    }

    /// Redirects, and closes the connection, so that the next request does not use it.
    pub(super) fn redirect(&mut self, to: &str) {
        self.raw(&format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        ));
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.try_raw(text.as_bytes());
    }

    /// Sends bytes; returns false if the other side has closed the connection.
    pub(super) fn try_raw(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }
}
