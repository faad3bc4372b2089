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

#[cfg(test)]
mod tests {
    use super::{operation, says_the_same};
    use crate::model::{Output, Reply, Type};
    use crate::rust::tests::{get, plan, plant};

    /// The constants of the one call of a path.
    fn only(path: &str) -> String {
        let leaf = "leaf: { type: object, properties: { a: { type: string } } }";
        plan(&[path], &[leaf], |plan| {
            operation(plan.api.endpoints()[0].1)
        })
    }

    #[test]
    fn an_operation_says_how_it_differs_from_a_post_without_a_reply() {
        let plant = plant("a: { type: string }");
        assert_eq!(only(&plant), r#"Operation::post("/plants")"#);
        let create = plant.replace("operationId: plant", "operationId: create");
        assert_eq!(only(&create), r#"Operation::post("/plants").creates()"#);
        assert_eq!(
            only(&get("plants", "leaf")),
            r#"Operation::new(Method::Get, "/plants/leaf").reply(Reply::Body)"#
        );
    }

    #[test]
    fn what_a_call_returns_may_stand_under_another_key_of_its_type() {
        let output = |other: Type| Output {
            reply: Reply::Key("leaf".to_owned()),
            status: None,
            ty: Some(Type::Id("leaf".to_owned())),
            others: vec![
                ("count".to_owned(), Type::Integer),
                ("plant".to_owned(), other),
            ],
        };
        let same = output(Type::Id("leaf".to_owned()));
        assert_eq!(says_the_same(&same), Some("plant"));
        assert_eq!(says_the_same(&output(Type::String)), None);
    }
}
