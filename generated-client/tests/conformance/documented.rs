//! The examples in the documentation: each is run, and what it sends is what the document says.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use generator::examples::Request;
use seam::test::{FakeTransport, Sent};
use seam::{Result, RetryPolicy, Seam, Value};

use crate::EXAMPLES;
use crate::generated::documented::DOCUMENTED;

/// The example of a call.
pub struct Example {
    /// The JSON pointer of the operation.
    pub operation: &'static str,
    /// How many calls it makes.
    pub calls: usize,
    /// The JSON body of the first one, as `calls.html` shows it.
    pub body: Option<&'static str>,
    /// The code that the documentation shows.
    pub run: fn(Seam) -> Running,
}

pub type Running = Pin<Box<dyn Future<Output = Result<()>>>>;

pub fn run(example: impl Future<Output = Result<()>> + 'static) -> Running {
    Box::pin(example)
}

/// A parameter that the client adds to every query, and no document has.
const ADDED: &str = "_strict";

#[tokio::test(start_paused = true)]
async fn every_example_in_the_documentation_sends_what_the_document_says() {
    let replies = EXAMPLES.replies(1);
    let replies: BTreeMap<String, Vec<Value>> = replies
        .map(|reply| (reply.operation, reply.bodies))
        .map(|(of, bodies)| (of, bodies.into_iter().map(|body| body.json).collect()))
        .collect();
    let mut faults = Vec::new();
    let mut calls = 0;
    for example in DOCUMENTED {
        let due = EXAMPLES.request(example.operation).unwrap();
        let bodies = replies.get(example.operation);
        let sent = sent(example, &due, bodies.map_or(&[], Vec::as_slice)).await;
        calls += sent.len();
        let mut found: Vec<String> = sent
            .iter()
            .flat_map(|sent| judge(example.operation, &due, sent))
            .collect();
        let shown: Option<Value> = example.body.map(|body| serde_json::from_str(body).unwrap());
        let first = sent.first().map(|sent| sent.body.clone());
        let first =
            first.filter(|body| !body.is_null() && *body != Value::Object(Default::default()));
        if first != shown {
            found.push(format!("sends {first:?} where calls.html shows {shown:?}"));
        }
        if sent.len() < example.calls {
            found.push(format!("sends {} of {} calls", sent.len(), example.calls));
        }
        let found = found.into_iter();
        faults.extend(found.map(|fault| format!("{}: {fault}", example.operation)));
    }
    println!("{} examples, {calls} calls", DOCUMENTED.len());
    let paths = EXAMPLES.paths().len();
    assert!(
        DOCUMENTED.len() * 2 > paths,
        "only {} examples of {paths} paths",
        DOCUMENTED.len()
    );
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// The calls that an example sends. The first goes out whatever is replied; for those that follow, each reply is tried.
async fn sent(example: &Example, due: &Request, bodies: &[Value]) -> Vec<Sent> {
    let mut sent = Vec::new();
    for body in [&Value::Null].into_iter().chain(bodies) {
        let fake = FakeTransport::new();
        fake.reply_json(&due.path, 200, body);
        let seam = fake.builder().retry(RetryPolicy::never()).build().unwrap();
        // What becomes of the reply is what other tests are about.
        let _ = (example.run)(seam).await;
        sent = fake.sent();
        sent.retain(|sent| is_of(sent, due));
        if sent.len() >= example.calls {
            break;
        }
    }
    sent
}

/// Whether a request is of the call, and not a look at an action that it has started.
fn is_of(sent: &Sent, due: &Request) -> bool {
    let mut segments = sent.path.split('/');
    let mut wanted = due.path.split('/');
    loop {
        match (segments.next(), wanted.next()) {
            (None, None) => return true,
            (Some(_), Some(place)) if place.starts_with(['[', '{']) => {}
            (segment, wanted) if segment == wanted => {}
            _ => return false,
        }
    }
}

/// What is sent otherwise than the document says.
fn judge(operation: &str, due: &Request, sent: &Sent) -> Vec<String> {
    let mut faults = Vec::new();
    if sent.method.as_str() != due.method {
        faults.push(format!("the method is {}", sent.method));
    }
    for parameter in due.parameters.iter().filter(|parameter| parameter.required) {
        let is_in_path = [
            format!("[{}]", parameter.name),
            format!("{{{}}}", parameter.name),
        ]
        .iter()
        .any(|place| due.path.contains(place));
        let is_sent = match parameter.location.as_str() {
            _ if is_in_path => true,
            "query" => sent.query.iter().any(|(name, _)| *name == parameter.name),
            "header" => sent.header(&parameter.name).is_some(),
            _ => true,
        };
        if !is_sent {
            faults.push(format!("{} is missing", parameter.name));
        }
    }
    for (name, _) in sent.query.iter().filter(|(name, _)| name != ADDED) {
        if !due
            .parameters
            .iter()
            .any(|parameter| parameter.name == *name)
        {
            faults.push(format!("{name} is no parameter"));
        }
    }
    if due.bodies.is_empty() {
        return faults;
    }
    if !EXAMPLES.takes(operation, &sent.body) {
        faults.push(format!("the document does not allow {}", sent.body));
    }
    let is_anything = due.bodies.iter().all(|body| body.properties.is_empty());
    for name in sent
        .body
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        let is_declared = due
            .bodies
            .iter()
            .any(|body| body.properties.contains_key(name));
        if !is_declared && !is_anything {
            faults.push(format!("{name} is no property"));
        }
    }
    faults
}
