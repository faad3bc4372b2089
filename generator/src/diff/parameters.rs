//! Compares the optional parameters of calls.

use quote::{format_ident, quote};

use super::calls::{described, named};
use super::change::{Event, Item, Side};
use super::place::Place;
use super::{Comparison, members::Moved};
use crate::model::{Endpoint, Param};
use crate::rust::Plan;
use crate::rust::argument::argument;
use crate::rust::idents;
use crate::rust::scope::Scope;

impl Comparison<'_> {
    pub(super) fn parameters(
        &mut self,
        here: &Place,
        old: &Endpoint,
        new: &Endpoint,
        hidden: bool,
    ) {
        let required = |endpoint: &Endpoint, name: &str| {
            let mut overloads = endpoint.overloads.iter();
            overloads.any(|overload| named(&overload.required, name).is_some())
        };
        let methods = |endpoint: &Endpoint| -> Vec<String> {
            let setters = idents::setters(&endpoint.options).into_iter();
            setters.map(|(method, _)| method).collect()
        };
        let (before, after) = (methods(old), methods(new));
        for (param, method) in old.options.iter().zip(&before) {
            let own = hidden || param.docs.undocumented.is_some();
            let place = parameter(self.new.plan, (here, new), param, method)
                .in_document(Side::Old, &param.pointer);
            let found = new.options.iter().zip(&after);
            let found = found.into_iter().find(|(_, other)| *other == method);
            let Some((other, _)) = found else {
                // If it has become required, that is reported with the new argument.
                if !required(new, &param.name) {
                    let fact = format!("no longer takes {}", place.called());
                    self.breaking(&place, Event::Gone, own, &fact);
                    self.drop_type(&here.rust, Some(&param.ty));
                }
                continue;
            };
            let place = place.in_document(Side::New, &other.pointer);
            if param.name != other.name {
                self.respelled_parameter(&place, param, other, own);
            }
            let undocumented = |param: &Param| param.docs.undocumented.is_some();
            match Moved::of(undocumented(param), undocumented(other)) {
                Moved::Withdrawn => {
                    let fact = format!(
                        "takes {} only with the feature `undocumented` now",
                        place.called()
                    );
                    self.breaking(&place, Event::Gone, hidden, &fact);
                }
                Moved::Published => self.new_parameter(&place, other, hidden),
                Moved::Stays(_) => {}
            }
            let own = own || undocumented(other);
            self.parameter_type((here, &place), param, other, own);
            self.docs(&place, &param.docs, &other.docs, own);
        }
        for (param, method) in new.options.iter().zip(&after) {
            if !before.contains(method) && !required(old, &param.name) {
                let own = hidden || param.docs.undocumented.is_some();
                let place = parameter(self.new.plan, (here, new), param, method);
                self.new_parameter(&place, param, own);
            }
        }
    }

    fn new_parameter(&mut self, place: &Place, param: &Param, hidden: bool) {
        let described = described(param.docs.description.as_deref());
        let fact = format!("takes {}{described}", place.called());
        self.additive(place, Event::New, hidden, &fact);
    }

    /// Compares the types that a parameter takes. If it now takes null too, nothing breaks.
    pub(super) fn parameter_type(
        &mut self,
        (here, place): (&Place, &Place),
        old: &Param,
        new: &Param,
        hidden: bool,
    ) {
        let taken = |param: &Param, nullable: bool, scope: &Scope<'_>| {
            let ident = format_ident!("value");
            argument(scope, &param.ty, nullable, &quote!(#ident)).ty
        };
        let (was, is) = (old.presence.nullable, new.presence.nullable);
        let difference = self.difference(
            |scope| taken(old, was, scope),
            |scope| taken(new, is, scope),
        );
        let Some(difference) = difference else { return };
        let only_null = was != is
            && self
                .difference(|scope| taken(old, is, scope), |scope| taken(new, is, scope))
                .is_none();
        let name = &new.name;
        match (only_null, is) {
            (true, true) => {
                let fact = format!("takes null as `{name}`");
                return self.additive(place, Event::Changed, hidden, &fact);
            }
            (true, false) => {
                let fact = format!("no longer takes null as `{name}`");
                return self.breaking(place, Event::Changed, hidden, &fact);
            }
            (false, _) => {}
        }
        self.drop_type(&here.rust, Some(&old.ty));
        let fact = format!(
            "takes `{}` as `{}` now; it was `{}`",
            new.name, difference.new, difference.old
        );
        self.retyped(place, &difference, hidden, &fact);
    }
}

fn parameter(
    plan: &Plan<'_>,
    (here, endpoint): (&Place, &Endpoint),
    param: &Param,
    method: &str,
) -> Place {
    let module = here.rust.rsplitn(3, "::").nth(2).unwrap_or_default();
    let rust = format!("{module}::{}::{method}", plan.names.request(endpoint));
    let called = format!(".{method}(…)");
    let wire = Some(param.name.as_str());
    here.part(Item::Parameter, (&called, wire), rust, &param.pointer)
}
