//! The inputs of a call: required and optional parameters.

use std::collections::HashSet;

use openapiv3::{Operation, ReferenceOr};

use super::Lowering;
use super::facts::{Additional, Facts, JsonType, Located};
use super::inputs::{Inputs, add_declared, in_order, param, single_overload, split_by_key};
use super::keyed::common_options;
use super::media::Encoding;
use super::operation::OwnIds;
use super::place::Place;
use super::union::{Alternative, json_type};
use crate::document::Pointer;
use crate::model::{Docs, Kind, Location, Method, Overload, Param, Presence, Type};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the inputs from the body and the declared parameters.
    pub(super) fn inputs(
        &self,
        operation: &'a Operation,
        wire: Method,
        pointer: &Pointer,
        request: &Place,
        declared: Vec<Param>,
        own: &OwnIds,
    ) -> Inputs {
        let body = self.json_body(operation, pointer);
        // HTTP libraries do not send a body with GET or DELETE, so the server reads the query.
        let location = if matches!(wire, Method::Get | Method::Delete) {
            Location::Query
        } else {
            Location::Body
        };
        let mut inputs = match body {
            None => Inputs {
                overloads: vec![Overload {
                    suffix: None,
                    required: Vec::new(),
                }],
                options: Vec::new(),
            },
            Some(body) => {
                let facts = self.facts(&body);
                let open = match facts.additional {
                    Some(Additional::Any | Additional::Schema(_)) => true,
                    Some(Additional::None) => false,
                    None => json_type(&facts).is_none(),
                };
                if open && facts.properties.is_empty() && facts.alternatives.is_empty() {
                    let ty = self.schema(&body, &request.property("body")).ty;
                    self.whole_body(ty, &facts, self.requires_body(operation))
                } else if facts.is_object()
                    || (facts.alternatives.is_empty() && facts.json_type.is_none())
                    || (!facts.alternatives.is_empty() && self.only_objects(&facts))
                {
                    let mut inputs = self.body_inputs(&facts, request, location, own);
                    match location {
                        Location::Body => {
                            let others = self.additional_param(&facts, request);
                            inputs.options.extend(others);
                        }
                        _ => self.note_named_only(&facts),
                    }
                    inputs
                } else {
                    self.whole_body(
                        self.schema(&body, &request.property("body")).ty,
                        &facts,
                        true,
                    )
                }
            }
        };
        self.drop_placeholders(&mut inputs, &declared);
        add_declared(&mut inputs, declared);
        if own.reads_one {
            split_by_key(&mut inputs, own);
        }
        inputs
    }

    /// Returns true if each alternative is an object or has no type. Only properties of objects become parameters.
    fn only_objects(&self, facts: &Facts<'a>) -> bool {
        let (branches, _) = self.alternatives(facts);
        let mut kinds = branches.iter().map(|branch| json_type(&branch.facts));
        kinds.all(|kind| kind.is_none_or(|kind| kind == JsonType::Object))
    }

    /// Returns the schema of the JSON body, if there is one.
    fn json_body(&self, operation: &'a Operation, pointer: &Pointer) -> Option<Located<'a>> {
        let pointer = pointer.key("requestBody");
        let body = self.request_body(operation.request_body.as_ref()?, &pointer)?;
        let chosen = self.chosen(&body.content, &pointer)?;
        chosen.schema.filter(|_| chosen.encoding == Encoding::Json)
    }

    fn requires_body(&self, operation: &'a Operation) -> bool {
        let body = operation
            .request_body
            .as_ref()
            .and_then(ReferenceOr::as_item);
        body.is_some_and(|body| body.required)
    }

    fn whole_body(&self, ty: Type, facts: &Facts<'a>, required: bool) -> Inputs {
        let presence = Presence {
            required,
            nullable: false,
        };
        let param = Param {
            name: "body".to_owned(),
            location: Location::WholeBody,
            ty,
            presence,
            only: None,
            media: None,
            docs: self.docs(facts),
            pointer: facts.pointer.to_string(),
        };
        single_overload(vec![param])
    }

    /// Returns the parameter for additional properties of the body.
    pub(super) fn additional_param(&self, facts: &Facts<'a>, request: &Place) -> Option<Param> {
        let additional = self.additional(facts, request, &[])?;
        let name = match facts.property("additional_properties") {
            None => "additional_properties",
            Some(_) => "other_properties",
        };
        let description = "Further properties of the body, by their names.".to_owned();
        Some(Param {
            name: name.to_owned(),
            location: Location::Flat,
            ty: Type::Map(Box::new(additional.ty)),
            presence: Presence {
                required: false,
                nullable: false,
            },
            only: None,
            media: None,
            docs: Docs {
                description: Some(description),
                ..Docs::default()
            },
            pointer: additional.pointer,
        })
    }

    fn body_inputs(
        &self,
        facts: &Facts<'a>,
        request: &Place,
        location: Location,
        own: &OwnIds,
    ) -> Inputs {
        if facts.alternatives.is_empty() {
            return single_overload(self.params(facts, request, location, &[]));
        }
        let (branches, _) = self.alternatives(facts);
        let shared = common_options(&branches);
        let own_properties = |branch: &Alternative<'a>| -> Vec<&'a str> {
            let names = branch.facts.properties.iter().map(|property| property.name);
            names
                .filter(|name| facts.property(name).is_none() && !shared.contains(name))
                .collect()
        };
        let asks_for_nothing = |branch: &Alternative<'a>| {
            own_properties(branch)
                .iter()
                .all(|name| !branch.facts.requires(name))
        };
        if branches.iter().any(asks_for_nothing) {
            self.report.decide(
                &facts.pointer,
                "every key is optional, because one branch requires none",
            );
            return single_overload(self.merged_params(facts, &branches, request, location));
        }
        if let Some(tag) = self.tag(facts, &branches).filter(|tag| !tag.is_open()) {
            self.report.decide(
                &facts.pointer,
                format!(
                    "properties of all branches are parameters; the rest is an enum, told apart by `{}`",
                    tag.name
                ),
            );
            return self.tagged_body(facts, branches, tag, request, location);
        }
        let keys = |branch: &Alternative<'a>| {
            let mut keys = own_properties(branch);
            keys.retain(|name| branch.facts.requires(name));
            keys.sort_unstable();
            keys
        };
        let sets: HashSet<Vec<&str>> = branches.iter().map(keys).collect();
        if sets.len() == branches.len() {
            self.report.decide(
                &facts.pointer,
                "each branch is a set of keys, and has a method of its own",
            );
            return self.keyed_body(facts, &branches, &shared, request, location, own);
        }
        single_overload(self.merged_params(facts, &branches, request, location))
    }

    pub(super) fn params(
        &self,
        facts: &Facts<'a>,
        request: &Place,
        location: Location,
        left_out: &[&str],
    ) -> Vec<Param> {
        let mut fields = self.fields(facts, request, left_out);
        if let Some(Type::Named(id)) = self.shared(&facts.pointer)
            && let Kind::Object(whole) = &*self.types.kind(id)
        {
            // The type of the whole body is shared, so the types of its properties are shared too.
            for field in &mut fields {
                let same = whole.fields.iter().find(|other| other.name == field.name);
                field.ty = same.map_or_else(|| field.ty.clone(), |same| same.ty.clone());
            }
        }
        in_order(fields, &facts.required)
            .into_iter()
            .map(|field| param(field, location))
            .collect()
    }

    /// Returns all properties of all branches. A property is required if every branch requires it.
    fn merged_params(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
        request: &Place,
        location: Location,
    ) -> Vec<Param> {
        let mut params = self.params(facts, request, location, &[]);
        for branch in branches {
            for mut param in self.params(&branch.facts, request, location, &[]) {
                if params.iter().all(|known| known.name != param.name) {
                    param.presence.required = branches
                        .iter()
                        .all(|other| other.facts.requires(&param.name));
                    params.push(param);
                } else if params.iter().all(|known| known.pointer != param.pointer) {
                    self.report
                        .leave_out(&Pointer::root(&param.pointer), Reason::Same);
                }
            }
        }
        params
    }

    /// Notes that callers can only set the named properties of an object.
    pub(super) fn note_named_only(&self, facts: &Facts<'a>) {
        if let Some(Additional::Schema(values)) = &facts.additional {
            self.report.leave_out(&values.pointer, Reason::NamedOnly);
        }
    }

    /// Makes properties that all branches have parameters, and the others one argument, which is an enum.
    fn tagged_body(
        &self,
        facts: &Facts<'a>,
        branches: Vec<Alternative<'a>>,
        tag: super::tag::TagOf<'a>,
        request: &Place,
        location: Location,
    ) -> Inputs {
        let mut hoisted = common_properties(&branches);
        hoisted.retain(|name| *name != tag.name);
        let required = branches
            .iter()
            .all(|branch| branch.facts.requires(tag.name));
        let Some(first) = branches.first() else {
            return single_overload(Vec::new());
        };
        let mut common = first.facts.clone();
        common
            .properties
            .retain(|property| hoisted.contains(&property.name));
        let mut params = self.params(&common, request, location, &[]);
        let rest = branches
            .into_iter()
            .map(|mut branch| {
                branch.facts.properties.retain(|property| {
                    let stays = !hoisted.contains(&property.name);
                    if !stays {
                        self.report.leave_out(&property.value.pointer, Reason::Same);
                    }
                    stays
                });
                Alternative {
                    located: None,
                    ..branch
                }
            })
            .collect();
        let mut around = facts.clone();
        around.properties.clear();
        let ty = self.tagged_union(&around, rest, &tag, &request.property(tag.name));
        let docs = first_docs(self, tag.name, facts);
        let presence = Presence {
            required,
            nullable: false,
        };
        params.push(Param {
            name: tag.name.to_owned(),
            location: Location::Flat,
            ty,
            presence,
            only: None,
            media: None,
            docs,
            pointer: facts.pointer.to_string(),
        });
        single_overload(params)
    }
}

fn first_docs<'a>(lowering: &Lowering<'a>, tag: &str, facts: &Facts<'a>) -> Docs {
    let (branches, _) = lowering.alternatives(facts);
    let described = branches.iter().find_map(|branch| {
        let property = branch.facts.property(tag)?;
        lowering.docs(&lowering.facts(&property.value)).description
    });
    Docs {
        description: described,
        ..Docs::default()
    }
}

/// Returns the properties that every branch has, and that are required in all branches or in none.
pub(super) fn common_properties<'a>(branches: &[Alternative<'a>]) -> Vec<&'a str> {
    let Some(first) = branches.first() else {
        return Vec::new();
    };
    let names = first.facts.properties.iter().map(|property| property.name);
    names
        .filter(|name| {
            branches.iter().all(|branch| {
                branch.facts.property(name).is_some()
                    && branch.facts.requires(name) == first.facts.requires(name)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
