//! Settings of the builder: credentials, and how long calls wait for an action.

use std::time::Duration;

use super::credentials::{Credentials, Mode};
use crate::client::{Seam, SeamBuilder};
use crate::error::Error;

impl Seam {
    /// Makes a client from environment variables.
    ///
    /// Reads `SEAM_API_KEY`, or `SEAM_PERSONAL_ACCESS_TOKEN` together with `SEAM_WORKSPACE_ID`; and `SEAM_ENDPOINT`, if it
    /// is set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if none or both of key and token are set, if the prefix shows that one of
    /// them is something else, or if the endpoint cannot be used. The message says what to pass.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().build()
    }
}

impl SeamBuilder {
    /// Calls with an API key, which belongs to one workspace.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::ApiKey, key.into()))
    }

    /// Calls with a personal access token, in the workspace of this id.
    pub fn personal_access_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.credentials(
            Credentials::new(Mode::PersonalAccessToken, token.into())
                .in_workspace(workspace_id.into()),
        )
    }

    /// Calls with a personal access token, without a workspace. Workspaces can be listed and created. Every other call must name
    /// a workspace with [`Request::workspace`](crate::Request::workspace), or it is refused before it is sent.
    pub fn personal_access_token_without_workspace(self, token: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::PersonalAccessToken, token.into()))
    }

    /// Calls with the token of a client session.
    pub fn client_session_token(self, token: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::ClientSession, token.into()))
    }

    /// Calls with the token of a session of Seam's console, in the workspace of this id.
    pub fn console_session_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.credentials(
            Credentials::new(Mode::ConsoleSession, token.into()).in_workspace(workspace_id.into()),
        )
    }

    /// Calls with the token of a session of Seam's console, without a workspace: see
    /// [`personal_access_token_without_workspace`](Self::personal_access_token_without_workspace).
    pub fn console_session_token_without_workspace(self, token: impl Into<String>) -> Self {
        self.credentials(Credentials::new(Mode::ConsoleSession, token.into()))
    }

    /// Calls as one of your users, by a publishable key and the key that identifies the user.
    ///
    /// The first call exchanges them for the token of a client session, which this client and its clones use. If the session
    /// ends, the next call makes another one. If the exchange fails, the call fails, and the next call tries again. The
    /// identifier must be hard to guess, so an e-mail address is refused.
    pub fn publishable_key(
        self,
        key: impl Into<String>,
        user_identifier_key: impl Into<String>,
    ) -> Self {
        self.credentials(
            Credentials::new(Mode::PublishableKey, key.into()).for_user(user_identifier_key.into()),
        )
    }

    /// Sets how long calls wait for an action to finish. Default: 10 seconds. This time is in addition to the
    /// [total timeout](Self::total_timeout).
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.dialect.wait.timeout = timeout;
        self
    }

    /// Sets how often calls poll an action. Default: every 500 milliseconds. It cannot be zero.
    pub fn wait_interval(mut self, interval: Duration) -> Self {
        self.dialect.wait.interval = interval;
        self
    }

    fn credentials(mut self, credentials: Credentials) -> Self {
        let is_it = |given: &Credentials| given.mode == credentials.mode;
        match self.dialect.credentials.iter().position(is_it) {
            Some(index) => self.dialect.credentials[index] = credentials,
            None => self.dialect.credentials.push(credentials),
        }
        self
    }
}
