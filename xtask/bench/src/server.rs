//! A server that answers every request with the same JSON, on a thread of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use seam::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::data::Outcome;

/// Starts the server; it ends with the process.
pub fn start(body: &Bytes) -> Outcome<SocketAddr> {
    let mut reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    reply.extend_from_slice(body);
    let reply: Arc<[u8]> = reply.into();
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener = TcpListener::from_std(listener)?;
            loop {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                // A connection that is closed has no more requests.
                tokio::spawn(serve(stream, Arc::clone(&reply)));
            }
            #[allow(unreachable_code, reason = "it says what the errors above are")]
            Ok::<(), std::io::Error>(())
        })
    });
    Ok(address)
}

async fn serve(mut stream: TcpStream, reply: Arc<[u8]>) -> std::io::Result<()> {
    let mut read = Vec::with_capacity(4096);
    loop {
        while let Some(length) = request(&read) {
            read.drain(..length);
            stream.write_all(&reply).await?;
        }
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
    }
}

/// Returns the length of the request that stands at the start, if all of it is there.
fn request(read: &[u8]) -> Option<usize> {
    let head = read.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&read[..head]).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let whole = head + length.unwrap_or(0);
    (read.len() >= whole).then_some(whole)
}
