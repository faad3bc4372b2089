//! The kinds of credentials: keys and tokens, and their headers.

mod error;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use secrecy::{ExposeSecret, SecretString};

use crate::telemetry;

pub(super) use error::CredentialsError;

/// The header that names the workspace.
pub(super) const WORKSPACE: HeaderName = HeaderName::from_static("seam-workspace");

/// The kinds of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    ApiKey,
    PersonalAccessToken,
    ClientSession,
    ConsoleSession,
    PublishableKey,
}

impl Mode {
    /// Returns the name with an article, for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ApiKey => "an API key",
            Self::PersonalAccessToken => "a personal access token",
            Self::ClientSession => "a client session token",
            Self::ConsoleSession => "a console session token",
            Self::PublishableKey => "a publishable key",
        }
    }

    /// Returns the name without an article.
    pub(crate) fn noun(self) -> &'static str {
        let name = self.name();
        name.split_once(' ').map_or(name, |(_, noun)| noun)
    }

    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "seam_",
            Self::PersonalAccessToken => "seam_at",
            Self::ClientSession => "seam_cst",
            Self::ConsoleSession => "ey",
            Self::PublishableKey => "seam_pk",
        }
    }

    /// Returns the method of the builder for it.
    pub(crate) fn slot(self) -> &'static str {
        match self {
            Self::ApiKey => "api_key(key)",
            Self::PersonalAccessToken => "personal_access_token(token, workspace_id)",
            Self::ClientSession => "client_session_token(token)",
            Self::ConsoleSession => "console_session_token(token, workspace_id)",
            Self::PublishableKey => "publishable_key(key, user_identifier_key)",
        }
    }

    /// Returns true if this credential is tied to one workspace.
    pub(crate) fn knows_its_workspace(self) -> bool {
        !matches!(self, Self::PersonalAccessToken | Self::ConsoleSession)
    }

    /// Returns true if its header is one that HTTP clients do not treat as a credential.
    #[cfg(feature = "reqwest")]
    pub(crate) fn has_a_header_of_its_own(self) -> bool {
        matches!(self, Self::ClientSession | Self::PublishableKey)
    }

    /// Returns the kind of a key or token by its prefix. The prefix of API keys is the start of the others, so it comes last.
    fn of(secret: &str) -> Option<Self> {
        const BY_PREFIX: [Mode; 5] = [
            Mode::PersonalAccessToken,
            Mode::ClientSession,
            Mode::PublishableKey,
            Mode::ConsoleSession,
            Mode::ApiKey,
        ];
        BY_PREFIX
            .into_iter()
            .find(|mode| secret.starts_with(mode.prefix()))
    }
}

/// The credentials that the builder was given.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) mode: Mode,
    pub(crate) secret: SecretString,
    /// The id of a workspace. If it is empty, a workspace is needed but not known.
    pub(crate) workspace: Option<String>,
    /// The user for whom a publishable key is exchanged.
    pub(crate) user: Option<SecretString>,
}

impl Credentials {
    pub(crate) fn new(mode: Mode, secret: String) -> Self {
        Self {
            mode,
            secret: secret.into(),
            workspace: None,
            user: None,
        }
    }

    pub(crate) fn in_workspace(mut self, id: String) -> Self {
        self.workspace = Some(id);
        self
    }

    pub(crate) fn for_user(mut self, identifier_key: String) -> Self {
        self.user = Some(identifier_key.into());
        self
    }

    /// Returns the credentials from code and environment.
    pub(crate) fn resolve(
        given: Vec<Self>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, CredentialsError> {
        let mut given = given.into_iter();
        match (given.next(), given.next()) {
            (Some(first), Some(second)) => Err(CredentialsError::TwoModes(first.mode, second.mode)),
            (Some(only), None) => Ok(only),
            (None, _) => Self::from_environment(environment),
        }
    }

    fn from_environment(
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, CredentialsError> {
        match (
            environment("SEAM_API_KEY"),
            environment("SEAM_PERSONAL_ACCESS_TOKEN"),
        ) {
            (Some(_), Some(_)) => Err(CredentialsError::BothInEnvironment),
            (Some(key), None) => Ok(Self::new(Mode::ApiKey, key)),
            (None, Some(token)) => Ok(Self::new(Mode::PersonalAccessToken, token)
                .in_workspace(environment("SEAM_WORKSPACE_ID").unwrap_or_default())),
            (None, None) => Err(CredentialsError::NoCredentials),
        }
    }

    /// Returns the headers, after checking that the prefix matches the kind.
    pub(crate) fn headers(&self) -> Result<HeaderMap, CredentialsError> {
        let secret = self.secret.expose_secret();
        match Mode::of(secret) {
            Some(mode) if mode == self.mode => {}
            Some(is) => {
                return Err(CredentialsError::WrongSlot {
                    given: self.mode,
                    is,
                });
            }
            None => return Err(CredentialsError::NotOne(self.mode)),
        }
        let mut headers = HeaderMap::new();
        if self.mode == Mode::PublishableKey {
            self.check_user()?;
            let (name, value) = publishable(secret)?;
            headers.insert(name, value);
            return Ok(headers);
        }
        headers.insert(
            header::AUTHORIZATION,
            secret_header(self.mode, &format!("Bearer {secret}"))?,
        );
        if self.mode == Mode::ClientSession {
            headers.insert(
                HeaderName::from_static("client-session-token"),
                secret_header(self.mode, secret)?,
            );
        }
        if let Some(workspace) = &self.workspace {
            headers.insert(WORKSPACE, self.workspace_header(workspace)?);
        }
        Ok(headers)
    }

    fn workspace_header(&self, id: &str) -> Result<HeaderValue, CredentialsError> {
        if id.is_empty() {
            return Err(CredentialsError::NoWorkspace(self.mode));
        }
        HeaderValue::from_str(id).map_err(|_| CredentialsError::NotAHeader("workspace id"))
    }

    fn check_user(&self) -> Result<(), CredentialsError> {
        let user = self.user.as_ref().map_or("", |user| user.expose_secret());
        if user.is_empty() {
            return Err(CredentialsError::NoUser);
        }
        if looks_like_email(user) {
            telemetry::warn_of_setup(
                "the user_identifier_key of the publishable key looks like an e-mail address: whoever knows or guesses the \
                 address can call as that user. Use an id that cannot be guessed",
            );
        }
        Ok(())
    }
}

/// Returns a header that does not show in `Debug`.
fn secret_header(mode: Mode, text: &str) -> Result<HeaderValue, CredentialsError> {
    let mut value =
        HeaderValue::from_str(text).map_err(|_| CredentialsError::NotAHeader(mode.noun()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns true if a text looks like an e-mail address, which must not be the key of a user because it can be guessed.
pub(crate) fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        let domain_has_dot = domain
            .split_once('.')
            .is_some_and(|(host, rest)| !host.is_empty() && !rest.is_empty());
        !name.is_empty() && domain_has_dot && !text.contains(char::is_whitespace)
    })
}

/// Returns the header for a publishable key.
fn publishable(secret: &str) -> Result<(HeaderName, HeaderValue), CredentialsError> {
    Ok((
        HeaderName::from_static("seam-publishable-key"),
        secret_header(Mode::PublishableKey, secret)?,
    ))
}
