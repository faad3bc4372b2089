//! Features: which `cfg` an item stands under.

use std::collections::BTreeSet;

use crate::names;
use crate::passes::simplified;

/// The ways in to an item.
pub(crate) type Gate = BTreeSet<(Option<String>, bool)>;

/// The `cfg` of an item whose surroundings stand under another gate already; nothing when that says it all.
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

/// The `cfg` of an item that stands under none.
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
    format!("feature = \"{}\"", names::feature_name(namespace))
}
