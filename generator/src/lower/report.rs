//! The messages of lowering: problems of the document, warnings about how it is read, and the trace of its places.

use std::cell::{RefCell, RefMut};

use crate::document::Pointer;
use crate::error::{Problem, Warning};
use crate::model::TypeId;
use crate::trace::{Reason, Trace};

#[derive(Default)]
pub(super) struct Report {
    problems: RefCell<Vec<Problem>>,
    warnings: RefCell<Vec<Warning>>,
    trace: RefCell<Trace>,
}

impl Report {
    /// Reports a problem, which makes the document unusable.
    pub(super) fn problem(
        &self,
        pointer: &Pointer,
        found: impl Into<String>,
        expected: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.add(Problem {
            pointer: pointer.to_string(),
            found: found.into(),
            expected: expected.into(),
            advice: advice.into(),
        });
    }

    /// Adds a problem, unless it was reported before, because a schema may be visited twice.
    pub(super) fn add(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Reports how the generator reads something that does not follow OpenAPI.
    pub(super) fn warning(
        &self,
        pointer: &Pointer,
        found: impl Into<String>,
        taken: impl Into<String>,
    ) {
        let warning = Warning {
            pointer: pointer.to_string(),
            found: found.into(),
            taken: taken.into(),
        };
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    /// Records a decision and its reason for `explain`.
    pub(super) fn decide(&self, pointer: &Pointer, text: impl Into<String>) {
        self.trace().decided(pointer, text);
    }

    /// Records that a place was emitted, as part of a type if there is one.
    pub(super) fn emit(&self, pointer: &Pointer, of: Option<TypeId>) {
        self.trace().emitted(pointer, of);
    }

    /// Records that a place is left out with everything below it.
    pub(super) fn leave_out(&self, pointer: &Pointer, reason: Reason) {
        self.trace().left_out(pointer, reason);
    }

    /// Returns the trace.
    pub(super) fn trace(&self) -> RefMut<'_, Trace> {
        self.trace.borrow_mut()
    }

    /// Removes the problems of the survey. They are reported again if a type uses the schema.
    pub(super) fn clear(&self) {
        self.problems.take();
        self.warnings.take();
        self.trace().keep_decisions();
    }

    /// Returns the problems, or the warnings and the trace if there are no problems.
    pub(super) fn into_result(self) -> Result<(Vec<Warning>, Trace), Vec<Problem>> {
        let problems = self.problems.into_inner();
        match problems.is_empty() {
            true => Ok((self.warnings.into_inner(), self.trace.into_inner())),
            false => Err(problems),
        }
    }
}
