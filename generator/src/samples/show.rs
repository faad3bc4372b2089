//! Shows the output of a call like its `Debug`: with the names of the type, and the values of the sample.

use crate::rust::items::TypeItem;
use serde_json::{Map, Value};

use super::check::{has_kind, is, variant};
use super::value::literal;
use crate::dialect::attempt;
use crate::model::{Field, Kind, Object, Type, TypeId, Union};
use crate::rust::fields::{field_type, names_of};
use crate::rust::scope::{Scope, spelled};
use crate::rust::unions::parts;
use crate::rust::variants::{field_names, value_names, variant_names};

/// Returns a value as comments; `None` if it has another type.
pub(super) fn comment(scope: &Scope<'_>, ty: &Type, json: &Value) -> Option<String> {
    let lines = Viewer { scope }.value(ty, json)?;
    let lines = lines.iter().map(|line| format!("// {line}\n"));
    Some(lines.collect())
}

struct Viewer<'a> {
    scope: &'a Scope<'a>,
}

/// The lines of a value.
type Lines = Vec<String>;

impl Viewer<'_> {
    fn value(&self, ty: &Type, json: &Value) -> Option<Lines> {
        Some(match (ty, json) {
            (Type::Nullable(_), Value::Null) => one("None"),
            (Type::Nullable(inner), json) => wrapped("Some", self.value(inner, json)?),
            (Type::Json, json) => one(json.to_string()),
            (Type::String | Type::Id(_), Value::String(text)) => one(literal(text)),
            (Type::DateTime, Value::String(text)) => one(text),
            (Type::Integer | Type::Unsigned | Type::Number, Value::Number(number)) => {
                one(number.to_string())
            }
            (Type::Boolean, Value::Bool(flag)) => one(flag.to_string()),
            (Type::List(item), Value::Array(items)) => {
                let items = items.iter().filter_map(|json| self.value(item, json));
                block("[", items.collect(), "]")
            }
            (Type::Map(value), Value::Object(members)) => {
                let entries = members.iter().filter_map(|(key, json)| {
                    Some(labelled(&literal(key), self.value(value, json)?))
                });
                block("{", entries.collect(), "}")
            }
            (Type::ActionAttempt(result), Value::Object(members)) => self.attempt(result, members),
            (Type::Named(id), json) => self.named(*id, json)?,
            _ => return None,
        })
    }

    fn attempt(&self, result: &Type, members: &Map<String, Value>) -> Lines {
        let mut fields = Vec::new();
        for key in [attempt::ID, attempt::TYPE] {
            let value = members.get(key).and_then(Value::as_str);
            fields.extend(value.map(|text| labelled(key, one(literal(text)))));
        }
        let status = members.get(attempt::STATUS).and_then(Value::as_str);
        let status = status.map(|status| match status {
            attempt::SUCCESS => match self.result(result, members) {
                Some(shown) => wrapped("Success", shown),
                None => one("Success(..)"),
            },
            attempt::PENDING => one("Pending"),
            attempt::ERROR => wrapped("Error", failure(members.get(attempt::ERROR))),
            other => one(format!("Unknown({})", literal(other))),
        });
        fields.extend(status.map(|status| labelled(attempt::STATUS, status)));
        block("ActionAttempt {", fields, "}")
    }

    /// Returns the result of a successful action. If the type is the union of all results, the type of the action selects the
    /// branch.
    fn result(&self, ty: &Type, members: &Map<String, Value>) -> Option<Lines> {
        let json = members.get(attempt::RESULT)?;
        if let Type::Named(id) = ty {
            let definition = self.scope.plan.type_item(*id);
            if let Kind::Union(union @ Union::Results(_)) = &definition.kind {
                let action = members.get(attempt::TYPE)?.as_str();
                let parts = parts(self.scope, &definition.path.name, union);
                let part = parts.iter().find(|part| part.wire == action)?;
                return Some(wrapped(&part.name, self.value(part.payload?, json)?));
            }
        }
        self.value(ty, json)
    }

    fn named(&self, id: TypeId, json: &Value) -> Option<Lines> {
        let definition = self.scope.plan.type_item(id);
        let name = &definition.path.name;
        match (&definition.kind, json) {
            (Kind::Enumeration(of), json) => {
                let (text, shown) = match json {
                    Value::String(text) if !of.whole => (text.clone(), literal(text)),
                    json if of.whole => (json.as_i64()?.to_string(), json.to_string()),
                    _ => return None,
                };
                let at = of.values.iter().position(|value| value.value == text);
                Some(one(match at {
                    Some(at) => value_names(name, of).swap_remove(at),
                    None => format!("Unknown({shown})"),
                }))
            }
            (Kind::Object(object), Value::Object(members)) => {
                Some(self.object((definition, object), members))
            }
            (Kind::Union(union @ Union::Kinds(branches)), json) => {
                let at = branches
                    .iter()
                    .position(|branch| has_kind(branch.kind, json))?;
                self.branch(definition, union, (at, &branches[at].payload), json)
            }
            (Kind::Union(union @ Union::Keyed(branches)), json) => {
                let mut all = branches.iter();
                let at = all.position(|branch| branch.takes(json))?;
                self.branch(definition, union, (at, &branches[at].payload), json)
            }
            (Kind::Union(union @ Union::Tagged { tag, branches, .. }), Value::Object(members)) => {
                let mut all = branches.iter();
                let at = all.position(|branch| is(&branch.tag, members.get(tag)))?;
                let Some(payload) = &branches[at].payload else {
                    let parts = parts(self.scope, name, union);
                    return Some(one(&parts.get(at)?.name));
                };
                self.branch(definition, union, (at, payload), json)
            }
            _ => None,
        }
    }

    fn branch(
        &self,
        definition: &TypeItem<'_>,
        union: &Union,
        (at, payload): (usize, &Type),
        json: &Value,
    ) -> Option<Lines> {
        let parts = parts(self.scope, &definition.path.name, union);
        Some(wrapped(&parts.get(at)?.name, self.value(payload, json)?))
    }

    fn object(&self, of: (&TypeItem<'_>, &Object), members: &Map<String, Value>) -> Lines {
        let (definition, object) = of;
        let (idents, others) = names_of(object);
        let tag = object.tag(&self.scope.plan.api.types);
        let fields: Vec<(&Field, &String)> = object.fields.iter().zip(&idents).collect();
        let mut shown = Vec::new();
        for (field, ident) in &fields {
            let Some(json) = members.get(&field.name).filter(|_| is_shown(field)) else {
                continue;
            };
            let value = match tag {
                Some((tagged, tag, _)) if tagged.name == field.name => {
                    self.variant(tag, json, members)
                }
                _ => self.field(definition, field, json),
            };
            shown.extend(value.map(|value| labelled(ident.trim_start_matches("r#"), value)));
        }
        let is_whole = shown.len() == fields.len();
        if let (Some(additional), Some(ident)) = (&object.additional, &others) {
            let is_other = |key: &str| {
                !additional.besides.iter().any(|beside| beside == key)
                    && !fields.iter().any(|(field, _)| field.name == key)
            };
            let mut rest = members.clone();
            rest.retain(|key, _| is_other(key));
            let ty = Type::Map(Box::new(additional.ty.clone()));
            let value = self.value(&ty, &Value::Object(rest));
            shown.extend(value.map(|value| labelled(ident, value)));
        }
        if !is_whole {
            shown.push(one(".."));
        }
        block(&format!("{} {{", definition.path.name), shown, "}")
    }

    /// Returns a field, with `Some` if it is optional.
    fn field(&self, definition: &TypeItem<'_>, field: &Field, json: &Value) -> Option<Lines> {
        let ty = spelled(&field_type(self.scope, definition, field));
        let is_option = ty.starts_with("Option<");
        if json.is_null() && field.ty != Type::Json {
            return is_option.then(|| one("None"));
        }
        let value = self.value(&field.ty, json)?;
        Some(match is_option {
            true => wrapped("Some", value),
            false => value,
        })
    }

    /// Returns the variant of an object with its own fields.
    fn variant(&self, id: TypeId, tag: &Value, members: &Map<String, Value>) -> Option<Lines> {
        let definition = self.scope.plan.type_item(id);
        let Kind::Union(Union::Variants(variants)) = &definition.kind else {
            return None;
        };
        let Some(found) = variant(variants, members) else {
            return Some(one(format!("Unknown({tag})")));
        };
        let mut all = variants.variants.iter();
        let at = all.position(|variant| variant.tag == found.tag)?;
        let name = variant_names(&definition.path.name, variants).swap_remove(at);
        let mut fields = Vec::new();
        for (field, ident) in found.fields.iter().zip(field_names(&found.fields)) {
            let json = members.get(&field.name).filter(|_| is_shown(field));
            let value = json.and_then(|json| self.field(definition, field, json));
            fields.extend(value.map(|value| labelled(ident.trim_start_matches("r#"), value)));
        }
        Some(
            match (found.fields.is_empty(), found.fields.len() == fields.len()) {
                (true, _) => one(name),
                (_, true) => block(&format!("{name} {{"), fields, "}"),
                (_, false) => {
                    fields.push(one(".."));
                    block(&format!("{name} {{"), fields, "}")
                }
            },
        )
    }
}

/// Returns true if a field exists without the feature `undocumented`.
fn is_shown(field: &Field) -> bool {
    field.docs.undocumented.is_none()
}

/// Returns the failure of an action like the `Debug` of the runtime's type.
fn failure(json: Option<&Value>) -> Lines {
    let text = |key: &str| json?.get(key)?.as_str();
    let fields = [("code", "type"), ("message", "message")];
    let fields = fields.map(|(name, key)| Some(labelled(name, one(literal(text(key)?)))));
    block("Failure {", fields.into_iter().flatten().collect(), "}")
}

fn one(line: impl Into<String>) -> Lines {
    vec![line.into()]
}

/// Returns a value after its name.
fn labelled(name: &str, value: Lines) -> Lines {
    around(&format!("{name}: "), value, "")
}

/// Returns a value in the parentheses of a variant.
fn wrapped(name: &str, value: Lines) -> Lines {
    around(&format!("{name}("), value, ")")
}

fn around(before: &str, mut value: Lines, after: &str) -> Lines {
    if let Some(first) = value.first_mut() {
        first.insert_str(0, before);
    }
    if let Some(last) = value.last_mut() {
        last.push_str(after);
    }
    value
}

/// Returns values between brackets, each on its own lines.
fn block(open: &str, values: Vec<Lines>, close: &str) -> Lines {
    if values.is_empty() {
        return one(format!("{open}{close}"));
    }
    let mut lines = one(open);
    for value in values {
        let last = value.len() - 1;
        for (at, line) in value.into_iter().enumerate() {
            let comma = if at == last && line != ".." { "," } else { "" };
            lines.push(format!("    {line}{comma}"));
        }
    }
    lines.push(close.to_owned());
    lines
}
