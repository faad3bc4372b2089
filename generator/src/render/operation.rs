//! The constants of an endpoint that the runtime needs.

use super::client_settings::security;
use crate::model::path;
use crate::model::{Endpoint, Location, Method, Output, Reply, Type};

/// Returns the constants of an endpoint, as the runtime builds them.
pub(super) fn operation(endpoint: &Endpoint) -> String {
    let path = path::wire(&endpoint.path);
    let mut text = match endpoint.wire {
        Method::Post => format!("Operation::post({path:?})"),
        other => format!("Operation::new(Method::{other:?}, {path:?})"),
    };
    if endpoint.semantic != endpoint.wire {
        text.push_str(&format!(".semantic(Method::{:?})", endpoint.semantic));
    }
    if endpoint.creates() {
        text.push_str(".creates()");
    }
    if endpoint.needs_parameter {
        text.push_str(".requires_parameters()");
    }
    if matches!(endpoint.output.ty, Some(Type::ActionAttempt(_))) {
        text.push_str(".waits()");
    }
    let raw = endpoint
        .params()
        .any(|param| matches!(param.location, Location::Text | Location::Bytes));
    if let Some(media) = endpoint.sends.as_ref().filter(|_| !raw) {
        text.push_str(&format!(".sends({media:?})"));
    }
    if let Some(media) = &endpoint.accepts {
        text.push_str(&format!(".accepts({media:?})"));
    }
    if let Some(url) = &endpoint.connection.server {
        text.push_str(&format!(".server({url:?})"));
    }
    if let Some(ways) = &endpoint.connection.security {
        text.push_str(&format!(".security({})", security(ways)));
    }
    match &endpoint.output.reply {
        Reply::Empty => {}
        Reply::Key(key) => text.push_str(&match says_the_same(&endpoint.output) {
            None => format!(".reply(Reply::Key({key:?}))"),
            Some(other) => format!(".reply(Reply::EitherKey({key:?}, {other:?}))"),
        }),
        other => text.push_str(&format!(".reply(Reply::{other:?})")),
    }
    text
}

/// Another key of the body that holds what the call returns: servers may send only one of them.
fn says_the_same(output: &Output) -> Option<&str> {
    let (key, _) = output
        .others
        .iter()
        .find(|(_, ty)| output.ty.as_ref() == Some(ty))?;
    Some(key)
}
