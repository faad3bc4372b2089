//! Unions whose branches have different JSON types.

use super::Alternative;
use crate::document::Pointer;
use crate::lower::Lowering;
use crate::lower::facts::{Facts, JsonType, Located};
use crate::lower::names;
use crate::lower::place::Place;
use crate::model::{Kind, KindBranch, Type, UNSIGNED, Union};

impl<'a> Lowering<'a> {
    pub(super) fn union_of_kinds(
        &self,
        facts: &Facts<'a>,
        branches: Vec<Alternative<'a>>,
        place: &Place,
    ) -> Type {
        let mut groups: Vec<(JsonType, Vec<Alternative<'a>>)> = Vec::new();
        let branches = self.of_one_kind(branches, &facts.pointer);
        let kinds: Option<Vec<JsonType>> = branches
            .iter()
            .map(|branch| self.kind_of(&branch.facts))
            .collect();
        let Some(kinds) = kinds else {
            self.drop_branches(facts, &branches);
            self.report.decide(
                &facts.pointer,
                "one of the branches can be of any JSON type, so it is any JSON",
            );
            return Type::Json;
        };
        for (branch, kind) in branches.into_iter().zip(kinds) {
            let kind = if kind == JsonType::Integer {
                JsonType::Number
            } else {
                kind
            };
            match groups.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, members)) => members.push(branch),
                None => groups.push((kind, vec![branch])),
            }
        }
        if let [(JsonType::Array, lists)] = groups.as_slice() {
            return self.list_of_any(facts, lists, place);
        }
        for (_, members) in &mut groups {
            if members.len() > 1 {
                *members = self.flat(std::mem::take(members), &facts.pointer);
            }
            let is_union = |member: &Alternative<'a>| !member.facts.alternatives.is_empty();
            if members.len() > 1 && members.iter().any(is_union) {
                self.drop_branches(facts, members);
                self.report.decide(
                    &facts.pointer,
                    "several branches are of one JSON type, and one of them has branches of its own, so it is any JSON",
                );
                return Type::Json;
            }
        }
        if groups.len() == 1 {
            let members = groups.swap_remove(0).1;
            return self.union_type(facts, members, place);
        }
        for (kind, members) in &mut groups {
            let whole =
                |member: &Alternative<'a>| member.facts.json_type == Some(JsonType::Integer);
            if *kind == JsonType::Number && members.iter().all(whole) {
                *kind = JsonType::Integer;
            }
        }
        let id = self.id_for(facts, place);
        let inner = Place {
            reserved: None,
            ..place.clone()
        };
        let kinds = groups.iter().map(|(kind, _)| names::kind_word(*kind));
        self.report.decide(
            &facts.pointer,
            format!(
                "the branches are told apart by their JSON type: `{}`",
                kinds.collect::<Vec<_>>().join("`, `")
            ),
        );
        let mut without_alternatives = facts.clone();
        without_alternatives.alternatives.clear();
        let branches = groups
            .into_iter()
            .map(|(kind, members)| {
                let payload = self.union_type(
                    &without_alternatives,
                    members,
                    // The named type of a list is that of its items.
                    &inner.property(match kind {
                        JsonType::Array => "items",
                        other => names::kind_name(other),
                    }),
                );
                // This branch takes all strings, so its enum must allow unknown ones.
                let payload = match payload {
                    Type::DateTime => Type::String,
                    other => other,
                };
                let kind = match self.is_whole_enum(&payload) {
                    true => JsonType::Integer,
                    false => kind,
                };
                let kind = match payload {
                    Type::Unsigned => UNSIGNED,
                    _ => names::kind_word(kind),
                };
                KindBranch { kind, payload }
            })
            .collect();
        self.types.define(id, Kind::Union(Union::Kinds(branches)))
    }

    /// Replaces unions of several JSON types among the branches by their own branches.
    fn of_one_kind(
        &self,
        branches: Vec<Alternative<'a>>,
        pointer: &Pointer,
    ) -> Vec<Alternative<'a>> {
        let is_mixed = |branch: &Alternative<'a>| {
            !branch.facts.alternatives.is_empty() && self.kind_of(&branch.facts).is_none()
        };
        let branches = branches.into_iter();
        branches
            .flat_map(|branch| match is_mixed(&branch) {
                true => self.flat(vec![branch], pointer),
                false => vec![branch],
            })
            .collect()
    }

    fn is_whole_enum(&self, ty: &Type) -> bool {
        let Type::Named(id) = ty else { return false };
        matches!(&*self.types.kind(*id), Kind::Enumeration(of) if of.whole)
    }

    /// Returns one list for several. Lists cannot be distinguished, so an item may have the type of an item of any of them.
    fn list_of_any(&self, facts: &Facts<'a>, lists: &[Alternative<'a>], place: &Place) -> Type {
        let items: Option<Vec<Located<'a>>> =
            lists.iter().map(|list| list.facts.items.clone()).collect();
        let Some(items) = items else {
            return Type::Json.list();
        };
        self.report.decide(
            &facts.pointer,
            "the lists cannot be told apart, so they are one list with the items of all of them",
        );
        let item = self.type_of_schemas(items, facts.pointer.clone(), &place.item());
        match item.nullable && item.ty != Type::Json {
            true => Type::Nullable(Box::new(item.ty)).list(),
            false => item.ty.list(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::tests::{properties, received};
    use crate::lower::union::tests::property_of;

    const NUMBERS: &str = "{ type: array, items: { type: integer } }";

    #[test]
    fn each_json_type_has_a_branch() {
        assert_eq!(
            property_of(&["{ type: string }", NUMBERS]),
            "it: by type: String, list of Integer"
        );
        let listed = "{ type: string, enum: [x] }";
        assert_eq!(
            property_of(&[listed, NUMBERS, "{ type: string, enum: [y] }"]),
            "it: by type: one of x, y, list of Integer"
        );
    }

    #[test]
    fn a_branch_for_text_takes_any_text_and_not_times_alone() {
        let time = "{ type: string, format: date-time }";
        assert_eq!(
            property_of(&[time, "{ type: integer }"]),
            "it: by type: String, Integer"
        );
    }

    #[test]
    fn lists_are_one_list_whose_items_are_what_any_of_them_holds() {
        let texts = "{ type: array, items: { type: string } }";
        assert_eq!(
            property_of(&[texts, NUMBERS]),
            "it: list of by type: String, Integer"
        );
    }

    #[test]
    fn a_branch_of_any_type_makes_all_of_it_any_json() {
        assert_eq!(
            property_of(&["{ type: string }", "{ description: Any. }"]),
            "it: Json"
        );
    }

    #[test]
    fn unions_within_unions_with_too_many_branches_are_any_json() {
        let of = |unions: usize| {
            let union = |own: usize| {
                let branches: Vec<String> = (0..unions)
                    .map(|branch| {
                        format!("{{ type: object, properties: {{ p{own}x{branch}: {{ type: string }} }} }}")
                    })
                    .collect();
                format!("u{own}: {{ oneOf: [{}] }}\n", branches.join(", "))
            };
            let all: String = (0..unions).map(union).collect();
            let references: Vec<String> = (0..unions)
                .map(|own| format!("{{ $ref: '#/components/schemas/u{own}' }}"))
                .collect();
            received(&format!(
                "{all}thing: {{ type: object, properties: {{ it: {{ oneOf: [{}] }} }} }}",
                references.join(", ")
            ))
        };
        let few = of(3);
        assert_eq!(few.warnings, []);
        assert_eq!(properties(&few, "thing"), ["it: object it"]);
        let many = of(32);
        assert_eq!(properties(&many, "thing"), ["it: Json"]);
        let [warning] = many.warnings.as_slice() else {
            panic!("{:?}", many.warnings);
        };
        assert_eq!(warning.pointer, "/components/schemas/thing/properties/it");
    }
}
