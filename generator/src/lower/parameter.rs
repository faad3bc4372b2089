//! Parameters outside of the body: in the path, the query, headers and cookies.

use openapiv3::{
    Operation, Parameter, ParameterSchemaOrContent, PathStyle as OpenApiStyle, QueryStyle,
    ReferenceOr,
};

use super::Lowering;
use super::facts::Located;
use super::place::Place;
use crate::document::Pointer;
use crate::escape;
use crate::model::path::{placeholders, query_parameters, wire};
use crate::model::{Docs, Location, Param, PathStyle, Presence, Style, Type};
use crate::trace::Reason;

/// Headers that the client sets itself. OpenAPI says to ignore parameters of these names.
const OWN_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// The presence of a required parameter.
const ALWAYS: Presence = Presence {
    required: true,
    nullable: false,
};

/// The parameters of an operation, and remarks about those that are left out.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) params: Vec<Param>,
    pub(super) remarks: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// Returns the parameters outside of the body; those of the operation come before those of the path.
    pub(super) fn declared(
        &self,
        operation: &'a Operation,
        shared: &'a [ReferenceOr<Parameter>],
        (path, pointer): (&str, &Pointer),
        request: &Place,
    ) -> Declared {
        let mut declared = Declared::default();
        let above = Pointer::root("/paths").key(path).key("parameters");
        let own = pointer.key("parameters");
        let own = operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, param)| (own.index(index), param));
        let above = shared
            .iter()
            .enumerate()
            .map(|(index, param)| (above.index(index), param));
        for (pointer, parameter) in own.chain(above) {
            let Some(parameter) = self.parameter_item(parameter, &pointer) else {
                continue;
            };
            self.declare(parameter, &pointer, request, &mut declared);
        }
        self.add_query_of_path(path, &mut declared);
        self.add_placeholders(path, &mut declared);
        declared
    }

    fn declare(
        &self,
        parameter: &'a Parameter,
        pointer: &Pointer,
        request: &Place,
        declared: &mut Declared,
    ) {
        let name = &parameter.parameter_data_ref().name;
        let location = match parameter {
            Parameter::Query { .. } if self.dialect.calls_by_path() => Location::Query,
            Parameter::Query { style, .. } => Location::Styled(query_style(parameter, style)),
            Parameter::Path { style, .. } => path_location(parameter, style),
            Parameter::Header { .. }
                if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) =>
            {
                self.report.leave_out(pointer, Reason::OwnHeader);
                return;
            }
            Parameter::Header { parameter_data, .. } => match parameter_data.explode {
                Some(true) => Location::ExplodedHeader,
                _ => Location::Header,
            },
            Parameter::Cookie { .. } => Location::Cookie(query_style(parameter, &QueryStyle::Form)),
        };
        let known = |known: &Param| known.name == *name && same_place(known.location, location);
        if declared.params.iter().any(known) {
            self.report.leave_out(pointer, Reason::Overridden);
        } else {
            let param = self.parameter(parameter, pointer, request, location);
            declared.params.push(param);
        }
    }

    fn parameter(
        &self,
        parameter: &'a Parameter,
        pointer: &Pointer,
        request: &Place,
        location: Location,
    ) -> Param {
        let data = parameter.parameter_data_ref();
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                Some(Located::new(schema, pointer.key("schema")))
            }
            ParameterSchemaOrContent::Content(content) => self
                .chosen(content, pointer)
                .and_then(|chosen| chosen.schema),
        };
        let (ty, nullable, mut docs) = match &schema {
            Some(schema) => {
                let lowered = self.schema(schema, &request.property(&data.name));
                (lowered.ty, lowered.nullable, self.docs(&self.facts(schema)))
            }
            None => (Type::String, false, Docs::default()),
        };
        docs.description = data.description.clone().or(docs.description);
        if let Some(schema) = &schema {
            docs = self.with_listed(docs, &ty, schema);
        }
        if data.deprecated == Some(true) {
            docs.deprecated.get_or_insert_default();
        }
        Param {
            name: data.name.clone(),
            location,
            ty,
            presence: Presence {
                required: data.required || location.is_path(),
                // Text has no null, but Seam's servers read an empty value as null.
                nullable: nullable && location == Location::Query,
            },
            only: schema.as_ref().and_then(|schema| self.only_value(schema)),
            media: None,
            docs,
            pointer: pointer.to_string(),
        }
    }

    /// Adds the parameters in the query of the path as query parameters, even if they are declared elsewhere.
    fn add_query_of_path(&self, path: &str, declared: &mut Declared) {
        let query = match self.dialect.calls_by_path() {
            true => Location::Query,
            false => Location::Styled(Style::Form),
        };
        for (name, placeholder) in query_parameters(path) {
            let params = &mut declared.params;
            let named = |wanted: &str| params.iter().position(|param| param.name == wanted);
            let Some(index) = named(placeholder).or_else(|| named(name)) else {
                params.push(undeclared(name, path, query));
                continue;
            };
            let param = &mut params[index];
            if !matches!(param.location, Location::Query | Location::Styled(_)) {
                param.location = query;
            }
            name.clone_into(&mut param.name);
            param.presence.required = true;
        }
    }

    /// Adds placeholders that the document does not declare as parameters of the path, and removes parameters of the path without
    /// a placeholder.
    fn add_placeholders(&self, path: &str, declared: &mut Declared) {
        let sent = wire(path);
        let names = placeholders(&sent);
        let params = &mut declared.params;
        for name in &names {
            let named = |param: &Param| param.name == *name;
            let by_location = |param: &Param| named(param) && param.location.is_path();
            let found = params
                .iter()
                .position(by_location)
                .or_else(|| params.iter().position(named));
            match found {
                Some(index) => {
                    if !params[index].location.is_path() {
                        params[index].location = Location::Path;
                    }
                    params[index].presence = ALWAYS;
                }
                None => params.push(undeclared(name, path, Location::Path)),
            }
        }
        let remarks = &mut declared.remarks;
        params.retain(|param| {
            let stands = !param.location.is_path() || names.contains(&param.name.as_str());
            if !stands {
                self.report
                    .leave_out(&Pointer::root(&param.pointer), Reason::NoPlace);
                remarks.push(format!(
                    "The path has no place for the parameter {}, so it is left out.",
                    escape::code(&param.name)
                ));
            }
            stands
        });
        // In the order of the path, not of their declarations.
        if !self.dialect.calls_by_path() {
            params.sort_by_key(|param| match param.location.is_path() {
                true => names.iter().position(|name| *name == param.name),
                false => Some(names.len()),
            });
        }
    }
}

/// Returns a parameter that only the path names.
fn undeclared(name: &str, path: &str, location: Location) -> Param {
    Param {
        name: name.to_owned(),
        location,
        ty: Type::String,
        presence: ALWAYS,
        only: None,
        media: None,
        docs: Docs::default(),
        pointer: Pointer::root("/paths").key(path).to_string(),
    }
}

/// Returns true if two locations are the same, without regard to the style of a query.
fn same_place(one: Location, other: Location) -> bool {
    matches!((one, other), (Location::Styled(_), Location::Styled(_))) || one == other
}

fn path_location(parameter: &Parameter, style: &OpenApiStyle) -> Location {
    let exploded = parameter.parameter_data_ref().explode == Some(true);
    Location::StyledPath(match (style, exploded) {
        (OpenApiStyle::Simple, false) => return Location::Path,
        (OpenApiStyle::Simple, true) => PathStyle::SimpleExploded,
        (OpenApiStyle::Label, false) => PathStyle::Label,
        (OpenApiStyle::Label, true) => PathStyle::LabelExploded,
        (OpenApiStyle::Matrix, false) => PathStyle::Matrix,
        (OpenApiStyle::Matrix, true) => PathStyle::MatrixExploded,
    })
}

fn query_style(parameter: &Parameter, style: &QueryStyle) -> Style {
    let data = parameter.parameter_data_ref();
    if matches!(data.format, ParameterSchemaOrContent::Content(_)) {
        return Style::Json;
    }
    style_of(style, data.explode)
}

/// Returns the style of the model for a style of OpenAPI.
pub(super) fn style_of(style: &QueryStyle, explode: Option<bool>) -> Style {
    match (style, explode) {
        (QueryStyle::DeepObject, _) => Style::Deep,
        (QueryStyle::Form, None | Some(true)) => Style::Form,
        (QueryStyle::Form, Some(false)) => Style::Comma,
        (QueryStyle::SpaceDelimited, Some(true)) | (QueryStyle::PipeDelimited, Some(true)) => {
            Style::Form
        }
        (QueryStyle::SpaceDelimited, _) => Style::Space,
        (QueryStyle::PipeDelimited, _) => Style::Pipe,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call};

    /// The parameters of a call at this path, each with its place; those that may be left out end with `?`.
    fn declared(path: &str, above: &str, own: &str) -> Vec<String> {
        let path = format!(
            "'{path}': {{ parameters: [{above}], get: {{ operationId: get, parameters: [{own}], responses: {{ '204': {{ description: OK }} }} }} }}"
        );
        let api = model(&path, "unused: { type: string }").unwrap();
        let params = only_call(&api).params();
        params
            .map(|param| {
                let mark = if param.presence.required { "" } else { "?" };
                format!("{}{mark}: {:?} {:?}", param.name, param.ty, param.location)
            })
            .collect()
    }

    fn param(name: &str, more: &str) -> String {
        format!("{{ name: {name}, schema: {{ type: string }}, {more} }}")
    }

    #[test]
    fn a_placeholder_is_a_parameter_in_the_order_of_the_path_whether_declared_or_not() {
        let own = param("a", "in: path, required: true");
        assert_eq!(
            declared("/things/{b}/{a}", "", &own),
            ["b: String Path", "a: String Path"]
        );
        // What the path has no place for is left out.
        assert!(declared("/things", "", &own).is_empty());
    }

    #[test]
    fn a_parameter_of_the_operation_comes_in_place_of_one_of_its_path() {
        let above = "{ name: a, in: query, schema: { type: integer } }";
        assert_eq!(
            declared("/things", above, &param("a", "in: query")),
            ["a?: String Styled(Form)"]
        );
    }

    #[test]
    fn headers_that_the_client_writes_are_left_out() {
        let own = [
            param("Authorization", "in: header"),
            param("X-Trace", "in: header"),
        ];
        assert_eq!(
            declared("/things", "", &own.join(", ")),
            ["X-Trace?: String Header"]
        );
    }

    #[test]
    fn a_style_says_how_lists_and_objects_are_written() {
        let style = |more: &str| declared("/things", "", &param("a", more)).remove(0);
        assert_eq!(
            style("in: query, explode: false"),
            "a?: String Styled(Comma)"
        );
        assert_eq!(
            style("in: query, style: deepObject"),
            "a?: String Styled(Deep)"
        );
        let json =
            "{ name: a, in: query, content: { application/json: { schema: { type: string } } } }";
        assert_eq!(declared("/things", "", json), ["a?: String Styled(Json)"]);
    }
}
