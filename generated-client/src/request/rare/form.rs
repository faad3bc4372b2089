//! Urlencoded forms.

use super::super::Request;
use super::super::pair;
use super::super::parts::{Body, Parts};
use super::super::settings::{Place, Settings};
use super::style::{self, Style};
use super::{RareBody, RarePlace};
use crate::endpoint::Endpoint;
use crate::param::Sent;
use crate::wire::Slot;

/// The media type of urlencoded forms.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl<E: Endpoint> Request<E> {
    /// Sets a field of a urlencoded form.
    #[inline]
    pub(crate) fn with_form(mut self, name: &'static str, mut value: impl Sent) -> Self {
        self.parts.set_form(name, value.value(), Style::Bracket);
        self
    }

    /// Sets a field of a urlencoded form in a style of OpenAPI.
    #[inline]
    pub(crate) fn with_styled_form(
        mut self,
        name: &'static str,
        mut value: impl Sent,
        style: Style,
    ) -> Self {
        self.parts.set_form(name, value.value(), style);
        self
    }
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl Parts {
    pub(crate) fn set_form(
        &mut self,
        name: &'static str,
        value: Option<&mut dyn Slot>,
        style: Style,
    ) {
        self.body = Body::Rare(RareBody::Form);
        self.set(Place::Rare(RarePlace::Form(style)), name, value);
    }
}

/// Encodes a form.
pub(super) fn encode(settings: &Settings) -> String {
    let mut pairs = Vec::new();
    for field in settings.all() {
        if let Place::Rare(RarePlace::Form(style)) = field.place {
            style::add(&mut pairs, &field.name, field.text(), style);
        }
    }
    pair::encode(&pairs)
}
