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
    /// Notes what stands in the way of a client.
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

    /// Notes a problem, unless it was found before: what is looked at twice is still one problem.
    pub(super) fn add(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Notes how something is read that is not as OpenAPI has it.
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

    /// Notes a choice and its reason, for whoever asks how something came about.
    pub(super) fn decide(&self, pointer: &Pointer, text: impl Into<String>) {
        self.trace().decided(pointer, text);
    }

    /// Notes that a place became something: part of a type, where there is one.
    pub(super) fn emit(&self, pointer: &Pointer, of: Option<TypeId>) {
        self.trace().emitted(pointer, of);
    }

    /// Notes that a place is left out with all that is below it.
    pub(super) fn leave_out(&self, pointer: &Pointer, reason: Reason) {
        self.trace().left_out(pointer, reason);
    }

    /// The log of what became of each place.
    pub(super) fn trace(&self) -> RefMut<'_, Trace> {
        self.trace.borrow_mut()
    }

    /// Forgets what is wrong with schemas that were only looked at: it counts where something uses them.
    pub(super) fn start_anew(&self) {
        self.problems.take();
        self.warnings.take();
        self.trace().keep_decisions();
    }

    /// The problems, or where there are none the warnings and the trace.
    pub(super) fn into_result(self) -> Result<(Vec<Warning>, Trace), Vec<Problem>> {
        let problems = self.problems.into_inner();
        match problems.is_empty() {
            true => Ok((self.warnings.into_inner(), self.trace.into_inner())),
            false => Err(problems),
        }
    }
}
