//! The tests of the client that follow the document: a call of every endpoint, and every type by its schema.

mod calls;
mod types;
mod value;

use std::path::PathBuf;

use askama::Template;

use super::{Context, Source};
use crate::examples::Examples;
use crate::model::Api;

#[derive(Template)]
#[template(path = "calls.rs.jinja", escape = "none")]
struct CallsView {
    imports: Vec<String>,
    calls: Vec<calls::CallView>,
}

#[derive(Template)]
#[template(path = "types.rs.jinja", escape = "none")]
struct TypesView {
    types: Vec<types::TypeView>,
}

/// The files, unformatted.
pub(crate) fn files(api: &Api, examples: &Examples) -> Result<Vec<Source>, askama::Error> {
    let context = Context::new(api);
    let file = |name: &str, rust: String| Source {
        path: PathBuf::from(name),
        header: context.header.clone(),
        rust,
        wire: String::new(),
    };
    let (calls, imports) = calls::calls(&context, examples);
    let calls = CallsView { imports, calls };
    let types = TypesView {
        types: types::types(&context),
    };
    Ok(vec![
        file("calls.rs", calls.render()?),
        file("types.rs", types.render()?),
        file(
            "mod.rs",
            "//! What follows the document.\n\npub mod calls;\npub mod types;\n".to_owned(),
        ),
    ])
}
