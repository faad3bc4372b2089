//! Values for examples, chosen by the names and the types of parameters and properties.

mod scalars;

use crate::rust::items::TypeItem;
use crate::words;
use serde_json::{Map, Value, json};

use super::builder::{is_argument, is_set_by_method, method};
use super::constant::constant;
use super::fields::{is_boxed, names_of};
use super::scope::{Scope, spelled};
use super::unions::parts;
use super::variants::value_names;
use super::{ids, paths};
use crate::model::{Docs, Enumeration, Field, Kind, Object, Tag, Type, TypeId, Union};

pub(crate) use scalars::{number, text, time};

/// The greatest depth of nested objects, so that examples stay readable.
const MAX_DEPTH: usize = 8;

/// A value for an example: as Rust code and as JSON.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) code: String,
    pub(crate) json: Value,
}

impl Sample {
    fn text(text: &str) -> Self {
        Self {
            code: format!("{text:?}"),
            json: text.into(),
        }
    }

    /// Returns a number or a boolean, which JSON and Rust write in the same form.
    fn literal(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            // An integer is sent without a fraction.
            json: serde_json::from_str(code.trim_end_matches(".0")).unwrap_or_default(),
        }
    }

    /// Returns the same value with other Rust code.
    fn written(self, code: impl FnOnce(String) -> String) -> Self {
        Self {
            code: code(self.code),
            json: self.json,
        }
    }
}

/// Returns a value of this type as an argument; `None` if there is no short expression for one.
pub(crate) fn argument(scope: &Scope<'_>, ty: &Type, wire: &str) -> Option<Sample> {
    within(scope, ty, wire, &mut Vec::new())
}

/// Returns a value inside of the types `around`; `None` if it would contain one of them again, or be nested too deep.
fn within(scope: &Scope<'_>, ty: &Type, wire: &str, around: &mut Vec<TypeId>) -> Option<Sample> {
    Some(match ty {
        Type::String | Type::Id(_) | Type::Json => Sample::text(text(scope.plan.api, wire)),
        Type::DateTime => Sample::text(time(wire)),
        Type::Integer | Type::Unsigned => Sample::literal(number(wire).split('.').next()?),
        Type::Number => Sample::literal(number(wire)),
        Type::Boolean => Sample::literal("true"),
        Type::Bytes => Sample::text("data").written(|text| format!("b{text}")),
        Type::Nullable(inner) => within(scope, inner, wire, around)?,
        Type::List(item) => {
            let Sample { code, json } = element(scope, item, &words::singular(wire), around)?;
            Sample {
                code: format!("[{code}]"),
                json: Value::from(vec![json]),
            }
        }
        Type::Tuple(places) => {
            let values = places.iter().map(|place| exact(scope, place, wire, around));
            let values = values.collect::<Option<Vec<_>>>()?;
            let comma = if values.len() == 1 { "," } else { "" };
            let (codes, items): (Vec<_>, Vec<_>) = values
                .into_iter()
                .map(|value| (value.code, value.json))
                .unzip();
            Sample {
                code: format!("({}{comma})", codes.join(", ")),
                json: items.into(),
            }
        }
        Type::Map(value) => {
            let (key, value_name) = scope.plan.api.example_entry;
            let Sample { code, json } = element(scope, value, value_name, around)?;
            Sample {
                code: format!("[({key:?}, {code})]"),
                json: json!({ key: json }),
            }
        }
        Type::ActionAttempt(_) => return None,
        Type::Named(id) => {
            if around.contains(id) || around.len() == MAX_DEPTH {
                return None;
            }
            around.push(*id);
            let named = named(scope, *id, wire, around);
            around.pop();
            named?
        }
    })
}

/// Returns a value of an item of a list or a map. Lists and maps within it are not converted.
fn element(scope: &Scope<'_>, ty: &Type, wire: &str, around: &mut Vec<TypeId>) -> Option<Sample> {
    match ty {
        Type::List(_) | Type::Map(_) => exact(scope, ty, wire, around),
        _ => within(scope, ty, wire, around),
    }
}

/// Returns a value of exactly this type, because a tuple or a nested list does not convert its items.
fn exact(scope: &Scope<'_>, ty: &Type, wire: &str, around: &mut Vec<TypeId>) -> Option<Sample> {
    match ty {
        Type::List(item) => {
            let Sample { code, json } = exact(scope, item, &words::singular(wire), around)?;
            Some(Sample {
                code: format!("vec![{code}]"),
                json: Value::from(vec![json]),
            })
        }
        Type::Map(value) => {
            let (key, value_name) = scope.plan.api.example_entry;
            let Sample { code, json } = exact(scope, value, value_name, around)?;
            Some(Sample {
                code: format!("std::collections::BTreeMap::from([({key:?}.to_owned(), {code})])"),
                json: json!({ key: json }),
            })
        }
        Type::Nullable(inner) => {
            let value = exact(scope, inner, wire, around)?;
            Some(value.written(|code| format!("{code}.into()")))
        }
        _ => {
            let value = within(scope, ty, wire, around)?;
            let conversion = conversion(scope, ty, &value.code);
            Some(value.written(|code| code + conversion))
        }
    }
}

/// Returns the code that converts an example to exactly this type.
fn conversion(scope: &Scope<'_>, ty: &Type, code: &str) -> &'static str {
    match ty {
        Type::String => ".to_owned()",
        Type::Number if !code.contains('.') => ".0",
        Type::Id(_) | Type::DateTime | Type::Json | Type::Bytes => ".into()",
        Type::Named(id) if is_converted(&scope.plan.type_item(*id).kind) => ".into()",
        _ => "",
    }
}

/// Returns true if an example has a value that converts into the type.
fn is_converted(kind: &Kind) -> bool {
    match kind {
        Kind::Enumeration(enumeration) => !enumeration.whole,
        Kind::Union(union) => matches!(union, Union::Kinds(_)),
        Kind::Object(_) | Kind::Unnamed => false,
    }
}

fn named(scope: &Scope<'_>, id: TypeId, wire: &str, around: &mut Vec<TypeId>) -> Option<Sample> {
    let definition = scope.plan.type_item(id);
    match &definition.kind {
        Kind::Enumeration(enumeration) if enumeration.whole => {
            let named = value_names(&definition.path.name, enumeration);
            let path = spelled(&scope.named(id));
            let at = shown(enumeration);
            let number = Sample::literal(&enumeration.values.get(at)?.value);
            let name = named.get(at)?;
            Some(number.written(|_| format!("{path}::{name}")))
        }
        Kind::Enumeration(enumeration) => {
            let shown = enumeration.values.get(shown(enumeration));
            Some(Sample::text(shown.map_or("", |value| &value.value)))
        }
        Kind::Object(object) => self::object(scope, definition, object, around),
        Kind::Union(Union::Kinds(branches)) => branches
            .iter()
            .find_map(|branch| within(scope, &branch.payload, wire, around)),
        Kind::Union(union @ (Union::Tagged { .. } | Union::Keyed(_))) => {
            let path = spelled(&scope.named(id));
            let parts = parts(scope, &definition.path.name, union);
            parts
                .iter()
                .enumerate()
                .filter(|(_, part)| is_current(part.docs))
                .find_map(|(index, part)| {
                    let name = &part.name;
                    let Sample { code, json } = match part.payload {
                        None => Sample {
                            code: format!("{path}::{name}"),
                            json: json!({}),
                        },
                        Some(payload) => within(scope, payload, wire, around)?
                            .written(|code| format!("{path}::{name}({code})")),
                    };
                    let json = with_tag(json, union, index);
                    Some(Sample { code, json })
                })
        }
        Kind::Union(
            Union::Variants(_) | Union::Results(_) | Union::Delivered(_) | Union::Replies(_),
        )
        | Kind::Unnamed => None,
    }
}

/// Adds the discriminator to the JSON of a branch.
fn with_tag(mut json: Value, union: &Union, branch: usize) -> Value {
    if let (Value::Object(object), Union::Tagged { tag, branches, .. }) = (&mut json, union)
        && let Some(branch) = branches.get(branch)
    {
        let value = match &branch.tag {
            Tag::String(text) => Value::from(text.as_str()),
            Tag::Boolean(value) => Value::from(*value),
            Tag::Integer(number) => Value::from(*number),
            Tag::Missing => return json,
        };
        object.insert(tag.clone(), value);
    }
    json
}

/// Returns an object that is made with `new`. If `new` has no arguments, one or two properties are set.
fn object(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    object: &Object,
    around: &mut Vec<TypeId>,
) -> Option<Sample> {
    let (idents, _) = names_of(object);
    let mut arguments = Vec::new();
    let mut setters: Vec<(&str, String)> = Vec::new();
    let mut sent = Map::new();
    let mut set = Map::new();
    let mut constants = Map::new();
    for (field, ident) in object.fields.iter().zip(&idents) {
        let api = scope.plan.api;
        if let Some(constant) = constant(api, field) {
            constants.insert(field.name.clone(), constant.clone());
        }
        let mut value = || member(scope, definition, field, around);
        if is_argument(api, field) {
            let Sample { code, json } = value()?;
            arguments.push(code);
            sent.insert(field.name.clone(), json);
        } else if is_set_by_method(api, field)
            && is_current(&field.docs)
            && setters.len() < 2
            && !setters
                .iter()
                .any(|(other, _)| is_alternative(other, &field.name))
            && let Some(Sample { code, json }) = value()
        {
            setters.push((&field.name, format!(".{}({code})", method(ident))));
            set.insert(field.name.clone(), json);
        }
    }
    match arguments.is_empty() {
        true => sent = set,
        false => setters.clear(),
    }
    sent.append(&mut constants);
    let setters: String = setters.into_iter().map(|(_, setter)| setter).collect();
    let path = spelled(&scope.named(definition.id));
    Some(Sample {
        code: format!("{path}::new({}){setters}", arguments.join(", ")),
        json: sent.into(),
    })
}

/// Returns the argument of `new` or of a setter for a property.
fn member(
    scope: &Scope<'_>,
    definition: &TypeItem<'_>,
    field: &Field,
    around: &mut Vec<TypeId>,
) -> Option<Sample> {
    let is_kept = field.presence.nullable && (field.presence.required || definition.received)
        || definition.received && super::builder::differs_when_sent(&field.ty);
    if !is_kept {
        return within(scope, &field.ty, &field.name, around);
    }
    match &field.ty {
        Type::String => {
            let text = Sample::text(text(scope.plan.api, &field.name));
            Some(text.written(|code| format!("{code}.to_owned()")))
        }
        Type::Id(of) => {
            let id = paths::below(scope.plan.client, &ids::type_name(of));
            let text = Sample::text(text(scope.plan.api, &field.name));
            Some(text.written(|code| format!("{id}::from({code})")))
        }
        Type::Boolean => Some(Sample::literal("true")),
        Type::Named(_) if is_boxed(scope, definition, field) => {
            let value = within(scope, &field.ty, &field.name, around)?;
            Some(value.written(|code| format!("Box::new({code})")))
        }
        _ => None,
    }
}

/// Returns true if an example may show the item: it is documented, and neither deprecated nor a draft.
pub(crate) fn is_current(docs: &Docs) -> bool {
    docs.undocumented.is_none() && docs.deprecated.is_none() && docs.draft.is_none()
}

/// Returns true if two names look like alternatives for one value: `temperature_celsius` and `temperature_fahrenheit`.
pub(crate) fn is_alternative(one: &str, other: &str) -> bool {
    let stem = |name: &'_ str| {
        name.rsplit_once('_')
            .map_or(String::new(), |(stem, _)| words::singular(stem))
    };
    let last = |name: &'_ str| name.rsplit('_').next().map(words::singular);
    let is_key = |name: &str| matches!(last(name).as_deref(), Some("id" | "key"));
    !stem(one).is_empty() && stem(one) == stem(other) || is_key(one) && is_key(other)
}

/// Returns the index of the value that an example shows: the first that is current.
fn shown(enumeration: &Enumeration) -> usize {
    let mut values = enumeration.values.iter();
    let current = values.position(|value| is_current(&value.docs));
    current.unwrap_or_default()
}

#[cfg(test)]
mod tests;
