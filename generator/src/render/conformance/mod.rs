//! The tests of the client that follow the document: a call of every endpoint, and every type by its schema.

mod calls;
mod documented;
mod types;
mod value;

use std::path::PathBuf;

use askama::Template;

use super::Source;
use crate::examples::Examples;
use crate::rust::Plan;

#[derive(Template)]
#[template(path = "calls.rs.jinja", escape = "none")]
struct CallsView {
    imports: Vec<String>,
    calls: Vec<calls::CallView>,
}

#[derive(Template)]
#[template(path = "documented.rs.jinja", escape = "none")]
struct DocumentedView {
    examples: Vec<documented::ExampleView>,
}

#[derive(Template)]
#[template(path = "types.rs.jinja", escape = "none")]
struct TypesView {
    types: Vec<types::TypeView>,
}

/// Returns the files, unformatted.
pub(crate) fn files(plan: &Plan<'_>, examples: &Examples) -> Result<Vec<Source>, askama::Error> {
    let file = |name: &str, rust: String| Source {
        path: PathBuf::from(name),
        rust,
        wire: String::new(),
    };
    let (calls, imports) = calls::calls(plan, examples);
    let calls = CallsView { imports, calls };
    let documented = DocumentedView {
        examples: documented::examples(plan),
    };
    let types = TypesView {
        types: types::types(plan),
    };
    Ok(vec![
        file("calls.rs", calls.render()?),
        file("documented.rs", documented.render()?),
        file("types.rs", types.render()?),
        file(
            "mod.rs",
            "//! What follows the document.\n\npub mod calls;\npub mod documented;\npub mod types;\n"
                .to_owned(),
        ),
    ])
}
