//! The pagination of Seam's lists.

use crate::request::Paging;

/// The reply also has a URL, but the server ignores the cursor in it.
#[allow(dead_code, reason = "whether there are lists depends on the document")]
pub(crate) const PAGING: Paging = Paging::token("page_cursor", &["pagination", "next_page_cursor"])
    .more(&["pagination", "has_next_page"])
    .by_method();
