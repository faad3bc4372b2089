use std::borrow::Cow;

use super::deviation::Deviation;
use super::json::Json;
use crate::wire::text::escape;

/// The number of deviations that are recorded for one text.
const MAX_DEVIATIONS: usize = 10_000;
/// The memory that items of lists may take for any text, which is more than any reply of the API needs. A multiple of the text's
/// length is added. Without a limit `[{},{},…]` takes thousands of times its length.
const MIN_BUDGET: usize = 64 << 20;
const BUDGET_BY_LENGTH: usize = 16;

/// One step of the path from the root of the body to the current value.
#[derive(Debug)]
enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

/// The state of reading a text: the current place, and the deviations so far.
#[derive(Debug)]
pub struct Reader {
    path: Vec<Step>,
    /// The deviation about a truncated list. It is always the first one.
    cuts: Vec<Deviation>,
    deviations: Vec<Deviation>,
    /// The memory in bytes that items of lists may still take.
    budget: usize,
}

impl Reader {
    /// Returns a reader for a text of this length, in bytes.
    pub(crate) fn new(length: usize) -> Self {
        Self {
            path: Vec::new(),
            cuts: Vec::new(),
            deviations: Vec::new(),
            budget: MIN_BUDGET.saturating_add(length.saturating_mul(BUDGET_BY_LENGTH)),
        }
    }

    /// Returns a reader without a memory limit, for a value that is in memory already.
    pub(crate) fn unbounded() -> Self {
        Self::new(usize::MAX)
    }

    /// Reserves memory for an item of a list. Returns false if the limit is reached.
    pub(crate) fn reserve(&mut self, bytes: usize) -> bool {
        let left = self.budget.checked_sub(bytes);
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    /// Returns the deviations, with that of a truncated list first.
    pub(crate) fn into_deviations(self) -> Vec<Deviation> {
        if self.cuts.is_empty() {
            return self.deviations;
        }
        let mut all = self.cuts;
        all.extend(self.deviations);
        all.truncate(MAX_DEVIATIONS);
        all
    }

    /// Reads the value of a key, so that deviations in it have their place.
    #[inline]
    pub(crate) fn within<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Key(Cow::Borrowed(key)));
        let read = read(self);
        self.path.pop();
        read
    }

    /// Like [`within`](Self::within), for a key that the document does not have.
    pub(crate) fn within_any<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Key(Cow::Owned(key.to_owned())));
        let read = read(self);
        self.path.pop();
        read
    }

    /// Reads the value at an index, so that deviations in it have their place.
    pub(crate) fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Index(index));
        let read = read(self);
        self.path.pop();
        read
    }

    /// Records that a value has another type than expected. Always returns false, which is the result of a [`Slot`](super::Slot)
    /// that could not read it.
    #[cold]
    pub fn mismatch(&mut self, expected: &str, found: &Json<'_>) -> bool {
        self.record_deviation(expected, found.kind());
        false
    }

    /// Records a deviation of the value at the current place.
    #[cold]
    pub fn record_deviation(&mut self, expected: &str, found: &str) {
        if self.deviations.len() < MAX_DEVIATIONS {
            let deviation = self.deviation(expected, found);
            self.deviations.push(deviation);
        }
    }

    /// Records that a list is truncated at the current item.
    #[cold]
    pub(crate) fn cut(&mut self) {
        if self.cuts.len() < MAX_DEVIATIONS {
            let deviation = self.deviation(
                "a list that fits in the memory for one reply",
                "more items, which are left out",
            );
            self.cuts.push(deviation);
        }
    }

    fn deviation(&self, expected: &str, found: &str) -> Deviation {
        Deviation {
            pointer: self.pointer(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            match step {
                Step::Key(key) => pointer.push_str(&escape(key, &[('~', "~0"), ('/', "~1")])),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}
