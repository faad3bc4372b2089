//! The module `rare` of a client that does not need it. Its types have no values.

use bytes::Bytes;
use http::{HeaderMap, Response};

use super::pair::Pair;
use super::parts::Parts;
use super::settings::Settings;
use crate::error::Error;
use crate::transport::Body;
use crate::wire::Slot;

#[derive(Clone)]
pub(super) enum RareBody {}

impl RareBody {
    pub(super) fn of(_: &str) -> Option<Self> {
        None
    }

    pub(super) fn encoded(&self, _: &Settings) -> (Bytes, &str) {
        match *self {}
    }

    pub(super) fn has_fields(&self) -> bool {
        match *self {}
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RarePlace {}

impl RarePlace {
    pub(super) fn is_in_query(self) -> bool {
        match self {}
    }

    pub(super) fn is_in_body(self) -> bool {
        match self {}
    }
}

#[derive(Clone)]
pub(super) enum RareContent {}

impl RareContent {
    pub(super) fn text(&self) -> &str {
        match *self {}
    }
}

#[derive(Clone, Default)]
pub(super) struct OpenBody;

impl OpenBody {
    #[allow(clippy::unused_self, reason = "it keeps nothing")]
    pub(super) fn keep(&self, body: Body) -> Option<Body> {
        Some(body)
    }
}

pub(super) async fn exchange(
    parts: &Parts,
    request: http::Request<Bytes>,
) -> Result<Response<Body>, Error> {
    Ok(parts.seam.transport().send(request).await?)
}

pub(super) fn add_cookies(_: &Parts, _: &mut HeaderMap) {}

pub(super) fn add_to_query(_: &mut Vec<Pair>, _: &Settings) {}

impl Parts {
    pub(super) fn replace_query(&mut self, name: &'static str, value: Option<&mut dyn Slot>) {
        self.set_query(name, value);
    }

    #[allow(clippy::unused_self, reason = "it has nothing that streams")]
    pub(super) fn is_spent(&self) -> bool {
        false
    }
}
