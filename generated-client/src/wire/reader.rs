use std::borrow::Cow;

use super::deviation::Deviation;
use super::json::Json;
use crate::wire::text::escape;

/// How many deviations of one text are recorded; whoever has that many needs no more.
const MOST_DEVIATIONS: usize = 10_000;
/// What the items of lists may take in memory, whatever the text: more than any reply of the API, and besides so many
/// times the text's own length. Without a bound `[{},{},…]` takes thousands of times its length.
const LEAST_BUDGET: usize = 64 << 20;
const BUDGET_BY_LENGTH: usize = 16;

/// One step of the way from the root of the body to the value being read.
#[derive(Debug)]
enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

/// What is known while a text is read: the place, and what departed from the document so far.
#[derive(Debug)]
pub struct Reader {
    path: Vec<Step>,
    /// What was cut. It is said first, however much else is wrong.
    cuts: Vec<Deviation>,
    deviations: Vec<Deviation>,
    /// Bytes of memory that items of lists may still take.
    budget: usize,
}

impl Reader {
    /// For a text of so many bytes.
    pub(crate) fn new(length: usize) -> Self {
        Self {
            path: Vec::new(),
            cuts: Vec::new(),
            deviations: Vec::new(),
            budget: LEAST_BUDGET.saturating_add(length.saturating_mul(BUDGET_BY_LENGTH)),
        }
    }

    /// For a value that someone else has in memory already, or bounds.
    pub(crate) fn unbounded() -> Self {
        Self::new(usize::MAX)
    }

    /// Reserves memory for an item of a list. Returns false if the limit is reached.
    pub(crate) fn reserve(&mut self, bytes: usize) -> bool {
        let left = self.budget.checked_sub(bytes);
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    /// Returns what departed from the document so far, what was cut before all else.
    pub(crate) fn into_deviations(self) -> Vec<Deviation> {
        if self.cuts.is_empty() {
            return self.deviations;
        }
        let mut all = self.cuts;
        all.extend(self.deviations);
        all.truncate(MOST_DEVIATIONS);
        all
    }

    /// Reads what stands under a key, so that deviations in it have their place.
    #[inline]
    pub(crate) fn within<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Key(Cow::Borrowed(key)));
        let read = read(self);
        self.path.pop();
        read
    }

    /// As [`within`](Self::within), for a key that the document does not have.
    pub(crate) fn within_any<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Key(Cow::Owned(key.to_owned())));
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

    /// Records that a value is of another type than expected. Always `false`, the answer of a [`Slot`](super::Slot) that
    /// could not read it.
    #[cold]
    pub fn mismatch(&mut self, expected: &str, found: &Json<'_>) -> bool {
        self.record_deviation(expected, found.kind());
        false
    }

    /// Records that the value at the current place departs from the document.
    #[cold]
    pub fn record_deviation(&mut self, expected: &str, found: &str) {
        if self.deviations.len() < MOST_DEVIATIONS {
            let deviation = self.deviation(expected, found);
            self.deviations.push(deviation);
        }
    }

    /// Records that a list is cut at the item that is being read.
    #[cold]
    pub(crate) fn cut(&mut self) {
        if self.cuts.len() < MOST_DEVIATIONS {
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
