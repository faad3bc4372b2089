//! What is one of several schemas that stand in different places.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::document::Pointer;
use crate::lower::Lowering;
use crate::lower::facts::{Facts, Located, SchemaRef};
use crate::lower::place::Place;
use crate::lower::schema::Lowered;
use crate::model::{Kind, Type, TypeId};

/// The places of the schemas, each once.
type Key = BTreeSet<String>;

/// More of them within each other than this share their types.
const OPEN: usize = 4;
/// More of them within each other than this are any JSON.
const MOST_OPEN: usize = 64;

/// What has been made of schemas of different places.
#[derive(Default)]
pub(in crate::lower) struct Eithers {
    /// Those in the making, from the outermost.
    open: RefCell<Vec<Key>>,
    made: RefCell<HashMap<Key, Lowered>>,
    /// Those that were met within themselves.
    met: RefCell<HashMap<Key, TypeId>>,
}

impl Eithers {
    /// The ids of those that were met within themselves, and what each came to.
    pub(in crate::lower) fn into_met(self) -> HashMap<TypeId, Type> {
        let mut made = self.made.into_inner();
        let met = self.met.into_inner().into_iter();
        met.filter_map(|(key, id)| Some((id, made.remove(&key)?.ty)))
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
    ) -> Lowered {
        let pointer_of = |located| self.facts(located).pointer.to_string();
        let key: Key = alternatives.iter().map(pointer_of).collect();
        let anything = SchemaRef::Inline(self.anything);
        let facts = Facts {
            alternatives,
            composed: true,
            ..self.facts(&Located::new(anything, pointer))
        };
        let shares = self.eithers.open.borrow().len() >= OPEN;
        self.once((key, shares), &facts.clone(), place, || self.union(facts, place))
    }

    /// Makes the type of schemas of different places, unless it is being made already. `shares`: nor if it was made before.
    pub(in crate::lower) fn once(
        &self,
        (key, shares): (Key, bool),
        facts: &Facts<'a>,
        place: &Place,
        make: impl FnOnce() -> Lowered,
    ) -> Lowered {
        let eithers = &self.eithers;
        if eithers.open.borrow().contains(&key) {
            return Lowered {
                nullable: self.takes_null(facts),
                ty: Type::Named(self.meet_either(key, facts, place)),
            };
        }
        if shares && let Some(made) = eithers.made.borrow().get(&key) {
            return made.clone();
        }
        if eithers.open.borrow().len() >= MOST_OPEN {
            self.decide(
                &facts.pointer,
                "what it may be leads on and on, so it is any JSON",
            );
            return Lowered {
                ty: Type::Json,
                nullable: true,
            };
        }
        eithers.open.borrow_mut().push(key.clone());
        let lowered = make();
        eithers.open.borrow_mut().pop();
        eithers.made.borrow_mut().insert(key, lowered.clone());
        lowered
    }

    /// An id that stands for schemas until their type is made.
    fn meet_either(&self, key: Key, facts: &Facts<'a>, place: &Place) -> TypeId {
        if let Some(id) = self.eithers.met.borrow().get(&key) {
            return *id;
        }
        let place = Place {
            reserved: None,
            ..place.clone()
        };
        let id = self.id_for(facts, &place);
        self.types.borrow_mut()[id.0].kind = Kind::Replaced(id);
        self.eithers.met.borrow_mut().insert(key, id);
        id
    }
}
