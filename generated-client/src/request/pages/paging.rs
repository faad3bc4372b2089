//! What an API means by a page: how a list says what follows, and how it is asked for.

use super::rules::RareRule;

/// How a list comes in pages. Made by generated code.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    pub(super) rule: Rule,
    /// Where the parameter stands that asks for a page.
    pub(super) stands: Stands,
    /// The keys that lead to the items; none where the reply is the list.
    pub(super) items: Keys,
    /// The keys that lead to whether there is more.
    pub(super) more: Keys,
    /// The keys that lead to how many pages or items there are.
    pub(super) total: Keys,
}

/// The keys that lead to a value of a reply, from the outermost; none where there is no such value.
pub(super) type Keys = &'static [&'static str];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The reply has a token, which the parameter names in the next request.
    Token(&'static str, Keys),
    /// By a rule that only some APIs have.
    #[allow(dead_code, reason = "only some documents have one")]
    Rare(RareRule),
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// In the body where the method has one, else in the query, as servers of calls by path read it.
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
            stands: Stands::Query,
            items: &[],
            more: &[],
            total: &[],
        }
    }

    /// By a token that the reply has under `next`.
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

    /// States that the parameter stands in the JSON body.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.stands = Stands::Body;
        self
    }

    /// States that the parameter stands in the body where the method has one, else in the query.
    #[must_use]
    pub const fn by_method(mut self) -> Self {
        self.stands = Stands::ByMethod;
        self
    }

    /// Whether a page is asked for by a number: then the same page may come again and again.
    pub(super) const fn counts(&self) -> bool {
        match self.rule {
            Rule::Token(..) => false,
            Rule::Rare(rule) => rule.counts(),
        }
    }

    /// The parameter that asks for a page, if one does.
    pub(super) const fn parameter(&self) -> Option<&'static str> {
        match self.rule {
            Rule::Token(name, _) => Some(name),
            Rule::Rare(rule) => rule.parameter(),
        }
    }
}
