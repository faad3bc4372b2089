//! A server that answers each request with the reply of its sample, and compares the request with the sample.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result};
use generator::samples::Sample;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

/// The header that says which sample a request is of.
pub(super) const SAMPLE: &str = "x-sample";

/// An expected request, and its reply.
struct Expectation {
    path: String,
    parameters: Map<String, Value>,
    body: String,
}

/// A local server that runs as long as the program.
pub(super) struct Server {
    /// The address that it listens on.
    pub(super) address: String,
    found: Arc<Mutex<Vec<Option<Verdict>>>>,
}

/// `Ok` if a request equals its sample, or the difference.
pub(super) type Verdict = Result<(), String>;

impl Server {
    pub(super) fn start(samples: &[Sample]) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
        let address = format!("http://{}", listener.local_addr()?);
        let due: Vec<Expectation> = samples.iter().map(Expectation::of).collect();
        let found = Arc::new(Mutex::new(samples.iter().map(|_| None).collect()));
        let shared = Arc::clone(&found);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A sample without a verdict shows that its connection broke.
                let _ = answer(stream, &due, &shared);
            }
        });
        Ok(Self { address, found })
    }

    /// Returns the verdict on the request of a sample; `None` if there was no request.
    pub(super) fn verdict(&self, sample: usize) -> Option<Verdict> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.get_mut(sample)?.take()
    }
}

impl Expectation {
    fn of(sample: &Sample) -> Self {
        let body = sample.body.clone().unwrap_or_else(|| json!({"ok": true}));
        Self {
            path: sample.path.clone(),
            parameters: sample.parameters.clone(),
            body: body.to_string(),
        }
    }

    fn judge(&self, target: &str, body: &[u8]) -> Verdict {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        if path != self.path {
            return Err(format!("the request goes to {path}"));
        }
        let sent = match body {
            [] => parse_query(query),
            body => serde_json::from_slice(body)
                .map_err(|error| format!("the request's body is not a JSON object: {error}"))?,
        };
        let is_query = body.is_empty();
        for (name, value) in &self.parameters {
            let sent = sent.get(name);
            let due = if is_query {
                as_text(value)
            } else {
                value.clone()
            };
            if !sent.is_some_and(|sent| is_equal(sent, &due)) {
                let sent = sent.map_or_else(|| "nothing".to_owned(), Value::to_string);
                return Err(format!("the request sends {sent} as {name}"));
            }
        }
        match sent
            .keys()
            .find(|name| !self.parameters.contains_key(*name))
        {
            Some(name) => Err(format!("the request also sends {name}")),
            None => Ok(()),
        }
    }
}

/// Reads a request, answers it, and stores the verdict.
fn answer(
    mut stream: TcpStream,
    due: &[Expectation],
    found: &Mutex<Vec<Option<Verdict>>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = Vec::new();
    for line in reader.by_ref().lines() {
        let line = line?;
        if line.is_empty() {
            break;
        }
        head.push(line);
    }
    let header = |wanted: &str| {
        let mut headers = head.iter().filter_map(|line| line.split_once(':'));
        let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.trim())
    };
    let number = |name| header(name).and_then(|text| text.parse::<usize>().ok());
    let mut body = vec![0; number("content-length").unwrap_or_default()];
    reader.read_exact(&mut body)?;
    let target = head.first().and_then(|line| line.split(' ').nth(1));
    let sample = number(SAMPLE).and_then(|index| Some((index, due.get(index)?)));
    let (status, reply) = match (sample, target) {
        (Some((index, due)), Some(target)) => {
            let verdict = due.judge(target, &body);
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found[index].get_or_insert(verdict);
            ("200 OK", due.body.as_str())
        }
        _ => ("400 Bad Request", "{}"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{reply}",
        reply.len()
    )
}

/// Returns the parameters of a query; repeated ones are lists.
fn parse_query(query: &str) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value = Value::from(value.into_owned());
        match parameters.get_mut(&*name) {
            None => {
                parameters.insert(name.into_owned(), value);
            }
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    parameters
}

/// Converts a value to text, as in a query.
fn as_text(value: &Value) -> Value {
    match value {
        Value::String(_) => value.clone(),
        Value::Array(items) => match items.as_slice() {
            [one] => as_text(one),
            items => items.iter().map(as_text).collect(),
        },
        other => other.to_string().into(),
    }
}

/// Returns true if two values are equal. Numbers are compared by value.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): (&String, &Value)| {
                other.get(key).is_some_and(|other| is_equal(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(parameters: Value, target: &str, body: &str) -> Verdict {
        let due = Expectation {
            path: "/doors/open".to_owned(),
            parameters: parameters.as_object().unwrap().clone(),
            body: String::new(),
        };
        due.judge(target, body.as_bytes())
    }

    #[test]
    fn a_request_is_compared_with_its_sample() {
        let parameters = json!({"door_id": "d1", "degrees": 75, "names": ["a"]});
        let body = r#"{"names": ["a"], "degrees": 75.0, "door_id": "d1"}"#;
        assert_eq!(judge(parameters.clone(), "/doors/open", body), Ok(()));
        let query = "/doors/open?door_id=d1&degrees=75&names=a";
        assert_eq!(judge(parameters.clone(), query, ""), Ok(()));
        for (target, body, fault) in [
            ("/doors/close", body, "the request goes to /doors/close"),
            (
                "/doors/open",
                r#"{"names": ["a"], "degrees": 75, "door_id": "d2"}"#,
                "the request sends \"d2\" as door_id",
            ),
            (
                "/doors/open",
                r#"{"degrees": 75, "door_id": "d1"}"#,
                "the request sends nothing as names",
            ),
            (
                "/doors/open",
                r#"{"names": ["a"], "degrees": 75, "door_id": "d1", "force": true}"#,
                "the request also sends force",
            ),
        ] {
            let fault = Err(fault.to_owned());
            assert_eq!(judge(parameters.clone(), target, body), fault);
        }
    }
}
