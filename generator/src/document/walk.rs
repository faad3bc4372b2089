//! Traverses the whole document: looks every keyword up, checks the types of used values, removes waived keywords, and converts
//! OpenAPI 3.1 to the form of 3.0.

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::findings::Findings;
use super::found::describe;
use super::keywords::{self, Handling, Keyword, Kind, Shape};
use super::place::Place;
use super::version::Version;
use super::{modern, objects, values};
use crate::error::{Problem, Warning};

/// Objects with at least so many entries are traversed on several cores.
const PARALLEL_ENTRIES: usize = 32;

/// The rules that differ between documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) version: Version,
    /// Unknown extensions of other vendors are ignored. In a document that follows our conventions they are reported.
    pub(super) extensions_accounted_for: bool,
}

/// Traverses a document that is an object.
pub(super) fn walk(document: &mut Value, rules: Rules) -> Findings {
    let mut walk = Walk {
        rules,
        findings: Findings::default(),
        quiet: false,
        shared: false,
    };
    walk.node(Kind::Document, document, &Place::ROOT);
    walk.findings
}

pub(super) struct Walk {
    pub(super) rules: Rules,
    findings: Findings,
    /// True inside of a waived value: keywords are looked up, but values are not checked.
    quiet: bool,
    /// True if the traversal is parallel already.
    shared: bool,
}

impl Walk {
    pub(super) fn report(
        &mut self,
        place: &Place<'_>,
        found: String,
        expected: &str,
        advice: String,
    ) {
        if !self.quiet {
            self.findings.problems.push(Problem {
                pointer: place.pointer().to_string(),
                found,
                expected: expected.to_owned(),
                advice,
            });
        }
    }

    /// Returns true if the document follows our conventions, so that its mistakes must be corrected.
    pub(super) fn is_ours(&self) -> bool {
        self.rules.extensions_accounted_for
    }

    /// Reports a mistake. In a document that follows our conventions it is a problem; elsewhere it is read as `taken`, with a
    /// warning. Returns true for a warning.
    pub(super) fn mistake(
        &mut self,
        place: &Place<'_>,
        found: String,
        expected: &str,
        advice: String,
        taken: &str,
    ) -> bool {
        if self.is_ours() {
            self.report(place, found, expected, advice);
            return false;
        }
        self.warn(place, found, taken);
        true
    }

    /// Warns about a violation of OpenAPI, and how it is read.
    pub(super) fn warn(&mut self, place: &Place<'_>, found: String, taken: &str) {
        if !self.quiet {
            self.findings.warnings.push(Warning {
                pointer: place.pointer().to_string(),
                found,
                taken: taken.to_owned(),
            });
        }
    }

    /// Visits an object of a kind.
    fn node(&mut self, kind: Kind, value: &mut Value, place: &Place<'_>) {
        if kind == Kind::Schema && *value == Value::Bool(true) {
            *value = Value::Object(Map::new());
        }
        let Value::Object(map) = value else {
            let advice = if kind == Kind::Schema && *value == Value::Bool(false) {
                "No value fits `false`: remove it, or write the schema that is meant.".to_owned()
            } else {
                values::correct(place)
            };
            let found = describe(value);
            if kind != Kind::Schema {
                return self.report(place, found, kind.words(), advice);
            }
            if self.mistake(place, found, kind.words(), advice, "any JSON") {
                *value = Value::Object(Map::new());
            }
            return;
        };
        if kind.may_be_referred_to() && map.contains_key("$ref") {
            return self.reference(kind, map, place);
        }
        match kind.entries() {
            Some(entries) => self.entries(kind, entries, map, place),
            None => self.keywords(kind, map, place),
        }
    }

    fn keywords(&mut self, kind: Kind, map: &mut Map<String, Value>, place: &Place<'_>) {
        if kind == Kind::Schema {
            objects::spell_schema(self, map, place);
        }
        let mut is_modern = false;
        let fixed = kind == Kind::Schema && modern::is_fixed_tuple(map);
        map.retain(|key, value| {
            is_modern |= kind == Kind::Schema && modern::concerns(key, value);
            self.keyword(kind, key, value, place)
        });
        if self.quiet {
            return;
        }
        objects::complete(self, kind, map, place);
        if is_modern {
            modern::schema(self, map, place, fixed);
        }
    }

    /// Handles a keyword; returns true if it is kept.
    fn keyword(&mut self, kind: Kind, key: &str, value: &mut Value, place: &Place<'_>) -> bool {
        let place = &place.key(key);
        let is_extension = keywords::is_extension(key);
        let known = if is_extension {
            keywords::extension(key)
        } else {
            kind.keyword(key)
        };
        let Some(known) = known else {
            // In documents of other vendors, unknown keywords in a waived value are ignored, like extensions.
            let is_ours = self.rules.extensions_accounted_for || !is_extension && !self.quiet;
            if is_ours {
                self.findings.unknown(kind, key, value, place);
            }
            return false;
        };
        match known.handling {
            Handling::Used => {
                self.findings.use_of(kind, known.name);
                // An empty value in YAML is null, and is read as absent.
                let absent = value.is_null() && !matches!(known.value, Shape::Data | Shape::Type);
                !absent && self.value(known, value, place)
            }
            Handling::ReadEarly => {
                self.findings.use_of(kind, known.name);
                self.quietly(|walk| walk.value(known, value, place));
                false
            }
            Handling::Waived(_) => {
                self.findings.waiver_of(kind, known.name);
                self.quietly(|walk| walk.value(known, value, place));
                // Numbers of pages start at this bound.
                known.value == Shape::Start && value.is_i64() && place.is_of_a_parameter()
            }
            // A boolean is only for validation.
            Handling::Widened(_) if value.is_boolean() => {
                self.findings.waiver_of(kind, known.name);
                false
            }
            Handling::Widened(taken) => {
                self.warn(
                    place,
                    format!("`{key}`, which is {}", describe(value)),
                    taken,
                );
                false
            }
        }
    }

    fn quietly<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.quiet, true);
        let result = run(self);
        self.quiet = before;
        result
    }

    /// Checks the value of a keyword and its contents; returns true if it is kept.
    fn value(&mut self, known: &'static Keyword, value: &mut Value, place: &Place<'_>) -> bool {
        match known.value {
            Shape::One(kind) => {
                self.node(kind, value, place);
                true
            }
            Shape::Many(kind) => self.many(kind, value, place),
            Shape::Named(kind) => self.named(kind, value, place),
            Shape::SchemaOrTruth if value.is_boolean() => true,
            Shape::SchemaOrTruth => {
                self.node(Kind::Schema, value, place);
                true
            }
            Shape::SchemaOrMany => match value {
                // There are no items after those with their own position.
                Value::Bool(false) => false,
                Value::Array(_) => self.many(Kind::Schema, value, place),
                _ => {
                    self.node(Kind::Schema, value, place);
                    true
                }
            },
            Shape::Definitions => {
                self.named(Kind::Schema, value, place);
                if let (false, Value::Object(map)) = (self.quiet, value) {
                    let definitions = (place.pointer().to_string(), std::mem::take(map));
                    self.findings.definitions.push(definitions);
                }
                false
            }
            shape => values::check(self, shape, value, place),
        }
    }

    fn many(&mut self, kind: Kind, value: &mut Value, place: &Place<'_>) -> bool {
        let Value::Array(list) = value else {
            let expected = format!("a list, each item {}", kind.words());
            return self.wrong_holder(kind, value, &expected, place);
        };
        if kind == Kind::Schema && matches!(place.name(), Some("oneOf" | "anyOf")) {
            // A branch that allows no value is removed.
            list.retain(|item| *item != Value::Bool(false));
        }
        for (index, item) in list.iter_mut().enumerate() {
            self.node(kind, item, &place.index(index));
        }
        true
    }

    /// Reports a value of another type than a list or a map of objects; returns true if it is kept.
    fn wrong_holder(
        &mut self,
        kind: Kind,
        value: &Value,
        expected: &str,
        place: &Place<'_>,
    ) -> bool {
        let (found, advice) = (describe(value), values::correct(place));
        if kind == Kind::Schema {
            return !self.mistake(place, found, expected, advice, "nothing");
        }
        self.report(place, found, expected, advice);
        true
    }

    fn named(&mut self, kind: Kind, value: &mut Value, place: &Place<'_>) -> bool {
        let Value::Object(map) = value else {
            let expected = format!("an object of names, each {}", kind.words());
            return self.wrong_holder(kind, value, &expected, place);
        };
        if kind == Kind::Schema && map.values().any(|value| *value == Value::Bool(false)) {
            // A property that is not allowed is removed.
            map.retain(|_, value| *value != Value::Bool(false));
        }
        // Some vendors write extensions among names. A component may also be called `x-…`, but then it is an object.
        map.retain(|key, value| {
            let is_extension = keywords::is_extension(key) && kind != Kind::Schema;
            !is_extension || value.is_object()
        });
        self.each(kind, map.iter_mut().collect(), place);
        true
    }

    /// Visits an object with names instead of keywords: paths, statuses, expressions.
    fn entries(&mut self, kind: Kind, of: Kind, map: &mut Map<String, Value>, place: &Place<'_>) {
        map.retain(|key, value| {
            !keywords::is_extension(key) || self.keyword(kind, key, value, place)
        });
        if kind == Kind::Responses {
            objects::spell_ranges(map);
        }
        map.retain(|key, _| values::check_name(self, kind, key, &place.key(key)));
        let named = map
            .iter_mut()
            .filter(|(key, _)| !keywords::is_extension(key));
        self.each(of, named.collect(), place);
    }

    fn each(&mut self, kind: Kind, entries: Vec<(&String, &mut Value)>, place: &Place<'_>) {
        if self.shared || entries.len() < PARALLEL_ENTRIES {
            for (key, value) in entries {
                self.node(kind, value, &place.key(key));
            }
            return;
        }
        let (rules, quiet) = (self.rules, self.quiet);
        let found: Vec<Findings> = entries
            .into_par_iter()
            .map(|(key, value)| {
                let mut walk = Self {
                    rules,
                    findings: Findings::default(),
                    quiet,
                    shared: true,
                };
                walk.node(kind, value, &place.key(key));
                walk.findings
            })
            .collect();
        for findings in found {
            self.findings.extend(findings);
        }
    }

    /// Visits a reference. Its siblings are used only if OpenAPI 3.1 allows them to change the type.
    fn reference(&mut self, kind: Kind, map: &mut Map<String, Value>, place: &Place<'_>) {
        let Some(Value::String(target)) = map.get("$ref") else {
            let found = map.get("$ref").map_or(String::new(), describe);
            let place = place.key("$ref");
            let advice = values::correct(&place);
            return self.report(
                &place,
                found,
                "text such as `#/components/schemas/device`",
                advice,
            );
        };
        if map.len() == 1 {
            return;
        }
        let reference = Value::from_iter([("$ref", target.as_str())]);
        let mut siblings = std::mem::take(map);
        siblings.shift_remove("$ref");
        match kind {
            Kind::PathItem => objects::check_siblings(self, &siblings, place),
            // The intention is clear, and many documents have it.
            Kind::Schema if siblings.get("nullable") == Some(&Value::Bool(true)) => {
                let nullable = Map::from_iter([("nullable".to_owned(), Value::Bool(true))]);
                *map = modern::refined(reference, nullable);
                return;
            }
            Kind::Schema if self.rules.version.has_json_schema() => {
                self.keywords(Kind::Schema, &mut siblings, place);
                if modern::refines(&siblings) {
                    *map = modern::refined(reference, siblings);
                    return;
                }
            }
            _ => {}
        }
        if let Value::Object(reference) = reference {
            *map = reference;
        }
    }
}
