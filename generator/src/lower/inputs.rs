//! The overloads of an endpoint and its options: what its parameters become.

use super::Lowering;
use super::only::is_constant;
use super::operation::OwnIds;
use crate::document::Pointer;
use crate::model::{Field, Location, Overload, Param, Presence};
use crate::trace::Reason;

/// The overloads of an endpoint and its options.
pub(super) struct Inputs {
    pub(super) overloads: Vec<Overload>,
    pub(super) options: Vec<Param>,
}

impl Inputs {
    /// All parameters, required and optional.
    pub(super) fn all(&self) -> impl Iterator<Item = &Param> {
        let required = self.overloads.iter();
        let required = required.flat_map(|overload| &overload.required);
        required.chain(&self.options)
    }

    /// The same parameters, to change them.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Param> {
        let required = self.overloads.iter_mut();
        let required = required.flat_map(|overload| &mut overload.required);
        required.chain(&mut self.options)
    }
}

impl Inputs {
    /// Takes out the parameters that the client sends by itself. All ways to send a call send them.
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

pub(super) fn one_way(params: Vec<Param>) -> Inputs {
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
    /// Takes out of the body what is also declared as a placeholder: where calls are named by their paths, it is that.
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

/// A call that returns one thing and requires nothing: each optional parameter is a key, and has a method of its own.
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

/// Required ones first, in the order in which the document requires them.
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
