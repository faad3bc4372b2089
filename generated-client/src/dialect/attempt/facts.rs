use crate::endpoint::Operation;

/// The facts about an operation that only Seam's API has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct OperationFacts {
    /// True if a call waits until its action has finished.
    pub waits: bool,
}

impl OperationFacts {
    pub(crate) const NONE: Self = Self { waits: false };
}

impl Operation {
    /// States that a call waits until its action has finished.
    #[must_use]
    pub const fn waits(mut self) -> Self {
        self.dialect.waits = true;
        self
    }
}
