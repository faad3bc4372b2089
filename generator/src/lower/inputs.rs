//! The overloads of an endpoint and its optional parameters.

use super::Lowering;
use super::only::is_constant;
use super::operation::OwnIds;
use crate::document::Pointer;
use crate::model::{Field, Location, Overload, Param, Presence};
use crate::trace::Reason;

/// The overloads of an endpoint and its optional parameters.
pub(super) struct Inputs {
    pub(super) overloads: Vec<Overload>,
    pub(super) options: Vec<Param>,
}

impl Inputs {
    /// Returns all parameters, required and optional.
    pub(super) fn all(&self) -> impl Iterator<Item = &Param> {
        let required = self.overloads.iter();
        let required = required.flat_map(|overload| &overload.required);
        required.chain(&self.options)
    }

    /// Returns all parameters as mutable references.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Param> {
        let required = self.overloads.iter_mut();
        let required = required.flat_map(|overload| &mut overload.required);
        required.chain(&mut self.options)
    }
}

impl Inputs {
    /// Takes out the parameters that the client sends by itself. All overloads send them.
    pub(super) fn take_constants(&mut self) -> Vec<Param> {
        let mut constants: Vec<Param> = Vec::new();
        for overload in &mut self.overloads {
            let required = std::mem::take(&mut overload.required);
            let (fixed, asked): (Vec<Param>, Vec<Param>) =
                required.into_iter().partition(is_constant);
            overload.required = asked;
            for param in fixed {
                if !constants.contains(&param) {
                    constants.push(param);
                }
            }
        }
        constants
    }
}

pub(super) fn single_overload(params: Vec<Param>) -> Inputs {
    let (required, options) = params
        .into_iter()
        .partition(|param| param.presence.required);
    Inputs {
        overloads: vec![Overload {
            suffix: None,
            required,
        }],
        options,
    }
}

impl Lowering<'_> {
    /// Removes properties of the body that are also declared as placeholders of the path. The placeholder is kept.
    pub(super) fn drop_placeholders(&self, inputs: &mut Inputs, declared: &[Param]) {
        let in_path = |param: &Param| {
            let same = |other: &Param| other.name == param.name && other.location.is_path();
            param.location == Location::Body && declared.iter().any(same)
        };
        let mut stays = |param: &Param| {
            let goes = in_path(param);
            if goes {
                self.report
                    .leave_out(&Pointer::root(&param.pointer), Reason::Overridden);
            }
            !goes
        };
        for overload in &mut inputs.overloads {
            overload.required.retain(&mut stays);
        }
        inputs.options.retain(&mut stays);
    }
}

pub(super) fn add_declared(inputs: &mut Inputs, declared: Vec<Param>) {
    for param in declared {
        if param.presence.required {
            for overload in &mut inputs.overloads {
                let first = overload
                    .required
                    .iter()
                    .position(|other| !other.location.is_path())
                    .unwrap_or(overload.required.len());
                let at = if param.location.is_path() {
                    first
                } else {
                    overload.required.len()
                };
                overload.required.insert(at, param.clone());
            }
        } else {
            inputs.options.push(param);
        }
    }
}

/// Makes an overload for each optional parameter of a call that returns one resource and requires nothing: each is a key.
pub(super) fn split_by_key(inputs: &mut Inputs, own: &OwnIds) {
    let nothing_required =
        matches!(inputs.overloads.as_slice(), [only] if only.required.is_empty());
    let own_key = inputs
        .options
        .iter()
        .position(|param| own.names.contains(&param.name));
    let (true, Some(own_key)) = (nothing_required, own_key) else {
        return;
    };
    inputs.overloads = inputs
        .options
        .iter()
        .enumerate()
        .filter(|(index, param)| *index == own_key || param.docs.undocumented.is_none())
        .map(|(index, param)| {
            let suffix = (index != own_key).then(|| format!("by_{}", param.name));
            let presence = Presence {
                required: true,
                nullable: false,
            };
            Overload {
                suffix,
                required: vec![Param {
                    presence,
                    ..param.clone()
                }],
            }
        })
        .collect();
    inputs
        .overloads
        .sort_by_key(|overload| overload.suffix.is_some());
}

/// Sorts fields: required ones first, in the order of `required`.
pub(super) fn in_order(fields: Vec<Field>, required: &[&str]) -> Vec<Field> {
    let rank = |field: &Field| {
        required
            .iter()
            .position(|name| *name == field.name)
            .unwrap_or(required.len())
    };
    let mut fields = fields;
    fields.sort_by_key(rank);
    fields
}

pub(super) fn param(field: Field, location: Location) -> Param {
    Param {
        name: field.name,
        location,
        ty: field.ty,
        presence: field.presence,
        only: field.only,
        media: None,
        docs: field.docs,
        pointer: field.pointer,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call, seam_call};

    /// The ways to make a call of Seam's dialect that takes these properties: each with what it requires.
    fn ways(call: &str, required: &str, names: &[&str]) -> Vec<String> {
        let properties = names
            .iter()
            .map(|name| format!("{name}: {{ type: string }}"));
        let body = format!(
            "{{ type: object, required: [{required}], properties: {{ {} }} }}",
            properties.collect::<Vec<_>>().join(", ")
        );
        let path = seam_call(
            call,
            &body,
            "thing",
            "{ $ref: '#/components/schemas/thing' }",
        );
        let thing = "thing: { type: object, properties: { thing_id: { type: string } } }";
        let api = model(&path, thing).unwrap();
        let overloads = only_call(&api).overloads.iter();
        overloads
            .map(|way| {
                let required = way.required.iter().map(|param| param.name.as_str());
                let required = required.collect::<Vec<_>>().join(", ");
                format!("{}: {required}", way.suffix.as_deref().unwrap_or("plain"))
            })
            .collect()
    }

    #[test]
    fn a_call_that_reads_one_thing_has_a_way_for_each_key() {
        assert_eq!(
            ways("get /things/get", "", &["name", "thing_id"]),
            ["plain: thing_id", "by_name: name"]
        );
    }

    #[test]
    fn a_call_that_requires_something_or_has_no_key_of_its_own_has_one_way() {
        assert_eq!(
            ways("get /things/get", "name", &["name", "thing_id"]),
            ["plain: name"]
        );
        assert_eq!(ways("get /things/get", "", &["name"]), ["plain: "]);
        assert_eq!(
            ways("post /things/create", "", &["name", "thing_id"]),
            ["plain: "]
        );
    }
}
