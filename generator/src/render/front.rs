//! The README of a client without a runtime of its vendor, and the front page of its
//! documentation.

use std::collections::HashMap;

use askama::Template;

use crate::model::{Endpoint, Method, Namespace};
use crate::names::ClientName;
use crate::rust::call_docs::Subject;
use crate::rust::connection::{SignIn, sign_ins};
use crate::rust::scope::Scope;
use crate::rust::{Plan, docs, paths};
use crate::{escape, rustdoc};

/// The texts of a crate's front, Markdown.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// `README.md`.
    pub readme: String,
    /// The documentation of the crate.
    pub docs: String,
}

#[derive(Template)]
#[template(path = "rest/readme.md.jinja", escape = "none")]
struct ReadmeView<'a> {
    facts: &'a Facts,
}

#[derive(Template)]
#[template(path = "rest/docs.md.jinja", escape = "none")]
struct DocsView<'a> {
    facts: &'a Facts,
}

struct Facts {
    client: ClientName,
    title: String,
    version: String,
    /// The first sentence of the document's description.
    about: Option<String>,
    /// The lines of a call.
    example: Vec<String>,
    /// True if the document names no server.
    needs_endpoint: bool,
    server: Option<String>,
    sign_ins: Vec<SignInView>,
    has_tokens: bool,
}

struct SignInView {
    noun: &'static str,
    sent: String,
    method: String,
    /// The method with its arguments.
    call: String,
    variables: String,
}

/// Returns the front of a crate; nothing where the vendor's runtime has its own.
pub(crate) fn front(plan: &Plan<'_>) -> Result<Option<Front>, askama::Error> {
    let Some(facts) = facts(plan) else {
        return Ok(None);
    };
    Ok(Some(Front {
        readme: ReadmeView { facts: &facts }.render()? + "\n",
        docs: docs::wrapped(&DocsView { facts: &facts }.render()?, 0).join("\n"),
    }))
}

fn facts(plan: &Plan<'_>) -> Option<Facts> {
    let api = plan.api;
    let connection = api.connection.as_ref()?;
    let sign_ins = sign_ins(plan);
    let about = rustdoc::summary(api.description.as_deref().unwrap_or_default());
    let server = connection.server.as_ref();
    Some(Facts {
        client: plan.client.clone(),
        title: escape::prose(&api.title),
        version: escape::code(&api.version),
        about: Some(about).filter(|about| !about.trim().is_empty()),
        example: example(plan),
        needs_endpoint: server.is_none(),
        server: server.map(|server| escape::code(&server.url)),
        has_tokens: sign_ins.iter().any(SignIn::is_token),
        sign_ins: sign_ins.iter().map(view).collect(),
    })
}

fn view(sign_in: &SignIn<'_>) -> SignInView {
    let variables = sign_in.variables.iter().map(|name| format!("`{name}`"));
    SignInView {
        noun: sign_in.noun,
        // It stands in a table.
        sent: sign_in.sent().replace('|', "\\|"),
        call: sign_in.call(),
        method: sign_in.method.clone(),
        variables: variables.collect::<Vec<_>>().join(", "),
    }
}

/// Returns the call that is easiest to show: one that reads, and takes the fewest arguments.
fn example(plan: &Plan<'_>) -> Vec<String> {
    let documented = |(_, endpoint): &(&Namespace, &Endpoint)| !docs::hidden(&endpoint.docs);
    let calls = plan.api.endpoints().into_iter().filter(documented);
    let easiest = calls.min_by_key(|(_, endpoint)| {
        let arguments = endpoint
            .overloads
            .first()
            .map_or(0, |overload| overload.required.len());
        (
            endpoint.semantic != Method::Get,
            endpoint.docs.deprecated.is_some(),
            arguments,
        )
    });
    easiest.map_or_else(Vec::new, |(namespace, endpoint)| {
        let outside = Scope::outside(plan, HashMap::new());
        let subject = Subject {
            endpoint,
            type_name: plan.names.namespace(namespace),
            call: &paths::namespace_call(plan.client, namespace),
            outside: &outside,
        };
        subject.example()
    })
}

#[cfg(test)]
mod tests {
    use super::example;
    use crate::rust::tests::{get, plan, plant};

    #[test]
    fn the_front_shows_the_call_that_reads_with_the_fewest_arguments() {
        let keyed = "/plants/{id}: { get: { tags: [plants], operationId: one, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '204': { description: OK } } } }";
        let (plant, leaf) = (plant("a: { type: string }"), get("plants", "leaf"));
        let schema = "leaf: { type: object, properties: { a: { type: string } } }";
        let shown = |paths: &[&str]| plan(paths, &[schema], example);
        assert_eq!(
            shown(&[&plant, keyed, &leaf]),
            ["let reply = garden.plants().get_leaf().await?;"]
        );
        let old = leaf.replace("operationId", "deprecated: true, operationId");
        assert_eq!(
            shown(&[&plant, keyed, &old]),
            ["garden.plants().one(\"id\").await?;"]
        );
    }
}
