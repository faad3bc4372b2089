//! The request of an example, as a cURL command.

use serde_json::Value;

use crate::escape;
use crate::model::{Api, Connection, Endpoint, KeyPlace, Location, SchemeKind};
use crate::rust::connection::SignIn;
use crate::rust::example::{Sent, json_body};

/// Returns the command, on several lines.
pub(super) fn command(
    api: &Api,
    sign_ins: &[SignIn<'_>],
    endpoint: &Endpoint,
    sent: &[Sent],
) -> String {
    let mut arguments = Vec::new();
    let method = endpoint.wire.to_string();
    let has_body = sent.iter().any(|sent| is_in_body(sent.location));
    if !matches!((method.as_str(), has_body), ("GET", false) | ("POST", true)) {
        arguments.push(format!("-X {method}"));
    }
    arguments.push(quoted(&url(api, endpoint, sent)));
    arguments.extend(credentials(api, sign_ins, endpoint));
    arguments.extend(headers(sent));
    arguments.extend(body(endpoint, sent));
    format!("curl {}", arguments.join(" \\\n  "))
}

fn is_in_body(location: Location) -> bool {
    use Location::{Query, Styled};
    location.counts() && !matches!(location, Query | Styled(_))
}

fn url(api: &Api, endpoint: &Endpoint, sent: &[Sent]) -> String {
    let own = endpoint.connection.server.as_deref();
    let server = own
        .or(api.url.as_deref())
        .unwrap_or("https://api.example.com");
    let mut path = endpoint.path.clone();
    let mut pairs = Vec::new();
    for Sent {
        location,
        name,
        json,
    } in sent
    {
        if location.is_path() {
            path = path.replace(&format!("{{{name}}}"), &encoded(&plain(json)));
        } else if matches!(location, Location::Query | Location::Styled(_)) {
            for value in items(json) {
                pairs.push(format!("{}={}", encoded(name), encoded(&plain(value))));
            }
        }
    }
    let separator = if path.contains('?') { "&" } else { "?" };
    let separator = if pairs.is_empty() { "" } else { separator };
    format!("{server}{path}{separator}{}", pairs.join("&"))
}

/// What says who is calling: by the first way that the document allows.
fn credentials(api: &Api, sign_ins: &[SignIn<'_>], endpoint: &Endpoint) -> Vec<String> {
    let Some(Connection { security, .. }) = &api.connection else {
        let header = api.header.iter();
        return header.map(|header| format!("-H \"{header}\"")).collect();
    };
    let security = endpoint.connection.security.as_ref().unwrap_or(security);
    let way = security.first().into_iter().flatten();
    way.filter_map(|index| sign_ins.get(*index))
        .map(credential)
        .collect()
}

// A shell reads what stands between double quotes, so only the names of variables stand there.
fn credential(sign_in: &SignIn<'_>) -> String {
    let variables: Vec<String> = sign_in
        .variables
        .iter()
        .map(|name| format!("${name}"))
        .collect();
    let value = variables.join(":");
    match &sign_in.scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth => format!("-H \"Authorization: Bearer {value}\""),
        SchemeKind::Other(kind) => {
            format!(
                "-H {}\"{value}\"",
                quoted(&format!("Authorization: {kind} "))
            )
        }
        SchemeKind::Basic => format!("-u \"{value}\""),
        SchemeKind::Key(KeyPlace::Header, name) => {
            format!("-H {}\"{value}\"", quoted(&format!("{name}: ")))
        }
        SchemeKind::Key(KeyPlace::Cookie, name) => {
            format!("-b {}\"{value}\"", quoted(&format!("{name}=")))
        }
        SchemeKind::Key(KeyPlace::Query, name) => {
            format!("--url-query \"{}={value}\"", encoded(name))
        }
    }
}

fn headers(sent: &[Sent]) -> impl Iterator<Item = String> {
    sent.iter().filter_map(
        |Sent {
             location,
             name,
             json,
         }| {
            let text = plain(json);
            match location {
                Location::Header | Location::ExplodedHeader => {
                    Some(format!("-H {}", quoted(&format!("{name}: {text}"))))
                }
                Location::Cookie(_) => Some(format!(
                    "-b {}",
                    quoted(&format!("{name}={}", encoded(&text)))
                )),
                _ => None,
            }
        },
    )
}

fn body(endpoint: &Endpoint, sent: &[Sent]) -> Vec<String> {
    let mut arguments = Vec::new();
    for Sent {
        location,
        name,
        json,
    } in sent
    {
        match location {
            Location::Form | Location::StyledForm(_) => arguments.push(format!(
                "--data-urlencode {}",
                quoted(&format!("{name}={}", plain(json)))
            )),
            Location::Part => {
                arguments.push(format!("-F {}", quoted(&format!("{name}={}", plain(json)))))
            }
            Location::File | Location::Files => {
                arguments.push(format!("-F {}", quoted(&format!("{name}=@file"))))
            }
            Location::Text | Location::Bytes => {
                let media = endpoint
                    .sends
                    .as_deref()
                    .unwrap_or("application/octet-stream");
                arguments.push(format!("-H {}", quoted(&format!("content-type: {media}"))));
                arguments.push("--data-binary @file".to_owned());
            }
            _ => {}
        }
    }
    if let Some(json) = json_body(sent) {
        let media = endpoint.sends.as_deref().unwrap_or("application/json");
        arguments.push(format!("-H {}", quoted(&format!("content-type: {media}"))));
        arguments.push(format!("-d {}", quoted(&laid_out(&json))));
    }
    arguments
}

/// JSON on one line where it is short.
fn laid_out(json: &Value) -> String {
    let line = json.to_string();
    match line.len() <= 60 {
        true => line,
        false => serde_json::to_string_pretty(json).unwrap_or(line),
    }
}

/// Returns each item of a list, or the value itself.
fn items(json: &Value) -> &[Value] {
    match json {
        Value::Array(items) => items,
        value => std::slice::from_ref(value),
    }
}

/// Returns the text of a string, or JSON.
fn plain(json: &Value) -> String {
    match json {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Text as a part of a URL.
fn encoded(text: &str) -> String {
    escape::percent(text, |byte| {
        byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte)
    })
}

/// Text that a shell leaves as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Scheme;

    #[test]
    fn a_shell_takes_any_text_as_one_word() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(encoded("a b/ü"), "a%20b%2F%C3%BC");
    }

    #[test]
    fn a_name_from_the_document_is_no_command_of_the_shell() {
        let scheme = Scheme {
            name: "key".to_owned(),
            kind: SchemeKind::Key(KeyPlace::Header, "X-`id`-$HOME".to_owned()),
            description: None,
        };
        let sign_in = SignIn {
            scheme: &scheme,
            method: "api_key".to_owned(),
            noun: "an API key",
            variables: vec!["ACME_API_KEY".to_owned()],
        };
        assert_eq!(
            credential(&sign_in),
            r#"-H 'X-`id`-$HOME: '"$ACME_API_KEY""#
        );
    }
}
