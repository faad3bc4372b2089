//! Pagination: the items of a page, and the request for the next page.

mod rules;
mod shape;
mod stated;

use crate::words;
use openapiv3::{
    Operation, Parameter, ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type as Json,
};
use serde_json::Value;

use super::Lowering;
use super::facts::{Located, SchemaRef};
use super::inputs::Inputs;
use super::status::succeeds;
use crate::document::Pointer;
use crate::model::{Kind, Location, Output, PageRule, Paging, Param, Reply, Type};
use rules::{Found, PageParameter, recognise};
use shape::List;
use stated::{KEY, stated};

impl<'a> Lowering<'a> {
    /// Returns the pagination of a call, if it returns a paginated list.
    pub(super) fn paging(
        &self,
        (operation, pointer): (&'a Operation, &Pointer),
        shared: &'a [ReferenceOr<Parameter>],
        output: &Output,
        inputs: &Inputs,
    ) -> Option<Paging> {
        if self.dialect.has_envelope() {
            return self.dialect_paging(output, &inputs.options);
        }
        let extension = operation.extensions.get(KEY);
        if output.reply != Reply::Body || extension == Some(&Value::Bool(false)) {
            return None;
        }
        let body = self.success(operation, pointer)?;
        let shape = self.shape(&body);
        let params: Vec<&Param> = inputs.all().filter(asks).collect();
        let (found, list) = match extension {
            Some(extension) => {
                let stated = stated(extension, &params)
                    .map_err(|problem| self.report_stated(pointer, problem))
                    .ok()?;
                let list = stated.items.map(|keys| List { keys, items: None });
                (stated.found, list.or(shape.list))
            }
            None => {
                let asks: Vec<PageParameter<'_>> = params
                    .iter()
                    .map(|param| PageParameter {
                        param,
                        name: words::snake(&param.name),
                        starts: self.starts(operation, shared, &param.name),
                    })
                    .collect();
                let items = shape.list.as_ref()?.items.clone();
                let items_have = |name: &str| {
                    let facts = items.as_ref().map(|items| self.facts(items));
                    facts.is_some_and(|facts| facts.property(name).is_some())
                };
                let has_link = self.has_link(operation, pointer);
                let found = recognise(&asks, &shape, has_link, &items_have)?;
                (found, shape.list)
            }
        };
        let Some(paging) = list.and_then(|list| self.pages_of(found, list, output, &params)) else {
            if extension.is_some() {
                self.report_stated(
                    pointer,
                    "`items` must be the place of a list in the reply".to_owned(),
                );
            }
            return None;
        };
        self.report.decide(
            pointer,
            "its parameters and its reply match a convention for lists in pages",
        );
        Some(paging)
    }

    fn report_stated(&self, pointer: &Pointer, problem: String) {
        let advice = "Correct it with an entry in the overlay.";
        self.report.problem(
            &pointer.key(KEY),
            problem,
            "a description of the pages of the list",
            advice,
        );
    }

    fn pages_of(
        &self,
        found: Found,
        list: List<'a>,
        output: &Output,
        params: &[&Param],
    ) -> Option<Paging> {
        let item = self.listed_item(output.ty.as_ref()?, &list.keys)?;
        let mut paging = Paging {
            rule: found.rule,
            in_body: false,
            items: list.keys,
            item,
            more: found.more,
            total: found.total,
        };
        paging.in_body = params.iter().any(|param| {
            Some(param.name.as_str()) == paging.parameter() && param.location == Location::Body
        });
        Some(paging)
    }

    /// Returns the item type of the list at these keys.
    fn listed_item(&self, ty: &Type, keys: &[String]) -> Option<Type> {
        match (ty, keys.split_first()) {
            (Type::Nullable(inner), _) => self.listed_item(inner, keys),
            (Type::List(item), None) => Some((**item).clone()),
            (Type::Named(id), Some((key, rest))) => {
                let ty = match &*self.types.kind(*id) {
                    Kind::Object(object) => {
                        let mut fields = object.fields.iter();
                        fields.find(|field| field.name == *key)?.ty.clone()
                    }
                    _ => return None,
                };
                self.listed_item(&ty, rest)
            }
            _ => None,
        }
    }

    /// Returns the pagination of the dialect: a call takes its cursor, and the reply has the next cursor under a key. A reply
    /// without the key is the last page.
    fn dialect_paging(&self, output: &Output, options: &[Param]) -> Option<Paging> {
        let paging = self.dialect.paging()?;
        let Some(Type::List(item)) = &output.ty else {
            return None;
        };
        let takes_cursor = options.iter().any(|param| param.name == paging.cursor);
        takes_cursor.then(|| Paging {
            rule: PageRule::Dialect {
                key: paging.key.to_owned(),
            },
            in_body: false,
            items: Vec::new(),
            item: (**item).clone(),
            more: Vec::new(),
            total: Vec::new(),
        })
    }

    /// Returns true if the successful reply declares the header `Link`.
    fn has_link(&self, operation: &'a Operation, pointer: &Pointer) -> bool {
        let mut successes = operation.responses.responses.iter();
        let Some((code, response)) = successes.find(|(code, _)| succeeds(code)) else {
            return false;
        };
        let pointer = pointer.key("responses").key(&code.to_string());
        let response = self.response(response, &pointer);
        let mut names = response
            .into_iter()
            .flat_map(|response| response.headers.keys());
        names.any(|name| name.eq_ignore_ascii_case("link"))
    }

    /// Returns the number that a parameter starts at, if the document has a default or a minimum.
    fn starts(
        &self,
        operation: &'a Operation,
        shared: &'a [ReferenceOr<Parameter>],
        name: &str,
    ) -> Option<i64> {
        let all = operation.parameters.iter().chain(shared);
        let parameter = all
            .filter_map(|parameter| self.parameter_item(parameter, &Pointer::root("")))
            .find(|parameter| parameter.parameter_data_ref().name == name)?;
        let data = parameter.parameter_data_ref();
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return None;
        };
        let facts = self.facts(&Located::new(schema, Pointer::root("")));
        let default = facts.data.default.as_ref().and_then(Value::as_i64);
        let least = match SchemaRef::from(schema) {
            SchemaRef::Inline(schema) => match &schema.schema_kind {
                SchemaKind::Type(Json::Integer(integer)) => integer.minimum,
                _ => None,
            },
            _ => None,
        };
        let text = data
            .description
            .as_deref()
            .unwrap_or_default()
            .to_lowercase();
        let is_zero_based = [
            "zero-based",
            "zero based",
            "0-based",
            "0 based",
            "starts at 0",
        ]
        .iter()
        .any(|words| text.contains(words));
        default.or(is_zero_based.then_some(0)).or(least)
    }
}

/// Returns true if a parameter can select a page.
fn asks(param: &&Param) -> bool {
    matches!(param.location, Location::Styled(_) | Location::Body)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call};
    use crate::model::PageRule;

    /// Returns the rule for a call with this parameter and this reply.
    fn rule(parameter: &str, reply: &str) -> Option<PageRule> {
        let path = format!(
            "/things: {{ get: {{ operationId: list, parameters: [{{ in: query, name: {parameter}, schema: {{ type: string }} }}], responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/thing' }} }} }} }} }} }} }}"
        );
        let schema = format!("thing: {{ type: object, properties: {{ {reply} }} }}");
        let api = model(&path, &schema).unwrap();
        only_call(&api).paging.clone().map(|paging| paging.rule)
    }

    const ITEMS: &str =
        "data: { type: array, items: { type: object, properties: { id: { type: string } } } }";

    #[test]
    fn a_token_in_the_reply_and_a_parameter_for_it_are_a_rule() {
        let reply = format!("{ITEMS}, next_cursor: {{ type: string }}");
        let token = PageRule::Token {
            parameter: "cursor".to_owned(),
            next: vec!["next_cursor".to_owned()],
        };
        assert_eq!(rule("cursor", &reply), Some(token));
        assert_eq!(rule("search", &reply), None);
    }

    #[test]
    fn a_parameter_alone_and_two_lists_are_not_a_rule() {
        assert_eq!(rule("cursor", ITEMS), None);
        let two = format!(
            "{ITEMS}, others: {{ type: array, items: {{ type: object, properties: {{ id: {{ type: string }} }} }} }}, next_cursor: {{ type: string }}"
        );
        assert_eq!(rule("cursor", &two), None);
    }
}
