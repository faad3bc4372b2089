//! How Seam's lists come in pages.

use crate::request::Paging;

/// The URL that stands beside the cursor is of no use: the server ignores the cursor in it.
#[allow(dead_code, reason = "whether there are lists depends on the document")]
pub(crate) const PAGING: Paging = Paging::token("page_cursor", &["pagination", "next_page_cursor"])
    .more(&["pagination", "has_next_page"])
    .by_method();
