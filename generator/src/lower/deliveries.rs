//! Lowers webhooks and callbacks to one enum, with a variant for each.

use std::collections::HashMap;

use super::Lowering;
use super::facts::Located;
use super::media::Encoding;
use super::place::Place;
use super::union::Alternative;
use crate::document::{Delivery, Pointer};
use crate::model::{DELIVERIES, Delivered, DeliveryBranch, Docs, Kind, Tag, Type, TypeId, Union};
use crate::trace::Reason;

/// The body of a delivery.
enum Body<'a> {
    Json(Located<'a>),
    AnyJson,
    /// Not JSON; it is kept as bytes.
    Raw,
    Nothing,
}

impl<'a> Lowering<'a> {
    /// Returns the enum of all webhooks and callbacks.
    pub(super) fn deliveries(&self, deliveries: &'a [Delivery]) -> Option<TypeId> {
        let module = [DELIVERIES.to_owned()];
        let mut arrivals: Vec<DeliveryBranch> = Vec::new();
        let mut bodies: Vec<Option<Located<'a>>> = Vec::new();
        let mut known: HashMap<String, &'a Delivery> = HashMap::new();
        for delivery in deliveries {
            let mut name = delivery.name.clone();
            if let Some(same) = known.get(&name) {
                if same.operation.request_body == delivery.operation.request_body {
                    self.report
                        .leave_out(&delivery.pointer, Reason::SameDelivery);
                    continue;
                }
                let of = delivery.of.as_deref().unwrap_or_default();
                name = format!("{of}/{name}");
            }
            if known.insert(name.clone(), delivery).is_some() {
                self.report
                    .leave_out(&delivery.pointer, Reason::SameDelivery);
                continue;
            }
            let place = Place::new(&module, &name, "webhook");
            let (body, payload) = match self.delivered_body(delivery) {
                Body::Json(body) => (Some(body.clone()), Some(self.schema(&body, &place).whole())),
                Body::AnyJson => (None, Some(Type::Json)),
                Body::Raw => (None, Some(Type::Bytes)),
                Body::Nothing => (None, None),
            };
            let docs = self.dialect.operation_docs(&delivery.operation);
            arrivals.push(DeliveryBranch {
                name,
                tags: Vec::new(),
                payload,
                docs: Docs {
                    description: docs.description.or_else(|| docs.title.clone()),
                    ..docs
                },
                pointer: delivery.pointer.to_string(),
            });
            bodies.push(body);
        }
        if arrivals.is_empty() {
            return None;
        }
        let tag = self.tag_of_bodies(&bodies, &mut arrivals);
        let place = Place::new(&module, "delivery", "webhook");
        let pointer = Pointer::root(&arrivals[0].pointer);
        let id = self.reserve(&place, &pointer, Docs::default());
        let delivered = Delivered { tag, arrivals };
        self.types
            .define(id, Kind::Union(Union::Delivered(delivered)));
        Some(id)
    }

    /// Returns the body of a delivery.
    fn delivered_body(&self, delivery: &'a Delivery) -> Body<'a> {
        let pointer = delivery.pointer.key("requestBody");
        let body = delivery.operation.request_body.as_ref();
        let body = body.and_then(|body| self.request_body(body, &pointer));
        let chosen = body.and_then(|body| self.chosen(&body.content, &pointer));
        let Some(chosen) = chosen else {
            return Body::Nothing;
        };
        match (chosen.encoding, chosen.schema) {
            (Encoding::Json, Some(schema)) => Body::Json(schema),
            (Encoding::Json, None) => Body::AnyJson,
            _ => {
                self.report.leave_out(&pointer, Reason::Raw);
                Body::Raw
            }
        }
    }

    /// Returns the string property that identifies all bodies, if there is one.
    fn tag_of_bodies(
        &self,
        bodies: &[Option<Located<'a>>],
        arrivals: &mut [DeliveryBranch],
    ) -> Option<String> {
        let bodies = bodies.iter().map(|body| {
            Some(Alternative {
                facts: self.facts(body.as_ref()?),
                located: None,
            })
        });
        let bodies = bodies.collect::<Option<Vec<_>>>()?;
        let tag = self.telling_constants(&bodies)?;
        let is_text = |tag: &Tag| matches!(tag, Tag::String(_));
        if !tag.values.iter().flatten().all(is_text) {
            return None;
        }
        for (arrival, values) in arrivals.iter_mut().zip(&tag.values) {
            let texts = values.iter().filter_map(|value| match value {
                Tag::String(text) => Some(text.clone()),
                _ => None,
            });
            arrival.tags = texts.collect();
        }
        Some(tag.name.to_owned())
    }
}
