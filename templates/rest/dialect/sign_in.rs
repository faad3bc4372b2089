//! Credentials, and the signatures of requests.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::scheme::{Place, Scheme};
use super::signature::Signature;
use super::token::TokenProvider;
use crate::error::{Error, ErrorKind};
use crate::generated::CONNECTION;
use crate::request::Parts;

/// The credentials of one scheme.
pub(crate) enum Credential {
    /// Sent as it is.
    Text(SecretString),
    /// A token that expires.
    Provided(Tokens),
}

/// The provider of tokens, and the current token.
pub(crate) struct Tokens {
    provider: Box<dyn TokenProvider>,
    current: Mutex<Option<SecretString>>,
}

#[allow(dead_code, reason = "which of them are used depends on the document")]
impl Credential {
    pub(crate) fn text(text: String) -> Self {
        Self::Text(text.into())
    }

    /// User name and password.
    pub(crate) fn basic(user_name: String, password: String) -> Self {
        Self::text(STANDARD.encode(format!("{user_name}:{password}")))
    }

    pub(crate) fn provided(provider: impl TokenProvider) -> Self {
        Self::Provided(Tokens {
            provider: Box::new(provider),
            current: Mutex::new(None),
        })
    }

    /// Returns the credentials for a scheme in the environment.
    pub(super) fn of_environment(
        scheme: &Scheme,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        match scheme.variables {
            [user_name, password] => {
                let user_name = environment(user_name)?;
                Some(Self::basic(
                    user_name,
                    environment(password).unwrap_or_default(),
                ))
            }
            [variable] => environment(variable).map(Self::text),
            _ => None,
        }
    }

    /// Returns the text to send. A provided token is another one than `refused`.
    async fn current(&self, refused: Option<&Signature>) -> Result<SecretString, Error> {
        let tokens = match self {
            Self::Text(text) => return Ok(text.clone()),
            Self::Provided(tokens) => tokens,
        };
        let mut current = tokens.current.lock().await;
        let is_refused = |token: &SecretString| {
            let token = token.expose_secret();
            refused.is_some_and(|refused| refused.secrets.iter().any(|secret| secret == token))
        };
        match &*current {
            Some(token) if !is_refused(token) => Ok(token.clone()),
            _ => {
                let token = tokens.provider.token().await.map_err(|why| {
                    Error::new(ErrorKind::Unauthorized, "the token provider gave no token")
                        .with_source(why)
                })?;
                Ok(current.insert(token.into()).clone())
            }
        }
    }
}

/// The credentials of a client.
pub(crate) struct Caller {
    /// By the index of their scheme.
    credentials: BTreeMap<usize, Credential>,
}

impl Caller {
    /// Checks that each credential can be sent.
    pub(super) fn new(credentials: BTreeMap<usize, Credential>) -> Result<Self, Error> {
        for (index, credential) in &credentials {
            if let (Some(scheme), Credential::Text(text)) =
                (CONNECTION.schemes.get(*index), credential)
            {
                let added = add(&mut Signature::default(), scheme, text);
                added.map_err(|message| Error::new(ErrorKind::Config, message))?;
            }
        }
        Ok(Self { credentials })
    }

    /// Returns the signature of a request, with other tokens than one that was refused.
    pub(crate) async fn signature(
        &self,
        parts: &Parts,
        refused: Option<&Arc<Signature>>,
    ) -> Result<Arc<Signature>, Error> {
        let mut signature = Signature::default();
        for index in self.alternative(parts)? {
            if let (Some(scheme), Some(credential)) =
                (CONNECTION.schemes.get(*index), self.credentials.get(index))
            {
                let text = credential
                    .current(refused.map(|refused| &**refused))
                    .await?;
                add(&mut signature, scheme, &text)
                    .map_err(|message| Error::new(ErrorKind::Unauthorized, message))?;
            }
        }
        Ok(Arc::new(signature))
    }

    /// Returns the first alternative for which there are credentials.
    fn alternative(&self, parts: &Parts) -> Result<&'static [usize], Error> {
        let alternatives = parts
            .operation
            .dialect
            .security
            .unwrap_or(CONNECTION.security);
        let has_all =
            |way: &&&'static [usize]| way.iter().all(|index| self.credentials.contains_key(index));
        let found = alternatives
            .iter()
            .filter(|way| !way.is_empty())
            .find(has_all);
        match found {
            Some(way) => Ok(way),
            None if alternatives.is_empty() || alternatives.iter().any(|way| way.is_empty()) => {
                Ok(&[])
            }
            None => Err(missing(parts, alternatives)),
        }
    }

    /// Hides the credentials in the texts of the server.
    pub(crate) fn without_secrets(&self, error: Error) -> Error {
        self.credentials
            .values()
            .fold(error, |error, credential| match credential {
                Credential::Text(text) => error.without_secret(text.expose_secret()),
                Credential::Provided(tokens) => match tokens.current.try_lock().ok().as_deref() {
                    Some(Some(token)) => error.without_secret(token.expose_secret()),
                    _ => error,
                },
            })
    }

    /// Returns true if there may be another token for a request that was refused with this one.
    pub(crate) fn may_renew(&self, refusal: &Error) -> bool {
        let provided = |credential: &Credential| matches!(credential, Credential::Provided(_));
        refusal.kind() == ErrorKind::Unauthorized && self.credentials.values().any(provided)
    }
}

fn missing(parts: &Parts, alternatives: &[&[usize]]) -> Error {
    let scheme = |index: &usize| {
        let scheme = CONNECTION.schemes.get(*index);
        scheme.map(|scheme| {
            format!(
                "{} (`{}`, or {})",
                scheme.name,
                scheme.method,
                scheme.variables.join(" and ")
            )
        })
    };
    let way = |way: &&[usize]| {
        way.iter()
            .filter_map(scheme)
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let alternatives: Vec<String> = alternatives.iter().map(way).collect();
    Error::new(
        ErrorKind::InvalidRequest,
        format!(
            "`{}` needs credentials: give the client {}",
            parts.operation.path,
            alternatives.join(", or ")
        ),
    )
}

/// Adds the credentials of a scheme to a signature, or says why they cannot be sent.
fn add(signature: &mut Signature, scheme: &Scheme, text: &SecretString) -> Result<(), String> {
    let text = text.expose_secret();
    let mut insert = |name: HeaderName, value: &str| {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            format!(
                "invalid {}: it has characters that an HTTP header cannot carry",
                noun(scheme)
            )
        })?;
        value.set_sensitive(true);
        signature.headers.append(name, value);
        Ok::<(), String>(())
    };
    match scheme.place {
        Place::Authorization(kind) => insert(header::AUTHORIZATION, &format!("{kind} {text}"))?,
        Place::Basic => insert(header::AUTHORIZATION, &format!("Basic {text}"))?,
        Place::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                format!("the API's document names a header that HTTP does not allow: {name:?}")
            })?;
            insert(name, text)?;
        }
        Place::Cookie(name) => insert(header::COOKIE, &format!("{name}={}", encoded(text)))?,
        Place::Query(name) => {
            let separator = if signature.query.is_empty() { "" } else { "&" };
            let pair = format!("{separator}{}={}", encoded(name), encoded(text));
            signature.query.push_str(&pair);
        }
    }
    signature.secrets.push(text.to_owned());
    Ok(())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Returns the name of the credentials in messages, without an article.
fn noun(scheme: &Scheme) -> &'static str {
    scheme
        .name
        .split_once(' ')
        .map_or(scheme.name, |(_, noun)| noun)
}
