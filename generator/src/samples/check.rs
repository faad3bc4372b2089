//! Mismatches between a sample and the document.

use serde_json::{Map, Value};

use super::BODY;
use super::read::kind;
use crate::dialect::attempt;
use crate::model::{
    Api, Docs, Field, Kind, Object, Output, Reply, Tag, Type, TypeId, UNSIGNED, Union, Variant,
    Variants,
};

/// Collects the mismatches, each with its pointer.
pub(super) struct Check<'a> {
    api: &'a Api,
    pub(super) found: Vec<(String, String)>,
    /// True if a reply is checked. Undocumented items may be received, but not sent.
    is_reply: bool,
}

impl<'a> Check<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            found: Vec::new(),
            is_reply: false,
        }
    }

    pub(super) fn report(&mut self, pointer: &str, problem: impl Into<String>) {
        self.found.push((pointer.to_owned(), problem.into()));
    }

    fn expected(&mut self, pointer: &str, expected: &str, json: &Value) {
        self.report(
            pointer,
            format!("expected {expected}, found {}", kind(json)),
        );
    }

    /// Reports a place if it is undocumented.
    pub(super) fn documented(&mut self, docs: &Docs, pointer: &str) {
        if docs.undocumented.is_some() && !self.is_reply {
            self.report(pointer, "the document marks it as undocumented");
        }
    }

    /// Returns true if a value matches a type.
    pub(super) fn fits(&self, ty: &Type, json: &Value) -> bool {
        let mut check = Self::new(self.api);
        check.value(ty, false, json, "");
        check.found.is_empty()
    }

    /// Checks the body of a reply.
    pub(super) fn reply(&mut self, output: &Output, body: Option<&Value>) {
        let Some(body) = body else { return };
        self.is_reply = true;
        let (Reply::Key(_) | Reply::Body | Reply::Empty) = output.reply else {
            return;
        };
        let Value::Object(members) = body else {
            return match (&output.reply, &output.ty) {
                (Reply::Body, Some(ty)) => self.value(ty, false, body, BODY),
                _ => self.expected(BODY, "object", body),
            };
        };
        if let (Reply::Body, Some(ty)) = (&output.reply, &output.ty) {
            return self.value(ty, false, &without_status(output, members), BODY);
        }
        let given = payload(output, Some(body));
        for (key, json) in members {
            let pointer = below(BODY, key);
            let other = output.others.iter().find(|(name, _)| name == key);
            match (&output.reply, &output.ty) {
                _ if output.status.as_ref() == Some(key) => {}
                (Reply::Key(name), Some(ty)) if name == key => {
                    self.value(ty, false, json, &pointer);
                }
                _ => match other {
                    Some((_, ty)) => self.value(ty, false, json, &pointer),
                    None => self.report(&pointer, UNKNOWN),
                },
            }
        }
        if let (Reply::Key(key), None) = (&output.reply, given) {
            self.report(&below(BODY, key), MISSING);
        }
    }

    /// Checks a value against a type.
    pub(super) fn value(&mut self, ty: &Type, nullable: bool, json: &Value, pointer: &str) {
        match (ty, json) {
            (Type::Json | Type::Bytes, _) => {}
            (_, Value::Null) if nullable => {}
            (Type::Nullable(inner), json) => self.value(inner, true, json, pointer),
            (Type::String | Type::Id(_), Value::String(_)) | (Type::Boolean, Value::Bool(_)) => {}
            (Type::DateTime, Value::String(text)) => {
                if !is_time(text) {
                    self.report(pointer, format!("expected date-time, found {text:?}"));
                }
            }
            (Type::Number, Value::Number(_)) => {}
            (Type::Integer | Type::Unsigned, Value::Number(number)) => {
                let is_whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
                if !is_whole || *ty == Type::Unsigned && number.as_u64().is_none() {
                    self.report(pointer, format!("expected integer, found {number}"));
                }
            }
            (Type::Tuple(places), Value::Array(items)) if places.len() == items.len() => {
                for (index, (place, json)) in places.iter().zip(items).enumerate() {
                    self.value(place, false, json, &format!("{pointer}/{index}"));
                }
            }
            (Type::List(item), Value::Array(items)) => {
                for (index, json) in items.iter().enumerate() {
                    self.value(item, false, json, &format!("{pointer}/{index}"));
                }
            }
            (Type::Map(value), Value::Object(members)) => {
                for (key, json) in members {
                    self.value(value, false, json, &below(pointer, key));
                }
            }
            (Type::ActionAttempt(result), Value::Object(members)) => {
                self.attempt(result, members, pointer);
            }
            (Type::Named(id), json) => self.named(*id, json, pointer),
            (ty, json) => self.expected(pointer, name(ty), json),
        }
    }

    fn attempt(&mut self, result: &Type, members: &Map<String, Value>, pointer: &str) {
        for key in [attempt::ID, attempt::TYPE, attempt::STATUS] {
            match members.get(key) {
                Some(json) => self.value(&Type::String, false, json, &below(pointer, key)),
                None => self.report(&below(pointer, key), MISSING),
            }
        }
        let is_done =
            members.get(attempt::STATUS).and_then(Value::as_str) == Some(attempt::SUCCESS);
        match members.get(attempt::RESULT) {
            Some(json) if is_done => {
                let pointer = below(pointer, attempt::RESULT);
                match self.results(result) {
                    Some(branches) => {
                        let action = members.get(attempt::TYPE);
                        let mut branches = branches.iter();
                        let branch = branches.find(|branch| is(&branch.tag, action));
                        if let Some(ty) = branch.and_then(|branch| branch.payload.as_ref()) {
                            self.value(ty, false, json, &pointer);
                        }
                    }
                    None => self.value(result, false, json, &pointer),
                }
            }
            _ => {}
        }
    }

    /// Returns the results of all actions, if the type is their union.
    fn results(&self, ty: &Type) -> Option<&'a [crate::model::UnionBranch]> {
        let Type::Named(id) = ty else { return None };
        match &self.api.type_def(*id).kind {
            Kind::Union(Union::Results(branches)) => Some(branches),
            _ => None,
        }
    }

    fn named(&mut self, id: TypeId, json: &Value, pointer: &str) {
        let api = self.api;
        match (&api.type_def(id).kind, json) {
            (Kind::Enumeration(of), Value::Number(number)) if of.whole => {
                let digits = number.to_string();
                match of.values.iter().find(|known| known.value == digits) {
                    Some(known) => self.documented(&known.docs, pointer),
                    None => {
                        self.report(pointer, format!("the document has no value {digits} here"))
                    }
                }
            }
            (Kind::Enumeration(of), json) if of.whole => self.expected(pointer, "integer", json),
            (Kind::Enumeration(of), Value::String(text)) => {
                match of.values.iter().find(|known| known.value == *text) {
                    Some(known) => self.documented(&known.docs, pointer),
                    None => {
                        self.report(pointer, format!("the document has no value {text:?} here"))
                    }
                }
            }
            (Kind::Enumeration(_), json) => self.expected(pointer, "string", json),
            (Kind::Object(object), Value::Object(members)) => {
                self.object(object, members, pointer);
            }
            (Kind::Object(_), json) => self.expected(pointer, "object", json),
            (Kind::Union(union), json) => self.union(union, json, pointer),
            (Kind::Unnamed, _) => {}
        }
    }

    fn union(&mut self, union: &Union, json: &Value, pointer: &str) {
        match union {
            Union::Kinds(branches) => {
                match branches.iter().find(|branch| has_kind(branch.kind, json)) {
                    Some(branch) => self.value(&branch.payload, false, json, pointer),
                    None => {
                        let kinds: Vec<&str> = branches.iter().map(|branch| branch.kind).collect();
                        self.expected(pointer, &kinds.join(" or "), json);
                    }
                }
            }
            Union::Tagged { tag, branches, .. } => {
                let Value::Object(members) = json else {
                    return self.expected(pointer, "object", json);
                };
                match branches
                    .iter()
                    .find(|branch| is(&branch.tag, members.get(tag)))
                {
                    Some(branch) => {
                        self.documented(&branch.docs, &below(pointer, tag));
                        let rest = without(members, tag);
                        if let Some(ty) = &branch.payload {
                            let has = |key: &str| self.has_field(ty, key);
                            let json = if has(tag) { json } else { &rest };
                            self.value(ty, false, json, pointer);
                        }
                    }
                    None => self.no_branch(tag, members, pointer),
                }
            }
            Union::Keyed(branches) => match branches.iter().find(|branch| branch.takes(json)) {
                Some(branch) => self.value(&branch.payload, false, json, pointer),
                None => {
                    let keys: Vec<&str> = branches.iter().map(|branch| branch.word()).collect();
                    self.report(pointer, format!("expected one of {}", keys.join(", ")));
                }
            },
            Union::Variants(_) | Union::Results(_) | Union::Delivered(_) | Union::Replies(_) => {}
        }
    }

    fn has_field(&self, ty: &Type, key: &str) -> bool {
        let Type::Named(id) = ty else { return false };
        match &self.api.type_def(*id).kind {
            Kind::Object(object) => object.fields.iter().any(|field| field.name == key),
            _ => false,
        }
    }

    fn no_branch(&mut self, tag: &str, members: &Map<String, Value>, pointer: &str) {
        let pointer = below(pointer, tag);
        match members.get(tag) {
            Some(value) => self.report(&pointer, format!("the document has no value {value} here")),
            None => self.report(&pointer, MISSING),
        }
    }

    fn object(&mut self, object: &Object, members: &Map<String, Value>, pointer: &str) {
        let tag = object.tag(&self.api.types);
        let found = tag.and_then(|(_, _, variants)| variant(variants, members));
        if let (Some((_, _, variants)), None) = (tag, found) {
            self.no_branch(&variants.tag, members, pointer);
        }
        let own = found.map_or(&[][..], |variant| &variant.fields);
        let fields: Vec<&Field> = object.fields.iter().chain(own).collect();
        for field in &fields {
            let is_tag = tag.is_some_and(|(tagged, ..)| tagged.name == field.name);
            let at = below(pointer, &field.name);
            let is_required = field.presence.required
                || found.is_some_and(|variant| variant.requires.contains(&field.name));
            match members.get(&field.name) {
                _ if is_tag => {}
                Some(json) => {
                    self.documented(&field.docs, &at);
                    self.value(&field.ty, field.presence.nullable, json, &at);
                }
                None if is_required && field.docs.undocumented.is_none() => {
                    self.report(&at, MISSING)
                }
                None => {}
            }
        }
        for (key, json) in members {
            let is_modelled = |other: &crate::model::Additional| other.besides.contains(key);
            match &object.additional {
                _ if fields.iter().any(|field| field.name == *key) => {}
                Some(additional) if !is_modelled(additional) => {
                    self.value(&additional.ty, false, json, &below(pointer, key));
                }
                Some(_) => {}
                None => self.report(&below(pointer, key), UNKNOWN),
            }
        }
    }
}

pub(super) const MISSING: &str = "required, and missing";
pub(super) const UNKNOWN: &str = "the document has no such property";

/// Returns the variant of an object.
pub(super) fn variant<'a>(
    variants: &'a Variants,
    members: &Map<String, Value>,
) -> Option<&'a Variant> {
    let value = members.get(&variants.tag);
    let mut all = variants.variants.iter();
    all.find(|variant| is(&variant.tag, value))
}

/// Returns true if a tag has this value.
pub(super) fn is(tag: &Tag, value: Option<&Value>) -> bool {
    match (tag, value) {
        (Tag::String(text), Some(value)) => value.as_str() == Some(text),
        (Tag::Boolean(flag), Some(value)) => value.as_bool() == Some(*flag),
        (Tag::Integer(number), Some(value)) => value.as_i64() == Some(*number),
        (Tag::Missing, value) => value.is_none(),
        _ => false,
    }
}

/// Returns true if a value has a JSON type, by its name in unions.
pub(super) fn has_kind(named: &str, json: &Value) -> bool {
    match (named, json) {
        (UNSIGNED, Value::Number(number)) => number.is_u64(),
        ("integer", Value::Number(number)) => number.is_i64() || number.is_u64(),
        _ => named == kind(json),
    }
}

/// Returns the output of a call in the body of its reply.
pub(super) fn payload<'a>(output: &Output, body: Option<&'a Value>) -> Option<&'a Value> {
    let ty = output.ty.as_ref()?;
    match &output.reply {
        Reply::Key(key) => {
            let others = output.others.iter().filter(|(_, other)| other == ty);
            let keys = [key].into_iter().chain(others.map(|(key, _)| key));
            let mut found = keys.filter_map(|key| body?.get(key));
            found.next()
        }
        Reply::Body => body,
        Reply::Empty
        | Reply::Text
        | Reply::TextOrJson
        | Reply::Bytes
        | Reply::Location
        | Reply::Told => None,
    }
}

/// Returns a body without the property that only says that the call succeeded.
fn without_status(output: &Output, members: &Map<String, Value>) -> Value {
    match &output.status {
        Some(status) => without(members, status),
        None => Value::Object(members.clone()),
    }
}

pub(super) fn without(members: &Map<String, Value>, key: &str) -> Value {
    let rest = members.iter().filter(|(name, _)| *name != key);
    let rest = rest.map(|(name, value)| (name.clone(), value.clone()));
    Value::Object(rest.collect())
}

/// Returns the JSON pointer of a member.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Returns true if a text begins like a time: with a date and a separator.
fn is_time(text: &str) -> bool {
    let shape = "dddd-dd-ddT";
    text.len() > shape.len()
        && text
            .chars()
            .zip(shape.chars())
            .all(|(is, wants)| match wants {
                'd' => is.is_ascii_digit(),
                'T' => matches!(is, 'T' | 't' | ' '),
                other => is == other,
            })
}

fn name(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Id(_) => "string",
        Type::DateTime => "date-time",
        Type::Integer | Type::Unsigned => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::List(_) | Type::Tuple(_) => "list",
        Type::Bytes => "bytes",
        Type::Map(_) | Type::ActionAttempt(_) | Type::Named(_) => "object",
        Type::Json | Type::Nullable(_) => "a value",
    }
}
