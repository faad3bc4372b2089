//! A fake of Seam's API that runs for one test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use seam::{Seam, SeamBuilder, Value};
use serde_json::json;

/// A device that the fake leaves out of `/locks/list`.
pub(crate) const KWIKSET: usize = 0;

/// A running fake. It ends with this value.
pub(crate) struct Fake {
    process: Child,
    facts: Value,
}

impl Fake {
    pub(crate) fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e");
        assert!(
            folder.join("node_modules").is_dir(),
            "run `npm ci` in generated-client/tests/e2e first"
        );
        let mut process = Command::new("node")
            .arg("server.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the end-to-end tests need Node: `node` cannot be started");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let facts = serde_json::from_str(&line)
            .expect("the fake ended before it was ready; its message stands above");
        Self { process, facts }
    }

    pub(crate) fn fact(&self, name: &str) -> &str {
        self.facts[name].as_str().unwrap()
    }

    pub(crate) fn device_id(&self, index: usize) -> &str {
        self.facts["device_ids"][index].as_str().unwrap()
    }

    pub(crate) fn seam(&self) -> Seam {
        self.builder().build().unwrap()
    }

    /// The builder of a client that calls this fake.
    pub(crate) fn builder(&self) -> SeamBuilder {
        Seam::builder()
            .api_key(self.fact("api_key"))
            .endpoint(self.fact("endpoint"))
    }

    /// Lets these paths of the workspace answer 503 from now on, and no others.
    pub(crate) fn outage(&self, routes: &[&str]) {
        let body = json!({"workspace_id": self.fact("workspace_id"), "routes": routes});
        self.post("/_fake/simulate_workspace_outage", &body);
    }

    /// Calls one of the fake's own endpoints, which make faults.
    pub(crate) fn post(&self, path: &str, body: &Value) {
        let host = self.fact("endpoint").trim_start_matches("http://");
        let body = body.to_string();
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\n"
        );
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    }
}

/// Cargo, to build or run an example. Build scripts see the variables that cargo sets for a test, and would run again.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo
}

impl Drop for Fake {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
