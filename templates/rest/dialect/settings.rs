//! The settings of builder, client and request that belong to this module.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::scheme::{Place, Scheme};
use super::sign_in::{Caller, Credential};
use crate::client::{Seam, SeamBuilder};
use crate::endpoint::Operation;
use crate::error::{Error, ErrorKind};
use crate::generated::CONNECTION;

/// An endpoint, for messages.
pub(crate) const EXAMPLE_ENDPOINT: &str = match CONNECTION.server {
    Some(server) => server,
    None => "https://api.example.com",
};

/// The server and the security schemes of the API.
pub(crate) struct Connection {
    /// The URL of the server, with `{variables}`.
    pub(crate) server: Option<&'static str>,
    pub(crate) variables: &'static [Variable],
    /// The environment variable that names another server.
    pub(crate) endpoint_variable: &'static str,
    pub(crate) schemes: &'static [Scheme],
    /// The alternative credentials: each is a list of schemes that are used together. No credentials are needed if it is empty.
    pub(crate) security: &'static [&'static [usize]],
}

/// A variable of the server's URL.
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    /// Its default value.
    pub(crate) default: Option<&'static str>,
    /// The allowed values; any if the list is empty.
    pub(crate) values: &'static [&'static str],
}

/// The settings of the builder.
#[derive(Default)]
pub(crate) struct BuilderSettings {
    /// By the index of their scheme.
    credentials: BTreeMap<usize, Credential>,
    variables: BTreeMap<&'static str, String>,
}

impl SeamBuilder {
    /// Sets the credentials of a scheme.
    #[allow(dead_code, reason = "a document may have no scheme")]
    pub(crate) fn credential(mut self, scheme: usize, credential: Credential) -> Self {
        self.dialect.credentials.insert(scheme, credential);
        self
    }

    /// Sets a variable of the server's URL.
    #[allow(dead_code, reason = "a server may have no variables")]
    pub(crate) fn server_variable(mut self, name: &'static str, value: String) -> Self {
        self.dialect.variables.insert(name, value);
        self
    }
}

impl BuilderSettings {
    /// Returns the endpoint and the settings of the client, after checking them. `given` is the endpoint set on the builder.
    pub(crate) fn resolve(
        mut self,
        given: Option<String>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(String, ClientSettings), Error> {
        for (index, scheme) in CONNECTION.schemes.iter().enumerate() {
            if !self.credentials.contains_key(&index) {
                let found = Credential::of_environment(scheme, environment);
                self.credentials.extend(found.map(|found| (index, found)));
            }
        }
        let given = given.or_else(|| environment(CONNECTION.endpoint_variable));
        let has_default_endpoint = given.is_none();
        let endpoint = given.map_or_else(|| self.default_endpoint(), Ok)?;
        let settings = ClientSettings {
            in_own_header: self.in_own_header(),
            caller: Caller::new(self.credentials)?,
            has_default_endpoint,
        };
        Ok((endpoint, settings))
    }

    /// Returns the server of the document, with the variables of the builder.
    fn default_endpoint(&self) -> Result<String, Error> {
        let Some(server) = CONNECTION.server else {
            return Err(config(format!(
                "no endpoint: the API's document names no server, so pass its URL to `endpoint(url)` or set {}",
                CONNECTION.endpoint_variable
            )));
        };
        let mut url = server.to_owned();
        for variable in CONNECTION.variables {
            let value = self.value(variable)?;
            url = url.replace(&format!("{{{}}}", variable.name), &value);
        }
        Ok(url)
    }

    /// Returns the value of a variable if the document allows it.
    fn value(&self, variable: &Variable) -> Result<Cow<'_, str>, Error> {
        let name = variable.name;
        let Some(value) = self.variables.get(name) else {
            let value = variable.default.map(Cow::Borrowed);
            return value.ok_or_else(|| config(format!("the server's URL needs a `{name}`")));
        };
        let is_allowed = match variable.values {
            [] => is_plain(value),
            values => values.contains(&value.as_str()),
        };
        match is_allowed {
            true => Ok(Cow::Borrowed(value)),
            false => Err(config(match variable.values {
                [] => {
                    format!("invalid `{name}`: it has characters that would lead to another host")
                }
                values => format!("invalid `{name}`: it must be one of {}", values.join(", ")),
            })),
        }
    }

    /// Returns the credentials that have their own header.
    fn in_own_header(&self) -> Option<&'static str> {
        let schemes = self
            .credentials
            .keys()
            .filter_map(|index| CONNECTION.schemes.get(*index));
        let mut own = schemes.filter(|scheme| matches!(scheme.place, Place::Header(_)));
        own.next().map(|scheme| scheme.name)
    }
}

/// Returns true if a value can be part of a host name without changing the host.
fn is_plain(value: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    !value.is_empty() && value.chars().all(fits)
}

fn config(message: String) -> Error {
    Error::new(ErrorKind::Config, message)
}

/// The settings of the client.
pub(crate) struct ClientSettings {
    pub(crate) caller: Caller,
    #[cfg_attr(
        not(feature = "reqwest"),
        allow(dead_code, reason = "only the built-in HTTP client follows redirects")
    )]
    in_own_header: Option<&'static str>,
    /// True if requests go to the server of the document.
    has_default_endpoint: bool,
}

impl ClientSettings {
    /// Returns the name of the credentials that an HTTP client would send along when it follows a redirect to another host.
    #[cfg(feature = "reqwest")]
    pub(crate) fn sent_along_by_redirects(&self) -> Option<&'static str> {
        self.in_own_header
    }
}

/// Returns the endpoint for an operation. Its own server is used only if the client has the endpoint of the API.
pub(crate) fn endpoint_of<'a>(seam: &'a Seam, operation: &Operation) -> &'a str {
    match operation.dialect.server {
        Some(server) if seam.dialect().has_default_endpoint => server,
        _ => seam.endpoint(),
    }
}

/// The settings of a request.
#[derive(Clone)]
pub(crate) struct RequestSettings;

impl RequestSettings {
    pub(crate) fn of(_: &Seam) -> Self {
        Self
    }
}
