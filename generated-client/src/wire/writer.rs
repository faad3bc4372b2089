use super::number::ecmascript;

/// A problem of a value in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    #[error("holds a number that is not finite, which JSON cannot carry")]
    NotFinite,
    #[error("holds an empty id")]
    EmptyId,
}

/// The tags of an object that the unions around it have written.
pub(crate) struct Tags(Vec<(String, String)>);

impl Tags {
    /// Returns true if the object has this member already.
    pub(crate) fn hold(&self, name: &str) -> bool {
        self.0.iter().any(|(tag, _)| tag == name)
    }
}

/// Builds JSON text.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    /// Members for the next object that begins: the tags of unions.
    tags: Vec<(String, String)>,
    problem: Option<Problem>,
    is_of_request: bool,
}

impl Writer {
    /// Returns a writer for a request, which leaves out the properties that only the API sets.
    pub(crate) fn of_request() -> Self {
        Self {
            is_of_request: true,
            ..Self::default()
        }
    }

    pub(crate) fn is_of_request(&self) -> bool {
        self.is_of_request
    }

    /// Returns the text, and the first problem in it for a request.
    pub(crate) fn finish(self) -> (String, Option<Problem>) {
        (self.text, self.problem)
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes a number in the format of ECMAScript; `null` if it is not finite.
    pub fn number(&mut self, value: f64) {
        if value.is_finite() {
            self.text.push_str(&ecmascript(value));
        } else {
            self.problem.get_or_insert(Problem::NotFinite);
            self.null();
        }
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.text.push_str(&value.to_string());
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        push_string(&mut self.text, value);
    }

    /// Writes an id.
    pub fn id(&mut self, value: &str) {
        if value.is_empty() {
            self.problem.get_or_insert(Problem::EmptyId);
        }
        self.string(value);
    }

    /// Writes JSON that is already text.
    pub(crate) fn json(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// Begins an object.
    pub(crate) fn begin_object(&mut self) -> Tags {
        self.text.push('{');
        let tags = std::mem::take(&mut self.tags);
        for (name, json) in &tags {
            self.key(name);
            self.text.push_str(json);
        }
        Tags(tags)
    }

    /// Begins a member of the current object; its value comes next.
    pub(crate) fn key(&mut self, name: &str) {
        self.separate('{');
        push_string(&mut self.text, name);
        self.text.push(':');
    }

    /// Ends the current object.
    pub(crate) fn end_object(&mut self) {
        self.text.push('}');
    }

    /// Begins a list.
    pub(crate) fn begin_list(&mut self) {
        self.text.push('[');
    }

    /// Begins an item of the current list; its value comes next.
    pub(crate) fn item(&mut self) {
        self.separate('[');
    }

    /// Ends the current list.
    pub(crate) fn end_list(&mut self) {
        self.text.push(']');
    }

    /// Adds a member with a string to the start of the next object.
    pub fn tag(&mut self, name: &str, value: &str) {
        let mut json = String::new();
        push_string(&mut json, value);
        self.tags.push((name.to_owned(), json));
    }

    /// Adds a member with a boolean to the start of the next object.
    pub fn boolean_tag(&mut self, name: &str, value: bool) {
        self.tags.push((name.to_owned(), value.to_string()));
    }

    /// Adds a member with an integer to the start of the next object.
    pub fn integer_tag(&mut self, name: &str, value: i64) {
        self.tags.push((name.to_owned(), value.to_string()));
    }

    /// Writes an object with only its tags.
    pub fn tags_alone(&mut self) {
        self.begin_object();
        self.end_object();
    }

    fn separate(&mut self, opening: char) {
        if !self.text.ends_with(opening) {
            self.text.push(',');
        }
    }
}

fn push_string(text: &mut String, value: &str) {
    if value
        .bytes()
        .any(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        text.push_str(&serde_json::Value::from(value).to_string());
    } else {
        text.push('"');
        text.push_str(value);
        text.push('"');
    }
}
