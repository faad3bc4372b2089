//! Extensions of Seam's documents, common extensions, and those with which a document or an overlay controls the generator. They
//! may be on any object. A name may end in `*`.

use super::Shape::Data;
use super::{Keyword, used, waived};

#[rustfmt::skip]
pub(super) const TABLE: &[Keyword] = &[
    used("x-pagination", Data),
    used("x-title", Data),
    used("x-undocumented", Data),
    used("x-deprecated", Data),
    used("x-draft", Data),
    used("x-response-key", Data),
    used("x-action-attempt-type", Data),
    used("x-has-required-parameters", Data),
    used("x-resource-type", Data),
    used("x-fern-sdk-return-value", Data),
    used("x-enum-varnames", Data),
    used("x-enumNames", Data),
    used("x-enum-names", Data),
    used("x-enum-descriptions", Data),
    used("x-enumDescriptions", Data),
    waived("x-fern-*", Data, "orders for another generator: its names and what it leaves out"),
    waived("x-route-path", Data, "which of Seam's routes a resource belongs to; the path says the same"),
    waived("x-property-group-key", Data, "in which section of Seam's pages a property stands"),
    waived("x-property-groups", Data, "the titles of those sections"),
    waived("x-variant-group-key", Data, "in which section of Seam's pages a branch stands"),
    waived("x-variant-groups", Data, "the titles of those sections"),
    waived("x-batch-type", Data, "which resources a batch holds; the schema of the batch says so"),
    waived("x-batch-keys", Data, "the keys of a batch; the schema of the batch has them"),
    waived("x-enums", Data, "descriptions of enum values, which Seam's documents keep beside the values"),
];
