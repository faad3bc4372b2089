use crate::endpoint::Operation;

/// What only Seam's API says of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct OperationFacts {
    /// Whether a call waits until what it has started is finished.
    pub waits: bool,
}

impl OperationFacts {
    pub(crate) const NONE: Self = Self { waits: false };
}

impl Operation {
    /// States that a call waits until what it has started is finished.
    #[must_use]
    pub const fn waits(mut self) -> Self {
        self.dialect.waits = true;
        self
    }
}
