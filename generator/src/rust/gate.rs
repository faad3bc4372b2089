//! Features: the `cfg` of each item.

mod widening;

use std::collections::BTreeSet;

use super::items::TypePath;
use super::namespaces;
use crate::model::{Api, Reach};

/// The alternative conditions under which an item is compiled.
pub(crate) type Gate = BTreeSet<Condition>;

/// A condition: the namespace whose feature it needs (`None` for `undocumented` alone), and true if it needs `undocumented`.
pub(crate) type Condition = (Option<String>, bool);

/// Returns the gate of each type: the features of the calls that reach it, and of the module that it is in.
pub(super) fn gates(api: &Api, paths: &[TypePath]) -> Vec<Gate> {
    let undocumented: BTreeSet<&str> = api
        .namespaces
        .iter()
        .filter(|namespace| namespace.is_undocumented())
        .map(|namespace| namespace.name())
        .collect();
    let condition = |reach: &Reach| match undocumented.contains(reach.namespace.as_str()) {
        true => (None, true),
        false => (Some(reach.namespace.clone()), reach.undocumented),
    };
    let own = |reached: &BTreeSet<Reach>| reached.iter().map(condition).collect();
    let gates = api.types.iter().map(|ty| own(&ty.reached)).collect();
    widening::widened(api, paths, gates)
}

/// Returns the `cfg` of an item inside a gate; `None` if that gate is enough.
pub(crate) fn cfg(gate: &Gate, around: &Gate) -> Option<String> {
    let own = simplified(gate);
    let around = simplified(around);
    if own == around || own.is_empty() {
        return None;
    }
    let features = |gate: &Gate| {
        gate.iter()
            .map(|(feature, _)| feature.clone())
            .collect::<BTreeSet<_>>()
    };
    let hidden = own.iter().all(|(_, hidden)| *hidden);
    if hidden
        && (features(&own) == features(&around)
            || around.contains(&(None, true)) && around.len() == 1)
    {
        return Some("feature = \"undocumented\"".to_owned());
    }
    Some(expression(&own))
}

/// Returns the `cfg` of an item outside of any gate.
pub(crate) fn expression(gate: &Gate) -> String {
    let named = |wanted: bool| -> Vec<String> {
        let matching = gate
            .iter()
            .filter(|(feature, hidden)| feature.is_some() && *hidden == wanted);
        matching
            .filter_map(|(feature, _)| feature.as_deref())
            .map(feature)
            .collect()
    };
    let mut alternatives = named(false);
    let hidden = named(true);
    if gate.contains(&(None, true)) {
        alternatives.push("feature = \"undocumented\"".to_owned());
    } else if !hidden.is_empty() {
        alternatives.push(format!("all(feature = \"undocumented\", {})", any(&hidden)));
    }
    any(&alternatives)
}

fn any(alternatives: &[String]) -> String {
    match alternatives {
        [only] => only.clone(),
        several => format!("any({})", several.join(", ")),
    }
}

fn feature(namespace: &str) -> String {
    format!("feature = \"{}\"", namespaces::feature(namespace))
}

/// Returns the gate without conditions that another one covers.
pub(crate) fn simplified(gate: &Gate) -> Gate {
    let any_undocumented = gate.contains(&(None, true));
    gate.iter()
        .filter(|(feature, hidden)| {
            !hidden
                || feature.is_none()
                || (!any_undocumented && !gate.contains(&(feature.clone(), false)))
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{get, plan};
    use super::{Gate, cfg, expression, simplified};

    fn gate(conditions: &[(&str, bool)]) -> Gate {
        let condition = |(namespace, hidden): &(&str, bool)| {
            (
                (!namespace.is_empty()).then(|| (*namespace).to_owned()),
                *hidden,
            )
        };
        conditions.iter().map(condition).collect()
    }

    #[test]
    fn an_item_is_compiled_with_any_feature_that_reaches_it() {
        let both = gate(&[("locks", false), ("devices", false)]);
        assert_eq!(
            expression(&both),
            "any(feature = \"devices\", feature = \"locks\")"
        );
        let hidden = gate(&[("locks", true)]);
        assert_eq!(
            expression(&hidden),
            "all(feature = \"undocumented\", feature = \"locks\")"
        );
        assert_eq!(
            expression(&gate(&[("", true)])),
            "feature = \"undocumented\""
        );
    }

    #[test]
    fn a_condition_that_another_one_covers_is_left_out() {
        let all = gate(&[
            ("locks", false),
            ("locks", true),
            ("devices", true),
            ("", true),
        ]);
        assert_eq!(simplified(&all), gate(&[("locks", false), ("", true)]));
    }

    #[test]
    fn an_item_has_only_conditions_that_its_file_does_not_have() {
        let file = gate(&[("locks", false)]);
        assert_eq!(cfg(&file, &file), None);
        let hidden = gate(&[("locks", true)]);
        assert_eq!(
            cfg(&hidden, &file).as_deref(),
            Some("feature = \"undocumented\"")
        );
    }

    #[test]
    fn a_type_that_two_namespaces_return_has_the_features_of_both() {
        let gates = plan(
            &[
                &get("plants", "leaf"),
                &get("trees", "leaf"),
                &get("trees", "root"),
            ],
            &[
                "leaf: { type: object, properties: { a: { type: string } } }",
                "root: { type: object, properties: { a: { type: string } } }",
            ],
            |plan| {
                let gate = |name: &str| {
                    let mut live = plan.live();
                    let item = live.find(|item| item.path.name == name);
                    item.map(|item| item.gate.clone()).unwrap_or_default()
                };
                [gate("Leaf"), gate("Root")]
            },
        );
        let both = gate(&[("plants", false), ("trees", false)]);
        assert_eq!(gates, [both, gate(&[("trees", false)])]);
    }
}
