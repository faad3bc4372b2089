//! The pagination of a list: how a reply names the next page, and how it is requested.

use super::rules::RareRule;

/// The pagination of a list. Made by generated code.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    pub(super) rule: Rule,
    /// The location of the parameter for the page.
    pub(super) place: ParameterPlace,
    /// The keys of the items; empty if the reply is the list.
    pub(super) items: Keys,
    /// The keys of the boolean that says if there are more pages.
    pub(super) more: Keys,
    /// The keys of the total number of pages or items.
    pub(super) total: Keys,
}

/// The keys of a value in a reply, from the outermost; empty if there is no such value.
pub(super) type Keys = &'static [&'static str];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The reply has a token, which the parameter names in the next request.
    Token(&'static str, Keys),
    /// By a rule that only some APIs have.
    #[allow(dead_code, reason = "only some documents have one")]
    Rare(RareRule),
}

/// The location of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterPlace {
    /// In the body if the method has one, else in the query.
    ByMethod,
    /// In the query, in a style of OpenAPI.
    Query,
    /// In the JSON body.
    Body,
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl Paging {
    pub(super) const fn new(rule: Rule) -> Self {
        Self {
            rule,
            place: ParameterPlace::Query,
            items: &[],
            more: &[],
            total: &[],
        }
    }

    /// Returns pagination by a token, which the reply has under `next`.
    #[must_use]
    pub const fn token(parameter: &'static str, next: Keys) -> Self {
        Self::new(Rule::Token(parameter, next))
    }

    /// States where the items are.
    #[must_use]
    pub const fn items(mut self, keys: Keys) -> Self {
        self.items = keys;
        self
    }

    /// States where the reply says whether there is more.
    #[must_use]
    pub const fn more(mut self, keys: Keys) -> Self {
        self.more = keys;
        self
    }

    /// States where the reply says how many pages or items there are.
    #[must_use]
    pub const fn total(mut self, keys: Keys) -> Self {
        self.total = keys;
        self
    }

    /// States that the parameter is in the JSON body.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.place = ParameterPlace::Body;
        self
    }

    /// States that the parameter is in the body if the method has one, else in the query.
    #[must_use]
    pub const fn by_method(mut self) -> Self {
        self.place = ParameterPlace::ByMethod;
        self
    }

    /// Returns true if pages are requested by a number. A server may then repeat the same page.
    pub(super) const fn counts(&self) -> bool {
        match self.rule {
            Rule::Token(..) => false,
            Rule::Rare(rule) => rule.counts(),
        }
    }

    /// Returns the parameter for the page, if there is one.
    pub(super) const fn parameter(&self) -> Option<&'static str> {
        match self.rule {
            Rule::Token(name, _) => Some(name),
            Rule::Rare(rule) => rule.parameter(),
        }
    }
}
