//! Fetching from servers that work and servers that fail. A failure must not change the `spec` folder.

mod package;
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::fetch;
use super::http::Limits;
use super::source::Source;
use server::Server;

/// Small limits that the documents here keep.
const LIMITS: Limits = Limits {
    bytes: 10_000,
    time: Duration::from_secs(60),
};

const OLD: &str = r#"{"openapi":"3.0.0","info":{"version":"1"},"paths":{"/old":{}}}"#;
const NEW: &str = r#"{"openapi":"3.0.0","info":{"version":"2"},"paths":{"/z":{},"/a":{}}}"#;

/// Returns all files of a folder.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| (entry.path(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// Returns a `spec` folder in which `OLD` is pinned, from a file.
fn pinned() -> TempDir {
    let spec = tempfile::tempdir().unwrap();
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), OLD).unwrap();
    run(&Source::File(file.path().into()), spec.path()).unwrap();
    spec
}

/// Returns the output of the command, or its error with its causes.
fn run(source: &Source, spec: &Path) -> Result<String, String> {
    run_within(source, spec, LIMITS)
}

fn run_within(source: &Source, spec: &Path, limits: Limits) -> Result<String, String> {
    let mut output = Vec::new();
    match fetch(source, spec, limits, &mut output) {
        Ok(()) => Ok(String::from_utf8(output).unwrap()),
        Err(error) => Err(format!("{error:#}")),
    }
}

fn assert_refused_within(source: &Source, limits: Limits, says: &[&str]) {
    let spec = pinned();
    let before = contents(spec.path());
    let error = run_within(source, spec.path(), limits).unwrap_err();
    for message in says.iter().chain(&["is as it was"]) {
        assert!(error.contains(message), "`{message}` is not in: {error}");
    }
    assert_eq!(contents(spec.path()), before);
}

fn assert_refused(source: &Source, says: &[&str]) {
    assert_refused_within(source, LIMITS, says);
}

#[test]
fn a_good_document_is_pinned_with_its_record() {
    let server = Server::start(|_, reply| reply.ok(NEW, &["ETag: \"two\""]));
    let spec = pinned();

    let message = run(&server.source("/openapi.json"), spec.path()).unwrap();

    assert!(message.contains("OpenAPI 3.0.0, 2 paths"), "{message}");
    let document = fs::read_to_string(spec.path().join("openapi.json")).unwrap();
    assert!(document.starts_with("{\n  \"openapi\": \"3.0.0\",\n"));
    assert!(document.ends_with("}\n"));
    assert!(
        document.find("/z") < document.find("/a"),
        "the keys keep their order"
    );
    let record = fs::read_to_string(spec.path().join("source.toml")).unwrap();
    let url = server.source("/openapi.json").to_string();
    for line in [
        format!("source = \"{url}\""),
        "version = \"2\"".to_owned(),
        "etag = '\"two\"'".to_owned(),
    ] {
        assert!(record.contains(&line), "`{line}` is not in:\n{record}");
    }
    for key in ["sha256 = \"", "fetched = \""] {
        assert!(record.contains(key), "{record}");
    }
}

#[test]
fn a_second_fetch_with_the_entity_tag_writes_nothing() {
    let server = Server::start(|request, reply| match request.header("if-none-match") {
        Some("\"two\"") => reply.raw("HTTP/1.1 304 Not Modified\r\nETag: \"two\"\r\n\r\n"),
        Some(other) => panic!("asked with another tag: {other}"),
        None => reply.ok(NEW, &["ETag: \"two\""]),
    });
    let spec = pinned();
    let source = server.source("/openapi.json");
    run(&source, spec.path()).unwrap();
    let before = contents(spec.path());

    let message = run(&source, spec.path()).unwrap();

    assert!(message.starts_with("unchanged"), "{message}");
    assert_eq!(contents(spec.path()), before);
}

#[test]
fn the_same_document_without_an_entity_tag_writes_nothing() {
    // The same content, laid out differently.
    let server = Server::start(|_, reply| reply.ok(&OLD.replace(',', " ,\n"), &[]));
    let spec = pinned();
    let before = contents(spec.path());

    let message = run(&server.source("/openapi.json"), spec.path()).unwrap();

    assert!(message.starts_with("unchanged"), "{message}");
    assert_eq!(contents(spec.path()), before);
}

#[test]
fn a_changed_document_replaces_the_pinned_one_and_its_tag() {
    let server = Server::start(|request, reply| match request.header("if-none-match") {
        None => reply.ok(OLD, &["ETag: \"one\""]),
        Some(_) => reply.ok(NEW, &["ETag: \"two\""]),
    });
    let spec = tempfile::tempdir().unwrap();
    let source = server.source("/openapi.json");
    run(&source, spec.path()).unwrap();

    let message = run(&source, spec.path()).unwrap();

    assert!(message.contains("before: 1"), "{message}");
    let record = fs::read_to_string(spec.path().join("source.toml")).unwrap();
    assert!(record.contains("\"two\""), "{record}");
}

#[test]
fn a_document_that_was_edited_by_hand_is_fetched_without_its_entity_tag() {
    let server = Server::start(|request, reply| {
        assert_eq!(request.header("if-none-match"), None);
        reply.ok(NEW, &["ETag: \"two\""]);
    });
    let spec = tempfile::tempdir().unwrap();
    let source = server.source("/openapi.json");
    run(&source, spec.path()).unwrap();
    let before = contents(spec.path());
    fs::write(spec.path().join("openapi.json"), "{}").unwrap();

    run(&source, spec.path()).unwrap();

    let document = spec.path().join("openapi.json");
    assert_eq!(fs::read(&document).unwrap(), before[&document]);
}

#[test]
fn the_entity_tag_of_one_source_is_not_sent_to_another() {
    let server = Server::start(|request, reply| {
        assert_eq!(request.header("if-none-match"), None);
        reply.ok(NEW, &["ETag: \"two\""]);
    });
    let spec = tempfile::tempdir().unwrap();
    run(&server.source("/openapi.json"), spec.path()).unwrap();
    run(&server.source("/another.json"), spec.path()).unwrap();
}

#[test]
fn a_compressed_document_is_read() {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(NEW.as_bytes()).unwrap();
    let body = gzip.finish().unwrap();
    let server = Server::start(move |_, reply| reply.bytes(&body, &["Content-Encoding: gzip"]));
    let message = run(&server.source("/openapi.json"), pinned().path()).unwrap();
    assert!(message.contains("2 paths"), "{message}");
}

#[test]
fn a_few_redirects_are_followed() {
    let server = Server::start(|request, reply| match request.path() {
        "/start" => reply.redirect("/end"),
        _ => reply.ok(NEW, &[]),
    });
    let message = run(&server.source("/start"), pinned().path()).unwrap();
    assert!(message.contains("2 paths"), "{message}");
}

#[test]
fn a_404_is_refused() {
    let server = Server::start(|_, reply| {
        reply.raw("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope");
    });
    assert_refused(&server.source("/"), &["404 Not Found", "check it"]);
}

#[test]
fn a_503_is_refused() {
    let server = Server::start(|_, reply| {
        reply.raw("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    });
    assert_refused(
        &server.source("/"),
        &["503 Service Unavailable", "Try again later"],
    );
}

#[test]
fn an_unexpected_304_is_refused() {
    let server = Server::start(|_, reply| reply.raw("HTTP/1.1 304 Not Modified\r\n\r\n"));
    assert_refused(&server.source("/"), &["304 Not Modified"]);
}

#[test]
fn html_is_refused_by_its_media_type_or_its_text() {
    let page = "<!doctype html><title>Sign in</title>";
    let server = Server::start(move |_, reply| reply.ok(page, &["Content-Type: text/html"]));
    assert_refused(&server.source("/"), &["web page"]);
    let server = Server::start(move |_, reply| reply.ok(page, &["Content-Type: application/json"]));
    assert_refused(&server.source("/"), &["web page"]);
}

#[test]
fn json_that_is_no_document_is_refused() {
    let server = Server::start(|_, reply| reply.ok(r#"{"error":"moved"}"#, &[]));
    assert_refused(&server.source("/"), &["`openapi` is missing"]);
}

#[test]
fn a_body_shorter_than_announced_is_refused() {
    let server = Server::start(|_, reply| {
        reply.raw(&format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{NEW}",
            NEW.len() + 1
        ));
    });
    assert_refused(
        &server.source("/"),
        &["ended before the reply was complete"],
    );
}

#[test]
fn a_chunked_body_without_its_end_is_refused() {
    let server = Server::start(|_, reply| {
        let length = NEW.len();
        reply.raw(&format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{NEW}\r\n"
        ));
    });
    assert_refused(
        &server.source("/"),
        &["ended before the reply was complete"],
    );
}

#[test]
fn a_document_that_stops_in_the_middle_is_refused() {
    let half = &NEW[..NEW.len() / 2];
    let server = Server::start(move |_, reply| {
        reply.raw(&format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{half}"
        ));
    });
    assert_refused(&server.source("/"), &["it is incomplete"]);
}

#[test]
fn a_content_length_over_the_limit_is_refused() {
    let server = Server::start(|_, reply| {
        // The header is enough: no body follows.
        reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n");
    });
    assert_refused(&server.source("/"), &["larger than the 10000 bytes"]);
}

#[test]
fn an_infinite_body_is_refused_at_the_size_limit() {
    let server = Server::start(|_, reply| {
        reply.raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while reply.try_raw(&[b' '; 1000]) {}
    });
    assert_refused(&server.source("/"), &["larger than the 10000 bytes"]);
}

#[test]
fn a_slow_body_is_refused_at_the_time_limit() {
    let server = Server::start(|_, reply| {
        reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{");
        while reply.try_raw(b" ") {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let limits = Limits {
        time: Duration::from_millis(200),
        ..LIMITS
    };
    assert_refused_within(
        &server.source("/"),
        limits,
        &["longer than 0.2 s", "--timeout"],
    );
}

#[test]
fn a_redirect_loop_is_refused() {
    let server = Server::start(|_, reply| reply.redirect("/again"));
    assert_refused(&server.source("/"), &["redirects more than 5 times"]);
}

#[test]
fn a_server_that_hangs_up_is_refused() {
    let server = Server::start(|_, _| {});
    assert_refused(
        &server.source("/"),
        &["ended before the reply was complete"],
    );
}

#[test]
fn a_connection_that_is_refused_is_reported() {
    // Port 1 is reserved: the system never assigns it as a free port.
    let source = "http://127.0.0.1:1/openapi.json".parse().unwrap();
    assert_refused(&source, &["the connection to 127.0.0.1 failed"]);
}

#[test]
fn files_that_are_missing_folders_or_too_large_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.json");
    fs::write(&large, vec![b' '; 10_001]).unwrap();
    for (path, expected) in [
        (folder.path().join("none.json"), "none.json cannot be read"),
        (folder.path().to_owned(), "is not a file"),
        (large, "more than the 10000"),
    ] {
        assert_refused(&Source::File(path), &[expected]);
    }
}

#[test]
fn a_yaml_file_is_pinned_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("api.yaml");
    fs::write(&file, "openapi: 3.0.3\npaths:\n  /b: {}\n  /a: {}\n").unwrap();
    let spec = tempfile::tempdir().unwrap();
    run(&Source::File(file), spec.path()).unwrap();
    let document = fs::read_to_string(spec.path().join("openapi.json")).unwrap();
    assert_eq!(
        document,
        "{\n  \"openapi\": \"3.0.3\",\n  \"paths\": {\n    \"/b\": {},\n    \"/a\": {}\n  }\n}\n"
    );
}
