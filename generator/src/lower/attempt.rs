//! Lowers the branches of the action attempt to one type with the result as its parameter.

use super::Lowering;
use super::facts::{Additional, Facts, Located};
use super::place::Place;
use super::union::json_type;
use crate::dialect::attempt::{RESULT, STATUS, SUCCESS, TYPE};
use crate::model::{Kind, Tag, Type, Union, UnionBranch};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the type of action attempts, and makes the result type of each action.
    pub(super) fn action_attempt(&self, component: &str, facts: &Facts<'a>) -> Type {
        let (branches, _) = self.alternatives(facts);
        let mut results = Vec::new();
        for branch in branches {
            self.emit_attempt(&branch.facts);
            let succeeded = self.constant(&branch.facts, STATUS).as_deref() == Some(SUCCESS);
            let (true, Some(action)) = (succeeded, self.constant(&branch.facts, TYPE)) else {
                continue;
            };
            let payload =
                self.action_result(&branch.facts, &Place::in_component(component, &action));
            self.replies.set_result(&action, payload.clone());
            let docs = self.docs(&branch.facts);
            results.push(UnionBranch {
                tag: Tag::String(action),
                payload: Some(payload),
                docs,
                pointer: branch.facts.pointer.to_string(),
            });
        }
        self.report.decide(
            &facts.pointer,
            "the branches for all actions and statuses are one type, `ActionAttempt`, with the action's result as its parameter",
        );
        if results.is_empty() {
            return Type::ActionAttempt(Box::new(Type::Json));
        }
        let any = self.id_for(facts, &Place::in_component(component, SUCCESS));
        Type::ActionAttempt(Box::new(
            self.types.define(any, Kind::Union(Union::Results(results))),
        ))
    }

    /// Notes that the common properties of action attempts are part of the client's own type.
    fn emit_attempt(&self, facts: &Facts<'a>) {
        for property in &facts.properties {
            self.report.emit(&property.value.pointer, None);
            let inner = self.facts(&property.value);
            self.report.trace().values_emitted(&inner.values_at, None);
            if property.name == RESULT {
                continue;
            }
            for part in &inner.properties {
                self.report.emit(&part.value.pointer, None);
                self.leave_out_below(&part.value);
            }
            for kind in &inner.alternatives {
                self.report.leave_out(&kind.pointer, Reason::AttemptError);
            }
        }
    }

    /// Leaves out the schemas inside of the error: the client keeps the whole error as JSON.
    fn leave_out_below(&self, located: &Located<'a>) {
        let facts = self.facts(located);
        let properties = facts.properties.iter();
        let values = (!facts.values.is_empty()).then(|| facts.values_at.key("enum"));
        let additional = match &facts.additional {
            Some(Additional::Schema(values)) => Some(values.pointer.clone()),
            _ => None,
        };
        let below = properties
            .map(|property| property.value.pointer.clone())
            .chain(facts.alternatives.iter().map(|kind| kind.pointer.clone()))
            .chain(facts.items.iter().map(|items| items.pointer.clone()))
            .chain(values)
            .chain(additional);
        for pointer in below {
            self.report.leave_out(&pointer, Reason::AttemptError);
        }
    }

    fn action_result(&self, branch: &Facts<'a>, place: &Place) -> Type {
        let Some(property) = branch.property(RESULT) else {
            return Type::Json;
        };
        if let Some(ty) = self.shared(&property.value.pointer) {
            return ty;
        }
        let result = self.facts(&property.value);
        let mut place = place.clone();
        place.children.push(place.local.clone());
        if json_type(&result) == Some(super::facts::JsonType::Object)
            && result.alternatives.is_empty()
        {
            // An empty result gets a type too, because it may gain properties later.
            return self.object(&result, &place, &[]);
        }
        self.type_of(result, &place).ty
    }

    fn constant(&self, facts: &Facts<'a>, name: &str) -> Option<String> {
        let values = self.facts(&facts.property(name)?.value).values;
        match values.as_slice() {
            [only] => only.as_str().map(str::to_owned),
            _ => None,
        }
    }
}
