//! Bodies that have one of several sets of keys. Each set becomes a method; a property that no set requires is optional.

use super::Lowering;
use super::body::common_properties;
use super::facts::Facts;
use super::inputs::Inputs;
use super::operation::OwnIds;
use super::place::Place;
use super::union::Alternative;
use crate::document::Pointer;
use crate::model::{Location, Overload, Param};
use crate::trace::Reason;

impl<'a> Lowering<'a> {
    /// Makes a method for each set of keys. The set with the resource's own id, or else the first, has the plain method.
    pub(super) fn keyed_body(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
        shared: &[&'a str],
        request: &Place,
        location: Location,
        own: &OwnIds,
    ) -> Inputs {
        let common = self.params(facts, request, location, &[]);
        let (always, mut options): (Vec<Param>, Vec<Param>) = common
            .into_iter()
            .partition(|param| param.presence.required);
        let names = facts.properties.iter().map(|property| property.name);
        let base: Vec<&str> = names.chain(shared.iter().copied()).collect();
        options.extend(self.shared_options(facts, branches, shared, request, location));
        let mut overloads: Vec<Overload> = Vec::new();
        for branch in branches {
            let own = self.params(&branch.facts, request, location, &base);
            let (keys, others): (Vec<Param>, Vec<Param>) =
                own.into_iter().partition(|param| param.presence.required);
            for param in others {
                match options.iter().any(|known| known.name == param.name) {
                    true => self
                        .report
                        .leave_out(&Pointer::root(&param.pointer), Reason::Same),
                    false => options.push(param),
                }
            }
            let suffix = keys
                .iter()
                .map(|key| key.name.as_str())
                .collect::<Vec<_>>()
                .join("_and_");
            let required = keys.into_iter().chain(always.iter().cloned()).collect();
            overloads.push(Overload {
                suffix: Some(format!("by_{suffix}")),
                required,
            });
        }
        let names_own = |overload: &Overload| matches!(overload.required.first(), Some(key) if own.names.contains(&key.name));
        let plain = overloads.iter().position(names_own).unwrap_or(0);
        if let Some(overload) = overloads.get_mut(plain) {
            overload.suffix = None;
        }
        Inputs { overloads, options }
    }

    /// Returns the optional parameters that every branch has but the body around the branches has not.
    fn shared_options(
        &self,
        facts: &Facts<'a>,
        branches: &[Alternative<'a>],
        shared: &[&'a str],
        request: &Place,
        location: Location,
    ) -> Vec<Param> {
        let is_wanted = |name: &str| shared.contains(&name) && facts.property(name).is_none();
        let Some((first, others)) = branches.split_first() else {
            return Vec::new();
        };
        for property in others.iter().flat_map(|branch| &branch.facts.properties) {
            if is_wanted(property.name) {
                self.report.leave_out(&property.value.pointer, Reason::Same);
            }
        }
        let names = first.facts.properties.iter().map(|property| property.name);
        let unwanted: Vec<&str> = names.filter(|name| !is_wanted(name)).collect();
        self.params(&first.facts, request, location, &unwanted)
    }
}

/// Returns the properties that every branch has and none requires.
pub(super) fn common_options<'a>(branches: &[Alternative<'a>]) -> Vec<&'a str> {
    let common = common_properties(branches).into_iter();
    common
        .filter(|name| branches.iter().all(|branch| !branch.facts.requires(name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{model, only_call, seam_call};

    /// Returns the overloads of a call of Seam's dialect with this body.
    fn overloads(path: &str, body: &str) -> Vec<(Option<String>, Vec<String>)> {
        let thing = "{ $ref: '#/components/schemas/thing' }";
        let api = model(
            &seam_call(&format!("post {path}"), body, "thing", thing),
            "thing: { type: object, properties: { thing_id: { type: string } } }",
        );
        let api = api.unwrap();
        let overloads = only_call(&api).overloads.iter();
        overloads
            .map(|overload| {
                let required = overload.required.iter().map(|param| param.name.clone());
                (overload.suffix.clone(), required.collect())
            })
            .collect()
    }

    fn keys(names: &str) -> String {
        let properties: Vec<String> = names
            .split(", ")
            .map(|name| format!("{name}: {{ type: string }}"))
            .collect();
        format!(
            "{{ type: object, required: [{names}], properties: {{ {} }} }}",
            properties.join(", ")
        )
    }

    #[test]
    fn each_set_of_keys_is_a_method_and_the_own_id_is_the_plain_one() {
        let body = format!(
            "{{ oneOf: [{}, {}] }}",
            keys("name, city"),
            keys("thing_id")
        );
        let found = overloads("/things/get", &body);
        let by_name = Some("by_name_and_city".to_owned());
        assert_eq!(
            found[0],
            (by_name, vec!["name".to_owned(), "city".to_owned()])
        );
        assert_eq!(found[1], (None, vec!["thing_id".to_owned()]));
    }
}
