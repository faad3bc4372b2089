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

/// Sets of schemas from different places, and the type of each set.
pub(in crate::lower) struct SchemaSets {
    /// More of them within each other than this are any JSON.
    most_open: usize,
    /// More of them in one document than this are any JSON.
    most_made: usize,
    /// The sets in the making, from the outermost.
    open: RefCell<Vec<Key>>,
    made: RefCell<HashMap<Key, LoweredType>>,
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
            recursive: RefCell::default(),
        }
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
        let is_endless = sets.made.borrow().len() >= sets.most_made;
        if is_endless || sets.open.borrow().len() >= sets.most_open {
            self.report.decide(
                &facts.pointer,
                "its alternatives lead on without end, so it is any JSON",
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
}
