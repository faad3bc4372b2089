use std::io::Read;

use flate2::Compression;
use flate2::write::GzEncoder;
use seam::{ErrorKind, Seam, SeamBuilder};

use crate::server::{self, DONE, Server, header};

const GZIP: &str = "content-encoding: gzip\r\n";

fn gzip(mut from: impl Read) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut from, &mut encoder).unwrap();
    encoder.finish().unwrap()
}

fn client(server: &Server) -> SeamBuilder {
    Seam::builder().api_key("seam_test").endpoint(server.http())
}

#[tokio::test]
async fn a_reply_that_was_asked_for_in_gzip_is_read() {
    let server = server::plain(server::reply(GZIP, &gzip(DONE.as_bytes())));
    let seam = client(&server).build().unwrap();
    seam.locks().unlock_door("d1").await.unwrap();
    assert_eq!(header(&server.heads()[0], "accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn the_limit_of_a_reply_counts_what_it_is_decompressed_to() {
    let bomb = gzip(std::io::repeat(b' ').take(32 << 20));
    assert!(bomb.len() < 1 << 18);
    let server = server::plain(server::reply(GZIP, &bomb));
    let seam = client(&server).reply_limit(1 << 20).build().unwrap();
    let error = seam.locks().unlock_door("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{error}");
    assert!(
        error.message().contains("limit of 1048576 bytes"),
        "{error}"
    );
}
