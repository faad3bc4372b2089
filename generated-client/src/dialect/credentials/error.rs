use super::Mode;
use crate::error::{Error, ErrorKind};

/// The reason why these credentials cannot be used. No message shows a key or token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CredentialsError {
    #[error(
        "no credentials: pass an API key to `api_key(…)`, or set SEAM_API_KEY, or set SEAM_PERSONAL_ACCESS_TOKEN and \
         SEAM_WORKSPACE_ID"
    )]
    NoCredentials,
    #[error(
        "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set: unset one, or set the credentials in code"
    )]
    BothInEnvironment,
    #[error("both {first} and {second} were given: pass only one of them", first = .0.name(), second = .1.name())]
    TwoModes(Mode, Mode),
    #[error(
        "{} needs a workspace: pass its id to `{}`, or set SEAM_WORKSPACE_ID beside SEAM_PERSONAL_ACCESS_TOKEN",
        .0.name(),
        .0.slot()
    )]
    NoWorkspace(Mode),
    #[error(
        "a publishable key needs a user: pass the `user_identifier_key` to `publishable_key(key, user_identifier_key)`"
    )]
    NoUser,
    #[error("the {given} is {is}: pass it to `{slot}` instead", given = .given.noun(), is = .is.name(), slot = .is.slot())]
    WrongSlot { given: Mode, is: Mode },
    #[error("invalid {}: it must start with `{}`", .0.noun(), .0.prefix())]
    NotOne(Mode),
    #[error("invalid {0}: it has characters that an HTTP header cannot carry")]
    NotAHeader(&'static str),
    #[error("the wait interval must not be zero")]
    ZeroInterval,
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        Self::new(ErrorKind::Config, error.to_string())
    }
}
