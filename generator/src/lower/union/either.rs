//! Values that follow one of several schemas from different places.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::document::Pointer;
use crate::lower::facts::{Facts, Located, SchemaRef};
use crate::lower::place::Place;
use crate::lower::schema::LoweredType;
use crate::lower::{ANYTHING, Lowering};
use crate::model::{Type, TypeId};

/// The places of the schemas, each once.
type Key = BTreeSet<String>;

/// More of them within each other than this share their types.
const OPEN: usize = 4;

/// One schema in more sets than these is in ever new ones: schemas that lead to each other have as many sets as subsets.
const MOST_SETS: usize = 100;

/// Sets of schemas from different places, and the type of each set.
pub(in crate::lower) struct SchemaSets {
    /// More of them within each other than this are any JSON.
    most_open: usize,
    /// More of them in one document than this are any JSON.
    most_made: usize,
    /// The sets in the making, from the outermost.
    open: RefCell<Vec<Key>>,
    made: RefCell<HashMap<Key, LoweredType>>,
    /// How many sets have been made of each schema, by its place.
    made_of: RefCell<HashMap<String, usize>>,
    /// The sets that hold themselves.
    recursive: RefCell<HashMap<Key, TypeId>>,
}

impl SchemaSets {
    /// Those where nothing tells which of the schemas a value follows: they can multiply.
    pub(in crate::lower) fn of_choices() -> Self {
        Self::new(8, 200)
    }

    /// Those where all the schemas mean the same.
    pub(in crate::lower) fn of_joins() -> Self {
        Self::new(64, 20_000)
    }

    fn new(most_open: usize, most_made: usize) -> Self {
        Self {
            most_open,
            most_made,
            open: RefCell::default(),
            made: RefCell::default(),
            made_of: RefCell::default(),
            recursive: RefCell::default(),
        }
    }

    /// Counts a new set; returns false if there are too many already, of one of its schemas or at all.
    fn count(&self, key: &Key) -> bool {
        let made = self.made.borrow();
        if made.len() >= self.most_made || made.contains_key(key) {
            return made.len() < self.most_made;
        }
        let mut made_of = self.made_of.borrow_mut();
        let is_spent = |place: &String| made_of.get(place).is_some_and(|sets| *sets >= MOST_SETS);
        if key.iter().any(is_spent) {
            return false;
        }
        for place in key {
            *made_of.entry(place.clone()).or_default() += 1;
        }
        true
    }

    /// The ids of recursive unions, and what each came to.
    pub(in crate::lower) fn into_recursive(self) -> HashMap<TypeId, Type> {
        let mut made = self.made.into_inner();
        let recursive = self.recursive.into_inner().into_iter();
        recursive
            .filter_map(|(key, id)| Some((id, made.remove(&key)?.ty)))
            .collect()
    }
}

impl<'a> Lowering<'a> {
    /// The type of what is one of several schemas; it has the place of the first.
    pub(in crate::lower) fn either(
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
        let shares = self.recursion.choices.open.borrow().len() >= OPEN;
        let once = facts.clone();
        self.once(&self.recursion.choices, (key, shares), &once, place, || {
            self.union(facts, place)
        })
    }

    /// Makes the type of schemas of different places, unless it is being made already. `shares`: nor if it was made before.
    pub(in crate::lower) fn once(
        &self,
        sets: &SchemaSets,
        (key, shares): (Key, bool),
        facts: &Facts<'a>,
        place: &Place,
        make: impl FnOnce() -> LoweredType,
    ) -> LoweredType {
        if sets.open.borrow().contains(&key) {
            return LoweredType {
                nullable: self.takes_null(facts),
                ty: Type::Named(self.reserve_set(sets, key, facts, place)),
            };
        }
        if shares && let Some(made) = sets.made.borrow().get(&key) {
            return made.clone();
        }
        if sets.open.borrow().len() >= sets.most_open || !sets.count(&key) {
            self.report.decide(
                &facts.pointer,
                "its alternatives lead on without end, so it is any JSON",
            );
            self.report.warning(
                &facts.pointer,
                "alternatives that nothing tells apart, and that lead on to ever new ones",
                "any JSON: in an overlay, give the union that leads here a discriminator",
            );
            return LoweredType {
                ty: Type::Json,
                nullable: true,
            };
        }
        sets.open.borrow_mut().push(key.clone());
        let lowered = make();
        sets.open.borrow_mut().pop();
        sets.made.borrow_mut().insert(key, lowered.clone());
        lowered
    }

    /// An id that stands for schemas until their type is made.
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
    use crate::lower::tests::received;

    #[test]
    fn schemas_with_as_many_sets_as_subsets_are_any_json_at_some_point() {
        // Of these, which one is meant is told by the names on the way there: nothing less than all subsets would do.
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
