//! What a caller of the fake learns of it, and puts in place of the examples.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use seam::transport::http::{HeaderName, HeaderValue};
use seam::transport::{Body, BoxFuture, Transport, TransportError, http};
use seam::{Bytes, Value};

/// Puts ids that the server has told in place of those of the examples, and values that it takes in place of others.
pub(super) struct Substituting {
    pub(super) client: reqwest::Client,
    pub(super) known: Known,
    /// What is sent in place of the client's own credentials.
    pub(super) credentials: Option<(HeaderName, HeaderValue)>,
}

/// The ids that were seen, and which of them is asked for.
#[derive(Clone, Default)]
pub(super) struct Known(Arc<Mutex<Ids>>);

#[derive(Default)]
struct Ids {
    seen: BTreeMap<String, Vec<String>>,
    choice: usize,
}

/// Of so many devices each is tried, and with each so many of the other things.
const MOST_DEVICES: usize = 16;
const MOST_OTHERS: usize = 4;
const DEVICE: &str = "device_id";

impl Known {
    pub(super) fn learn(&self, name: &str, id: &str) {
        let mut ids = self.0.lock().unwrap();
        let seen = ids.seen.entry(name.to_owned()).or_default();
        let is_new = !seen.iter().any(|known| known == id);
        match name {
            "workspace_id" if !seen.is_empty() => {}
            DEVICE if seen.len() == MOST_DEVICES => {}
            _ if is_new => seen.push(id.to_owned()),
            _ => {}
        }
    }

    /// How many choices there are of what to ask for.
    pub(super) fn choices(&self) -> usize {
        self.0.lock().unwrap().devices() * MOST_OTHERS
    }

    pub(super) fn choose(&self, choice: usize) {
        self.0.lock().unwrap().choice = choice;
    }

    fn id(&self, name: &str) -> Option<String> {
        let ids = self.0.lock().unwrap();
        let (other, device) = (ids.choice / ids.devices(), ids.choice % ids.devices());
        let seen = ids.seen.get(name)?;
        match name {
            DEVICE => seen.get(device).cloned(),
            // What came last is most likely still there.
            _ => seen.iter().rev().cycle().nth(other).cloned(),
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
            "phone_number" => return Some("+15555550100".into()),
            "starts_daily_at" => return Some("08:00:00[America/Los_Angeles]".into()),
            "ends_daily_at" => return Some("20:00:00[America/Los_Angeles]".into()),
            "since" => return Some("2000-01-01T00:00:00Z".into()),
            name if name.ends_with("color") => return Some("#123456".into()),
            name if name.ends_with("url") => return Some("https://example.com".into()),
            name if name.ends_with("_at") => return Some("2099-08-12T19:23:42Z".into()),
            name if name.ends_with("email") || name.ends_with("email_address") => {
                return Some("jane@example.com".into());
            }
            _ => {}
        }
        match example {
            Value::String(_) => self.id(name).map(Value::from),
            Value::Array(_) => self.id(name.strip_suffix('s')?).map(|id| vec![id].into()),
            _ => None,
        }
    }

    fn substitute(&self, body: &[u8], of_user: bool) -> Bytes {
        let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
            return Bytes::copy_from_slice(body);
        };
        // A session of a user alone is for no accounts.
        members.retain(|name, _| match of_user {
            true => name.starts_with("user_"),
            false => !says_it_again(name),
        });
        for (name, value) in &mut members {
            if let Some(replacement) = self.replacement(name, value) {
                *value = replacement;
            }
        }
        Value::Object(members).to_string().into()
    }
}

impl Ids {
    fn devices(&self) -> usize {
        self.seen.get(DEVICE).map_or(1, |seen| seen.len().max(1))
    }
}

/// Whether a parameter may not be given together with another, which the fake takes.
fn says_it_again(name: &str) -> bool {
    matches!(name, "between" | "noise_threshold_nrs") || name.ends_with("set_point_fahrenheit")
}

impl Transport for Substituting {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            if let Some((name, value)) = &self.credentials {
                head.headers.remove("authorization");
                head.headers.insert(name, value.clone());
            }
            let of_user = head.headers.contains_key("seam-publishable-key");
            let sent = self
                .client
                .request(head.method, head.uri.to_string())
                .headers(head.headers)
                .body(self.known.substitute(&body, of_user))
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
