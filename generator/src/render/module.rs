//! One module, one file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use askama::Template;

use super::endpoint;
use super::gate::{Gate, cfg, covers};
use super::object::Rendered;
use super::scope::Scope;
use super::tree::Module;
use super::{Context, Source, docs, enumeration, object, union, wire};
use crate::lower::COMMON;
use crate::model::{Kind, TypeDef, TypeId};
use crate::names;

#[derive(Template)]
#[template(path = "module.rs.jinja", escape = "none")]
struct ModuleView {
    docs: Vec<String>,
    imports: Vec<String>,
    hidden_imports: Vec<String>,
    children: Vec<Child>,
    aliases: Vec<Alias>,
    items: Vec<String>,
}

/// A module below, and its gate.
pub(super) struct Child {
    pub(super) attributes: Vec<String>,
    pub(super) name: String,
}

struct Alias {
    attributes: Vec<String>,
    path: String,
}

/// The file of a module.
pub(super) fn file(context: &Context<'_>, module: &Module<'_>) -> Result<Source, askama::Error> {
    let api = context.api;
    let mut own: BTreeSet<String> = module
        .types
        .iter()
        .map(|id| api.type_def(*id).home.name.clone())
        .collect();
    own.extend(module.aliases.iter().map(|(alias, _)| alias.name.clone()));
    if let Some(namespace) = module.namespace {
        own.insert(namespace.handle.clone());
        own.extend(
            namespace
                .endpoints
                .iter()
                .map(|endpoint| endpoint.request.clone()),
        );
    }
    let scope = Scope::new(context, &module.path, own);
    let mut items = Vec::new();
    let mut wire = String::new();
    if let Some(namespace) = module.namespace {
        let view = endpoint::namespace(&scope, namespace, (&module.feature, &module.gate));
        items.push(view.render()?);
        import_runtime(&scope, &items[0]);
    }
    for id in &module.types {
        let rendered = definition(&scope, *id, &module.gate)?;
        items.push(rendered.rust);
        wire.push_str(&rendered.wire);
        wire.push('\n');
    }
    let mut aliases = aliases(&scope, module);
    aliases.extend(attempt_parts(&scope, module));
    let (imports, hidden_imports) = scope.imports();
    let view = ModuleView {
        docs: docs::wrapped(&describe(context, module), 0),
        imports,
        hidden_imports,
        children: children(module),
        aliases,
        items,
    };
    Ok(Source {
        path: path(module),
        header: context.header.clone(),
        rust: view.render()?,
        wire: wire.trim_end().to_owned() + if wire.is_empty() { "" } else { "\n" },
    })
}

fn definition(scope: &Scope<'_>, id: TypeId, around: &Gate) -> Result<Rendered, askama::Error> {
    let definition = scope.context.api.type_def(id);
    let cfg = cfg(&definition.gate, around);
    let hidden = definition.gate.iter().all(|(_, hidden)| *hidden) && cfg.is_some();
    let mut rendered = scope.beneath(cfg.is_some() && !hidden, || {
        scope.within(hidden, || define(scope, id, definition, cfg.as_deref()))
    })?;
    if scope.context.results.contains(&id) {
        let line = format!(
            "impl crate::attempt::ActionResult for {} {{}}\n",
            definition.home.name
        );
        rendered.wire.push_str(&wire::gated(&line, cfg.as_deref()));
    }
    Ok(rendered)
}

fn define(
    scope: &Scope<'_>,
    id: TypeId,
    definition: &TypeDef,
    cfg: Option<&str>,
) -> Result<Rendered, askama::Error> {
    match &definition.kind {
        Kind::Object(object) => object::object(scope, id, definition, object, cfg),
        Kind::Enumeration(enumeration) => enumeration::enumeration(definition, enumeration, cfg),
        Kind::Union(union) => union::union(scope, id, definition, union, cfg),
        Kind::Replaced(_) => Ok(Rendered {
            rust: String::new(),
            wire: String::new(),
        }),
    }
}

/// What every namespace needs of the runtime, as far as this one does.
fn import_runtime(scope: &Scope<'_>, rust: &str) {
    scope.root("Seam");
    for (name, mark) in [
        ("Endpoint", "impl Endpoint for"),
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

/// Further names of types that stand elsewhere: one `use` for each place and gate.
fn aliases(scope: &Scope<'_>, module: &Module<'_>) -> Vec<Alias> {
    let mut found: BTreeMap<(String, Option<String>), Vec<String>> = BTreeMap::new();
    for (alias, id) in &module.aliases {
        let definition = scope.context.api.type_def(*id);
        let cfg =
            cfg(&definition.gate, &module.gate).filter(|_| !covers(&definition.gate, &module.gate));
        let home = &definition.home;
        let place = if home.module == module.path {
            "self".to_owned()
        } else {
            let segments = home.module.iter().map(String::as_str);
            ["crate"]
                .into_iter()
                .chain(segments)
                .collect::<Vec<_>>()
                .join("::")
        };
        let name = if alias.name == home.name {
            home.name.clone()
        } else {
            format!("{} as {}", home.name, alias.name)
        };
        found.entry((place, cfg)).or_default().push(name);
    }
    found
        .into_iter()
        .map(|((place, cfg), mut names)| {
            names.sort();
            Alias {
                attributes: cfg.iter().map(|cfg| format!("#[cfg({cfg})]")).collect(),
                path: format!("{place}::{}", together(&names)),
            }
        })
        .collect()
}

/// Names as they stand at the end of a `use`.
fn together(names: &[String]) -> String {
    match names {
        [only] => only.clone(),
        all => format!("{{{}}}", all.join(", ")),
    }
}

/// What an action attempt is made of beside its results stands with them, though it is the runtime's.
fn attempt_parts(scope: &Scope<'_>, module: &Module<'_>) -> Option<Alias> {
    let results = &scope.context.results;
    let holds_results = module.types.iter().any(|id| results.contains(id));
    let parts = ["Failure", "Status"].into_iter();
    let parts: Vec<String> = parts
        .filter(|part| !scope.owns(part))
        .map(str::to_owned)
        .collect();
    (holds_results && !parts.is_empty()).then(|| Alias {
        attributes: Vec::new(),
        path: format!("crate::attempt::{}", together(&parts)),
    })
}

/// The modules below a module.
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

/// What is said of the module whose types have no one place.
const SHARED: &str = "What is of one shape in several places. Each place has a name of its own for it, which stays when the \
                      places grow apart; the names here are theirs together, and can change with the document.";

fn describe(context: &Context<'_>, module: &Module<'_>) -> String {
    if let Some(namespace) = module.namespace {
        return format!(
            "{}, and what they take and return.",
            docs::calls(namespace).trim_end_matches('.')
        );
    }
    let component = module
        .types
        .iter()
        .find(|id| context.api.type_def(**id).component.is_some());
    match (component, module.path.split_last()) {
        (Some(id), _) => {
            let name = &context.api.type_def(*id).home.name;
            format!("[`{name}`] and what belongs to it.")
        }
        (None, Some((own, []))) if own == COMMON => SHARED.to_owned(),
        (None, Some((own, above))) if !above.is_empty() => {
            format!("What belongs to `{}`.", names::type_name(own))
        }
        _ => format!(
            "{} and what belongs to it.",
            docs::words(&module.path.join(" ")).trim_end_matches('.')
        ),
    }
}

fn path(module: &Module<'_>) -> PathBuf {
    let segments: Vec<&str> = module
        .path
        .iter()
        .map(|segment| segment.trim_start_matches("r#"))
        .collect();
    PathBuf::from(segments.join("/")).with_extension("rs")
}
