//! Types of values that match one of several schemas from different places.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::document::Pointer;
use crate::lower::facts::{Facts, Located, SchemaRef};
use crate::lower::place::Place;
use crate::lower::schema::LoweredType;
use crate::lower::{ANYTHING, Lowering};
use crate::model::{Type, TypeId};

/// The places of the schemas of a set.
type Key = BTreeSet<String>;

/// From this depth of nested sets on, equal sets share their types.
const SHARING_DEPTH: usize = 4;

/// Sets of a schema that is in more sets than this become any JSON. Schemas that refer to each other can have as many sets as
/// there are subsets of them.
const MAX_SETS_OF_SCHEMA: usize = 100;

/// Sets of schemas from different places, and the type of each set.
pub(in crate::lower) struct SchemaSets {
    /// Sets that are nested deeper than this become any JSON.
    max_depth: usize,
    /// After this number of sets, further ones become any JSON.
    max_resolved: usize,
    /// The sets in progress, from the outermost.
    in_progress: RefCell<Vec<Key>>,
    resolved: RefCell<HashMap<Key, LoweredType>>,
    /// The number of sets of each schema, by its place.
    sets_of: RefCell<HashMap<String, usize>>,
    /// The recursive sets.
    recursive: RefCell<HashMap<Key, TypeId>>,
}

impl SchemaSets {
    /// Returns sets for unions without a discriminator, whose number can grow fast.
    pub(in crate::lower) fn of_choices() -> Self {
        Self::new(8, 200)
    }

    /// Returns sets for schemas that describe the same thing.
    pub(in crate::lower) fn of_joins() -> Self {
        Self::new(64, 20_000)
    }

    fn new(max_depth: usize, max_resolved: usize) -> Self {
        Self {
            max_depth,
            max_resolved,
            in_progress: RefCell::default(),
            resolved: RefCell::default(),
            sets_of: RefCell::default(),
            recursive: RefCell::default(),
        }
    }

    /// Counts a new set. Returns false if there are too many sets already, of one of its schemas or in total.
    fn count(&self, key: &Key) -> bool {
        let resolved = self.resolved.borrow();
        if resolved.len() >= self.max_resolved || resolved.contains_key(key) {
            return resolved.len() < self.max_resolved;
        }
        let mut sets_of = self.sets_of.borrow_mut();
        let is_spent = |place: &String| {
            let count = sets_of.get(place);
            count.is_some_and(|count| *count >= MAX_SETS_OF_SCHEMA)
        };
        if key.iter().any(is_spent) {
            return false;
        }
        for place in key {
            *sets_of.entry(place.clone()).or_default() += 1;
        }
        true
    }

    /// Returns the ids of recursive unions, each with its type.
    pub(in crate::lower) fn into_recursive(self) -> HashMap<TypeId, Type> {
        let mut resolved = self.resolved.into_inner();
        let recursive = self.recursive.into_inner().into_iter();
        recursive
            .filter_map(|(key, id)| Some((id, resolved.remove(&key)?.ty)))
            .collect()
    }
}

impl<'a> Lowering<'a> {
    /// Returns the type of a value that matches one of several schemas. It has the place of the first.
    pub(in crate::lower) fn type_of_schemas(
        &self,
        alternatives: Vec<Located<'a>>,
        pointer: Pointer,
        place: &Place,
    ) -> LoweredType {
        let pointer_of = |located| self.facts(located).pointer.to_string();
        let key: Key = alternatives.iter().map(pointer_of).collect();
        let anything = SchemaRef::Inline(&ANYTHING);
        let facts = Facts {
            alternatives,
            composed: true,
            ..self.facts(&Located::new(anything, pointer))
        };
        let shares = self.recursion.choices.in_progress.borrow().len() >= SHARING_DEPTH;
        let once = facts.clone();
        self.once(&self.recursion.choices, (key, shares), &once, place, || {
            self.union(facts, place)
        })
    }

    /// Makes the type of a set of schemas, unless it is in progress. If `shares` is true, an existing type is used again.
    pub(in crate::lower) fn once(
        &self,
        sets: &SchemaSets,
        (key, shares): (Key, bool),
        facts: &Facts<'a>,
        place: &Place,
        make: impl FnOnce() -> LoweredType,
    ) -> LoweredType {
        if sets.in_progress.borrow().contains(&key) {
            return LoweredType {
                nullable: self.takes_null(facts),
                ty: Type::Named(self.reserve_set(sets, key, facts, place)),
            };
        }
        if shares && let Some(resolved) = sets.resolved.borrow().get(&key) {
            return resolved.clone();
        }
        if sets.in_progress.borrow().len() >= sets.max_depth || !sets.count(&key) {
            self.report.decide(
                &facts.pointer,
                "its alternatives are infinite, so it is any JSON",
            );
            self.report.warning(
                &facts.pointer,
                "alternatives without a discriminator, which lead to ever new combinations",
                "any JSON: in an overlay, give the union that leads here a discriminator",
            );
            return LoweredType {
                ty: Type::Json,
                nullable: true,
            };
        }
        sets.in_progress.borrow_mut().push(key.clone());
        let lowered = make();
        sets.in_progress.borrow_mut().pop();
        sets.resolved.borrow_mut().insert(key, lowered.clone());
        lowered
    }

    /// Reserves an id for a recursive set.
    fn reserve_set(&self, sets: &SchemaSets, key: Key, facts: &Facts<'a>, place: &Place) -> TypeId {
        if let Some(id) = sets.recursive.borrow().get(&key) {
            return *id;
        }
        let place = Place {
            reserved: None,
            ..place.clone()
        };
        let id = self.id_for(facts, &place);
        self.types.leave_unnamed(id);
        sets.recursive.borrow_mut().insert(key, id);
        id
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::tests::{names, object, received};
    use crate::model::Kind;

    #[test]
    fn objects_that_hold_themselves_are_joined_once() {
        let branch = |kind: &str| {
            format!(
                "{{ type: object, required: [kind], properties: {{ kind: {{ enum: [{kind}] }}, it: {{ $ref: '#/components/schemas/{kind}' }} }} }}"
            )
        };
        let api = received(&format!(
            "
thing: {{ oneOf: [{}, {}] }}
left: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/left' }}, a: {{ type: string }} }} }}
right: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/right' }}, b: {{ type: string }} }} }}",
            branch("left"),
            branch("right")
        ));
        let objects = api.types.iter();
        let objects = objects.filter(|ty| matches!(ty.kind, Kind::Object(_)));
        let objects: Vec<&str> = objects.map(|ty| ty.place.name.as_str()).collect();
        assert_eq!(objects, ["thing", "it"]);
        assert_eq!(names(object(&api, "it")), ["next?", "a?", "b?"]);
    }

    #[test]
    fn schemas_with_as_many_sets_as_subsets_become_any_json() {
        // The names on the path to a schema choose between these, so each subset of them is a set.
        let all = |count: usize| {
            let mut schemas = "thing: { type: object, properties: { a: { anyOf: [{ $ref: '#/components/schemas/thing' }, { $ref: '#/components/schemas/s1' }] }, b: { $ref: '#/components/schemas/thing' } } }".to_owned();
            for own in 1..count {
                let next = format!("{{ $ref: '#/components/schemas/s{}' }}", own + 1);
                schemas.push_str(&format!("\ns{own}: {{ type: object, properties: {{ a: {next}, b: {next}, own{own}: {{ type: string }} }} }}"));
            }
            schemas.push_str(&format!(
                "\ns{count}: {{ type: object, properties: {{ end: {{ type: string }} }} }}"
            ));
            received(&schemas)
        };
        assert_eq!(all(4).warnings, []);
        let (some, more) = (all(10), all(20));
        assert!(!some.warnings.is_empty() && !more.warnings.is_empty());
        let (some, more) = (some.types.len(), more.types.len());
        assert!(some < 1000 && more < 4 * some, "{some}, {more}");
    }
}
