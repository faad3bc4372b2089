//! Servers and security schemes. They are read before the document is typed, because their errors must not stop the rest.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Pointer;
use crate::error::Warning;
use crate::model::{
    Connection, KeyPlace, Method, OperationConnection, Scheme, SchemeKind, Security, Server,
    ServerVariable,
};

/// The servers and the security schemes of a document.
#[derive(Debug, Default)]
pub(crate) struct DeclaredConnection {
    pub(crate) api: Connection,
    /// The URL of the first server with the defaults of its variables.
    pub(crate) url: Option<String>,
    /// The settings of operations that differ from the document's, by path and method.
    pub(crate) operations: HashMap<(String, Method), OperationConnection>,
    /// Warnings about invalid parts.
    pub(crate) warnings: Vec<Warning>,
}

pub(super) fn read(document: &Value) -> DeclaredConnection {
    let mut reader = Reader::default();
    reader.schemes(document);
    let security = reader.security(document, "/security").unwrap_or_default();
    let operations = reader.operations(document);
    let server = servers(document).into_iter().next();
    DeclaredConnection {
        url: server.as_ref().and_then(filled),
        api: Connection {
            server,
            security,
            schemes: reader.schemes,
        },
        operations,
        warnings: reader.warnings,
    }
}

#[derive(Default)]
struct Reader {
    schemes: Vec<Scheme>,
    /// The schemes without credentials in requests, such as TLS certificates.
    silent: Vec<String>,
    warnings: Vec<Warning>,
}

impl Reader {
    fn schemes(&mut self, document: &Value) {
        let pointer = "/components/securitySchemes";
        let Some(Value::Object(schemes)) = document.pointer(pointer) else {
            return;
        };
        for (name, scheme) in schemes {
            let scheme = resolved(document, scheme);
            let kind = match kind(scheme) {
                Some(kind) => kind,
                None => {
                    if text(scheme, "type") != Some("mutualTLS") {
                        let pointer = Pointer::root(pointer).key(name);
                        self.warn(&pointer, "a security scheme that is incomplete or unknown");
                    }
                    self.silent.push(name.clone());
                    continue;
                }
            };
            self.schemes.push(Scheme {
                name: name.clone(),
                kind,
                description: text(scheme, "description").map(str::to_owned),
            });
        }
    }

    /// Returns the value of `security`; `None` if it is missing.
    fn security(&mut self, holder: &Value, pointer: &str) -> Option<Security> {
        let ways = holder.get("security")?.as_array()?;
        let mut security = Security::new();
        for (index, way) in ways.iter().enumerate() {
            let names = way.as_object().into_iter().flat_map(Map::keys);
            let mut schemes = Vec::new();
            let mut is_known = true;
            for name in names {
                match self.schemes.iter().position(|scheme| scheme.name == *name) {
                    Some(scheme) => schemes.push(scheme),
                    None if self.silent.contains(name) => {}
                    None => {
                        is_known = false;
                        let pointer = Pointer::root(pointer).key(&index.to_string()).key(name);
                        self.warn(
                            &pointer,
                            "a security scheme that the document does not declare",
                        );
                    }
                }
            }
            if is_known {
                security.push(schemes);
            }
        }
        Some(security)
    }

    fn operations(&mut self, document: &Value) -> HashMap<(String, Method), OperationConnection> {
        let mut found = HashMap::new();
        let paths = document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let item = resolved(document, item);
            let of_path = servers(item).into_iter().next();
            for method in Method::ALL {
                let Some(operation) = item.get(method.key()) else {
                    continue;
                };
                let pointer = Pointer::root("/paths")
                    .key(path)
                    .key(method.key())
                    .key("security");
                let own = servers(operation).into_iter().next();
                let connection = OperationConnection {
                    server: own
                        .or_else(|| of_path.clone())
                        .and_then(|server| filled(&server)),
                    security: self.security(operation, &pointer.to_string()),
                };
                if connection != OperationConnection::default() {
                    found.insert((path.clone(), method), connection);
                }
            }
        }
        found
    }

    fn warn(&mut self, pointer: &Pointer, found: &str) {
        self.warnings.push(Warning {
            pointer: pointer.to_string(),
            found: found.to_owned(),
            taken: "one that the client cannot use".to_owned(),
        });
    }
}

/// Returns the target of a reference within the document, or the value itself.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = text(value, "$ref").and_then(|reference| reference.strip_prefix('#'));
    pointer
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn kind(scheme: &Value) -> Option<SchemeKind> {
    Some(match text(scheme, "type")?.to_lowercase().as_str() {
        "http" => match text(scheme, "scheme")?.to_lowercase().as_str() {
            "bearer" => SchemeKind::Bearer,
            "basic" => SchemeKind::Basic,
            _ => SchemeKind::Other(token(text(scheme, "scheme")?)?),
        },
        "apikey" => {
            let name = text(scheme, "name").filter(|name| !name.is_empty())?;
            match text(scheme, "in")?.to_lowercase().as_str() {
                "header" => SchemeKind::Key(KeyPlace::Header, token(name)?),
                "query" => SchemeKind::Key(KeyPlace::Query, name.to_owned()),
                "cookie" => SchemeKind::Key(KeyPlace::Cookie, token(name)?),
                _ => return None,
            }
        }
        "oauth2" | "openidconnect" => SchemeKind::OAuth,
        _ => return None,
    })
}

/// Returns the name of a header, a cookie or a scheme, if it is valid in HTTP.
fn token(name: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    (!name.is_empty() && name.chars().all(fits)).then(|| name.to_owned())
}

/// Returns the servers of a document, a path or an operation that have a host.
fn servers(holder: &Value) -> Vec<Server> {
    let servers = holder.get("servers").and_then(Value::as_array);
    servers.into_iter().flatten().filter_map(server).collect()
}

fn server(value: &Value) -> Option<Server> {
    let url = text(value, "url")?.trim();
    let (scheme, host) = url.split_once("://")?;
    let is_web = scheme == "https" || scheme == "http" || scheme.starts_with('{');
    if !is_web || host.is_empty() || url.contains(['"', '\\']) || url.contains(char::is_whitespace)
    {
        return None;
    }
    let variables = value.get("variables").and_then(Value::as_object);
    let variables = variables.into_iter().flatten();
    let variables = variables.filter(|(name, _)| url.contains(&format!("{{{name}}}")));
    Some(Server {
        url: url.trim_end_matches('/').to_owned(),
        variables: variables
            .map(|(name, value)| variable(name, value))
            .collect(),
    })
}

fn variable(name: &str, value: &Value) -> ServerVariable {
    let values = value.get("enum").and_then(Value::as_array);
    ServerVariable {
        name: name.to_owned(),
        default: value.get("default").and_then(plain),
        values: values.into_iter().flatten().filter_map(plain).collect(),
        description: text(value, "description").map(str::to_owned),
    }
}

/// Returns a text. YAML reads a port as a number.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the URL of a server with the defaults of its variables; `None` if one has no default.
fn filled(server: &Server) -> Option<String> {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(
            &format!("{{{}}}", variable.name),
            variable.default.as_deref()?,
        );
    }
    (!url.contains('{')).then_some(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn servers_schemes_and_exceptions_are_read() {
        let DeclaredConnection {
            api,
            operations,
            warnings,
            url,
        } = read(&json!({
            "servers": [{"url": "/relative"}, {"url": "https://{region}.ledger.example:{port}/v2/",
                "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}, "port": {"default": 443}, "other": {}}}],
            "security": [{"key": []}, {"both": [], "basic": []}, {"tls": []}],
            "paths": {"/login": {
                "servers": [{"url": "https://login.example"}],
                "post": {"security": []},
                "get": {"security": [{"nobody": []}]}
            }},
            "components": {"securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "basic": {"$ref": "#/components/securitySchemes/other"},
                "other": {"type": "http", "scheme": "Basic"},
                "both": {"type": "oauth2", "flows": {}},
                "tls": {"type": "mutualTLS"},
                "odd": {"type": "apiKey", "in": "header", "name": "X Key\n"}
            }}
        }));
        assert_eq!(url.as_deref(), Some("https://eu.ledger.example:443/v2"));
        let server = api.server.unwrap();
        assert_eq!(server.url, "https://{region}.ledger.example:{port}/v2");
        let defaults: Vec<_> = server
            .variables
            .iter()
            .map(|v| v.default.as_deref())
            .collect();
        assert_eq!(defaults, [Some("eu"), Some("443")]);
        assert_eq!(api.security, [vec![0], vec![3, 1], vec![]]);
        assert_eq!(
            api.schemes[0].kind,
            SchemeKind::Key(KeyPlace::Header, "X-Key".to_owned())
        );
        let login = |method| &operations[&("/login".to_owned(), method)];
        assert_eq!(login(Method::Post).security, Some(vec![]));
        assert_eq!(
            login(Method::Get).server.as_deref(),
            Some("https://login.example")
        );
        let pointers: Vec<&str> = warnings
            .iter()
            .map(|warning| warning.pointer.as_str())
            .collect();
        assert_eq!(
            pointers,
            [
                "/components/securitySchemes/odd",
                "/paths/~1login/get/security/0/nobody"
            ]
        );
    }
}
