//! Ids of resources, as types of their own.

use crate::model::Api;
use crate::names;

/// The type of the ids of what is called so: `AccessCodeId` of `access_code`.
pub(crate) fn type_name(of: &str) -> String {
    names::type_name(&format!("{of}_id"))
}

/// The types of ids that the crate defines, sorted by name, each with what it identifies. The client itself has that of an action
/// attempt.
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
    fn the_client_has_the_id_of_an_action_attempt_itself() {
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
