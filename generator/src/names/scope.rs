//! One namespace, in which an identifier is given once.

use std::collections::BTreeMap;

/// An identifier that is unique in its scope.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Claimed {
    /// The identifier.
    pub(crate) ident: String,
    /// Why it is not the plain one; nothing when it is.
    pub(crate) reason: Option<String>,
}

/// The identifiers taken in one namespace, with what took them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeMap<String, String>,
}

impl Scope {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn is_taken(&self, ident: &str) -> bool {
        self.taken.contains_key(ident)
    }

    /// Takes the first candidate that is free, for the wire name `wire`.
    ///
    /// Candidates are identifiers, the plain one first, then those that say more: with the parent,
    /// with the discriminator. When all are taken the last one is lengthened, by a number at worst.
    pub(crate) fn claim(
        &mut self,
        wire: &str,
        candidates: impl IntoIterator<Item = String>,
    ) -> Claimed {
        let mut plain = None;
        let mut last = None;
        for candidate in candidates {
            if !self.is_taken(&candidate) {
                return self.take(wire, candidate, plain);
            }
            plain.get_or_insert_with(|| candidate.clone());
            last = Some(candidate);
        }
        let last = last.unwrap_or_else(|| super::type_name(wire));
        let free = self.lengthened(&last);
        self.take(wire, free, plain)
    }

    fn take(&mut self, wire: &str, ident: String, plain: Option<String>) -> Claimed {
        let reason = plain.map(|plain| {
            let by = self
                .taken
                .get(&plain)
                .map_or("another name", String::as_str);
            format!("`{}` is taken by {by}", unraw(&plain))
        });
        self.taken.insert(ident.clone(), format!("`{wire}`"));
        Claimed { ident, reason }
    }

    fn lengthened(&self, ident: &str) -> String {
        let ident = unraw(ident);
        let pascal = ident.starts_with(char::is_uppercase);
        let alt = if pascal {
            format!("{ident}Alt")
        } else {
            format!("{ident}_alt")
        };
        let numbered = (2..).map(|n: usize| format!("{alt}{n}"));
        std::iter::once(alt.clone())
            .chain(numbered)
            .find(|name| !self.is_taken(name))
            .unwrap_or(alt)
    }
}

fn unraw(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}
