//! Normalises the keys of `paths`.

use serde_json::{Map, Value};

use super::Pointer;
use super::found::describe;
use super::keywords::is_extension;
use crate::error::Warning;

/// Adds missing slashes before paths, and removes entries that cannot be a path.
pub(super) fn spell(document: &mut Value) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return warnings;
    };
    let is_path = |key: &String| key.starts_with('/') || key == "$ref" || is_extension(key);
    if paths.keys().all(is_path) {
        return warnings;
    }
    let mut spelled = Map::new();
    for (key, item) in std::mem::take(paths) {
        if is_path(&key) {
            spelled.insert(key, item);
            continue;
        }
        let path = format!("/{key}");
        let mut warn = |found: String, taken: String| {
            warnings.push(Warning {
                pointer: Pointer::root("/paths").key(&key).to_string(),
                found,
                taken,
            });
        };
        if !item.is_object() {
            let found = format!("`{key}` among the paths, which is {}", describe(&item));
            warn(found, "no path".to_owned());
        } else if spelled.contains_key(&path) {
            let found = format!("the path `{key}` beside `{path}`");
            warn(found, "a mistake: only the other one counts".to_owned());
        } else {
            let found = format!("the path `{key}`, which does not begin with `/`");
            warn(found, format!("`{path}`"));
            spelled.insert(path, item);
        }
    }
    *paths = spelled;
    warnings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::spell;

    #[test]
    fn missing_slashes_are_added_and_invalid_paths_removed() {
        let item = json!({"get": {"responses": {}}});
        let mut document = json!({"paths": {
            "/a": item, "a": item, "b/{id}": item, "parameters": [], "x-note": 1,
        }});
        let warnings = spell(&mut document);
        assert_eq!(
            document,
            json!({"paths": {"/a": item, "/b/{id}": item, "x-note": 1}})
        );
        let pointers: Vec<&str> = warnings.iter().map(|w| w.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/paths/a", "/paths/b~1{id}", "/paths/parameters"]
        );
    }
}
