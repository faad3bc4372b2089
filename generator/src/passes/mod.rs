//! Model → model: the decisions after the whole document is lowered. Each pass is a function in its own file.

mod access;
mod accessors;
mod arguments;
mod calls;
mod ids;
mod reach;
mod recursion;
#[cfg(test)]
mod tests;

use crate::dialect::Dialect;
use crate::lower::Lowered;
use crate::model::{Api, TypeDef, TypeId};
use crate::trace::Trace;

/// Runs all passes in order.
pub(crate) fn run(lowered: Lowered) -> (Api, Trace) {
    let Lowered {
        mut api,
        mut trace,
        dialect,
        resources,
        recursive,
        structs: _,
    } = lowered;
    ids::name_ids(&mut api, &mut trace, &resources);
    recursion::resolve(&mut api, &mut trace, &recursive);
    recursion::open_recursive_tuples(&mut api, &mut trace);
    reach::mark(&mut api);
    access::leave_out(&mut api, &mut trace);
    recursion::break_required_cycles(&mut api, &mut trace);
    for namespace in &mut api.namespaces {
        calls::make_unique(namespace, &mut trace);
    }
    arguments::sort(&mut api);
    ids::identify(&mut api, &resources);
    accessors::find(&mut api);
    api.delivered = delivered(&api, dialect);
    api.workspace = workspace(&api, dialect);
    api.secrets = dialect.secrets();
    api.example_texts = dialect.example_texts();
    api.example_entry = dialect.example_entry();
    api.header = dialect.header();
    (api, trace)
}

/// Returns the type that webhooks deliver, if an endpoint returns it too.
fn delivered(api: &Api, dialect: &dyn Dialect) -> Option<TypeId> {
    let is_wanted = |definition: &TypeDef| {
        let component = definition.component.as_deref();
        component.is_some_and(|name| dialect.is_delivered(name)) && definition.is_reached()
    };
    api.types.iter().position(is_wanted).map(TypeId)
}

/// Returns the resource in which every call is made, if it has an id.
fn workspace(api: &Api, dialect: &dyn Dialect) -> Option<String> {
    let workspace = dialect.workspace()?;
    api.ids.iter().find(|id| *id == workspace).cloned()
}
