//! Writes the client's types as plain structs with derived serde, as the baseline for decoding.
//!
//! They come from the same model as the client, so they have the same shape for any document.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use generator::model::{
    Api, Field, Kind, Object, Presence, Tag, Type, TypeDef, TypeId, Union, Variant,
};

const HEADER: &str = "//! Plain derived serde of the shape of the client's types.\n\
    #![allow(dead_code, non_camel_case_types, clippy::large_enum_variant)]\n\
    use serde::Deserialize;\n\n";

/// The types of the tags in an untagged enum, whose branches serde tries in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tags {
    /// The tag of a branch has one value, so serde finds the right branch.
    Closed,
    /// The tag is any string, as ploidy writes it: serde takes the first branch whose properties are all present.
    Open,
}

/// Renders the types that `resources` need, each under its own name, and for `events` in two forms of an untagged enum:
/// `ClosedUntagged…` and `OpenUntagged…`.
pub(super) fn render(api: &Api, resources: &[&str], events: &str) -> Result<String> {
    let mut baseline = Baseline {
        api,
        text: HEADER.to_owned(),
        done: BTreeMap::new(),
        in_progress: Vec::new(),
    };
    for name in resources {
        let id = resource(api, name)?;
        let spelled = baseline.named(id)?;
        writeln!(baseline.text, "pub type {name} = {spelled};\n")?;
    }
    let event = api.type_def(resource(api, events)?);
    let variants = match &event.kind {
        Kind::Object(object) => baseline.variants(object),
        _ => None,
    };
    let Some((tag, variants)) = variants else {
        anyhow::bail!("{events} has no variants with a tag in this document");
    };
    for (form, name) in [(Tags::Closed, "Closed"), (Tags::Open, "Open")] {
        baseline.untagged(&format!("{name}Untagged{events}"), &tag, &variants, form)?;
    }
    Ok(baseline.text)
}

/// Returns the type of a component of the document.
pub(super) fn resource(api: &Api, name: &str) -> Result<TypeId> {
    let is_it = |definition: &TypeDef| {
        let component = definition.component.as_deref();
        component.is_some_and(|own| own.eq_ignore_ascii_case(name)) && definition.is_live()
    };
    let found = api.types.iter().position(is_it);
    found
        .map(TypeId)
        .with_context(|| format!("the document has no {name} to measure decoding with"))
}

struct Baseline<'a> {
    api: &'a Api,
    text: String,
    /// The types that are written, or are being written.
    done: BTreeMap<TypeId, String>,
    /// The types that are being written: a reference back to one of them is boxed.
    in_progress: Vec<TypeId>,
}

impl Baseline<'_> {
    /// Returns a type as Rust source, and writes its definition first.
    fn spelled(&mut self, ty: &Type) -> Result<String> {
        Ok(match ty {
            Type::Json | Type::ActionAttempt(_) => "serde_json::Value".to_owned(),
            Type::String | Type::Id(_) | Type::Bytes => "String".to_owned(),
            Type::Integer => "i64".to_owned(),
            Type::Unsigned => "u64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::DateTime => "jiff::Timestamp".to_owned(),
            Type::Named(id) => self.named(*id)?,
            Type::List(item) => format!("Vec<{}>", self.spelled(item)?),
            Type::Tuple(_) => "serde_json::Value".to_owned(),
            Type::Map(item) => {
                format!(
                    "std::collections::BTreeMap<String, {}>",
                    self.spelled(item)?
                )
            }
            Type::Nullable(inner) => format!("Option<{}>", self.spelled(inner)?),
        })
    }

    fn named(&mut self, id: TypeId) -> Result<String> {
        let definition = self.api.type_def(id);
        if let Some(name) = self.done.get(&id) {
            let is_open = self.in_progress.contains(&id);
            return Ok(if is_open {
                format!("Box<{name}>")
            } else {
                name.clone()
            });
        }
        let words = definition
            .place
            .name
            .replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let name = format!("T{}_{words}", id.0);
        self.done.insert(id, name.clone());
        self.in_progress.push(id);
        match &definition.kind {
            Kind::Object(object) => match self.variants(object) {
                Some((tag, variants)) => self.tagged(&name, &tag, &variants)?,
                None => self.object(&name, object, None)?,
            },
            Kind::Enumeration(enumeration) if enumeration.whole => {
                self.write(&format!("pub struct {name}(pub i64)"), "", &[])?;
            }
            Kind::Enumeration(enumeration) => {
                let values = enumeration.values.iter().map(|value| &value.value);
                self.enumeration(&name, values)?;
            }
            Kind::Union(union) => self.union(&name, union)?,
            Kind::Unnamed => {}
        }
        self.in_progress.pop();
        Ok(name)
    }

    /// Returns the tag of an object with variants, and each variant with the properties of the object.
    fn variants(&self, object: &Object) -> Option<(String, Vec<(Tag, Object)>)> {
        let (tag, _, variants) = object.tag(&self.api.types)?;
        let shared = object.fields.iter().filter(|field| field.name != tag.name);
        let whole = |variant: &Variant| Object {
            fields: shared
                .clone()
                .cloned()
                .chain(variant.fields.iter().cloned())
                .collect(),
            ..Object::default()
        };
        let all = variants.variants.iter();
        let all = all.map(|variant| (variant.tag.clone(), whole(variant)));
        Some((tag.name.clone(), all.collect()))
    }

    /// Writes an enum with an internal tag; any JSON if the tag is not a string, because derived serde cannot read such tags.
    fn tagged(&mut self, name: &str, tag: &str, variants: &[(Tag, Object)]) -> Result<()> {
        let mut lines = Vec::new();
        for (number, (value, object)) in variants.iter().enumerate() {
            let Tag::String(value) = value else {
                let json = format!("pub struct {name}(pub serde_json::Value)");
                return self.write(&json, "", &[]);
            };
            let payload = format!("{name}{number}");
            self.object(&payload, object, None)?;
            lines.push(format!(
                "#[serde(rename = {value:?})] V{number}({payload}),"
            ));
        }
        lines.push("#[serde(other)] Other,".to_owned());
        let attribute = format!("#[serde(tag = {tag:?})]");
        self.write(&format!("pub enum {name}"), &attribute, &lines)
    }

    /// Writes a struct, with the tag of its union if that is one of the properties.
    fn object(&mut self, name: &str, object: &Object, tag: Option<(&str, String)>) -> Result<()> {
        let mut lines = Vec::new();
        if let Some((key, ty)) = tag {
            lines.push(format!("#[serde(rename = {key:?})] pub tag: {ty},"));
        }
        for (number, field) in object.fields.iter().enumerate() {
            lines.push(self.field(number, field)?);
        }
        if let Some(additional) = &object.additional {
            let ty = self.spelled(&additional.ty)?;
            lines.push(format!(
                "#[serde(flatten)] pub additional: std::collections::BTreeMap<String, {ty}>,"
            ));
        }
        self.write(&format!("pub struct {name}"), "", &lines)
    }

    fn field(&mut self, number: usize, field: &Field) -> Result<String> {
        let Field { name, ty, .. } = field;
        let Presence { required, nullable } = field.presence;
        let spelled = self.spelled(ty)?;
        let is_list = matches!(ty, Type::List(_) | Type::Map(_));
        let (default, ty) = match (required, nullable, is_list) {
            (true, false, _) => ("", spelled),
            (false, false, true) => (", default", spelled),
            _ => ("", format!("Option<{spelled}>")),
        };
        Ok(format!(
            "#[serde(rename = {name:?}{default})] pub f{number}: {ty},"
        ))
    }

    fn enumeration<'v>(
        &mut self,
        name: &str,
        values: impl Iterator<Item = &'v String>,
    ) -> Result<()> {
        let mut lines: Vec<String> = values
            .enumerate()
            .map(|(number, value)| format!("#[serde(rename = {value:?})] V{number},"))
            .collect();
        lines.push("#[serde(other)] Other,".to_owned());
        self.write(&format!("pub enum {name}"), "", &lines)
    }

    fn union(&mut self, name: &str, union: &Union) -> Result<()> {
        match union {
            Union::Keyed(branches) => {
                self.choice(name, branches.iter().map(|branch| &branch.payload))
            }
            Union::Kinds(branches) => {
                self.choice(name, branches.iter().map(|branch| &branch.payload))
            }
            // The unions that callers send, and those inside other types.
            Union::Tagged { .. }
            | Union::Variants(_)
            | Union::Results(_)
            | Union::Delivered(_)
            | Union::Replies(_) => self.write(
                &format!("pub struct {name}(pub serde_json::Value)"),
                "",
                &[],
            ),
        }
    }

    /// Writes a union without a tag.
    fn choice<'t>(&mut self, name: &str, payloads: impl Iterator<Item = &'t Type>) -> Result<()> {
        let mut lines = Vec::new();
        for (number, payload) in payloads.enumerate() {
            lines.push(format!("V{number}({}),", self.spelled(payload)?));
        }
        self.write(&format!("pub enum {name}"), "#[serde(untagged)]", &lines)
    }

    /// Writes a union as generators without tags do: each branch is a struct with all its properties.
    fn untagged(
        &mut self,
        name: &str,
        key: &str,
        branches: &[(Tag, Object)],
        tags: Tags,
    ) -> Result<()> {
        let mut lines = Vec::new();
        for (number, (tag, object)) in branches.iter().enumerate() {
            let tag = match (tag, tags) {
                (Tag::Boolean(_), _) => "bool".to_owned(),
                (Tag::Integer(_), _) => "i64".to_owned(),
                (Tag::Missing, _) => "Option<String>".to_owned(),
                (Tag::String(_), Tags::Open) => "String".to_owned(),
                (Tag::String(value), Tags::Closed) => {
                    let tag = format!("{name}{number}Tag");
                    let only = format!("#[serde(rename = {value:?})] Only,");
                    self.write(&format!("pub enum {tag}"), "", &[only])?;
                    tag
                }
            };
            let branch = format!("{name}{number}");
            self.object(&branch, object, Some((key, tag)))?;
            lines.push(format!("V{number}(Box<{branch}>),"));
        }
        self.write(&format!("pub enum {name}"), "#[serde(untagged)]", &lines)
    }

    fn write(&mut self, head: &str, attribute: &str, lines: &[String]) -> Result<()> {
        writeln!(self.text, "#[derive(Debug, Deserialize)]")?;
        if !attribute.is_empty() {
            writeln!(self.text, "{attribute}")?;
        }
        if head.ends_with(')') {
            writeln!(self.text, "{head};\n")?;
            return Ok(());
        }
        writeln!(self.text, "{head} {{")?;
        for line in lines {
            writeln!(self.text, "    {line}")?;
        }
        writeln!(self.text, "}}\n")?;
        Ok(())
    }
}
