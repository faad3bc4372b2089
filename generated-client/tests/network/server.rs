//! Servers and proxies on this machine. They remember the head of each request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The reply to every request: an action that has succeeded.
pub(crate) const DONE: &str = r#"{"action_attempt": {"action_attempt_id": "a1", "action_type": "UNLOCK_DOOR", "status": "success", "error": null, "result": {}}, "ok": true}"#;

pub(crate) struct Server {
    pub(crate) port: u16,
    heads: Arc<Mutex<Vec<String>>>,
    closed: Receiver<()>,
}

impl Server {
    /// The heads of the requests so far, or of what came in place of one.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// Waits until the server has closed one more connection.
    pub(crate) fn wait_until_closed(&self) {
        self.closed.recv_timeout(Duration::from_secs(60)).unwrap();
    }

    pub(crate) fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn https(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port)
    }
}

/// Starts a server that does this with each connection, one at a time, and then closes it.
fn start(serve: impl Fn(TcpStream, &Mutex<Vec<String>>) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heads = Arc::<Mutex<Vec<String>>>::default();
    let (sender, closed) = channel();
    let log = heads.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            serve(stream, &log);
            // Nobody may be waiting for it any more.
            let _ = sender.send(());
        }
    });
    Server {
        port,
        heads,
        closed,
    }
}

/// A reply that lets the connection stay open.
pub(crate) fn reply(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A server of plain http that gives one reply on each connection, says that it stays open, and closes it.
pub(crate) fn plain(reply: Vec<u8>) -> Server {
    start(move |stream, heads| {
        let mut reader = BufReader::new(stream);
        if let Some(head) = receive(&mut reader) {
            heads.lock().unwrap().push(head);
            drop(reader.get_mut().write_all(&reply));
        }
    })
}

/// A server of plain http that answers on a connection until the client closes it.
pub(crate) fn lasting(reply: Vec<u8>) -> Server {
    start(move |stream, heads| {
        let mut reader = BufReader::new(stream);
        while let Some(head) = receive(&mut reader) {
            heads.lock().unwrap().push(head);
            drop(reader.get_mut().write_all(&reply));
        }
    })
}

/// A server of plain http that gives one reply on each connection, and closes it when it is told to.
pub(crate) fn closing(reply: Vec<u8>, told: Receiver<()>) -> Server {
    start(move |stream, heads| {
        let mut reader = BufReader::new(stream);
        if let Some(head) = receive(&mut reader) {
            heads.lock().unwrap().push(head);
            drop(reader.get_mut().write_all(&reply));
            // The test may be over.
            let _ = told.recv();
        }
    })
}

/// A server of TLS. A connection that fails leaves an empty head.
pub(crate) fn tls(config: ServerConfig) -> Server {
    let config = Arc::new(config);
    start(move |stream, heads| {
        let connection = ServerConnection::new(config.clone()).unwrap();
        let mut reader = BufReader::new(StreamOwned::new(connection, stream));
        let head = receive(&mut reader);
        heads.lock().unwrap().push(head.unwrap_or_default());
        // The client may have hung up.
        drop(
            reader
                .get_mut()
                .write_all(&reply("connection: close\r\n", DONE.as_bytes())),
        );
        reader.get_mut().conn.send_close_notify();
        drop(reader.get_mut().flush());
    })
}

/// A server that takes connections and says nothing until the client hangs up.
pub(crate) fn silent() -> Server {
    start(|mut stream, heads| {
        heads.lock().unwrap().push(String::new());
        drop(stream.read_to_end(&mut Vec::new()));
    })
}

/// A proxy: tunnels to `port` of this machine whatever host is asked for, and answers requests of plain http itself.
pub(crate) fn proxy(port: u16) -> Server {
    start(move |stream, heads| {
        let mut reader = BufReader::new(stream);
        let Some(head) = receive(&mut reader) else {
            return;
        };
        heads.lock().unwrap().push(head.clone());
        let mut client = reader.into_inner();
        if !head.starts_with("CONNECT ") {
            drop(client.write_all(&reply("connection: close\r\n", DONE.as_bytes())));
            return;
        }
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        thread::spawn(move || {
            drop(std::io::copy(&mut from, &mut to));
            drop(to.shutdown(Shutdown::Write));
        });
        drop(std::io::copy(&mut server, &mut client));
        drop(client.shutdown(Shutdown::Both));
    })
}

/// Reads a request; gives its head.
fn receive(reader: &mut impl BufRead) -> Option<String> {
    let mut head = String::new();
    while reader.read_line(&mut head).ok()? > 2 {}
    let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    reader.read_exact(&mut vec![0; length]).ok()?;
    (!head.is_empty()).then_some(head)
}

/// A header of a request.
pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (of, value) = line.split_once(": ")?;
        of.eq_ignore_ascii_case(name).then_some(value)
    })
}
