//! Constants: schemas that allow one value.

use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, JsonType, Located, Property};
use super::numbers::{plain, whole};
use super::union::json_type;
use crate::model::{Location, Param, Type};

impl<'a> Lowering<'a> {
    /// Returns the only value that a schema allows, if it is a text, a number or a boolean.
    pub(super) fn only_value(&self, located: &Located<'a>) -> Option<Value> {
        if !self.dialect.has_constants() {
            return None;
        }
        let facts = self.facts(located);
        if facts.alternatives.is_empty() {
            return only_listed(&facts);
        }
        let (branches, null) = self.alternatives(&facts);
        let values = branches.iter().map(|branch| only_listed(&branch.facts));
        common(values).filter(|_| !null && !facts.nullable)
    }

    /// Returns the only value of a property that several schemas describe.
    pub(super) fn only_value_of_all(&self, properties: &[Property<'a>]) -> Option<Value> {
        common(
            properties
                .iter()
                .map(|property| self.only_value(&property.value)),
        )
    }
}

/// Returns the only value that a schema without alternatives allows.
fn only_listed(facts: &Facts<'_>) -> Option<Value> {
    if facts.nullable || !facts.alternatives.is_empty() {
        return None;
    }
    let only = common(facts.values.iter().cloned().map(Some))?;
    match json_type(facts)? {
        JsonType::String => Some(only).filter(Value::is_string),
        JsonType::Boolean => Some(only).filter(Value::is_boolean),
        // `1` and `1.0` are the same integer.
        JsonType::Integer => {
            let number =
                whole(&only).filter(|number| *number >= 0 || plain(facts) == Type::Integer);
            number.map(Value::from)
        }
        JsonType::Number => match whole(&only) {
            Some(number) => Some(Value::from(number)),
            None => Some(only).filter(Value::is_number),
        },
        JsonType::Object | JsonType::Array => None,
    }
}

/// Returns the value that all of these are; `None` if they differ or there are none.
fn common(mut values: impl Iterator<Item = Option<Value>>) -> Option<Value> {
    let first = values.next()??;
    values
        .all(|value| value.as_ref() == Some(&first))
        .then_some(first)
}

/// Returns true if the client sends a parameter by itself, because it is required and has one value.
pub(super) fn is_constant(param: &Param) -> bool {
    let is_value = match param.location {
        Location::Body
        | Location::Query
        | Location::Styled(_)
        | Location::Path
        | Location::StyledPath(_)
        | Location::Header
        | Location::ExplodedHeader
        | Location::Cookie(_)
        | Location::Form
        | Location::StyledForm(_)
        | Location::Part => true,
        Location::Flat
        | Location::WholeBody
        | Location::File
        | Location::Files
        | Location::Text
        | Location::Bytes => false,
    };
    is_value && param.only.is_some() && param.presence.required
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call, sent};
    use crate::model::Endpoint;

    fn names<'a>(params: impl IntoIterator<Item = &'a crate::model::Param>) -> Vec<String> {
        let names = params.into_iter().map(|param| param.name.clone());
        names.collect()
    }

    /// Returns the parameters that the client sends by itself, and the arguments.
    fn constants_and_arguments(endpoint: &Endpoint) -> (Vec<String>, Vec<String>) {
        let constants = endpoint.constants.iter().map(|param| {
            let value = param.only.clone().unwrap_or_default();
            format!("{}: {value}", param.name)
        });
        (constants.collect(), names(&endpoint.overloads[0].required))
    }

    #[test]
    fn properties_of_a_body_with_one_value_are_no_arguments() {
        let api = sent(
            "
thing:
  type: object
  required: [text, flag, whole, number, name, empty, many]
  properties:
    text: { type: string, enum: [a] }
    flag: { type: boolean, enum: [true] }
    whole: { type: integer, enum: [-2] }
    number: { type: number, enum: [1.5] }
    name: { type: string }
    empty: { type: boolean, enum: [true], nullable: true }
    many: { oneOf: [{ type: string, enum: [a] }, { type: string, enum: [b] }] }
    optional: { type: boolean, enum: [true] }",
        );
        let (constants, arguments) = constants_and_arguments(only_call(&api));
        assert_eq!(
            constants,
            ["text: \"a\"", "flag: true", "whole: -2", "number: 1.5"]
        );
        assert_eq!(arguments, ["name", "empty", "many"]);
        assert_eq!(names(&only_call(&api).options), ["optional"]);
    }

    #[test]
    fn parameters_with_one_value_are_no_arguments_in_any_location() {
        let path = "/v/{version}/things: { get: { operationId: get, parameters: [
{ name: version, in: path, required: true, schema: { type: integer, enum: [1] } },
{ name: all, in: query, required: true, schema: { type: boolean, enum: [true] } },
{ name: X-Api, in: header, required: true, schema: { type: string, enum: [b] } },
{ name: some, in: query, schema: { type: boolean, enum: [true] } },
], responses: { '204': { description: OK } } } }";
        let api = model(&path.replace('\n', " "), "none: {}").unwrap();
        let (constants, arguments) = constants_and_arguments(only_call(&api));
        assert_eq!(constants, ["version: 1", "all: true", "X-Api: \"b\""]);
        assert!(arguments.is_empty());
        assert_eq!(names(&only_call(&api).options), ["some"]);
    }

    #[test]
    fn a_form_whose_branches_have_different_constants_asks_for_them() {
        let branch = |kind: &str| {
            format!(
                "{{ type: object, required: [kind, same], properties: {{ kind: {{ type: string, enum: [{kind}] }}, same: {{ type: boolean, enum: [true] }} }} }}"
            )
        };
        let path = format!(
            "/things: {{ post: {{ operationId: create, requestBody: {{ content: {{ application/x-www-form-urlencoded: {{ schema: {{ oneOf: [{}, {}] }} }} }} }}, responses: {{ '204': {{ description: OK }} }} }} }}",
            branch("a"),
            branch("b")
        );
        let api = model(&path, "none: {}").unwrap();
        let (constants, arguments) = constants_and_arguments(only_call(&api));
        assert_eq!(constants, ["same: true"]);
        assert_eq!(arguments, ["kind"]);
    }
}
