//! The names of a client itself: its crate, its library, its type, its environment variables.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::reserved;

/// The names of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientName {
    /// The package: `my-api`.
    pub package: String,
    /// The library, and the variable that examples keep a client in: `my_api`.
    pub library: String,
    /// The type: `MyApi`.
    pub ty: String,
    /// The start of environment variables: `MY_API`.
    pub environment: String,
}

/// Names that the sources of the runtime use for types. A client of such a name is called a client: `ItemsClient`.
const TYPES: &str = include_str!("runtime_types.txt");

/// Words of titles that say that it is an API, and not which.
const GENERIC: [&str; 16] = [
    "api",
    "apis",
    "client",
    "definition",
    "docs",
    "documentation",
    "http",
    "openapi",
    "public",
    "reference",
    "rest",
    "restful",
    "schema",
    "spec",
    "specification",
    "swagger",
];

/// Crates that every client uses, and those that every program has.
const TAKEN: [&str; 28] = [
    "alloc",
    "base64",
    "bytes",
    "core",
    "futures_core",
    "http",
    "http_body",
    "jiff",
    "percent_encoding",
    "proc_macro",
    "reqwest",
    "rustls",
    "rustls_platform_verifier",
    "secrecy",
    "serde",
    "serde_json",
    "standardwebhooks",
    "std",
    "test",
    "thiserror",
    "tokio",
    "tracing",
    "url",
    "webpki_roots",
    "generated",
    "client",
    "examples",
    "tests",
];

impl ClientName {
    /// Returns the names that follow from one that a person chose: letters, digits, `-` and `_`, a letter first. Nothing where
    /// that is no name of a crate, or one that a client uses itself.
    pub fn chosen(name: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(fits);
        let words: Vec<&str> = name
            .split(['-', '_'])
            .filter(|word| !word.is_empty())
            .collect();
        let named = is_name.then(|| Self::of_words(&words))?;
        is_free(&named.library).then(|| Self {
            package: name.to_lowercase(),
            ..named
        })
    }

    /// The same package, with the library and the type of a vendor's client.
    pub(crate) fn of_package(self, vendor: &str) -> Self {
        Self {
            package: self.package,
            ..Self::of_words(&[vendor])
        }
    }

    /// Returns the names that follow from the title of a document.
    pub(crate) fn of_title(title: &str) -> Self {
        let title = plain(title);
        let words = title.split(|c: char| !c.is_ascii_alphanumeric());
        let tells = |word: &&str| {
            let is_version = word
                .trim_start_matches(['v', 'V'])
                .chars()
                .all(|c| c.is_ascii_digit());
            !is_version && !GENERIC.contains(&word.to_lowercase().as_str())
        };
        let words: Vec<&str> = words
            .filter(tells)
            .skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            .take(4)
            .collect();
        let named = Self::of_words(&words);
        match words.is_empty() || !is_free(&named.library) {
            false => named,
            true => Self::of_words(&[&words[..], &["api", "client"]].concat()),
        }
    }

    fn of_words(words: &[&str]) -> Self {
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let library = lower.join("_");
        let mut ty: String = words.iter().map(|word| capitalized(word)).collect();
        if TYPES.lines().any(|taken| taken == ty) {
            ty.push_str("Client");
        }
        Self {
            package: lower.join("-"),
            environment: library.to_uppercase(),
            library,
            ty,
        }
    }
}

/// Returns a title in letters without accents, and without what splits a word: `Café's API(s)` is `Cafes API`.
fn plain(title: &str) -> String {
    let title = title.replace("(s)", "").replace(['\'', '’'], "");
    title.nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

fn is_free(library: &str) -> bool {
    !TAKEN.contains(&library) && !reserved::is_keyword(library)
}

/// `my` is `My`; `GitHub` stays; `GITHUB` is `Github`.
fn capitalized(word: &str) -> String {
    let is_shouted = word.len() > 4 && word.chars().all(|c| !c.is_ascii_lowercase());
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    let rest = characters.as_str();
    let rest = if is_shouted {
        rest.to_lowercase()
    } else {
        rest.to_owned()
    };
    first.into_iter().collect::<String>() + &rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The names that the code of a file declares or imports as types.
    fn types(source: &str, found: &mut BTreeSet<String>) {
        let code = source
            .split("\n#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let lines = code
            .lines()
            .map(str::trim_start)
            .filter(|line| !line.starts_with("//"));
        let mut imports = false;
        for line in lines {
            let line = line
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub ");
            imports |= line.starts_with("use ");
            let words: Vec<&str> = line
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .collect();
            let declared = words
                .windows(2)
                .filter(|pair| ["struct", "enum", "trait", "type"].contains(&pair[0]));
            let imported = words.iter().filter(|_| imports).copied();
            let names = declared.map(|pair| pair[1]).chain(imported);
            let is_type = |name: &&str| {
                name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
            };
            found.extend(names.filter(is_type).map(str::to_owned));
            imports &= !line.ends_with(';');
        }
    }

    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap_or_default();
            if path.is_dir() && name != "generated" && name != "tests" {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && name != "tests"
                && name != "fuzz"
            {
                types(&std::fs::read_to_string(&path).unwrap(), found);
            }
        }
    }

    #[test]
    fn every_type_of_the_runtime_is_listed() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = BTreeSet::new();
        for folder in ["generated-client/src", "templates/rest"] {
            collect(&top.join(folder), &mut found);
        }
        for name in ["Seam", "SeamBuilder"] {
            found.remove(name);
        }
        let listed: BTreeSet<String> = TYPES.lines().map(str::to_owned).collect();
        let missing: Vec<_> = found.difference(&listed).collect();
        let gone: Vec<_> = listed.difference(&found).collect();
        assert!(
            missing.is_empty() && gone.is_empty(),
            "add to runtime_types.txt {missing:?}, take out {gone:?}"
        );
        assert!(found.len() > 100, "{found:?}");
    }

    #[test]
    fn titles_lose_what_says_that_they_are_apis() {
        for (title, package, ty) in [
            ("Ledger", "ledger", "Ledger"),
            ("GitHub v3 REST API", "github", "GitHub"),
            ("Swagger Petstore - OpenAPI 3.0", "petstore", "Petstore"),
            ("ACMETOOLS", "acmetools", "Acmetools"),
            ("IAM", "iam", "IAM"),
            ("My shiny API", "my-shiny", "MyShiny"),
            ("API", "api-client", "ApiClient"),
            ("料理", "api-client", "ApiClient"),
            ("1Forge", "api-client", "ApiClient"),
            ("HTTP", "api-client", "ApiClient"),
            ("Tokio", "tokio-api-client", "TokioApiClient"),
            ("Type", "type-api-client", "TypeApiClient"),
            ("Items", "items", "ItemsClient"),
            ("Überweisung's API(s)", "uberweisungs", "Uberweisungs"),
        ] {
            let name = ClientName::of_title(title);
            assert_eq!(
                (name.package.as_str(), name.ty.as_str()),
                (package, ty),
                "{title}"
            );
        }
    }

    #[test]
    fn a_chosen_name_is_one_of_a_crate_that_is_free() {
        let name = ClientName::chosen("my-api").unwrap();
        assert_eq!(
            (
                &*name.package,
                &*name.library,
                &*name.ty,
                &*name.environment
            ),
            ("my-api", "my_api", "MyApi", "MY_API")
        );
        for bad in [
            "",
            "1st",
            "a b",
            "ü",
            "serde",
            "serde-json",
            "type",
            "../x",
            "-a",
        ] {
            assert_eq!(ClientName::chosen(bad), None, "{bad}");
        }
    }
}
