//! The workspace that a request is made in.

use super::credentials::WORKSPACE;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::request::{Parts, Request};

/// The calls that need no workspace.
const WITHOUT_WORKSPACE: [&str; 2] = ["/workspaces/list", "/workspaces/create"];

impl<E: Endpoint> Request<E> {
    /// Makes this request in a workspace. Callers use the method in generated code.
    pub(crate) fn in_workspace(mut self, workspace_id: &str) -> Self {
        self.parts.set_workspace(workspace_id);
        self
    }
}

impl Parts {
    fn set_workspace(&mut self, id: &str) {
        if id.is_empty() {
            self.refuse("the workspace's id is empty");
        }
        self.insert_header(WORKSPACE, id);
    }

    /// Refuses a request that needs a workspace but does not name one.
    pub(super) fn check_workspace(&self, caller_has_one: bool) -> Result<(), Error> {
        let has_workspace = caller_has_one
            || self.headers.contains_key(&WORKSPACE)
            || self.seam.default_headers().contains_key(&WORKSPACE);
        if has_workspace || WITHOUT_WORKSPACE.contains(&self.operation.path) {
            Ok(())
        } else {
            Err(needs_workspace(self.operation.path))
        }
    }
}

fn needs_workspace(path: &str) -> Error {
    Error::new(
        ErrorKind::InvalidRequest,
        format!(
            "`{path}` needs a workspace, and this client has none: name one by `.workspace(id)` on the call, or make the \
             client with one"
        ),
    )
}
