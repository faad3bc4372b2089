//! The media types of a request body that are calls of their own.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::facts::{Located, SchemaRef};
use super::join::without_descriptions;
use super::media::{ChosenContent, Encoding, JSON, essence, same_schema};
use crate::document::Pointer;
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Returns the contents of a request body: one for each encoding, and for JSON one for each schema. A content with the same data
    /// in another format is left out.
    pub(super) fn request_contents(
        &self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
    ) -> Vec<ChosenContent<'a>> {
        let pointer = pointer.key("content");
        let contents = content.iter();
        let mut contents: Vec<ChosenContent<'a>> = contents
            .map(|(media, content)| self.content(media, content, &pointer.key(media)))
            .collect();
        let is_special = |content: &ChosenContent<'a>| essence(&content.header()) != JSON;
        contents.sort_by_key(|content| {
            let is_later = content.encoding == Encoding::Json && is_special(content);
            (content.encoding, is_later)
        });
        let mut chosen: Vec<ChosenContent<'a>> = Vec::new();
        for content in contents {
            if !self.is_new(&content, &chosen) {
                self.report
                    .leave_out(&pointer.key(content.media), Reason::OtherMedia);
                continue;
            }
            if matches!(content.encoding, Encoding::Text | Encoding::Bytes) {
                self.report
                    .leave_out(&pointer.key(content.media), Reason::Raw);
            }
            chosen.push(content);
        }
        chosen
    }

    /// Returns true if this content can have data that none of the chosen ones can have.
    fn is_new(&self, content: &ChosenContent<'a>, chosen: &[ChosenContent<'a>]) -> bool {
        let Some(first) = chosen.first() else {
            return true;
        };
        let schema = content.schema.as_ref();
        let mut json = chosen
            .iter()
            .filter(|other| other.encoding == Encoding::Json);
        let media = essence(&content.header());
        match content.encoding {
            Encoding::Json => {
                schema.is_some()
                    && json.all(|other| {
                        essence(&other.header()) != media
                            && !describe_the_same(schema, other.schema.as_ref())
                    })
            }
            encoding => {
                let is_known = chosen.iter().any(|other| other.encoding == encoding);
                let is_different = |other: &ChosenContent<'a>| self.is_different(content, other);
                !is_known && is_different(first) && json.all(is_different)
            }
        }
    }

    /// Returns true if this content can have data that the first one cannot have.
    fn is_different(&self, content: &ChosenContent<'a>, first: &ChosenContent<'a>) -> bool {
        match (content.encoding, first.encoding) {
            (Encoding::Form | Encoding::Multipart, Encoding::Json | Encoding::Form) => {
                content.schema.is_some()
                    && !same_schema(content.schema.as_ref(), first.schema.as_ref())
            }
            (_, Encoding::Json) => self.is_own(content, &first.schema),
            _ => true,
        }
    }
}

/// Returns true if two places have the same schema, except for descriptions.
fn describe_the_same(one: Option<&Located<'_>>, other: Option<&Located<'_>>) -> bool {
    let inline = |located: Option<&Located<'_>>| match located?.schema {
        SchemaRef::Inline(schema) => Some(without_descriptions(schema)),
        SchemaRef::Reference(_) | SchemaRef::Component(_) => None,
    };
    let text = inline(one);
    same_schema(one, other) || text.is_some() && text == inline(other)
}

#[cfg(test)]
mod tests {
    use super::super::tests::model;
    use crate::model::Location;

    /// Returns the calls that a request with these contents makes: name, media type, and the names of all parameters.
    fn calls(contents: &str) -> Vec<String> {
        let path = format!(
            "/things: {{ post: {{ operationId: create, requestBody: {{ content: {{ {contents} }} }}, responses: {{ '204': {{ description: OK }} }} }} }}"
        );
        let schemas = "
a: { type: object, properties: { a: { type: string } } }
b: { type: array, items: { type: string } }";
        let api = model(&path, schemas).unwrap();
        let calls = api.endpoints().into_iter();
        let listed = calls.map(|(_, call)| {
            let params = call.params().map(|param| match param.location {
                Location::WholeBody => "body",
                _ => param.name.as_str(),
            });
            let sends = call.sends.as_deref().unwrap_or("json");
            let params: Vec<&str> = params.collect();
            format!("{} {sends} {}", call.name, params.join(","))
        });
        listed.collect()
    }

    fn content(media: &str, schema: &str) -> String {
        format!("'{media}': {{ schema: {schema} }}")
    }

    const A: &str = "{ $ref: '#/components/schemas/a' }";
    const B: &str = "{ $ref: '#/components/schemas/b' }";

    #[test]
    fn of_several_media_types_of_json_with_one_schema_the_plain_one_is_used() {
        let of = |first: &str, second: &str| {
            let contents = [
                content("application/vnd.x+json", first),
                content("application/json; charset=utf-8", second),
            ];
            calls(&contents.join(", "))
        };
        assert_eq!(of(A, A), ["create application/json; charset=utf-8 a"]);
        let described = "{ type: object, description: An A., properties: { a: { type: string } } }";
        let plain = "{ type: object, properties: { a: { type: string } } }";
        assert_eq!(of(described, plain).len(), 1);
        let patches = [
            content("application/json-patch+json", A),
            content("application/merge-patch+json", A),
        ];
        assert_eq!(
            calls(&patches.join(", ")),
            ["create application/json-patch+json a"]
        );
    }

    #[test]
    fn each_schema_of_json_is_a_way_of_the_call() {
        let contents = [
            content("application/json-patch+json", B),
            content("application/json", A),
            content("multipart/form-data", A),
            content("application/x-www-form-urlencoded", B),
        ];
        assert_eq!(
            calls(&contents.join(", ")),
            [
                "create json a",
                "create_json_patch_json application/json-patch+json body",
            ]
        );
        let patches = [
            content("application/merge-patch+json", A),
            content("application/json-patch+json", B),
        ];
        assert_eq!(
            calls(&patches.join(", ")),
            [
                "create application/merge-patch+json a",
                "create_json_patch_json application/json-patch+json body",
            ]
        );
    }
}
