//! Copies the hand-written runtime for a crate of `--out`: with the crate's own names, and without tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use generator::{ClientName, Front};

use super::{GENERATED, standalone};
use crate::files;
use crate::repo::Repo;

/// The module for what only the API of this repository's client has. Clients of other APIs have the module in `REST` instead.
const DIALECT: [&str; 2] = ["src/dialect.rs", "src/dialect"];
/// The module of the same items for other APIs.
const REST: &str = "templates/rest";
/// The names of test files and folders.
const TESTS: [&str; 3] = ["tests.rs", "tests", "fuzz.rs"];

/// Returns the sources for a client, by their paths in the crate.
pub(super) fn sources(
    repo: &Repo,
    client: &ClientName,
    front: Option<&Front>,
) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let root = repo.client();
    let mut sources = BTreeMap::new();
    for path in files::list(&root, Path::new("src"))? {
        let is_replaced =
            front.is_some() && DIALECT.iter().any(|dialect| path.starts_with(dialect));
        let is_test = path
            .iter()
            .any(|part| TESTS.iter().any(|test| part == *test));
        if !path.starts_with(GENERATED) && !is_replaced && !is_test {
            sources.insert(path.clone(), read_source(&root.join(&path))?);
        }
    }
    ensure!(
        !sources.is_empty(),
        "{} has no sources to copy",
        root.display()
    );
    if let Some(front) = front {
        let rest = repo.root().join(REST);
        for path in files::list(&rest, Path::new(""))? {
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources.insert(
                    Path::new("src").join(&path),
                    read_source(&rest.join(&path))?,
                );
            }
        }
        for text in sources.values_mut() {
            *text = rename(text, client);
        }
        let library = sources.get_mut(Path::new("src/lib.rs"));
        let library = library.context("the client has no src/lib.rs")?;
        *library = with_docs(library, &front.docs);
    }
    let bytes = sources
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()));
    Ok(bytes.collect())
}

fn read_source(path: &Path) -> Result<String> {
    Ok(without_tests(&standalone::read_text(path)?))
}

/// Removes the test modules from a source: those in files of their own, and the one at its end.
fn without_tests(source: &str) -> String {
    let source = source
        .split("\n#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(source);
    let mut lines = Vec::new();
    for line in source.lines() {
        let is_test = matches!(line, "mod tests;" | "mod fuzz;");
        if is_test && lines.last() == Some(&"#[cfg(test)]") {
            lines.pop();
        } else {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// Replaces the names of the client in a source. In code the variable is `client`, because the name of another client may be in
/// use there.
fn rename(source: &str, client: &ClientName) -> String {
    let lines = source.lines().map(|line| rename_line(line, client));
    let text: String = lines.map(|line| line + "\n").collect();
    text.replace("generated-client", &client.package)
}

fn rename_line(line: &str, client: &ClientName) -> String {
    let is_comment = line.trim_start().starts_with("//");
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || c == '_') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        let names_the_crate = is_comment || after.starts_with("::") || text.ends_with('"');
        match word {
            "Seam" => text.push_str(&client.ty),
            "SeamBuilder" => text.push_str(&format!("{}Builder", client.ty)),
            "seam" if names_the_crate && !after.starts_with("()") => text.push_str(&client.library),
            "seam" => text.push_str("client"),
            _ => match word.strip_prefix("SEAM_") {
                Some(variable) => text.push_str(&format!("{}_{variable}", client.environment)),
                None => text.push_str(word),
            },
        }
        rest = after;
    }
    text + rest
}

/// Replaces the documentation of the root of the library.
fn with_docs(library: &str, docs: &str) -> String {
    let code = library.lines().skip_while(|line| line.starts_with("//!"));
    let docs = docs
        .trim_end()
        .lines()
        .map(|line| format!("//! {line}").trim_end().to_owned());
    let lines: Vec<String> = docs.chain(code.map(str::to_owned)).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_client_are_replaced_as_whole_words() {
        let client = ClientName {
            package: "my-api".to_owned(),
            library: "my_api".to_owned(),
            ty: "MyApi".to_owned(),
            environment: "MY_API".to_owned(),
        };
        for (line, expected) in [
            (
                "seam: Seam, SeamBuilder, seams, unseam, seam_",
                "client: MyApi, MyApiBuilder, seams, unseam, seam_",
            ),
            (
                "/// Seam's `seam::X`, `let seam = fake.seam()`",
                "/// MyApi's `my_api::X`, `let my_api = fake.client()`",
            ),
            (
                "env(\"SEAM_ENDPOINT\"), \"seam-blocking\", `seam::rustls`",
                "env(\"MY_API_ENDPOINT\"), \"my_api-blocking\", `my_api::rustls`",
            ),
            ("generated-client", "my-api"),
        ] {
            assert_eq!(rename(line, &client), format!("{expected}\n"));
        }
    }

    #[test]
    fn tests_are_removed() {
        let source = "mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\npub use a::B;\n\n#[cfg(test)]\nmod tests {\n    x\n}\n";
        assert_eq!(
            without_tests(source),
            "mod a;\n#[cfg(test)]\npub use a::B;\n"
        );
    }

    #[test]
    fn the_documentation_of_the_root_is_replaced_and_its_code_kept() {
        let library = "//! Old.\n//!\n\nmod a;\n";
        assert_eq!(
            with_docs(library, "New.\n\nMore.\n"),
            "//! New.\n//!\n//! More.\n\nmod a;\n"
        );
    }
}
