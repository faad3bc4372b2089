use std::borrow::Cow;

use serde_json::Value;

use super::check::end_of_string;
use super::deviation::Deviation;

/// So many deviations of one text are recorded; whoever has that many needs no more.
const MOST_DEVIATIONS: usize = 10_000;
/// What the items of lists may take in memory, whatever the text: more than any reply of the API, and besides so many
/// times the text's own length. Without a bound `[{},{},…]` takes thousands of times its length.
const LEAST_BUDGET: usize = 64 << 20;
const BUDGET_BY_LENGTH: usize = 16;

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are JSON's own")]
pub enum Kind {
    Null,
    Boolean,
    Number,
    String,
    List,
    Object,
}

impl Kind {
    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number => "number",
            Kind::String => "string",
            Kind::List => "list",
            Kind::Object => "object",
        }
    }
}

/// One step of the way from the root of the body to the value being read.
#[derive(Debug)]
enum Step<'a> {
    Key(Cow<'a, str>),
    Index(usize),
}

/// A cursor over JSON text that is known to be well-formed.
///
/// Since `check` ran before, no method has an error to report: each takes what it came for, or says that
/// something else stands there and leaves the cursor where it was.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    path: Vec<Step<'a>>,
    deviations: Vec<Deviation>,
    /// Bytes of memory that items of lists may still take.
    budget: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            path: Vec::new(),
            deviations: Vec::new(),
            budget: LEAST_BUDGET.saturating_add(text.len().saturating_mul(BUDGET_BY_LENGTH)),
        }
    }

    /// Takes memory for an item of a list; `false` when there is no more.
    pub(crate) fn afford(&mut self, bytes: usize) -> bool {
        let left = self.budget.checked_sub(bytes);
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    /// What departed from the document so far.
    pub(crate) fn into_deviations(self) -> Vec<Deviation> {
        self.deviations
    }

    /// The type of the value that comes next.
    pub fn kind(&mut self) -> Kind {
        match self.peek() {
            b'n' => Kind::Null,
            b't' | b'f' => Kind::Boolean,
            b'"' => Kind::String,
            b'[' => Kind::List,
            b'{' => Kind::Object,
            _ => Kind::Number,
        }
    }

    /// Takes a `null`.
    pub fn null(&mut self) -> bool {
        let is_null = self.peek() == b'n';
        if is_null {
            self.at += 4;
        }
        is_null
    }

    /// Takes a boolean.
    pub fn boolean(&mut self) -> Option<bool> {
        match self.peek() {
            b't' => {
                self.at += 4;
                Some(true)
            }
            b'f' => {
                self.at += 5;
                Some(false)
            }
            _ => None,
        }
    }

    /// Takes a number, as it is written.
    pub fn number(&mut self) -> Option<&'a str> {
        (self.kind() == Kind::Number).then(|| self.raw())
    }

    /// Takes a string. Half a surrogate pair, which JSON allows and text does not, becomes U+FFFD.
    pub fn string(&mut self) -> Option<Cow<'a, str>> {
        if self.peek() != b'"' {
            return None;
        }
        let raw = self.raw();
        let inner = raw.get(1..raw.len() - 1).unwrap_or_default();
        Some(if inner.contains('\\') {
            Cow::Owned(unescape(raw))
        } else {
            Cow::Borrowed(inner)
        })
    }

    /// Takes any value. `None` where a number in it is too large to hold; the value is skipped then.
    pub fn value(&mut self) -> Option<Value> {
        let raw = self.raw();
        serde_json::from_str(raw)
            .or_else(|_| serde_json::from_str(&replace_lone_surrogates(raw)))
            .ok()
    }

    /// Skips a value and gives its text.
    pub(crate) fn raw(&mut self) -> &'a str {
        self.peek();
        let start = self.at;
        self.skip();
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips a value of any type.
    pub fn skip(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                b'"' => self.at = end_of_string(self.text.as_bytes(), self.at),
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    open = open.saturating_sub(1);
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ => self.skip_word(),
            }
            if open == 0 || self.at >= self.text.len() {
                return;
            }
        }
    }

    /// Enters an object; [`next_key`](Self::next_key) then walks it.
    pub(crate) fn enter_object(&mut self) -> bool {
        let here = self.peek() == b'{';
        self.at += usize::from(here);
        here
    }

    /// The next key of the object that was entered, or `None` after its last, with the cursor behind the object.
    pub(crate) fn next_key(&mut self) -> Option<Cow<'a, str>> {
        if self.peek() == b',' {
            self.at += 1;
        }
        match self.string() {
            Some(key) => {
                self.peek();
                self.at += 1; // the colon
                Some(key)
            }
            None => {
                self.at += 1; // the closing brace
                None
            }
        }
    }

    /// Enters a list; [`next_item`](Self::next_item) then walks it.
    pub(crate) fn enter_list(&mut self) -> bool {
        let here = self.peek() == b'[';
        self.at += usize::from(here);
        here
    }

    /// Whether the list that was entered has another item; the cursor then is at it, else behind the list.
    pub(crate) fn next_item(&mut self) -> bool {
        if self.peek() == b',' {
            self.at += 1;
        }
        let more = !matches!(self.peek(), b']' | 0);
        if !more {
            self.at += 1;
        }
        more
    }

    /// Goes to the value of `key` in the object that comes next. `false`, and nothing moved, when there is no such key.
    pub(crate) fn seek(&mut self, key: &str) -> bool {
        let start = self.at;
        if self.enter_object() {
            while let Some(found) = self.next_key() {
                if found == key {
                    return true;
                }
                self.skip();
            }
        }
        self.at = start;
        false
    }

    /// Where the cursor stands, for [`rewind`](Self::rewind).
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Goes back (or forth) to a position taken earlier.
    pub(crate) fn rewind(&mut self, position: usize) {
        self.at = position;
    }

    /// Reads what stands under a key, so that deviations in it have their place.
    pub(crate) fn within<T>(
        &mut self,
        key: impl Into<Cow<'a, str>>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.path.push(Step::Key(key.into()));
        let read = read(self);
        self.path.pop();
        read
    }

    /// Reads what stands at an index, so that deviations in it have their place.
    pub(crate) fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Index(index));
        let read = read(self);
        self.path.pop();
        read
    }

    /// Records that the value that comes next is of another type than expected, and skips it. Always `false`, the
    /// answer of a [`Slot`](super::Slot) that could not be read.
    pub fn mismatch(&mut self, expected: &str) -> bool {
        let found = self.kind().name();
        self.deviate(expected, found);
        self.skip();
        false
    }

    /// Records a departure at the place that is being read.
    #[cold]
    pub fn deviate(&mut self, expected: &str, found: &str) {
        if self.deviations.len() == MOST_DEVIATIONS {
            return;
        }
        let pointer = self.pointer();
        self.deviations.push(Deviation {
            pointer,
            expected: expected.to_owned(),
            found: found.to_owned(),
        });
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            match step {
                Step::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }

    /// The next byte that is not white space; 0 at the end.
    #[inline]
    fn peek(&mut self) -> u8 {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(&byte) => return byte,
                None => return 0,
            }
        }
    }

    /// Skips a number, a boolean or `null`.
    fn skip_word(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
        self.at += length.unwrap_or(rest.len());
    }
}

/// The text of a string literal that holds escapes.
fn unescape(literal: &str) -> String {
    serde_json::from_str(literal)
        .or_else(|_| serde_json::from_str(&replace_lone_surrogates(literal)))
        .unwrap_or_default()
}

/// Puts U+FFFD where an escape names half a surrogate pair.
fn replace_lone_surrogates(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (kept, length) = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (escape.get(..12), 12),
            (Some(_), _) => (Some("\u{FFFD}"), 6),
            (None, _) => (escape.get(..2), 2),
        };
        out.push_str(kept.unwrap_or_default());
        rest = escape.get(length..).unwrap_or_default();
    }
    out + rest
}

/// The surrogate that the escape at the start of `text` names, if it names one.
fn surrogate(text: &str) -> Option<u16> {
    let unit = u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}
