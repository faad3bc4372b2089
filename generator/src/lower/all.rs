//! The whole document: paths in their order, namespaces as their segments say.

use openapiv3::{OpenAPI, ReferenceOr};

use super::operation::Placed;
use super::{Lowering, dedup, identity, reach};
use crate::error::{Errors, Problem};
use crate::model::{Api, Namespace};

/// Makes the model of a document that is called `name` in errors.
pub(crate) fn lower(document: &OpenAPI, name: &str) -> Result<Api, Errors> {
    let mut lowering = Lowering::new(document);
    lowering.conventions.resources = lowering.resources();
    let mut api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        ..Api::default()
    };
    for (path, item) in document.paths.iter() {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        for placed in lowering.path(path, item) {
            insert(&mut api.namespaces, &[], placed);
        }
    }
    let Lowering {
        types,
        origins,
        problems,
        decisions,
        conventions,
        ..
    } = lowering;
    let problems: Vec<Problem> = problems.into_inner();
    if !problems.is_empty() {
        return Err(Errors {
            document: name.to_owned(),
            problems,
        });
    }
    api.types = types.into_inner();
    api.decisions = decisions.into_inner();
    dedup::merge_equal_shapes(&mut api, &origins.into_inner());
    reach::gates(&mut api);
    dedup::settle_names(&mut api);
    identity::identify(&mut api, &conventions.resources);
    dedup::share_fields(&mut api);
    let merged = dedup::merge_decisions(&api);
    api.decisions.extend(merged);
    Ok(api)
}

fn insert(namespaces: &mut Vec<Namespace>, above: &[String], mut placed: Placed) {
    let depth = above.len();
    let path: Vec<String> = placed.namespace[..=depth.min(placed.namespace.len() - 1)].to_vec();
    let index = match namespaces
        .iter()
        .position(|namespace| namespace.path == path)
    {
        Some(index) => index,
        None => {
            let handle = dedup::handle(path.last().map_or("", String::as_str));
            namespaces.push(Namespace {
                path: path.clone(),
                handle,
                endpoints: Vec::new(),
                children: Vec::new(),
            });
            namespaces.len() - 1
        }
    };
    let namespace = &mut namespaces[index];
    if placed.namespace.len() == path.len() {
        placed.namespace.clear();
        namespace.endpoints.push(placed.endpoint);
    } else {
        insert(&mut namespace.children, &path, placed);
    }
}
