//! Seam's own fake of its API: every path that it has is called, and every reply of success is read.
//!
//! Needs Node and `npm ci` in `tests/e2e`, so it runs when `SEAM_E2E` is 1: `cargo xtask e2e` does all that.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use seam::transport::{Body, BoxFuture, Transport, TransportError, http};
use seam::{Bytes, Deviation, Error, RetryPolicy, Seam, SeamBuilder, Value};

use crate::call::{Call, Make, path};
use crate::generated::calls::CALLS;

/// The version whose departures are checked in; another one is called all the same.
const PINNED: &str = "1.86.0";

#[tokio::test]
async fn every_path_of_the_fake_is_called_and_every_success_is_read() {
    if std::env::var("SEAM_E2E").as_deref() != Ok("1") {
        eprintln!("skipped: set SEAM_E2E=1 to run the end-to-end tests");
        return;
    }
    let fake = Fake::start();
    let mut findings = BTreeMap::new();
    for (seam, known) in [fake.kwikset(), fake.seeded()] {
        call_everything(&seam, &known, &mut findings).await;
    }
    let unread: Vec<&String> = findings
        .iter()
        .filter(|(_, found)| found.unread.is_some())
        .map(|(path, _)| path)
        .collect();
    let report = report(&findings);
    println!("{report}");
    assert!(
        unread.is_empty(),
        "replies of success that could not be read: {unread:?}"
    );

    let snapshot = folder().join("departures.txt");
    if std::env::var_os("SEAM_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&snapshot, &report).unwrap();
    }
    if installed() == PINNED {
        let known = std::fs::read_to_string(&snapshot).unwrap_or_default();
        assert_eq!(
            report, known,
            "run with SEAM_UPDATE_SNAPSHOTS=1 to take this over"
        );
    }
}

/// What came of a path.
#[derive(Default)]
struct Found {
    /// A reply of success was read; with these departures.
    departures: Option<BTreeSet<String>>,
    /// How it refuses, where it never succeeds.
    refusal: Option<String>,
    /// Why a reply of success could not be read.
    unread: Option<String>,
}

/// Calls everything that there is in the document and has not succeeded yet, creating before getting and deleting last; what
/// is learnt of ids on the way is used.
async fn call_everything(seam: &Seam, known: &Known, findings: &mut BTreeMap<String, Found>) {
    let mut calls: Vec<(String, &Call)> = CALLS
        .iter()
        .map(|call| (path(call.operation), call))
        .collect();
    calls.sort_by_key(|(path, _)| turn(path));
    let mut absent = BTreeSet::new();
    for round in 0..2 {
        for (path, call) in &calls {
            let is_done = findings
                .get(path)
                .is_some_and(|found| found.departures.is_some());
            let is_early = turn(path) == LAST && round == 0;
            if is_done || is_early || absent.contains(path) {
                continue;
            }
            match call_until_success(seam, known, call).await {
                Err(error) if is_absent(&error) => drop(absent.insert(path.clone())),
                result => findings.entry(path.clone()).or_default().note(result),
            }
        }
    }
}

/// Makes a call with what it requires and with all that it takes, for one device after the other.
async fn call_until_success(
    seam: &Seam,
    known: &Known,
    call: &Call,
) -> Result<Vec<Deviation>, Error> {
    let makes: Vec<Make> = [Some(call.required), call.all]
        .into_iter()
        .flatten()
        .collect();
    let mut last = None;
    for choice in 0..known.devices().max(1) {
        known.choose(choice);
        for make in &makes {
            let result = make(seam).await;
            let is_final = match &result {
                Ok(_) => true,
                Err(error) => {
                    is_absent(error) || error.status().is_some_and(|status| status.is_success())
                }
            };
            last = Some(result);
            if is_final {
                break;
            }
        }
        if matches!(&last, Some(Ok(_))) || matches!(&last, Some(Err(error)) if is_absent(error)) {
            break;
        }
    }
    known.choose(0);
    last.unwrap()
}

impl Found {
    fn note(&mut self, result: Result<Vec<Deviation>, Error>) {
        match result {
            Ok(deviations) => self.departures = Some(deviations.iter().map(departure).collect()),
            Err(error) if error.status().is_some_and(|status| status.is_success()) => {
                self.unread = Some(error.to_string());
            }
            Err(error) => {
                let status = error.status().map_or(0, |status| status.as_u16());
                self.refusal = Some(format!("{status} {}", error.code().unwrap_or_default()));
            }
        }
    }
}

/// A deviation without what differs from run to run and from item to item.
fn departure(deviation: &Deviation) -> String {
    let place: Vec<&str> = deviation
        .pointer
        .split('/')
        .map(|step| {
            if step.parse::<usize>().is_ok() {
                "*"
            } else {
                step
            }
        })
        .collect();
    format!(
        "{}: expected {}, found {}",
        place.join("/"),
        deviation.expected,
        deviation.found
    )
}

/// The fake answers a path that it does not have in plain text.
fn is_absent(error: &Error) -> bool {
    error.status().is_some_and(|status| status.as_u16() == 404) && error.code().is_none()
}

const LAST: u8 = 4;

/// When a path is called: what creates first, what takes away last.
fn turn(path: &str) -> u8 {
    let name = path.rsplit('/').next().unwrap_or_default();
    let begins = |start: &str| name.starts_with(start);
    match () {
        () if begins("create") || begins("get_or_create") || begins("grant") || begins("add") => 0,
        () if begins("list") => 1,
        () if begins("get") => 2,
        () if begins("delete") || begins("remove") || begins("revoke") || begins("reset") => LAST,
        () => 3,
    }
}

fn report(findings: &BTreeMap<String, Found>) -> String {
    let read = findings
        .values()
        .filter(|found| found.departures.is_some())
        .count();
    let mut report = format!("{} paths, {read} with a reply of success\n", findings.len());
    for (path, found) in findings {
        let outcome = match (&found.departures, &found.unread, &found.refusal) {
            (_, Some(error), _) => format!("UNREAD {error}"),
            (Some(departures), ..) if departures.is_empty() => "as documented".to_owned(),
            (Some(departures), ..) => {
                departures
                    .iter()
                    .fold(String::from("departs"), |mut text, departure| {
                        let _ = write!(text, "\n    {departure}");
                        text
                    })
            }
            (None, None, refusal) => format!("refuses: {}", refusal.as_deref().unwrap_or_default()),
        };
        let _ = writeln!(report, "{path} {outcome}");
    }
    report
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e")
}

fn installed() -> String {
    let manifest = folder().join("node_modules/@seamapi/fake-seam-connect/package.json");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    manifest["version"].as_str().unwrap().to_owned()
}

/// A running fake. It ends with this value.
struct Fake {
    process: Child,
    facts: Value,
}

impl Fake {
    fn start() -> Self {
        let mut process = Command::new("node")
            .arg("server.mjs")
            .current_dir(folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the end-to-end tests need Node: `node` cannot be started");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let facts = serde_json::from_str(&line).expect("the fake ended before it was ready");
        Self { process, facts }
    }

    fn fact(&self, name: &str) -> String {
        self.facts[name].as_str().unwrap().to_owned()
    }

    /// A client of the workspace with locks.
    fn kwikset(&self) -> (Seam, Known) {
        let builder = Seam::builder().api_key(self.fact("api_key"));
        self.substituting(builder, "workspace_id")
    }

    /// A client of the workspace that the fake has by itself, with devices of other kinds.
    fn seeded(&self) -> (Seam, Known) {
        let (token, workspace) = (
            self.fact("personal_access_token"),
            self.fact("seeded_workspace_id"),
        );
        let builder = Seam::builder().personal_access_token(token, workspace);
        self.substituting(builder, "seeded_workspace_id")
    }

    /// A client that asks for what is really there.
    fn substituting(&self, builder: SeamBuilder, workspace: &str) -> (Seam, Known) {
        // One may be there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let known = Known::default();
        known.learn("workspace_id", &self.fact(workspace));
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let transport = Substituting {
            client: client.build().unwrap(),
            known: known.clone(),
        };
        let builder = builder
            .endpoint(self.fact("endpoint"))
            .retry(RetryPolicy::never());
        (builder.transport(transport).build().unwrap(), known)
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Puts ids that the server has told in place of those of the examples, and values that it takes in place of others.
struct Substituting {
    client: reqwest::Client,
    known: Known,
}

/// The ids that were seen, of each kind the last one; of devices all, and which of them is asked for.
#[derive(Clone, Default)]
struct Known(Arc<Mutex<Ids>>);

#[derive(Default)]
struct Ids {
    last: BTreeMap<String, String>,
    devices: Vec<String>,
    choice: usize,
}

/// Of so many devices each is tried.
const MOST_DEVICES: usize = 16;

impl Known {
    fn learn(&self, name: &str, id: &str) {
        let mut ids = self.0.lock().unwrap();
        let is_new = !ids.devices.iter().any(|known| known == id);
        match name {
            "device_id" if is_new && ids.devices.len() < MOST_DEVICES => {
                ids.devices.push(id.to_owned())
            }
            "device_id" => {}
            "workspace_id" if ids.last.contains_key(name) => {}
            _ => drop(ids.last.insert(name.to_owned(), id.to_owned())),
        }
    }

    fn devices(&self) -> usize {
        self.0.lock().unwrap().devices.len()
    }

    fn choose(&self, choice: usize) {
        self.0.lock().unwrap().choice = choice;
    }

    fn id(&self, name: &str) -> Option<String> {
        let ids = self.0.lock().unwrap();
        match name {
            "device_id" => ids.devices.get(ids.choice).cloned(),
            name => ids.last.get(name).cloned(),
        }
    }

    fn learn_from(&self, reply: &Value) {
        match reply {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(id) if name.ends_with("_id") => self.learn(name, id),
                        value => self.learn_from(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn_from(item)),
            _ => {}
        }
    }

    /// What to send for a parameter in place of its example.
    fn replacement(&self, name: &str, example: &Value) -> Option<Value> {
        match name {
            "code" => return Some("2468".into()),
            "accepted_providers" => return Some(vec!["kwikset"].into()),
            "since" => return Some("2000-01-01T00:00:00Z".into()),
            name if name.ends_with("url") => return Some("https://example.com".into()),
            name if name.ends_with("_at") => return Some("2099-08-12T19:23:42Z".into()),
            name if name.ends_with("email_address") => return Some("jane@example.com".into()),
            _ => {}
        }
        match example {
            Value::String(_) => self.id(name).map(Value::from),
            Value::Array(_) => self.id(name.strip_suffix('s')?).map(|id| vec![id].into()),
            _ => None,
        }
    }

    fn substitute(&self, body: &[u8]) -> Bytes {
        let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
            return Bytes::copy_from_slice(body);
        };
        for (name, value) in &mut members {
            if let Some(replacement) = self.replacement(name, value) {
                *value = replacement;
            }
        }
        Value::Object(members).to_string().into()
    }
}

impl Transport for Substituting {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let sent = self
                .client
                .request(head.method, head.uri.to_string())
                .headers(head.headers)
                .body(self.known.substitute(&body))
                .send()
                .await
                .map_err(|error| TransportError::Other(error.into()))?;
            let mut reply = http::Response::builder().status(sent.status());
            if let Some(headers) = reply.headers_mut() {
                headers.clone_from(sent.headers());
            }
            let body = sent
                .bytes()
                .await
                .map_err(|error| TransportError::Other(error.into()))?;
            if let Ok(json) = serde_json::from_slice(&body) {
                self.known.learn_from(&json);
            }
            Ok(reply.body(Body::from(body)).unwrap())
        })
    }
}
