//! One module, one file.

use crate::rust::items::TypeItem;
use std::collections::BTreeSet;
use std::path::PathBuf;

use askama::Template;

use super::endpoint;
use super::object::Rendered;
use super::{Source, enumeration, object, union, wire};
use crate::model::{DELIVERIES, Kind, TypeId};
use crate::names;
use crate::rust::gate::{Gate, cfg};
use crate::rust::modules::Module;
use crate::rust::scope::Scope;
use crate::rust::{Plan, docs, paths};

#[derive(Template)]
#[template(path = "module.rs.jinja", escape = "none")]
struct ModuleView {
    docs: Vec<String>,
    /// `None` if the standard library's map is not imported, and otherwise true if only undocumented items use it.
    imports_map: Option<bool>,
    imports: Vec<String>,
    hidden_imports: Vec<String>,
    children: Vec<Child>,
    /// The parts of action attempts that stand here too.
    attempt_parts: Vec<String>,
    items: Vec<String>,
}

/// A module below, and its gate.
pub(super) struct Child {
    pub(super) attributes: Vec<String>,
    pub(super) name: String,
}

/// Returns the file of a module.
pub(super) fn file(plan: &Plan<'_>, module: &Module<'_>) -> Result<Source, askama::Error> {
    let mut own: BTreeSet<String> = module
        .types
        .iter()
        .map(|id| plan.type_item(*id).path.name.clone())
        .collect();
    if let Some(namespace) = module.namespace {
        own.insert(plan.names.namespace(namespace).to_owned());
        own.extend(
            namespace
                .endpoints
                .iter()
                .map(|endpoint| plan.names.request(endpoint).to_owned()),
        );
    }
    let scope = Scope::new(plan, &module.path, own);
    let mut items = Vec::new();
    let mut wire = String::new();
    if let Some(namespace) = module.namespace {
        let view = endpoint::namespace(&scope, namespace, (&module.feature, &module.gate));
        items.push(view.render()?);
        wire = view.wire()?;
        import_runtime(&scope, &format!("{}{wire}", items[0]));
    }
    for id in &module.types {
        let rendered = definition(&scope, *id, &module.gate)?;
        items.push(rendered.rust);
        wire.push_str(&rendered.wire);
        wire.push('\n');
    }
    let (imports, hidden_imports) = scope.imports();
    let view = ModuleView {
        docs: docs::wrapped(&describe(plan, module), 0),
        imports_map: scope.imports_map(),
        imports,
        hidden_imports,
        children: children(module),
        attempt_parts: attempt_parts(&scope, module),
        items,
    };
    Ok(Source {
        path: PathBuf::from(paths::file(&module.path)),
        rust: view.render()?,
        wire: wire.trim_end().to_owned() + if wire.is_empty() { "" } else { "\n" },
    })
}

fn definition(scope: &Scope<'_>, id: TypeId, around: &Gate) -> Result<Rendered, askama::Error> {
    let definition = scope.plan.type_item(id);
    let cfg = cfg(&definition.gate, around);
    let hidden = definition.gate.iter().all(|(_, hidden)| *hidden) && cfg.is_some();
    let mut rendered = scope.gated(cfg.is_some() && !hidden, || {
        scope.within(hidden, || define(scope, definition, cfg.as_deref()))
    })?;
    if scope.plan.results.contains(&id) {
        let line = format!(
            "impl crate::attempt::ActionResult for {} {{}}\n",
            definition.path.name
        );
        rendered.wire.push_str(&wire::gated(&line, cfg.as_deref()));
    }
    Ok(rendered)
}

fn define(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    match &definition.kind {
        Kind::Object(object) => object::object(scope, definition, object, cfg),
        Kind::Enumeration(enumeration) => enumeration::enumeration(definition, enumeration, cfg),
        Kind::Union(union) => union::union(scope, definition, union, cfg),
        Kind::Unnamed => Ok(Rendered {
            rust: String::new(),
            wire: String::new(),
        }),
    }
}

/// Imports the items of the runtime that this namespace uses.
fn import_runtime(scope: &Scope<'_>, rust: &str) {
    scope.root(&scope.plan.client.ty);
    for (name, mark) in [
        ("Operation", "Operation::"),
        ("Request", "Request<"),
        ("Method", "Method::"),
        ("Reply", "Reply::"),
    ] {
        let lines = rust
            .lines()
            .filter(|line| line.contains(mark) && !line.trim_start().starts_with("///"));
        if lines.count() > 0 {
            scope.root(name);
        }
    }
}

/// Returns the parts of an action attempt, which stand beside its results though they are the runtime's.
fn attempt_parts(scope: &Scope<'_>, module: &Module<'_>) -> Vec<String> {
    let results = &scope.plan.results;
    if !module.types.iter().any(|id| results.contains(id)) {
        return Vec::new();
    }
    let parts = ["Failure", "Status"].into_iter();
    let free = parts.filter(|part| !scope.owns(part));
    free.map(str::to_owned).collect()
}

/// Returns the modules below a module.
pub(super) fn children(module: &Module<'_>) -> Vec<Child> {
    module
        .children
        .iter()
        .map(|(name, child)| {
            let cfg = cfg(&child.gate, &module.gate);
            Child {
                attributes: cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect(),
                name: name.clone(),
            }
        })
        .collect()
}

fn describe(plan: &Plan<'_>, module: &Module<'_>) -> String {
    if let Some(namespace) = module.namespace {
        return format!(
            "{}, and what they take and return.",
            docs::calls(namespace).trim_end_matches('.')
        );
    }
    if let [webhooks] = module.path.as_slice()
        && *webhooks == names::module_name(DELIVERIES)
    {
        return "What the API sends to webhooks and callbacks.".to_owned();
    }
    let component = module
        .types
        .iter()
        .find(|id| plan.api.type_def(**id).component.is_some());
    match (component, module.path.split_last()) {
        (Some(id), _) => {
            let name = &plan.type_item(*id).path.name;
            format!("The [`{name}`] resource and its types.")
        }
        (None, Some((own, above))) if !above.is_empty() => {
            format!("Types of `{}`.", names::type_name(own))
        }
        _ => format!(
            "Types of {}.",
            docs::words(&module.path.join(" ")).trim_end_matches('.')
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::rust::tests::{get, plan};

    #[test]
    fn a_module_says_whose_types_it_has() {
        let leaf = "leaf: { type: object, properties: { vein: { type: object, properties: { cell: { type: object, properties: { a: { type: string } } } } } } }";
        let described = plan(&[&get("plants", "leaf")], &[leaf], |plan| {
            let modules = plan.modules.all().into_iter();
            let described = modules.map(|module| describe(plan, module));
            described.collect::<Vec<_>>()
        });
        assert_eq!(
            described,
            [
                "The [`Leaf`] resource and its types.",
                "Types of `Vein`.",
                "Endpoints of `plants`, and what they take and return."
            ]
        );
    }
}
