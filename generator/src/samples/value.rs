//! Writes JSON values as Rust expressions for callers.

use crate::rust::items::TypeItem;
use serde_json::{Map, Value};

use super::check::{has_kind, is, without};
use crate::model::{Field, Kind, Object, Type, TypeId, Union, UnionBranch};
use crate::rust::builder::{differs_when_sent, is_argument, method};
use crate::rust::constant::constant;
use crate::rust::fields::{is_boxed, names_of};
use crate::rust::ids;
use crate::rust::scope::{Scope, spelled};
use crate::rust::unions::parts;

/// Writes values. Methods return `None` for a value that cannot be written.
pub(super) struct Writer<'a> {
    pub(super) scope: &'a Scope<'a>,
}

impl Writer<'_> {
    /// Returns the argument for a method that takes this type in several forms.
    pub(super) fn argument(&self, ty: &Type, nullable: bool, json: &Value) -> Option<String> {
        Some(match (ty, json) {
            (Type::Json, _) => any(json),
            (_, Value::Null) if nullable => "seam::Null".to_owned(),
            (Type::Nullable(inner), json) => self.argument(inner, true, json)?,
            (Type::String | Type::Id(_) | Type::DateTime, Value::String(text)) => literal(text),
            (Type::Boolean, Value::Bool(flag)) => flag.to_string(),
            (Type::Integer | Type::Unsigned, json) if !nullable => self.exact(ty, json)?,
            (Type::Integer | Type::Unsigned | Type::Number, Value::Number(_)) => number(json)?,
            (Type::List(item), Value::Array(items)) => self.list(item, items)?,
            (Type::Map(value), Value::Object(members)) => self.map(value, members)?,
            (Type::Named(id), json) => match (self.kind(*id), json) {
                (Kind::Enumeration(of), Value::String(text)) if !of.whole => literal(text),
                (Kind::Enumeration(of), json) if of.whole => number(json)?,
                (Kind::Union(Union::Kinds(branches)), json) => {
                    let branch = branches.iter().find(|branch| has_kind(branch.kind, json))?;
                    self.exact_but_text(&branch.payload, json)?
                }
                _ => self.exact(ty, json)?,
            },
            _ => return None,
        })
    }

    /// Returns a value of exactly this type, as callers send it.
    fn exact(&self, ty: &Type, json: &Value) -> Option<String> {
        Some(match (ty, json) {
            (Type::Json, _) => any(json),
            (Type::Nullable(_), Value::Null) => "seam::Nullable::Null".to_owned(),
            (Type::Nullable(inner), json) => {
                format!("seam::Nullable::Value({})", self.exact(inner, json)?)
            }
            (Type::String, Value::String(text)) => format!("{}.to_owned()", literal(text)),
            (Type::Id(of), Value::String(text)) => {
                format!("seam::{}::from({})", ids::type_name(of), literal(text))
            }
            (Type::DateTime, Value::String(text)) => {
                format!("seam::DateTime::from({})", literal(text))
            }
            (Type::Boolean, Value::Bool(flag)) => flag.to_string(),
            (Type::Integer | Type::Unsigned, Value::Number(number)) => match number.as_f64() {
                Some(whole) if number.is_f64() => format!("{whole:.0}"),
                _ => number.to_string(),
            },
            (Type::Number, Value::Number(number)) => format!("{:?}", number.as_f64()?),
            (Type::List(item), Value::Array(items)) => {
                let items = items.iter().map(|json| self.exact(item, json));
                format!("vec![{}]", items.collect::<Option<Vec<_>>>()?.join(", "))
            }
            (Type::Tuple(places), Value::Array(items)) if places.len() == items.len() => {
                let values = places.iter().zip(items);
                let values = values.map(|(place, json)| self.exact(place, json));
                let values = values.collect::<Option<Vec<_>>>()?.join(", ");
                let comma = if places.len() == 1 { "," } else { "" };
                format!("({values}{comma})")
            }
            (Type::Map(value), Value::Object(members)) => {
                let entries = members.iter().map(|(key, json)| {
                    Some(format!(
                        "({}.to_owned(), {})",
                        literal(key),
                        self.exact(value, json)?
                    ))
                });
                let entries = entries.collect::<Option<Vec<_>>>()?.join(", ");
                format!("std::collections::BTreeMap::from([{entries}])")
            }
            (Type::Named(id), json) => self.named(*id, json)?,
            _ => return None,
        })
    }

    /// Returns a value of this type, but strings without a conversion.
    fn exact_but_text(&self, ty: &Type, json: &Value) -> Option<String> {
        match (ty, json) {
            (Type::Integer | Type::Unsigned, json) => {
                let suffix = if *ty == Type::Integer { "i64" } else { "u64" };
                Some(format!("{}_{suffix}", self.exact(ty, json)?))
            }
            (_, Value::String(text)) => Some(literal(text)),
            _ => self.exact(ty, json),
        }
    }

    /// Returns a list. Its items are not converted if the method converts them.
    fn list(&self, item: &Type, items: &[Value]) -> Option<String> {
        if items.is_empty() {
            return Some(format!("Vec::<{}>::new()", spelled(&self.scope.sent(item))));
        }
        let is_alike = is_alike(items);
        let items = items.iter().map(|json| match item {
            Type::Boolean | Type::List(_) | Type::Map(_) => self.exact(item, json),
            Type::Number => self.exact(item, json),
            _ if is_alike => self.argument(item, false, json),
            Type::Json | Type::Nullable(_) => self.exact(item, json),
            _ => self.exact(item, json),
        });
        let items = items.collect::<Option<Vec<_>>>()?;
        Some(format!("[{}]", items.join(", ")))
    }

    fn map(&self, value: &Type, members: &Map<String, Value>) -> Option<String> {
        if members.is_empty() {
            let value = spelled(&self.scope.sent(value));
            return Some(format!("Vec::<(String, {value})>::new()"));
        }
        let values: Vec<Value> = members.values().cloned().collect();
        let list = is_alike(&values);
        let entries = members.iter().map(|(key, json)| {
            let value = match value {
                Type::Boolean | Type::List(_) | Type::Map(_) | Type::Number => {
                    self.exact(value, json)
                }
                _ if list => self.argument(value, false, json),
                _ => self.exact(value, json),
            };
            Some(format!("({}, {})", literal(key), value?))
        });
        let entries = entries.collect::<Option<Vec<_>>>()?;
        Some(format!("[{}]", entries.join(", ")))
    }

    fn kind(&self, id: TypeId) -> &Kind {
        &self.scope.plan.api.type_def(id).kind
    }

    /// Returns a value of a type with a definition.
    fn named(&self, id: TypeId, json: &Value) -> Option<String> {
        let definition = self.scope.plan.type_item(id);
        let path = spelled(&self.scope.named(id));
        match (&definition.kind, json) {
            (Kind::Enumeration(of), Value::String(text)) if !of.whole => {
                Some(format!("{path}::from({})", literal(text)))
            }
            (Kind::Enumeration(of), json) if of.whole => {
                Some(format!("{path}::from({}_i64)", json.as_i64()?))
            }
            (Kind::Object(object), Value::Object(members)) => {
                self.object((definition, object), members, &path)
            }
            (Kind::Union(union @ Union::Tagged { tag, branches, .. }), Value::Object(members)) => {
                let parts = parts(self.scope, &definition.path.name, union);
                let tagged = |branch: &UnionBranch| is(&branch.tag, members.get(tag));
                let at = branches.iter().position(tagged)?;
                let name = &parts.get(at)?.name;
                match &branches[at].payload {
                    None => Some(format!("{path}::{name}")),
                    Some(ty) => {
                        let held = self.boxed_value(id, ty, &self.untagged(ty, tag, members))?;
                        Some(format!("{path}::{name}({held})"))
                    }
                }
            }
            (Kind::Union(union @ Union::Keyed(branches)), json) => {
                let parts = parts(self.scope, &definition.path.name, union);
                let mut keys = branches.iter();
                let at = keys.position(|branch| branch.takes(json))?;
                let name = &parts.get(at)?.name;
                let held = self.boxed_value(id, &branches[at].payload, json)?;
                Some(format!("{path}::{name}({held})"))
            }
            (Kind::Union(Union::Kinds(branches)), json) => {
                let branch = branches.iter().find(|branch| has_kind(branch.kind, json))?;
                let value = self.exact_but_text(&branch.payload, json)?;
                Some(format!("{path}::from({value})"))
            }
            _ => None,
        }
    }

    /// Returns the payload of a branch, from an object that includes the tag.
    fn untagged(&self, ty: &Type, tag: &str, members: &Map<String, Value>) -> Value {
        let has_tag = match ty {
            Type::Named(id) => match self.kind(*id) {
                Kind::Object(object) => object.fields.iter().any(|field| field.name == tag),
                _ => false,
            },
            _ => true,
        };
        match has_tag {
            true => Value::Object(members.clone()),
            false => without(members, tag),
        }
    }

    fn boxed_value(&self, id: TypeId, ty: &Type, json: &Value) -> Option<String> {
        let value = self.exact(ty, json)?;
        let definition = self.scope.plan.type_item(id);
        let ty = crate::rust::unions::payload_type(self.scope, definition, ty);
        Some(match spelled(&ty).starts_with("Box<") {
            true => format!("Box::new({value})"),
            false => value,
        })
    }

    /// Returns an object made by `new` and its setters.
    fn object(
        &self,
        of: (&TypeItem<'_>, &Object),
        members: &Map<String, Value>,
        path: &str,
    ) -> Option<String> {
        let (definition, object) = of;
        let (idents, others) = names_of(object);
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for (field, ident) in object.fields.iter().zip(&idents) {
            let json = members.get(&field.name);
            let api = self.scope.plan.api;
            if is_argument(api, field) {
                arguments.push(self.member(definition, field, json?)?);
            } else if let (Some(constant), Some(json)) = (constant(api, field), json) {
                // A constant cannot have another value.
                (constant == json).then_some(())?;
            } else if let Some(json) = json {
                let value = self.member(definition, field, json)?;
                setters.push((&field.name, format!(".{}({value})", method(ident))));
            }
        }
        let rest = members.iter().filter(|(key, _)| {
            let mut fields = object.fields.iter();
            !fields.any(|field| field.name == **key)
        });
        let rest: Map<String, Value> = rest
            .map(|(key, json)| (key.clone(), json.clone()))
            .collect();
        if let (Some(additional), Some(ident), false) =
            (&object.additional, &others, rest.is_empty())
        {
            let value = self.map(&additional.ty, &rest)?;
            setters.push((ident, format!(".{}({value})", method(ident))));
        }
        // In the sample's order.
        setters.sort_by_key(|(name, _)| members.keys().position(|key| key == *name));
        let setters: String = setters.into_iter().map(|(_, setter)| setter).collect();
        Some(format!("{path}::new({}){setters}", arguments.join(", ")))
    }

    /// Returns the argument of `new` or of a setter for a property.
    fn member(&self, definition: &TypeItem<'_>, field: &Field, json: &Value) -> Option<String> {
        let only_sent = definition.sent && !definition.received;
        let presence = field.presence;
        let by_null = only_sent && presence.nullable && !presence.required;
        let boxed = is_boxed(self.scope, definition, field);
        if boxed && !presence.required && !presence.nullable {
            return self.exact(&field.ty, json);
        }
        let received = !only_sent && differs_when_sent(&field.ty);
        if !received && !boxed && (!presence.nullable || by_null) {
            return self.argument(&field.ty, by_null, json);
        }
        // The value is not converted, so that a received value is sent back unchanged.
        match (&field.ty, json) {
            (_, Value::Null) => Some("None".to_owned()),
            (Type::Integer | Type::Unsigned, json) => self.exact_but_text(&field.ty, json),
            (ty, _) if differs_when_sent(ty) => None,
            (ty, json) => {
                let value = self.exact(ty, json)?;
                Some(if boxed {
                    format!("Box::new({value})")
                } else {
                    value
                })
            }
        }
    }
}

/// Returns true if all values have the same JSON type, so that their expressions have the same type too.
fn is_alike(values: &[Value]) -> bool {
    let is_like = |one: &Value, other: &Value| {
        std::mem::discriminant(one) == std::mem::discriminant(other)
            && !matches!(one, Value::Number(_) | Value::Null)
    };
    values.windows(2).all(|pair| is_like(&pair[0], &pair[1]))
}

/// Returns a number for a method that takes several types of numbers.
fn number(json: &Value) -> Option<String> {
    let small = json.as_i64().and_then(|number| i32::try_from(number).ok());
    Some(match (small, json.as_i64(), json.as_u64()) {
        (Some(small), ..) => small.to_string(),
        (None, Some(whole), _) => format!("{whole}_i64"),
        (None, None, Some(whole)) => format!("{whole}_u64"),
        _ => format!("{:?}", json.as_f64()?),
    })
}

/// Returns a value as any JSON.
fn any(json: &Value) -> String {
    match json {
        Value::Null => "seam::Value::Null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(_) => number(json).unwrap_or_else(|| json.to_string()),
        Value::String(text) => literal(text),
        Value::Array(_) | Value::Object(_) => format!("serde_json::json!({json})"),
    }
}

pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}
