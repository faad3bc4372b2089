//! The root of the generated tree: modules, what stands at the crate's root, the ids.

use std::path::PathBuf;

use askama::Template;

use super::Source;
use super::module::Child;
use super::whole::resources;
use crate::escape;
use crate::model::Secret;
use crate::names::ClientName;
use crate::rust::gate::{Gate, expression, simplified};
use crate::rust::{Plan, docs, ids, namespaces};

#[derive(Template)]
#[template(path = "root.rs.jinja", escape = "none")]
struct RootView {
    children: Vec<Child>,
    resources: Vec<Resource>,
    has_ids: bool,
    /// True if the document says where the API is and how to sign in.
    has_client_settings: bool,
    client: ClientName,
    namespaces: Vec<NamespaceView>,
    /// The type of what webhooks deliver.
    delivered: Option<String>,
    /// The id type of a workspace.
    workspace_id: Option<String>,
    secrets: Vec<String>,
}

struct Resource {
    attributes: Vec<String>,
    module: String,
    name: String,
}

struct NamespaceView {
    attributes: Vec<String>,
    docs: String,
    method: String,
    module: String,
    name: String,
}

#[derive(Template)]
#[template(path = "ids.rs.jinja", escape = "none")]
struct IdsView {
    ids: Vec<IdView>,
}

struct IdView {
    name: String,
    docs: String,
}

/// `mod.rs` and the file of ids.
pub(super) fn files(plan: &Plan<'_>) -> Result<Vec<Source>, askama::Error> {
    let api = plan.api;
    let under = |gate: &Gate| vec![format!("#[cfg({})]", expression(&simplified(gate)))];
    let tree = &plan.modules;
    let ids = ids::all(api);
    let children = tree
        .children
        .iter()
        .map(|(name, child)| Child {
            attributes: under(&child.gate),
            name: name.clone(),
        })
        .collect();
    let mut resources: Vec<Resource> = plan
        .types
        .iter()
        .filter(|definition| definition.component.is_some() && definition.is_reached())
        .map(|definition| Resource {
            attributes: under(&definition.gate),
            module: definition.path.module.join("::"),
            name: definition.path.name.clone(),
        })
        .collect();
    resources.sort_by(|one, other| one.name.cmp(&other.name));
    let namespaces = tree
        .children
        .values()
        .filter_map(|module| module.namespace)
        .map(|namespace| {
            let feature = (!namespace.is_undocumented()).then(|| namespace.name().to_owned());
            let gate = Gate::from([(feature.clone(), feature.is_none())]);
            NamespaceView {
                attributes: under(&gate),
                docs: docs::calls(namespace),
                method: namespaces::methods(namespace).concat(),
                module: namespaces::module(namespace).concat(),
                name: plan.names.namespace(namespace).to_owned(),
            }
        })
        .collect();
    let delivered = api.delivered.map(|id| plan.type_item(id).path.name.clone());
    let root = RootView {
        children,
        resources,
        has_ids: !ids.is_empty(),
        has_client_settings: api.connection.is_some(),
        client: plan.client.clone(),
        namespaces,
        delivered,
        workspace_id: api.workspace.as_deref().map(ids::type_name),
        secrets: api.secrets.iter().map(secret).collect(),
    };
    let mut sources = vec![Source {
        path: PathBuf::from("mod.rs"),
        rust: root.render()?,
        wire: examples(plan),
    }];
    if !ids.is_empty() {
        let ids = ids.into_iter().map(|(name, of)| IdView {
            docs: format!("ID of {} {}.", docs::article(&of), escape::prose(&of)),
            name,
        });
        let view = IdsView { ids: ids.collect() };
        sources.push(Source {
            path: PathBuf::from("ids.rs"),
            rust: "//! IDs of resources, as types of their own.\n".to_owned(),
            wire: view.render()?,
        });
    }
    Ok(sources)
}

/// Returns the resources that the crate has an example of, for tests; nothing where there is none.
fn examples(plan: &Plan<'_>) -> String {
    let mut lines: Vec<(&str, String)> = resources(plan)
        .map(|definition| {
            let name = definition.path.name.as_str();
            let cfg = expression(&definition.gate);
            (name, format!("    #[cfg({cfg})] {name},\n"))
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    lines.sort();
    let lines: String = lines.into_iter().map(|(_, line)| line).collect();
    format!("#[cfg(any(test, feature = \"test-util\"))]\ncrate::test::examples! {{\n{lines}}}\n")
}

/// Returns a line of the table of secrets.
fn secret(secret: &Secret) -> String {
    let form = if secret.is_ending { "ending" } else { "named" };
    let mut line = format!("crate::wire::Secret::{form}({:?})", secret.name);
    if !secret.unless_beside.is_empty() {
        line.push_str(&format!(".unless_beside(&{:?})", secret.unless_beside));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::secret;
    use crate::model::Secret;

    #[test]
    fn a_secret_is_known_by_its_name_or_the_end_of_it() {
        assert_eq!(
            secret(&Secret::ending("token")),
            r#"crate::wire::Secret::ending("token")"#
        );
        let code = Secret {
            unless_beside: &["kind"],
            ..Secret::named("code")
        };
        assert_eq!(
            secret(&code),
            r#"crate::wire::Secret::named("code").unless_beside(&["kind"])"#
        );
    }
}
