//! How an endpoint or a schema became Rust: where it comes from, what became of it, and what was decided on the way.

mod describe;
mod find;
mod locate;
mod similar;

use std::fmt;

use serde::Serialize;

use crate::error::Errors;
use crate::generate::{Options, Source, generate_with_model};
use crate::model::Api;

/// What there is to say about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What it is: an endpoint, a type, a property.
    pub what: String,
    /// Where the document has it, a JSON pointer.
    pub pointer: String,
    /// What the document says that decides about it.
    pub facts: Vec<String>,
    /// What became of it.
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
    /// The file below `src/generated`, and the line, where there is one.
    pub place: Option<String>,
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

/// Why there is nothing to say.
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
    // Whoever asks wants to know even where the document has a keyword that nobody has accounted for.
    let (api, generated) = generate_with_model(
        source,
        Options {
            allow_unknown_keywords: true,
            ..Options::default()
        },
    )?;
    let found = find::find(&api, what);
    if found.is_empty() {
        let similar = similar::similar(&api, what);
        return Err(ExplainError::Unknown {
            what: what.to_owned(),
            similar,
        });
    }
    Ok(found
        .into_iter()
        .map(|subject| subject.explain(&api, &generated.files))
        .collect())
}

/// The choices about a place and what is below it.
fn decisions(api: &Api, pointers: &[&str]) -> Vec<Choice> {
    let about = |pointer: &str| {
        pointers.iter().any(|wanted| {
            pointer
                .strip_prefix(wanted)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let mut found: Vec<Choice> = Vec::new();
    for decision in api
        .decisions
        .iter()
        .filter(|decision| about(&decision.pointer))
    {
        let choice = Choice {
            pointer: decision.pointer.clone(),
            text: decision.text.clone(),
        };
        if !found.contains(&choice) {
            found.push(choice);
        }
    }
    found
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.what)?;
        writeln!(f, "  from {}", self.pointer)?;
        for fact in &self.facts {
            writeln!(f, "  {fact}")?;
        }
        for item in &self.items {
            match &item.place {
                Some(place) => writeln!(f, "  → {}  ({place})", item.rust)?,
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
