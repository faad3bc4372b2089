//! The documentation of a call: short for its method, complete for the type of its request.

use super::docs;
use super::example::{Call, Sent, changes};
use super::scope::{Scope, spelled};
use super::{idents, paths};
use crate::model::{Endpoint, Overload, Param, Reply, Status, Type};
use crate::{escape, names, rustdoc};

/// A call, and the context that its documentation needs.
pub(crate) struct Subject<'a> {
    pub(crate) endpoint: &'a Endpoint,
    /// The type with the methods of the call.
    pub(crate) type_name: &'a str,
    /// The expression for that type in examples: `seam.access_codes()`.
    pub(crate) call: &'a str,
    /// The names of types as callers write them.
    pub(crate) outside: &'a Scope<'a>,
}

impl Subject<'_> {
    /// Returns the documentation of a method.
    pub(crate) fn method(&self, overload: &Overload) -> Vec<String> {
        let endpoint = self.endpoint;
        let mut lines = match summary(endpoint) {
            Some(summary) => docs::wrapped(&summary, 4),
            None => docs::lines(&endpoint.docs, &docs::words(&endpoint.name), 4),
        };
        lines.extend(required(endpoint, overload, 4));
        let more = format!("[`{}`] has an example.", self.request());
        let gives = format!("{} {more}", self.gives());
        for text in [self.optional(overload), self.constants(), Some(gives)]
            .into_iter()
            .flatten()
        {
            lines.push(String::new());
            lines.extend(docs::wrapped(&text, 4));
        }
        lines
    }

    /// Returns the documentation of the request's type.
    pub(crate) fn page(&self) -> Vec<String> {
        let endpoint = self.endpoint;
        let mut lines = docs::lines(&endpoint.docs, &docs::words(&endpoint.name), 0);
        let mut say = |text: &str| {
            lines.push(String::new());
            lines.extend(docs::wrapped(text, 0));
        };
        for remark in &endpoint.remarks {
            say(remark);
        }
        let carries = self.carries().or_else(|| self.gives_events());
        let parts = [
            Some(self.made_by()),
            self.constants(),
            Some(self.gives()),
            carries,
            self.site(),
        ];
        let sentences: Vec<String> = parts.into_iter().flatten().collect();
        say(&sentences.join(" "));
        if let [overload] = endpoint.overloads.as_slice() {
            lines.extend(required(endpoint, overload, 0));
        }
        lines.extend(["", "# Errors"].map(str::to_owned));
        lines.extend(docs::wrapped(errors(endpoint), 0));
        lines.extend(self.failures());
        lines.push("# Examples".to_owned());
        lines.extend(docs::example(self.outside.plan.client, &self.example()));
        lines
    }

    /// Returns the type of the request.
    fn request(&self) -> &str {
        self.outside.plan.names.request(self.endpoint)
    }

    /// Returns the page about the call on the vendor's site.
    fn site(&self) -> Option<String> {
        let page = self.endpoint.page.as_ref()?;
        Some(format!(
            "See [{}]({page}).",
            escape::code(&self.endpoint.path)
        ))
    }

    /// Returns an example with each overload of the call, the first with some of its optional parameters.
    pub(crate) fn example(&self) -> Vec<String> {
        let endpoint = self.endpoint;
        let variable = Call::variable(&endpoint.output);
        let calls = endpoint
            .overloads
            .iter()
            .enumerate()
            .map(|(index, overload)| match index {
                0 => Call::fuller(self.outside, endpoint, overload, self.call),
                _ => Call::least(self.outside, endpoint, overload, self.call),
            });
        let mut calls: Vec<Call> = calls.collect();
        let mut code = Call::import(&mut calls, self.library());
        for (index, call) in calls.iter().enumerate() {
            match self.attempt_expression() {
                Some(attempt) if index == 0 => {
                    code.extend(call.then(".send()").awaited(Some("reply")));
                    code.push(format!("if let Some(attempt) = {attempt} {{"));
                    code.push(format!(
                        "    attempt.wait(&{}).await?; // `.await` alone does not wait for the device",
                        self.library()
                    ));
                    code.push("}".to_owned());
                }
                _ => code.extend(call.awaited(variable.as_deref())),
            }
        }
        code
    }

    /// Returns the values that the first call of the example sends.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        let overload = self.endpoint.overloads.first();
        overload.map_or_else(Vec::new, |overload| {
            Call::fuller(self.outside, self.endpoint, overload, self.call).sent
        })
    }

    /// Returns the name of the crate in programs, and of the client in examples.
    fn library(&self) -> &str {
        &self.outside.plan.client.library
    }

    /// Returns the expression for the attempt that the reply has in addition to its payload.
    fn attempt_expression(&self) -> Option<String> {
        let mut others = self.endpoint.output.others.iter();
        others.find_map(|(key, ty)| match ty {
            Type::ActionAttempt(_) if key == names::ATTEMPT_KEY => {
                Some("reply.action_attempt()".to_owned())
            }
            Type::ActionAttempt(_) => Some(format!(
                "reply.field::<{}::ActionAttempt>({key:?})",
                self.library()
            )),
            _ => None,
        })
    }

    /// Lists the optional parameters of a call, as links to its page.
    fn optional(&self, overload: &Overload) -> Option<String> {
        let options = &self.endpoint.options;
        let given = |param: &Param| {
            overload
                .required
                .iter()
                .any(|other| other.name == param.name)
        };
        let setters = options.iter().zip(idents::setters(options));
        let setters: Vec<(&Param, String)> = setters
            .filter(|(param, _)| !given(param))
            .map(|(param, (setter, _))| {
                let name = setter.trim_start_matches("r#").to_owned();
                let page = self.request();
                // The page has the setter only if the feature is on.
                let link = match docs::hidden(&param.docs) && !docs::hidden(&self.endpoint.docs) {
                    true => format!("`{name}`"),
                    false => format!("[`{name}`]({page}#method.{name})"),
                };
                (param, link)
            })
            .collect();
        let list = |wanted: &dyn Fn(&Param) -> bool| {
            let found = setters.iter().filter(|(param, _)| wanted(param));
            found
                .map(|(_, link)| link.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let is_hidden = |param: &Param| docs::hidden(&param.docs);
        let is_old = |param: &Param| param.docs.deprecated.is_some() && !is_hidden(param);
        let kinds = [
            (
                "Optional",
                list(&|param| !is_hidden(param) && !is_old(param)),
            ),
            ("Deprecated", list(&is_old)),
            ("With the feature `undocumented`", list(&is_hidden)),
        ];
        let needs = self.needs(overload).map(str::to_owned);
        let kinds = kinds.into_iter().filter(|(_, links)| !links.is_empty());
        let kinds = kinds.map(|(kind, links)| format!("{kind}: {links}."));
        let text: Vec<String> = needs.into_iter().chain(kinds).collect();
        (!text.is_empty()).then(|| text.join(" "))
    }

    /// What is sent with every request.
    fn constants(&self) -> Option<String> {
        let constants = self.endpoint.constants.iter().filter_map(|param| {
            let value = escape::code(&param.only.as_ref()?.to_string());
            Some(format!("{} as {value}", escape::code(&param.name)))
        });
        let constants: Vec<String> = constants.collect();
        (!constants.is_empty()).then(|| format!("It always sends {}.", constants.join(", ")))
    }

    fn needs(&self, overload: &Overload) -> Option<&'static str> {
        let has_one = overload
            .required
            .iter()
            .any(|param| param.location.counts());
        (self.endpoint.needs_parameter && !has_one).then_some(NEEDS_ONE)
    }

    /// Describes which methods make the request, and how its optional parameters are set.
    fn made_by(&self) -> String {
        let methods = self.endpoint.overloads.iter().map(|overload| {
            let method = names::call_name(&self.endpoint.name, overload.suffix.as_deref());
            let method = method.trim_start_matches("r#").to_owned();
            format!("[`{}.{method}`]({}::{method})", self.call, self.type_name)
        });
        let methods: Vec<String> = methods.collect();
        let mut text = format!("Returned by {}.", or(&methods));
        let is_shown =
            |param: &Param| docs::hidden(&self.endpoint.docs) || !docs::hidden(&param.docs);
        if self.endpoint.options.iter().any(is_shown) {
            text.push_str(" The methods below set its optional parameters.");
        }
        let needs = self
            .endpoint
            .overloads
            .iter()
            .find_map(|overload| self.needs(overload));
        if let Some(needs) = needs {
            text.push_str(&format!(" {needs}"));
        }
        text
    }

    /// Describes the value that awaiting the request gives.
    fn gives(&self) -> String {
        let endpoint = self.endpoint;
        let Some(ty) = &endpoint.output.ty else {
            return "`.await` gives `()`.".to_owned();
        };
        let code = self.linked(ty);
        match ty {
            _ if endpoint.output.reply == Reply::Location => format!(
                "`.await` gives the redirect's `Location` as {code}: it is not followed, and may be relative."
            ),
            Type::ActionAttempt(_) => format!(
                "`.await` waits until the action has succeeded, and gives its {code}. [`no_wait`](Request::no_wait) gives it \
                 at once."
            ),
            _ if endpoint.paging.is_some() => format!(
                "`.await` gives the first page, {code}; [`send`](Request::send) gives it with \
                 [`has_next_page`](crate::Response::has_next_page). [`all`](Request::all) and [`stream`](Request::stream) go \
                 through all pages."
            ),
            _ => format!("`.await` gives {code}."),
        }
    }

    /// Describes the events of the reply, if it can be a stream.
    fn gives_events(&self) -> Option<String> {
        let data = self.linked(self.endpoint.events.as_ref()?);
        Some(format!(
            "[`events`](Request::events) gives the events of the reply while they arrive, each with {data}."
        ))
    }

    /// Returns a type as code, with a link to its page if it has one.
    fn linked(&self, ty: &Type) -> String {
        let root = format!("{}::", self.library());
        let spelled = spelled(&self.outside.received(ty)).replace(&root, "");
        let mut link = None;
        ty.each_named(&mut |id| {
            let plan = self.outside.plan;
            link = Some(paths::of_type(plan, plan.type_item(id)));
        });
        let link = match ty {
            Type::ActionAttempt(_) => Some(format!("{root}ActionAttempt")),
            _ => link,
        };
        match &link {
            Some(path) => format!("[`{spelled}`]({})", path.replacen(&root, "crate::", 1)),
            None => format!("`{spelled}`"),
        }
    }

    /// Describes the types of the bodies of failures, each with its statuses.
    fn failures(&self) -> Vec<String> {
        let mut types: Vec<(&Type, Vec<String>)> = Vec::new();
        for failure in &self.endpoint.failures {
            let status = match failure.status {
                Status::Default => failure.status.to_string(),
                _ => format!("`{}`", failure.status),
            };
            match types.iter_mut().find(|(ty, _)| **ty == failure.ty) {
                Some((_, statuses)) => statuses.push(status),
                None => types.push((&failure.ty, vec![status])),
            }
        }
        if types.is_empty() {
            return Vec::new();
        }
        let intro = "[`json`](crate::Error::json) reads the body of an error, by status:";
        let mut lines = vec![String::new()];
        lines.extend(docs::wrapped(intro, 0));
        lines.push(String::new());
        for (ty, statuses) in types {
            let text = format!("- {}: {}", statuses.join(", "), self.linked(ty));
            lines.extend(docs::wrapped(&text, 0));
        }
        lines.push(String::new());
        lines
    }

    /// Describes the other keys of the reply.
    fn carries(&self) -> Option<String> {
        let others = &self.endpoint.output.others;
        let keys: Vec<String> = others.iter().map(|(key, _)| escape::code(key)).collect();
        (!keys.is_empty()).then(|| {
            format!(
                "[`send`](Request::send) gives the whole reply, which also carries {}: read it by \
                 [`Response::field`](crate::Response::field).",
                keys.join(", ")
            )
        })
    }
}

/// The documentation of a call that requires any one of its parameters.
pub(crate) const NEEDS_ONE: &str =
    "Set at least one of its parameters: the API refuses a request without any.";

/// Returns the first sentence about a call, if the document has more than one.
fn summary(endpoint: &Endpoint) -> Option<String> {
    let description = endpoint.docs.description.as_deref()?;
    let summary = rustdoc::summary(description);
    (!summary.trim().is_empty()).then_some(summary)
}

/// Describes the arguments of a method.
fn required(endpoint: &Endpoint, overload: &Overload, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (param, ident) in overload
        .required
        .iter()
        .zip(idents::idents(&overload.required))
    {
        if lines.is_empty() {
            lines.push(String::new());
        }
        let what = docs::brief(&param.docs, "");
        let note = docs::nullable_note(param.presence, changes(endpoint));
        let description = format!("{what}{note}");
        let colon = if description.is_empty() { "" } else { ": " };
        let text = format!(
            "- `{}`{colon}{}",
            ident.trim_start_matches("r#"),
            description.trim_start()
        );
        lines.extend(docs::wrapped(&text, indent));
    }
    lines
}

fn errors(endpoint: &Endpoint) -> &'static str {
    match endpoint.output.ty {
        Some(Type::ActionAttempt(_)) => {
            "[`Error`](crate::Error) if the request fails, the action fails, or it does not end before the deadline."
        }
        _ => "[`Error`](crate::Error) if the request fails.",
    }
}

fn or(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
