//! Compares calls: their arguments, their outputs, and how they behave.

use crate::rust::Plan;
use quote::quote;

use super::change::{Event, Item, Side};
use super::pairs::{Call, endpoints};
use super::place::Place;
use super::view::call_path;
use super::{Comparison, members::Moved};
use crate::escape;
use crate::model::{Endpoint, Method, Namespace, Overload, Param, Reply};
use crate::rust::idents;
use crate::rust::paths;
use crate::rust::scope::Scope;
use crate::rustdoc;

impl Comparison<'_> {
    pub(super) fn calls(&mut self) {
        for pair in endpoints(self.old, self.new) {
            match pair {
                (Some(old), Some(new)) => self.call(old, new),
                (Some(old), None) => {
                    let fact = format!(
                        "is gone: the API no longer has {}",
                        escape::code(&old.1.path)
                    );
                    self.breaking(
                        &place(self.old.plan, old, Side::Old),
                        Event::Gone,
                        is_hidden(old.1),
                        &fact,
                    );
                }
                (None, Some(new)) => {
                    let place = place(self.new.plan, new, Side::New);
                    self.additive(&place, Event::New, is_hidden(new.1), &introduced(new.1));
                }
                (None, None) => {}
            }
        }
    }

    fn call(&mut self, (namespace, old): Call<'_>, new: Call<'_>) {
        let plain = |plan: &Plan<'_>, namespace: &Namespace, endpoint: &Endpoint| {
            let overload = endpoint.overloads.first();
            overload.map_or_else(String::new, |overload| {
                paths::call(plan.client, namespace, endpoint, overload)
            })
        };
        let (old_plan, new_plan) = (self.old.plan, self.new.plan);
        let here = place(new_plan, new, Side::New).written(
            plain(old_plan, namespace, old),
            plain(new_plan, new.0, new.1),
        );
        let (new_namespace, new) = new;
        match Moved::of(is_hidden(old), is_hidden(new)) {
            Moved::Withdrawn => {
                let fact = "is there only with the feature `undocumented` now";
                self.breaking(&here, Event::Gone, false, fact);
            }
            Moved::Published => self.additive(&here, Event::New, false, &introduced(new)),
            Moved::Stays(_) => {}
        }
        let hidden = is_hidden(old) || is_hidden(new);
        if call_path(old_plan, namespace, old) != call_path(new_plan, new_namespace, new) {
            let mut before = place(old_plan, (namespace, old), Side::Old);
            before.written = here.written.clone();
            let fact = format!("is called `{}` now", here.subject);
            self.breaking(&before, Event::Changed, hidden, &fact);
        }
        self.overloads(&here, old, new, hidden);
        self.parameters(&here, old, new, hidden);
        self.output(&here, old, new, hidden);
        self.request(&here, old, new, hidden);
        self.behaviour(&here, old, new, hidden);
        self.docs(&here, &old.docs, &new.docs, hidden);
    }

    fn overloads(&mut self, here: &Place, old: &Endpoint, new: &Endpoint, hidden: bool) {
        for overload in &old.overloads {
            if let Some(other) = new
                .overloads
                .iter()
                .find(|other| other.suffix == overload.suffix)
            {
                let renamed = self.renamed(here, (old, overload), (new, other), hidden);
                self.arguments(here, (old, &renamed), (new, other), hidden);
            } else {
                let fact = format!("can no longer be called as `{}`", signature(old, overload));
                let place = here.clone().in_document(Side::Old, &old.pointer);
                self.breaking(&place, Event::Gone, hidden, &fact);
            }
        }
        for overload in &new.overloads {
            if old
                .overloads
                .iter()
                .all(|other| other.suffix != overload.suffix)
            {
                let fact = format!("can be called as `{}`", signature(new, overload));
                self.additive(here, Event::New, hidden, &fact);
            }
        }
    }

    /// Compares the required parameters of one overload: their names, their order and their types.
    fn arguments(
        &mut self,
        here: &Place,
        (old, before): (&Endpoint, &Overload),
        (new, after): (&Endpoint, &Overload),
        hidden: bool,
    ) {
        let at = |param: &Param, side| {
            let rust = format!("{}::{}", here.rust, param.name);
            let called = (param.name.as_str(), None);
            let place = here.part(Item::Argument, called, rust, &param.pointer);
            place.in_document(side, &param.pointer)
        };
        let by = before.suffix.as_ref().map_or(String::new(), |_| {
            format!(" in `{}`", signature(new, after))
        });
        for param in missing(&before.required, &after.required) {
            let name = escape::code(&param.name);
            let fact = match named(&new.options, &param.name) {
                Some(_) => format!(
                    "takes {name} by {} now and no longer as an argument{by}: it has become optional",
                    escape::code(&format!(".{}(…)", param.name))
                ),
                None => format!("no longer takes the argument {name}{by}"),
            };
            self.breaking(&at(param, Side::Old), Event::Gone, hidden, &fact);
            self.drop_type(&here.rust, Some(&param.ty));
        }
        for param in missing(&after.required, &before.required) {
            let name = escape::code(&param.name);
            let fact = match named(&old.options, &param.name) {
                Some(_) => {
                    format!("takes {name} as an argument now{by}: it has become required")
                }
                None => format!("takes one more argument{by}, {name}, which is required"),
            };
            self.breaking(&at(param, Side::New), Event::New, hidden, &fact);
        }
        let order = |one: &Overload, other: &Overload| -> Vec<String> {
            let kept = one.required.iter();
            kept.filter(|param| named(&other.required, &param.name).is_some())
                .map(|param| param.name.clone())
                .collect()
        };
        let (was, is) = (order(before, after), order(after, before));
        if was != is {
            let fact = format!(
                "takes its arguments in another order{by}: {}, which was {}",
                escape::code(&is.join(", ")),
                escape::code(&was.join(", "))
            );
            self.breaking(here, Event::Changed, hidden, &fact);
        }
        for param in &after.required {
            if let Some(earlier) = named(&before.required, &param.name) {
                self.parameter_type((here, &at(param, Side::New)), earlier, param, hidden);
                self.docs(&at(param, Side::New), &earlier.docs, &param.docs, hidden);
            }
        }
    }

    fn output(&mut self, here: &Place, old: &Endpoint, new: &Endpoint, hidden: bool) {
        let place = Place {
            item: Item::Output,
            ..here.clone()
        };
        let returned = |endpoint: &Endpoint, scope: &Scope<'_>| match &endpoint.output.ty {
            Some(ty) => scope.received(ty),
            None => quote!(()),
        };
        if let Some(difference) =
            self.difference(|scope| returned(old, scope), |scope| returned(new, scope))
        {
            let described = |ty: &str| match ty {
                "()" => "nothing".to_owned(),
                ty => format!("`{ty}`"),
            };
            let (is, was) = (described(&difference.new), described(&difference.old));
            let fact = format!("returns {is} now; it returned {was}");
            self.retyped(&place, &difference, hidden, &fact);
            self.drop_type(&here.rust, old.output.ty.as_ref());
        }
        for (key, ty) in &old.output.others {
            let what = Place {
                item: Item::ReplyKey,
                ..here.clone()
            };
            match new.output.others.iter().find(|(other, _)| other == key) {
                None => {
                    let fact = format!("no longer carries {} in its reply", escape::code(key));
                    let what = what.in_document(Side::Old, &old.pointer);
                    self.breaking(&what, Event::Gone, hidden, &fact);
                    self.drop_type(&here.rust, Some(ty));
                }
                Some((_, other)) => {
                    let difference =
                        self.difference(|scope| scope.received(ty), |scope| scope.received(other));
                    if let Some(difference) = difference {
                        let fact = format!(
                            "carries {} as `{}` in its reply now; it was `{}`",
                            escape::code(key),
                            difference.new,
                            difference.old
                        );
                        self.retyped(&what, &difference, hidden, &fact);
                        self.drop_type(&here.rust, Some(ty));
                    }
                }
            }
        }
        for (key, _) in &new.output.others {
            if old.output.others.iter().all(|(other, _)| other != key) {
                let what = Place {
                    item: Item::ReplyKey,
                    ..here.clone()
                };
                self.additive(
                    &what,
                    Event::New,
                    hidden,
                    &format!("carries {} in its reply", escape::code(key)),
                );
            }
        }
    }

    /// Compares how a call behaves, apart from its signature.
    fn behaviour(&mut self, here: &Place, old: &Endpoint, new: &Endpoint, hidden: bool) {
        if let (Reply::Key(was), Reply::Key(is)) = (&old.output.reply, &new.output.reply)
            && was != is
        {
            let (is, was) = (escape::code(is), escape::code(was));
            let fact = format!("is answered under the key {is} in JSON now; it was {was}");
            self.wire(here, hidden, fact);
        }
        match (old.paging.is_some(), new.paging.is_some()) {
            (true, false) => {
                let fact =
                    "no longer comes in pages: `.stream()`, `.pages()` and `.all()` are gone";
                self.breaking(here, Event::Changed, hidden, fact);
            }
            (false, true) => {
                let fact = "comes in pages: `.stream()`, `.pages()` and `.all()` read them";
                self.additive(here, Event::Changed, hidden, fact);
            }
            _ => {}
        }
        if new.needs_parameter && !old.needs_parameter {
            // The API has always refused such a request; only the document has changed.
            let fact =
                "is refused without any parameter before it is sent, and no longer by the API";
            self.wire(here, hidden, fact);
        }
        let reads = |endpoint: &Endpoint| matches!(endpoint.semantic, Method::Get | Method::Head);
        match (reads(old), reads(new)) {
            (true, false) => {
                let fact = "changes something, as the document says now: it is no longer sent again after a failure";
                self.additive(here, Event::Changed, hidden, fact);
            }
            (false, true) => {
                let fact = "only reads, as the document says now: it is sent again after a failure";
                self.additive(here, Event::Changed, hidden, fact);
            }
            _ => {}
        }
    }
}

fn place(plan: &Plan<'_>, (namespace, endpoint): Call<'_>, side: Side) -> Place {
    Place {
        item: Item::Call,
        subject: subject(plan, namespace, endpoint),
        name: None,
        wire: None,
        rust: call_path(plan, namespace, endpoint),
        pointer: endpoint.pointer.clone(),
        side,
        page: endpoint.page.clone(),
        written: Default::default(),
    }
}

/// Returns the call as a subject: `seam.locks().get(…)`.
fn subject(plan: &Plan<'_>, namespace: &Namespace, endpoint: &Endpoint) -> String {
    let plain = endpoint.overloads.first();
    let method = plain.map_or_else(
        || endpoint.name.clone(),
        |overload| paths::method(endpoint, overload),
    );
    let takes = plain.is_some_and(|overload| !overload.required.is_empty());
    let arguments = if takes { "…" } else { "" };
    format!(
        "{}.{method}({arguments})",
        paths::namespace_call(plan.client, namespace)
    )
}

/// Returns the signature of a method: `get_by_name(name)`.
fn signature(endpoint: &Endpoint, overload: &Overload) -> String {
    let arguments = idents::idents(&overload.required).join(", ");
    format!("{}({arguments})", paths::method(endpoint, overload))
}

fn introduced(endpoint: &Endpoint) -> String {
    format!("is new{}", described(endpoint.docs.description.as_deref()))
}

/// Returns the first sentence of a description, after a colon.
pub(super) fn described(description: Option<&str>) -> String {
    let summary = description.map(rustdoc::summary).unwrap_or_default();
    match summary.trim().trim_end_matches('.') {
        "" => String::new(),
        text => format!(": {text}"),
    }
}

fn is_hidden(endpoint: &Endpoint) -> bool {
    endpoint.docs.undocumented.is_some()
}

pub(super) fn named<'a>(params: &'a [Param], name: &str) -> Option<&'a Param> {
    params.iter().find(|param| param.name == name)
}

/// Returns the parameters in `from` that are not in `other`.
fn missing<'a>(from: &'a [Param], other: &'a [Param]) -> impl Iterator<Item = &'a Param> {
    from.iter()
        .filter(|param| named(other, &param.name).is_none())
}
