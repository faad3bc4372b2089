//! The features of the client, as its manifest declares them.

mod parts;

use crate::model::DELIVERIES;
use crate::rust::gate::simplified;
use crate::rust::{Plan, namespaces};
use crate::words;

/// Returns the lines that declare the features of a model in a manifest.
pub(crate) fn features(plan: &Plan<'_>) -> String {
    let api = plan.api;
    let mut documented: Vec<String> = api
        .namespaces
        .iter()
        .filter(|namespace| !namespace.is_undocumented())
        .map(|namespace| namespaces::feature(namespace.name()))
        .collect();
    documented.extend(api.deliveries.map(|_| namespaces::feature(DELIVERIES)));
    documented.sort();
    documented.dedup();
    let list: Vec<String> = documented
        .iter()
        .map(|name| format!("    \"{name}\",\n"))
        .collect();
    // The parts of the runtime that only some documents need come with whatever can need them.
    let parts = if parts::are_needed(api) {
        "\"_parts\""
    } else {
        ""
    };
    let mut lines = format!(
        "documented = [\n{}]\nundocumented = [{parts}]\n",
        list.concat()
    );
    for name in &documented {
        lines.push_str(&format!("{name} = [{parts}]\n"));
    }
    if api.connection.is_none() {
        lines.push_str(&webhook(plan));
    }
    lines
}

/// Returns the feature of webhooks, with the features that bring in what they deliver.
fn webhook(plan: &Plan<'_>) -> String {
    let api = plan.api;
    let gate = api.delivered.map(|id| simplified(&plan.type_item(id).gate));
    // The feature that needs no other one; of several, that of the resource's own calls.
    let component = api
        .delivered
        .and_then(|id| api.type_def(id).component.clone());
    let is_own = |namespace: &str| {
        let component = component.as_deref().unwrap_or_default();
        words::singular(namespace) == component
    };
    let way = gate.iter().flatten().min_by_key(|(feature, hidden)| {
        let is_own = feature.as_deref().is_some_and(is_own);
        (*hidden, !is_own)
    });
    let mut needed = vec!["dep:standardwebhooks".to_owned()];
    if let Some((feature, hidden)) = way {
        needed.extend(feature.as_deref().map(namespaces::feature));
        needed.extend(hidden.then(|| "undocumented".to_owned()));
    }
    format!("# Verifies and reads what the API delivers to webhooks.\nwebhook = {needed:?}\n")
}

#[cfg(test)]
mod tests {
    use super::features;
    use crate::rust::tests::{get, plan};

    #[test]
    fn each_namespace_is_a_feature_and_the_documented_ones_go_together() {
        let leaf = "leaf: { type: object, properties: { a: { type: string } } }";
        let (plants, trees) = (get("plants", "leaf"), get("trees", "leaf"));
        assert_eq!(
            plan(&[&trees, &plants], &[leaf], features),
            "documented = [\n    \"plants\",\n    \"trees\",\n]\nundocumented = []\nplants = []\ntrees = []\n"
        );
    }
}
