//! A proxy between the client and the fake: hands requests on, but for the faults that it is told to make.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use seam::{RetryPolicy, Seam, SeamBuilder, Value};

use crate::fake::Fake;

/// What happens to a request in place of being handed on.
pub(crate) enum Fault {
    /// These bytes are the reply.
    Reply(Vec<u8>),
    /// The connection is cut before the fake hears of the request.
    Cut,
    /// The fake carries the request out, and the connection is cut within its reply.
    Half,
    /// The fake carries the request out, and its reply comes byte by byte, with this pause after each.
    Slow(Duration),
    /// A reply whose body never ends.
    Endless,
    /// No reply, until the client gives up.
    Silence,
}

impl Fault {
    /// A reply with a status, header lines and a body.
    pub(crate) fn reply(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let head = format!(
            "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            body.len()
        );
        Self::Reply([head.as_bytes(), body].concat())
    }

    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::reply(status, &["content-type: application/json"], body)
    }
}

/// A request that came by.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    path: String,
    /// Request line and headers, as they came.
    head: String,
    body: Vec<u8>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1);
        headers.find_map(|line| {
            let (of, value) = line.split_once(": ")?;
            of.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct State {
    asked: Vec<Asked>,
    /// The faults to come, with the paths that they are for.
    faults: VecDeque<(String, Fault)>,
}

/// A running proxy. Each connection carries one request.
pub(crate) struct Proxy {
    endpoint: String,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// Starts a proxy before a fake.
    pub(crate) fn before(fake: &Fake) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let behind = fake
            .fact("endpoint")
            .trim_start_matches("http://")
            .to_owned();
        let shared = state.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                let (behind, state) = (behind.clone(), shared.clone());
                let Ok(client) = client else { continue };
                // A client that hangs up is what some tests are about.
                thread::spawn(move || drop(serve(client, &behind, &state)));
            }
        });
        Self { endpoint, state }
    }

    /// The builder of a client that calls the fake through here, and repeats with hardly a wait.
    pub(crate) fn builder(&self, fake: &Fake) -> SeamBuilder {
        fake.builder()
            .endpoint(&self.endpoint)
            .retry(RetryPolicy::default().first_wait(Duration::from_millis(1)))
    }

    pub(crate) fn seam(&self, fake: &Fake) -> Seam {
        self.builder(fake).build().unwrap()
    }

    /// Makes a fault of the next request to this path for which there is none yet.
    pub(crate) fn fault(&self, path: &str, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        state.faults.push_back((path.to_owned(), fault));
    }

    /// The requests to a path, in order.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = &self.state.lock().unwrap().asked;
        let to_it = asked.iter().filter(|asked| asked.path == path);
        to_it.cloned().collect()
    }

    /// How many requests to a path came by.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.asked(path).len()
    }
}

fn serve(mut client: TcpStream, behind: &str, state: &Mutex<State>) -> std::io::Result<()> {
    let asked = receive(&client)?;
    let fault = {
        let mut state = state.lock().unwrap();
        let next = state
            .faults
            .iter()
            .position(|(path, _)| *path == asked.path);
        let fault = next.and_then(|index| state.faults.remove(index));
        state.asked.push(asked.clone());
        fault.map(|(_, fault)| fault)
    };
    match fault {
        None => client.write_all(&hand_on(&asked, behind)?)?,
        Some(Fault::Reply(bytes)) => client.write_all(&bytes)?,
        Some(Fault::Cut) => {}
        Some(Fault::Half) => {
            let reply = hand_on(&asked, behind)?;
            client.write_all(&reply[..reply.len() - 5])?;
        }
        Some(Fault::Slow(pause)) => {
            for byte in hand_on(&asked, behind)? {
                client.write_all(&[byte])?;
                thread::sleep(pause);
            }
        }
        Some(Fault::Endless) => {
            client.write_all(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n")?;
            let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
            loop {
                client.write_all(chunk.as_bytes())?;
            }
        }
        // Ends when the client hangs up.
        Some(Fault::Silence) => drop(client.read(&mut [0])?),
    }
    client.shutdown(Shutdown::Write)
}

/// Reads a request: its head, then as many bytes as that announces.
fn receive(client: &TcpStream) -> std::io::Result<Asked> {
    let mut reader = BufReader::new(client);
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut asked = Asked {
        path,
        head,
        body: Vec::new(),
    };
    let length = asked
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    asked.body.resize(length, 0);
    reader.read_exact(&mut asked.body)?;
    Ok(asked)
}

/// The fake's reply, to the end of which it closes the connection.
fn hand_on(asked: &Asked, behind: &str) -> std::io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(behind)?;
    let head = asked.head.trim_end();
    write!(server, "{head}\r\nconnection: close\r\n\r\n")?;
    server.write_all(&asked.body)?;
    let mut reply = Vec::new();
    server.read_to_end(&mut reply)?;
    Ok(reply)
}
