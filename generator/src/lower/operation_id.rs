//! Removes the parts of an `operationId` that tools add to the name of a call.

use crate::model::Method;
use crate::words;

/// Returns the id without the path and the method. Frameworks such as FastAPI append them to the name of a function, and other
/// tools put them before it.
///
/// `read_pet_v1_pets__pet_id__get` of `GET /v1/pets/{pet_id}` is `read_pet`, `get-/v1/pets_list` of `GET /v1/pets` is `list`.
pub(super) fn without_address<'a>(id: &'a str, path: &str, method: Method) -> &'a str {
    let method = method.key();
    let path = path.replace(|c: char| !c.is_alphanumeric(), "_");
    let name = before(id, &format!("{path}_{method}"))
        .or_else(|| after(id, &format!("{method}_{path}_")))
        .filter(|name| name.contains(char::is_alphabetic));
    name.unwrap_or(id)
}

/// Returns the text before an address. Any sign in the id matches `_`.
fn before<'a>(id: &'a str, address: &str) -> Option<&'a str> {
    let (name, end) = id.split_at_checked(id.len().checked_sub(address.len())?)?;
    is_address(end, address).then_some(name)
}

/// Returns the text after an address.
fn after<'a>(id: &'a str, address: &str) -> Option<&'a str> {
    let (start, name) = id.split_at_checked(address.len())?;
    is_address(start, address).then_some(name)
}

fn is_address(text: &str, address: &str) -> bool {
    let text = text.replace(|c: char| !c.is_alphanumeric(), "_");
    text.eq_ignore_ascii_case(address)
}

/// Returns the part after the namespace in an id with dots.
///
/// `shop.stores.shelves.list` in `stores` is `shelves.list`.
pub(super) fn below_namespace<'a>(id: &'a str, namespace: &str) -> &'a str {
    let own = words::folded(namespace);
    let mut start = 0;
    for (at, _) in id.match_indices('.') {
        let rest = &id[at + 1..];
        if words::folded(&id[start..at]) == own && rest.starts_with(char::is_alphabetic) {
            return rest;
        }
        start = at + 1;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::{below_namespace, without_address};
    use crate::model::Method;

    #[test]
    fn path_and_method_are_removed_from_the_end_of_an_id() {
        let name = |id, path| without_address(id, path, Method::Get);
        assert_eq!(
            name("Read_pet_v1_pets__pet_id__get", "/v1/pets/{pet_id}"),
            "Read_pet"
        );
        assert_eq!(name("list_text_to_speech_get", "/text-to-speech"), "list");
        assert_eq!(name("root__get", "/"), "root");
        assert_eq!(
            name("get-/v3/pets/{id}_getPage", "/v3/pets/{id}"),
            "getPage"
        );
        // Nothing would be left, or the end belongs to another call.
        assert_eq!(name("_pets_get", "/pets"), "_pets_get");
        assert_eq!(name("read_pets_post", "/pets"), "read_pets_post");
        assert_eq!(name("ä_pets_get", "/ü"), "ä_pets_get");
    }

    #[test]
    fn the_parts_up_to_the_namespace_are_removed() {
        let name = |id| below_namespace(id, "stores");
        assert_eq!(name("shop.stores.shelves.list"), "shelves.list");
        assert_eq!(name("shop.stores.list"), "list");
        assert_eq!(name("shop.shelves.list"), "shop.shelves.list");
        assert_eq!(name("shop.stores"), "shop.stores");
    }
}
