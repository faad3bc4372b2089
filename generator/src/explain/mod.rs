//! How an endpoint or a schema became Rust: where it comes from, what became of it, and what was decided on the way.

mod describe;
mod find;
mod similar;

use std::fmt;

use serde::Serialize;

use crate::error::Errors;
use crate::generate::{Model, model_with_trace};
use crate::rust::Plan;
use crate::source::{Options, Source};
use crate::trace::Trace;

/// An explanation of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What it is: an endpoint, a type, a property.
    pub what: String,
    /// Where the document has it, a JSON pointer.
    pub pointer: String,
    /// What the document says that decides about it.
    pub facts: Vec<String>,
    /// The Rust items that it became.
    pub items: Vec<Item>,
    /// The choices that were made, each with its reason.
    pub decisions: Vec<Choice>,
}

/// A Rust item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Item {
    /// How a caller writes it.
    pub rust: String,
    /// The file below `src/generated`, where it is part of the client.
    pub file: Option<String>,
}

/// A choice and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// What it was about, a JSON pointer.
    pub pointer: String,
    /// What was decided and why.
    pub text: String,
}

/// Why there is no explanation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// The document cannot be rendered at all.
    #[error(transparent)]
    Document(#[from] Errors),
    /// Neither a path, nor a pointer, nor a Rust name.
    #[error("nothing in the document is called {what}{}", hint(similar))]
    Unknown {
        /// What was asked for.
        what: String,
        /// Names that come close.
        similar: Vec<String>,
    },
}

fn hint(similar: &[String]) -> String {
    if similar.is_empty() {
        ". Ask by a path (/locks/lock_door), a JSON pointer (/components/schemas/device) or a Rust name (seam::Device)"
            .to_owned()
    } else {
        format!(". Did you mean {}?", similar.join(", "))
    }
}

/// Explains a path of the API, a JSON pointer into the document, or a Rust name.
///
/// # Errors
///
/// When the document cannot be rendered, or has nothing of that name.
pub fn explain(source: &Source<'_>, what: &str) -> Result<Vec<Explanation>, ExplainError> {
    // A document with unknown keywords can be explained as well.
    let Model {
        api,
        client,
        mut trace,
    } = model_with_trace(
        source,
        Options {
            allow_unknown_keywords: true,
            ..Options::default()
        },
    )?;
    let plan = Plan::new(&api, &client);
    plan.names.record(&mut trace);
    let found = find::find(&plan, &trace, what);
    if found.is_empty() {
        let similar = similar::similar(&plan, what);
        return Err(ExplainError::Unknown {
            what: what.to_owned(),
            similar,
        });
    }
    Ok(found
        .into_iter()
        .map(|subject| subject.explain(&plan, &trace))
        .collect())
}

/// Returns the choices about places and what is below them.
fn choices(trace: &Trace, pointers: &[&str]) -> Vec<Choice> {
    let is_below = |pointer: &str, above: &str| {
        let rest = pointer.strip_prefix(above);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_wanted = |pointer: &str| pointers.iter().any(|above| is_below(pointer, above));
    let found = trace.choices(is_wanted).into_iter();
    let found = found.map(|(pointer, text)| Choice {
        pointer: pointer.to_owned(),
        text,
    });
    found.collect()
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.what)?;
        writeln!(f, "  from {}", self.pointer)?;
        for fact in &self.facts {
            writeln!(f, "  {fact}")?;
        }
        for item in &self.items {
            match &item.file {
                Some(file) => writeln!(f, "  → {}  ({file})", item.rust)?,
                None => writeln!(f, "  → {}", item.rust)?,
            }
        }
        for decision in &self.decisions {
            writeln!(f, "  · {}", decision.text)?;
            if decision.pointer != self.pointer {
                writeln!(f, "      at {}", decision.pointer)?;
            }
        }
        Ok(())
    }
}
