//! Places that share one type: because `names.yaml` lists them, or because the calls of one namespace return them.

use std::collections::{BTreeMap, HashMap};

use super::Lowering;
use super::facts::{Located, SchemaRef};
use super::node::Node;
use super::operation::call_name;
use super::place::Place;
use super::resolve::tokens;
use crate::document::{NamedType, Names, Pointer};
use crate::model::{Docs, Method, Type};
use crate::words;

/// The groups of places that share one type.
#[derive(Default)]
pub(super) struct Sharing {
    groups: Vec<Group>,
    /// The group of each place, by its pointer.
    by_place: HashMap<String, usize>,
}

struct Group {
    place: Place,
    /// True if the type is at the crate's root, like a resource.
    at_root: bool,
    /// The JSON pointers of its places.
    places: Vec<String>,
    state: std::cell::RefCell<State>,
}

#[derive(Clone, Default)]
enum State {
    #[default]
    Unmade,
    /// The type is in progress; other places get this id.
    Open(crate::model::TypeId),
    Made(Type),
}

impl Sharing {
    fn add(&mut self, place: Place, at_root: bool, places: Vec<String>) {
        let index = self.groups.len();
        for pointer in &places {
            self.by_place.entry(pointer.clone()).or_insert(index);
        }
        self.groups.push(Group {
            place,
            at_root,
            places,
            state: std::cell::RefCell::default(),
        });
    }
}

impl<'a> Lowering<'a> {
    /// Finds the places that share one type. `names.yaml` takes precedence over the document.
    pub(super) fn find_shared(&mut self, names: &Names) {
        let mut sharing = Sharing::default();
        for named in &names.types {
            let (place, at_root) = place_of(named);
            let sent = named.places.iter().any(|place| self.is_sent(place));
            sharing.add(Place { sent, ..place }, at_root, named.places.clone());
        }
        for (module, name, places) in self.payloads() {
            let parent = module.last().cloned().unwrap_or_default();
            sharing.add(Place::new(&module, &name, &parent), false, places);
        }
        self.sharing = sharing;
    }

    fn is_sent(&self, pointer: &str) -> bool {
        let tokens = tokens(&format!("#{pointer}")).unwrap_or_default();
        match tokens.as_slice() {
            [components, _, name, ..] if components == "components" => {
                self.survey.sent.contains(name.as_str())
            }
            tokens => tokens
                .iter()
                .any(|token| token == "requestBody" || token == "parameters"),
        }
    }

    /// Returns the shared type of a place.
    pub(super) fn shared(&self, pointer: &Pointer) -> Option<Type> {
        if self.sharing.groups.is_empty() {
            return None;
        }
        let index = *self.sharing.by_place.get(&pointer.to_string())?;
        let group = &self.sharing.groups[index];
        let state = group.state.borrow().clone();
        match state {
            State::Made(ty) => return Some(ty),
            State::Open(id) => return Some(Type::Named(id)),
            State::Unmade => {}
        }
        let places: Vec<Located<'a>> = group
            .places
            .iter()
            .filter_map(|place| self.schema_at(place))
            .collect();
        let facts = self.facts(places.first()?);
        let id = self.id_for(&facts, &group.place);
        // One of several places does not describe them all.
        if places.len() > 1 && !group.at_root {
            self.types.set_docs(id, Docs::default());
        }
        *group.state.borrow_mut() = State::Open(id);
        let place = Place {
            reserved: Some(id),
            ..group.place.clone()
        };
        if let [_, others @ ..] = places.as_slice()
            && !others.is_empty()
        {
            let text = format!("it shares its type with {} other places", others.len());
            self.report.decide(pointer, text);
        }
        let ty = self.joined_unshared(places, &place).ty;
        if ty != Type::Named(id) {
            self.types.leave_unnamed(id);
        } else if group.at_root {
            self.types.set_component(id, &group.place.local);
        }
        *group.state.borrow_mut() = State::Made(ty.clone());
        Some(ty)
    }

    /// Reports the entries of `names.yaml` whose places have no type.
    pub(super) fn note_unused_names(&self, names: &Names) {
        for (named, group) in names.types.iter().zip(&self.sharing.groups) {
            if matches!(*group.state.borrow(), State::Unmade) {
                self.report.problem(
                    &Pointer::root(named.places.first().map_or("", String::as_str)),
                    format!("the name `{}` for a place that no call uses", named.name),
                    "a place that has a type",
                    "Delete the entry from spec/names.yaml, or correct its places.",
                );
            }
        }
    }

    /// Returns the schema at a pointer.
    fn schema_at(&self, pointer: &str) -> Option<Located<'a>> {
        match self.node(&tokens(&format!("#{pointer}"))?, 0)? {
            Node::Schema(schema) => Some(Located::new(schema, Pointer::root(pointer))),
            _ => None,
        }
    }

    /// Returns the resources that calls of one namespace return as inline schemas: module, name and places of each.
    fn payloads(&self) -> Vec<(Vec<String>, String, Vec<String>)> {
        let mut found: BTreeMap<(Vec<String>, String), Vec<String>> = BTreeMap::new();
        if !self.dialect.has_envelope() {
            return Vec::new();
        }
        for (path, item) in self.document.paths.iter() {
            let Some(item) = item.as_item() else { continue };
            let (namespace, _) = call_name(path, Method::Get);
            for (method, operation) in item.iter() {
                let pointer = Pointer::root("/paths").key(path).key(method);
                let Some(reply) = self.success(operation, &pointer) else {
                    continue;
                };
                for property in self.facts(&reply).properties {
                    let facts = self.facts(&property.value);
                    let (name, value) = match facts.items {
                        Some(items) => (words::singular(property.name), items),
                        None => (property.name.to_owned(), property.value),
                    };
                    if matches!(value.schema, SchemaRef::Inline(_))
                        && self.named_kind(&value).is_some()
                    {
                        let places = found.entry((namespace.clone(), name)).or_default();
                        places.push(value.pointer.to_string());
                    }
                }
            }
        }
        // Also for a single call, so that a second one does not move the type.
        let found = found.into_iter();
        found
            .map(|((module, name), places)| (module, name, places))
            .collect()
    }
}

/// Returns the place of a named type, and true if it is at the crate's root.
fn place_of(named: &NamedType) -> (Place, bool) {
    match named.name.rsplit_once("::") {
        Some((module, name)) => {
            let module: Vec<String> = module.split("::").map(str::to_owned).collect();
            let parent = module.last().cloned().unwrap_or_default();
            (Place::new(&module, &words::snake(name), &parent), false)
        }
        None => (Place::component(&words::snake(&named.name)), true),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, named, names, object, properties, seam_call};

    const PATH: &str = "/things: { get: { responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/thing' } } } } } } }";

    const SCHEMAS: &str = "
thing:
  type: object
  properties:
    front: { type: object, required: [a], properties: { a: { type: string } } }
    back: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }
other: { type: object, properties: { a: { type: string } } }";

    #[test]
    fn places_of_one_name_share_a_type_with_the_properties_of_all() {
        let names_yaml = "types: [{ name: Side, reason: Both are sides., places: [/components/schemas/thing/properties/front, /components/schemas/thing/properties/back] }]";
        let api = named(PATH, SCHEMAS, Some(names_yaml)).unwrap();
        assert_eq!(
            properties(&api, "thing"),
            ["front: object side", "back: object side"]
        );
        assert_eq!(names(object(&api, "side")), ["a", "b?"]);
    }

    #[test]
    fn a_name_for_a_place_of_which_no_type_is_made_is_a_problem() {
        let names_yaml = "types: [{ name: Unused, reason: It has a better name., places: [/components/schemas/other] }]";
        let errors = named(PATH, SCHEMAS, Some(names_yaml)).unwrap_err();
        let errors = errors.to_string();
        assert!(
            errors.contains("`Unused` for a place that no call uses"),
            "{errors}"
        );
    }

    #[test]
    fn only_the_calls_of_one_namespace_return_one_type() {
        let door = |name: &str| {
            format!(
                "{{ type: object, required: [{name}], properties: {{ {name}: {{ type: string }} }} }}"
            )
        };
        let paths = [
            seam_call("post /doors/get", "", "door", &door("name")),
            seam_call(
                "post /doors/list",
                "",
                "doors",
                &format!("{{ type: array, items: {} }}", door("room")),
            ),
            seam_call("post /gates/get", "", "gate", &door("name")),
        ];
        let none = "unused: { type: object, properties: { a: { type: string } } }";
        let api = model(&paths.concat(), none).unwrap();
        assert_eq!(names(object(&api, "door")), ["name?", "room?"]);
        assert_eq!(names(object(&api, "gate")), ["name"]);
    }
}
