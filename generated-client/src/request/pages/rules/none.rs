//! The module `rules` of a client whose lists all use a token. Its types have no values.

use serde_json::Value;

use super::next::Next;
use super::paging::Paging;
use crate::error::Error;
use crate::request::parts::Parts;
use crate::response::RawReply;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RareRule {}

impl RareRule {
    pub(super) fn next(self, _: &Paging, _: &Value, _: &RawReply) -> Result<Option<Next>, Error> {
        match self {}
    }

    pub(super) const fn counts(self) -> bool {
        match self {}
    }

    pub(super) const fn parameter(self) -> Option<&'static str> {
        match self {}
    }
}

#[derive(Debug, PartialEq)]
pub(super) enum NextUrl {}

impl NextUrl {
    pub(super) fn text(&self) -> &str {
        match *self {}
    }

    pub(super) fn follow(self, _: &mut Parts) -> Result<(), &'static str> {
        match self {}
    }
}
