//! A call of every endpoint by each of its overloads.

use crate::rust::namespaces;
use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::value;
use crate::examples::Examples;
use crate::model::{Endpoint, Location, Namespace, Overload, Param, Type};
use crate::names;
use crate::rust::paths::child_method;
use crate::rust::scope::{Scope, ident, text};
use crate::rust::{Plan, idents};

/// One overload of an endpoint.
pub(super) struct CallView {
    pub(super) operation: String,
    /// The call with what it requires.
    pub(super) required: String,
    /// The optional parameters that `required` sets, because the call needs any.
    pub(super) given: Vec<String>,
    /// The call with all that it takes, where that is more.
    pub(super) all: Option<String>,
    /// The call with null for all that takes it, where something does.
    pub(super) nulls: Option<String>,
}

/// Returns the calls, and what they need of the crate's root.
pub(super) fn calls(plan: &Plan<'_>, examples: &Examples) -> (Vec<CallView>, Vec<String>) {
    let mut views = Vec::new();
    let caller = Caller {
        scope: Scope::outside(plan, HashMap::new()),
        examples,
    };
    for namespace in &plan.api.namespaces {
        let name = ident(&namespaces::methods(namespace).concat());
        caller.namespace(namespace, &quote!(seam.#name()), &mut views);
    }
    let (open, hidden) = caller.scope.imports();
    (views, [open, hidden].concat())
}

struct Caller<'a> {
    scope: Scope<'a>,
    examples: &'a Examples,
}

impl Caller<'_> {
    fn namespace(&self, namespace: &Namespace, caller: &TokenStream, views: &mut Vec<CallView>) {
        for endpoint in &namespace.endpoints {
            for overload in &endpoint.overloads {
                for branch in 0..self.branches(endpoint, overload) {
                    views.push(self.overload(endpoint, overload, caller, branch));
                }
            }
        }
        for child in &namespace.children {
            let name = ident(&child_method(namespace, child));
            self.namespace(child, &quote!(#caller.#name()), views);
        }
    }

    /// How many shapes the body has that one argument stands for.
    fn branches(&self, endpoint: &Endpoint, overload: &Overload) -> usize {
        let is_body =
            |param: &&Param| matches!(param.location, Location::Flat | Location::WholeBody);
        let bodies = overload
            .required
            .iter()
            .chain(&endpoint.options)
            .filter(is_body);
        let counts = bodies.map(|param| self.examples.values(&param.pointer).len());
        counts.max().unwrap_or(1).max(1)
    }

    fn overload(
        &self,
        endpoint: &Endpoint,
        overload: &Overload,
        caller: &TokenStream,
        branch: usize,
    ) -> CallView {
        let method = ident(&method(endpoint, overload));
        let arguments = overload
            .required
            .iter()
            .map(|param| self.argument(param, branch));
        let call = quote!(#caller.#method(#(#arguments),*));
        let options: Vec<(&Param, TokenStream)> = endpoint
            .options
            .iter()
            .zip(idents::setters(&endpoint.options))
            .filter(|(param, _)| !overload.required.iter().any(|given| is_same(given, param)))
            .map(|(param, (setter, _))| (param, ident(&setter)))
            .map(|(param, setter)| (param, quote!(#setter)))
            .collect();
        let mut setters: Vec<TokenStream> = options
            .iter()
            .map(|(param, setter)| {
                let argument = self.argument(param, branch);
                quote!(.#setter(#argument))
            })
            .collect();
        let least = self.least(endpoint, overload, &options, branch);
        let given = least.map_or_else(Vec::new, |at| self.names(options[at].0, branch));
        let least = least.map(|at| setters[at].clone());
        if least.is_some() && setters.len() == 1 {
            setters.clear();
        }
        let finish = match endpoint.output.ty {
            Some(Type::ActionAttempt(_)) => quote!(.no_wait()),
            _ => TokenStream::new(),
        };
        CallView {
            operation: endpoint.pointer.clone(),
            given,
            required: text(&quote!(|seam| send(#call #least #finish))),
            all: (!setters.is_empty())
                .then(|| text(&quote!(|seam| send(#call #(#setters)* #finish)))),
            nulls: self
                .nulls(overload, &options, branch)
                .map(|(arguments, setters)| {
                    text(
                        &quote!(|seam| send(#caller.#method(#(#arguments),*) #(#setters)* #finish)),
                    )
                }),
        }
    }

    /// Returns the option that a call sets because it needs any parameter. One that takes no null where there is one: the test
    /// also shows that what takes null is left out unless it is set.
    fn least(
        &self,
        endpoint: &Endpoint,
        overload: &Overload,
        options: &[(&Param, TokenStream)],
        branch: usize,
    ) -> Option<usize> {
        let has_one = overload
            .required
            .iter()
            .any(|param| param.location.counts());
        if !endpoint.needs_parameter || has_one {
            return None;
        }
        let counts = |at: &usize| options[*at].0.location.counts();
        let clears = |at: &usize| self.null(options[*at].0, branch).is_some();
        let found = (0..options.len()).filter(counts);
        found.min_by_key(clears)
    }

    /// Returns the names under which a parameter is sent: for a body as a whole, those of its properties.
    fn names(&self, param: &Param, branch: usize) -> Vec<String> {
        if !matches!(param.location, Location::Flat | Location::WholeBody) {
            return vec![param.name.clone()];
        }
        let values = self.examples.values(&param.pointer);
        let value = values.get(branch % values.len().max(1));
        let members = value.and_then(|value| value.as_object());
        members
            .into_iter()
            .flat_map(|all| all.keys().cloned())
            .collect()
    }

    /// Returns the arguments of a call and what it sets besides, where null is all that it can be; nothing where nothing can be.
    fn nulls(
        &self,
        overload: &Overload,
        options: &[(&Param, TokenStream)],
        branch: usize,
    ) -> Option<(Vec<TokenStream>, Vec<TokenStream>)> {
        let arguments = overload.required.iter().map(|param| {
            let null = self.null(param, branch);
            (
                null.is_some(),
                null.unwrap_or_else(|| self.argument(param, branch)),
            )
        });
        let (takes, arguments): (Vec<bool>, Vec<TokenStream>) = arguments.unzip();
        let setters: Vec<TokenStream> = options
            .iter()
            .filter_map(|(param, setter)| {
                let null = self.null(param, branch)?;
                Some(quote!(.#setter(#null)))
            })
            .collect();
        (takes.contains(&true) || !setters.is_empty()).then_some((arguments, setters))
    }

    /// Returns the argument for null; a whole body is null wherever it can be.
    fn null(&self, param: &Param, branch: usize) -> Option<TokenStream> {
        if matches!(param.location, Location::Flat | Location::WholeBody) {
            let values = self.examples.with_nulls(&param.pointer);
            let json = values.get(branch % values.len().max(1))?;
            let takes_null = json.as_object()?.values().any(serde_json::Value::is_null);
            return takes_null
                .then(|| value::argument(&self.scope, &param.ty, param.presence.nullable, json));
        }
        // What takes anything takes null too, as a value like others.
        let clears = param.presence.nullable && param.ty != Type::Json;
        clears.then(|| self.scope.root("Null"))
    }

    /// Returns the argument for a parameter: the first value of an enum, the branch of a body.
    fn argument(&self, param: &Param, branch: usize) -> TokenStream {
        let values = match param.location {
            Location::Path => Vec::new(),
            _ => self.examples.values(&param.pointer),
        };
        let pick = match param.location {
            Location::Flat | Location::WholeBody => branch % values.len().max(1),
            _ => 0,
        };
        let text = "text".into();
        let json = values.get(pick).unwrap_or(&text);
        value::argument(&self.scope, &param.ty, param.presence.nullable, json)
    }
}

fn method(endpoint: &Endpoint, overload: &Overload) -> String {
    names::call_name(&endpoint.name, overload.suffix.as_deref())
}

fn is_same(one: &Param, other: &Param) -> bool {
    one.name == other.name && one.location == other.location
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CallView, calls};
    use crate::dialect;
    use crate::examples::Examples;
    use crate::rust::tests::{plan, plant};

    /// The one call that takes these properties, of which `a` is required.
    fn call(properties: &str) -> CallView {
        let path = plant(properties).replacen("type: object, ", "type: object, required: [a], ", 1);
        plan(&[&path], &["unused: { type: string }"], |plan| {
            let examples = Examples::new(json!({}), dialect::rest());
            calls(plan, &examples).0.remove(0)
        })
    }

    #[test]
    fn a_call_is_made_with_what_it_requires_and_with_all_that_it_takes() {
        let view = call("a: { type: string }, b: { type: string }");
        let plain = "| seam | send (seam . plants () . plant (\"text\"))";
        assert_eq!(view.required, plain);
        let all = "| seam | send (seam . plants () . plant (\"text\") . b (\"text\"))";
        assert_eq!(view.all.as_deref(), Some(all));
        assert_eq!(view.nulls, None);
    }

    #[test]
    fn a_call_without_options_is_made_once() {
        assert_eq!(call("a: { type: string }").all, None);
    }

    #[test]
    fn a_call_is_made_with_null_for_all_that_takes_it() {
        let view = call("a: { type: string }, b: { type: string, nullable: true }");
        let nulls = "| seam | send (seam . plants () . plant (\"text\") . b (Null))";
        assert_eq!(view.nulls.as_deref(), Some(nulls));
    }
}
