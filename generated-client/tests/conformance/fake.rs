//! Seam's own fake of its API: every path that it has is called, and every reply of success is read.
//!
//! Needs Node and `npm ci` in `tests/e2e`, so it is ignored by default: `cargo xtask e2e` does all that.

mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use seam::transport::http::{HeaderName, HeaderValue};
use seam::{Deviation, Error, RetryPolicy, Seam, SeamBuilder, Value};

use crate::call::{Call, Make, path};
use crate::generated::calls::CALLS;
use known::{Known, Substituting};

/// How many paths the fake has to answer, and how many of them with a success: it has 77.
const FLOOR: usize = 60;

/// The version whose departures are checked in; another one is called all the same.
const PINNED: &str = "1.86.0";

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn every_path_of_the_fake_is_called_and_every_success_is_read() {
    let fake = Fake::start();
    let mut findings = BTreeMap::new();
    for Caller { seam, known, below } in fake.callers() {
        call_everything(&seam, &known, below, &mut findings).await;
    }
    let unread: Vec<&String> = findings
        .iter()
        .filter(|(_, found)| found.unread.is_some())
        .map(|(path, _)| path)
        .collect();
    let report = report(&findings);
    println!("{report}");
    let read = findings.values().filter(|found| found.departures.is_some());
    let (called, read) = (findings.len(), read.count());
    assert!(
        called >= FLOOR && read >= FLOOR,
        "only {called} paths answer, {read} of them with a success: the fake is broken"
    );
    assert!(
        unread.is_empty(),
        "replies of success that could not be read: {unread:?}"
    );

    let snapshot = folder().join("deviations.txt");
    if std::env::var_os("SEAM_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&snapshot, &report).unwrap();
    }
    if installed() == PINNED {
        let known = std::fs::read_to_string(&snapshot).unwrap();
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

/// Calls everything that there is in the document below a path and has not succeeded yet, creating before getting and
/// deleting last; what is learnt of ids on the way is used.
async fn call_everything(
    seam: &Seam,
    known: &Known,
    below: &str,
    findings: &mut BTreeMap<String, Found>,
) {
    let mut calls: Vec<(String, &Call)> = CALLS
        .iter()
        .map(|call| (path(call.operation), call))
        .filter(|(path, _)| path.starts_with(below))
        .collect();
    calls.sort_by_key(|(path, _)| turn(path));
    let mut absent = BTreeSet::new();
    for round in 0..ROUNDS {
        for (path, call) in &calls {
            let is_done = findings
                .get(path)
                .is_some_and(|found| found.departures.is_some());
            let is_early = turn(path) >= LAST && round + 1 < ROUNDS;
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

/// Makes a call with what it requires and with all that it takes, for one choice of what is known after the other.
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
    for choice in 0..known.choices() {
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

/// What is created of something that is created takes a round each.
const ROUNDS: usize = 3;
const LAST: u8 = 4;

/// When a path is called: what creates first, what takes away last, and what others are part of after these.
fn turn(path: &str) -> u8 {
    let name = path.rsplit('/').next().unwrap_or_default();
    let begins = |start: &str| name.starts_with(start);
    match () {
        () if path == "/connected_accounts/delete" || begins("reset") => LAST + 2,
        () if matches!(path, "/devices/delete" | "/acs/users/delete") => LAST + 1,
        () if begins("create") || begins("get_or_create") || begins("grant") || begins("add") => 0,
        () if begins("list") => 1,
        () if begins("get") => 2,
        () if begins("delete") || begins("remove") || begins("revoke") => LAST,
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
            .args(["server.mjs", "all"])
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

    /// Who calls, one after the other: keys of the workspaces, and those who alone may call some paths.
    fn callers(&self) -> [Caller; 6] {
        let key = |name: &str| Seam::builder().api_key(self.fact(name));
        let token = self.fact("personal_access_token");
        let seeded = self.fact("seeded_workspace_id");
        let in_workspace = Seam::builder().personal_access_token(token.clone(), seeded);
        let without = Seam::builder().personal_access_token_without_workspace(token);
        let bridge = format!("Bearer {}", self.fact("bridge_client_session_token"));
        let (seeded, all) = ("seeded_workspace_id", "all_workspace_id");
        [
            self.caller(key("all_api_key"), all, "/", None),
            self.caller(key("api_key"), "workspace_id", "/", None),
            self.caller(in_workspace, seeded, "/", None),
            self.caller(without, seeded, "/workspaces/create", None),
            self.caller(
                key("api_key"),
                seeded,
                "/seam/bridge/",
                Some(("authorization", bridge)),
            ),
            self.caller(
                key("api_key"),
                seeded,
                "/client_sessions/get_or_create",
                Some(("seam-publishable-key", self.fact("publishable_key"))),
            ),
        ]
    }

    /// A client that asks for what is really there, with a header in place of its own credentials where there is one.
    fn caller(
        &self,
        builder: SeamBuilder,
        workspace: &str,
        below: &'static str,
        credentials: Option<(&'static str, String)>,
    ) -> Caller {
        // One may be there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let known = Known::default();
        known.learn("workspace_id", &self.fact(workspace));
        known.learn("acs_access_group_id", &self.fact("acs_access_group_id"));
        known.learn("user_identifier_key", "guest-7d2f");
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let transport = Substituting {
            client: client.build().unwrap(),
            known: known.clone(),
            credentials: credentials.map(|(name, value)| {
                let value = HeaderValue::from_str(&value).unwrap();
                (HeaderName::from_static(name), value)
            }),
        };
        let builder = builder
            .endpoint(self.fact("endpoint"))
            .retry(RetryPolicy::never());
        Caller {
            seam: builder.transport(transport).build().unwrap(),
            known,
            below,
        }
    }
}

/// One who calls the fake, what it has learnt, and the paths that it calls.
struct Caller {
    seam: Seam,
    known: Known,
    below: &'static str,
}

impl Drop for Fake {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
