//! The place of a traversal. It is cheap to pass on, and is converted to text only for messages.

use super::Pointer;

/// A place in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(super) const ROOT: Place<'static> = Place {
        parent: None,
        step: Step::Root,
    };

    pub(super) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    pub(super) fn index(&'a self, index: usize) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// Returns the parent of this place.
    pub(super) fn parent(&self) -> &Place<'a> {
        self.parent.unwrap_or(self)
    }

    /// Returns the key of the place.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self.step {
            Step::Key(key) => Some(key),
            Step::Root | Step::Index(_) => None,
        }
    }

    /// Returns true if the place is a keyword of the schema of a parameter.
    pub(super) fn is_of_a_parameter(&self) -> bool {
        let schema = self.parent();
        let parameter = schema.parent();
        schema.name() == Some("schema") && parameter.parent().name() == Some("parameters")
    }

    pub(super) fn pointer(&self) -> Pointer {
        self.steps()
            .into_iter()
            .fold(Pointer::root(""), |pointer, step| match step {
                Step::Root => pointer,
                Step::Key(key) => pointer.key(key),
                Step::Index(index) => pointer.index(index),
            })
    }

    /// Returns the place as a JSONPath, for the target of an overlay's action.
    pub(super) fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.steps() {
            match step {
                Step::Root => {}
                Step::Key(key) if is_plain(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Step::Key(key) => path.push_str(&in_brackets(key)),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    fn steps(&self) -> Vec<Step<'a>> {
        let mut steps = vec![self.step];
        let mut place = self.parent;
        while let Some(Place { parent, step }) = place {
            steps.push(*step);
            place = *parent;
        }
        steps.reverse();
        steps
    }
}

/// Returns a key in brackets, as a JSONPath allows for any key.
pub(super) fn in_brackets(key: &str) -> String {
    let key = key.replace('\\', "\\\\").replace('\'', "\\'");
    format!("['{key}']")
}

fn is_plain(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json_path::JsonPath;

    use super::*;

    #[test]
    fn a_place_is_converted_to_a_pointer_and_to_a_json_path() {
        let root = Place::ROOT;
        let paths = root.key("paths");
        let path = paths.key("/a~b/{it's}\\");
        let get = path.key("get");
        let list = get.key("parameters");
        let place = list.index(1);
        assert_eq!(
            place.pointer().to_string(),
            "/paths/~1a~0b~1{it's}\\/get/parameters/1"
        );
        let document = json!({"paths": {"/a~b/{it's}\\": {"get": {"parameters": [0, 7]}}}});
        let found = JsonPath::parse(&place.path()).unwrap();
        assert_eq!(found.query(&document).exactly_one().unwrap(), &json!(7));
        assert_eq!(root.path(), "$");
        assert_eq!(root.pointer().to_string(), "");
    }
}
