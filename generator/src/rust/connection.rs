//! Settings of the server and of credentials: methods of the client's builder, and environment variables.

use super::{Plan, docs};
use crate::model::{KeyPlace, Scheme, SchemeKind, ServerVariable};
use crate::{escape, names};

/// A security scheme with its method of the builder.
pub(crate) struct SignIn<'a> {
    pub(crate) scheme: &'a Scheme,
    /// The method: `api_key`.
    pub(crate) method: String,
    /// The name of the credentials in messages, with an article.
    pub(crate) noun: &'static str,
    /// The environment variables that hold them.
    pub(crate) variables: Vec<String>,
}

impl SignIn<'_> {
    /// Returns true if the credentials are a token, which may expire.
    pub(crate) fn is_token(&self) -> bool {
        matches!(self.scheme.kind, SchemeKind::Bearer | SchemeKind::OAuth)
    }

    /// Returns the method with its arguments.
    pub(crate) fn call(&self) -> String {
        let arguments = match self.scheme.kind {
            SchemeKind::Basic => "user_name, password",
            SchemeKind::Bearer | SchemeKind::OAuth => "token",
            SchemeKind::Other(_) | SchemeKind::Key(..) => "key",
        };
        format!("{}({arguments})", self.method)
    }

    /// Describes where the credentials are sent.
    pub(crate) fn sent(&self) -> String {
        match &self.scheme.kind {
            SchemeKind::Bearer | SchemeKind::OAuth => "sent as `Authorization: Bearer`".to_owned(),
            SchemeKind::Basic => "sent as `Authorization: Basic`".to_owned(),
            SchemeKind::Other(kind) => format!(
                "sent as {}",
                escape::code(&format!("Authorization: {kind}"))
            ),
            SchemeKind::Key(place, name) => {
                let place = match place {
                    KeyPlace::Header => "the header",
                    KeyPlace::Query => "the query parameter",
                    KeyPlace::Cookie => "the cookie",
                };
                format!("sent in {place} {}", escape::code(name))
            }
        }
    }
}

/// Returns the security schemes. The first of each kind has the plain name, the others have names from the document, so that
/// a scheme that is added later renames none.
pub(crate) fn sign_ins<'a>(plan: &Plan<'a>) -> Vec<SignIn<'a>> {
    let schemes = plan
        .api
        .connection
        .iter()
        .flat_map(|connection| &connection.schemes);
    let mut taken: Vec<String> = BUILDER.map(str::to_owned).to_vec();
    let mut found = Vec::new();
    for scheme in schemes {
        let (plain, noun) = plain_name(&scheme.kind);
        let own = names::method_name(&scheme.name);
        let candidates = [plain.to_owned(), own.clone(), format!("{own}_credentials")];
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        let method = candidates
            .into_iter()
            .chain(numbered)
            .find(|name| !taken.contains(name));
        let method = method.unwrap_or_else(|| plain.to_owned());
        taken.push(method.clone());
        found.push(SignIn {
            variables: variables(plan, &scheme.kind, &method),
            scheme,
            method,
            noun,
        });
    }
    found
}

/// Methods that every client builder has.
const BUILDER: [&str; 20] = [
    "allow_plain_http",
    "build",
    "connect_timeout",
    "default_header",
    "dialect",
    "endpoint",
    "idle_timeout",
    "network",
    "reply_limit",
    "reqwest_builder",
    "reqwest_client",
    "retry",
    "root_certificate",
    "strict",
    "tcp_keepalive",
    "timeout",
    "tls_config",
    "total_timeout",
    "transport",
    "user_agent",
];

fn plain_name(kind: &SchemeKind) -> (&'static str, &'static str) {
    match kind {
        SchemeKind::Bearer => ("bearer_token", "a bearer token"),
        SchemeKind::OAuth => ("access_token", "an access token"),
        SchemeKind::Basic => ("basic_auth", "a user name and password"),
        SchemeKind::Key(..) => ("api_key", "an API key"),
        SchemeKind::Other(_) => ("authorization", "credentials"),
    }
}

fn variables(plan: &Plan<'_>, kind: &SchemeKind, method: &str) -> Vec<String> {
    let start = &plan.client.environment;
    let method = method.trim_start_matches("r#").to_uppercase();
    match (kind, method.as_str()) {
        (SchemeKind::Basic, "BASIC_AUTH") => {
            vec![format!("{start}_USERNAME"), format!("{start}_PASSWORD")]
        }
        (SchemeKind::Basic, _) => vec![
            format!("{start}_{method}_USERNAME"),
            format!("{start}_{method}_PASSWORD"),
        ],
        _ => vec![format!("{start}_{method}")],
    }
}

/// Returns the variables of the server's URL, each with the builder's method that sets it.
pub(crate) fn server_variables<'a>(
    plan: &Plan<'a>,
    sign_ins: &[SignIn<'_>],
) -> Vec<(&'a ServerVariable, String)> {
    let server = plan
        .api
        .connection
        .as_ref()
        .and_then(|connection| connection.server.as_ref());
    let variables = server.into_iter().flat_map(|server| &server.variables);
    let named = variables.map(|variable| {
        let method = names::method_name(&variable.name);
        let is_taken = sign_ins.iter().any(|sign_in| sign_in.method == method)
            || BUILDER.contains(&method.as_str());
        (
            variable,
            if is_taken {
                format!("server_{}", method.trim_start_matches("r#"))
            } else {
                method
            },
        )
    });
    named.collect()
}

/// Returns a description of the document as documentation that follows a sentence.
pub(crate) fn described(description: Option<&str>) -> Vec<String> {
    let text = description.map(crate::rustdoc::clean).unwrap_or_default();
    match text.trim() {
        "" => Vec::new(),
        text => [vec![String::new()], docs::wrapped(text, 4)].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{server_variables, sign_ins};
    use crate::model::{Api, Connection, Scheme, SchemeKind, Server, ServerVariable};
    use crate::names::ClientName;
    use crate::rust::Plan;

    /// What `see` finds in the plan of an API with these ways to sign in, and these variables in the URL of its server.
    fn garden<T>(
        schemes: &[(&str, SchemeKind)],
        variables: &[&str],
        see: impl FnOnce(&Plan<'_>) -> T,
    ) -> T {
        let scheme = |(name, kind): &(&str, SchemeKind)| Scheme {
            name: (*name).to_owned(),
            kind: kind.clone(),
            description: None,
        };
        let variable = |name: &&str| ServerVariable {
            name: (*name).to_owned(),
            default: None,
            values: Vec::new(),
            description: None,
        };
        let server = Server {
            url: "https://example.com".to_owned(),
            variables: variables.iter().map(variable).collect(),
        };
        let api = Api {
            connection: Some(Connection {
                server: Some(server),
                schemes: schemes.iter().map(scheme).collect(),
                ..Connection::default()
            }),
            ..Api::default()
        };
        let client = ClientName {
            environment: "GARDEN".to_owned(),
            ..ClientName::default()
        };
        see(&Plan::new(&api, &client))
    }

    #[test]
    fn the_first_of_each_kind_has_the_plain_name_and_the_others_have_the_documents() {
        let schemes = [
            ("owner", SchemeKind::Bearer),
            ("guest", SchemeKind::Bearer),
            ("timeout", SchemeKind::Bearer),
            ("staff", SchemeKind::Basic),
        ];
        let methods = garden(&schemes, &[], |plan| {
            let found = sign_ins(plan).into_iter();
            found.map(|sign_in| sign_in.method).collect::<Vec<_>>()
        });
        // The builder has a method `timeout`.
        assert_eq!(
            methods,
            ["bearer_token", "guest", "timeout_credentials", "basic_auth"]
        );
    }

    #[test]
    fn credentials_are_read_from_variables_that_are_named_as_the_method() {
        let schemes = [("a", SchemeKind::Basic), ("guest", SchemeKind::Basic)];
        let variables = garden(&schemes, &[], |plan| {
            let found = sign_ins(plan).into_iter();
            found
                .flat_map(|sign_in| sign_in.variables)
                .collect::<Vec<_>>()
        });
        assert_eq!(
            variables,
            [
                "GARDEN_USERNAME",
                "GARDEN_PASSWORD",
                "GARDEN_GUEST_USERNAME",
                "GARDEN_GUEST_PASSWORD"
            ]
        );
    }

    #[test]
    fn a_variable_of_the_server_takes_no_name_of_another_method() {
        let schemes = [("owner", SchemeKind::Bearer)];
        let methods = garden(&schemes, &["region", "timeout", "bearer_token"], |plan| {
            let found = server_variables(plan, &sign_ins(plan)).into_iter();
            found.map(|(_, method)| method).collect::<Vec<_>>()
        });
        assert_eq!(methods, ["region", "server_timeout", "server_bearer_token"]);
    }
}
