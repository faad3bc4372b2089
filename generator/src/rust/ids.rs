//! The types of the ids of resources.

use crate::model::Api;
use crate::names;

/// Returns the type of the ids of a resource: `AccessCodeId` for `access_code`.
pub(crate) fn type_name(of: &str) -> String {
    names::type_name(&format!("{of}_id"))
}

/// Returns the types of ids that the crate defines, sorted by name, each with its resource. The id of an action attempt is part
/// of the runtime.
pub(crate) fn all(api: &Api) -> Vec<(String, String)> {
    let ids = api.ids.iter();
    let mut all: Vec<_> = ids
        .map(|of| (type_name(of), of.replace('_', " ")))
        .filter(|(name, _)| !names::is_runtime_type(name))
        .collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::model::Api;

    #[test]
    fn the_id_of_an_action_attempt_is_not_generated() {
        let api = Api {
            ids: ["device", "action_attempt", "acs_user"]
                .map(str::to_owned)
                .to_vec(),
            ..Api::default()
        };
        let names: Vec<String> = all(&api).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["AcsUserId", "DeviceId"]);
    }
}
