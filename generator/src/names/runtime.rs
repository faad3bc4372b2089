//! Names that the hand-written part of a client has at its root, where they would hide generated ones.

/// Modules at the root of the client, and those that generated code has there for itself.
const MODULES: [&str; 25] = [
    "attempt",
    "blocking",
    "client",
    "client_settings",
    "common",
    "dialect",
    "endpoint",
    "error",
    "exports",
    "fuzz",
    "generated",
    "id",
    "id_markers",
    "ids",
    "param",
    "request",
    "response",
    "retry",
    "stream",
    "strict",
    "telemetry",
    "test",
    "transport",
    "webhook",
    "wire",
];

/// Crates that the client uses by their names.
const CRATES: [&str; 19] = [
    "base64",
    "bytes",
    "futures_core",
    "http",
    "http_body",
    "jiff",
    "percent_encoding",
    "reqwest",
    "rustls",
    "rustls_platform_verifier",
    "secrecy",
    "serde",
    "serde_json",
    "standardwebhooks",
    "thiserror",
    "tokio",
    "tracing",
    "url",
    "webpki_roots",
];

/// Types at the root of the client, and `M`, which setters have as a type parameter.
const TYPES: [&str; 28] = [
    "ActionAttempt",
    "ActionAttemptId",
    "Bytes",
    "DateTime",
    "Deviation",
    "Endpoint",
    "Error",
    "ErrorKind",
    "Extra",
    "IntoParam",
    "M",
    "Method",
    "Null",
    "Nullable",
    "Number",
    "Operation",
    "Optional",
    "Reply",
    "Request",
    "Response",
    "Result",
    "RetryPolicy",
    "Seam",
    "SeamBuilder",
    "Timestamp",
    "TokenProvider",
    "UnknownVariant",
    "Value",
];

/// Methods that every client has, by itself or by a trait that it uses on itself.
const CLIENT_METHODS: [&str; 23] = [
    "borrow",
    "builder",
    "caller",
    "clone",
    "clone_from",
    "default_headers",
    "dialect",
    "endpoint",
    "fmt",
    "from",
    "from_env",
    "into",
    "is_strict",
    "renewed_caller",
    "reply_limit",
    "retry_policy",
    "timeout",
    "to_owned",
    "total_timeout",
    "transport",
    "type_id",
    "wait_policy",
    "warn_of",
];

/// The key of a reply that `Response::action_attempt` of the client reads.
pub(crate) const ATTEMPT_KEY: &str = "action_attempt";

/// Returns true if the client has a module of this name at its root, or uses a crate of this name.
pub(crate) fn is_runtime_module(module: &str) -> bool {
    MODULES.contains(&module) || CRATES.contains(&module)
}

/// Returns true if the client has a type of this name at its root.
pub(crate) fn is_runtime_type(type_name: &str) -> bool {
    TYPES.contains(&type_name)
}

/// Returns the name of a namespace at the root of the client: `retry` is `retry api`, since the client has a `retry` of its own.
pub(crate) fn root_namespace(name: String) -> String {
    let hides = is_runtime_module(&super::module_name(&name))
        || CLIENT_METHODS.contains(&super::field_name(&name).as_str());
    if hides { format!("{name} api") } else { name }
}

#[cfg(test)]
mod tests {
    use super::{is_runtime_module, is_runtime_type, root_namespace};

    fn items(source: &str) -> Vec<syn::Item> {
        let file = syn::parse_file(source).unwrap();
        let is_test =
            |item: &syn::Item| matches!(item, syn::Item::Mod(item) if item.ident == "tests");
        file.items
            .into_iter()
            .filter(|item| !is_test(item))
            .collect()
    }

    fn imported(tree: &syn::UseTree, found: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => imported(&path.tree, found),
            syn::UseTree::Name(name) => found.push(name.ident.to_string()),
            syn::UseTree::Rename(rename) => found.push(rename.rename.to_string()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, found)),
            _ => {}
        }
    }

    #[test]
    fn every_name_at_the_root_of_the_client_is_kept_free() {
        let root = items(include_str!("../../../generated-client/src/lib.rs"));
        let (mut modules, mut types) = (0, 0);
        for item in root {
            match item {
                syn::Item::Mod(module) => {
                    let name = module.ident.to_string();
                    assert!(is_runtime_module(&name), "the module {name}");
                    modules += 1;
                }
                syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                    let mut names = Vec::new();
                    imported(&item.tree, &mut names);
                    types += names.len();
                    for name in names {
                        let is_free = !is_runtime_type(&name) && !is_runtime_module(&name);
                        assert!(!is_free, "{name}");
                    }
                }
                _ => {}
            }
        }
        assert!(modules >= 10, "only {modules} modules");
        assert!(types >= 20, "only {types} names");
    }

    #[test]
    fn every_crate_that_the_client_uses_is_kept_free() {
        let manifest = include_str!("../../../generated-client/Cargo.toml");
        let (_, rest) = manifest.split_once("[dependencies]\n").unwrap();
        let lines = rest.lines().take_while(|line| !line.starts_with('['));
        let mut crates = 0;
        for line in lines.filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let name = line
                .split(['.', ' ', '='])
                .next()
                .unwrap()
                .replace('-', "_");
            assert!(is_runtime_module(&name), "the crate {name}");
            crates += 1;
        }
        assert!(crates >= 10, "only {crates} crates");
    }

    #[test]
    fn every_method_of_the_client_is_kept_free() {
        let client = items(include_str!("../../../generated-client/src/client.rs"));
        let mut methods = 0;
        for item in client {
            let syn::Item::Impl(block) = item else {
                continue;
            };
            let of_client =
                matches!(&*block.self_ty, syn::Type::Path(path) if path.path.is_ident("Seam"));
            for item in block.items.iter().filter(|_| of_client) {
                if let syn::ImplItem::Fn(method) = item {
                    let name = method.sig.ident.to_string();
                    assert_ne!(root_namespace(name.clone()), name);
                    methods += 1;
                }
            }
        }
        assert!(methods >= 3, "only {methods} methods");
    }
}
