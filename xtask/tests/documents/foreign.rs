//! Clients of other APIs: crates of their own, without anything of Seam's.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::support::{self, BuildFolder, cargo, folder, output_of, root};

/// Words that only Seam's client has.
const SEAM_WORDS: [&str; 9] = [
    "seam",
    "front door",
    "action attempt",
    "action_attempt",
    "actionattempt",
    "access code",
    "svix",
    "workspace_id",
    "unlock",
];

fn document(name: &str) -> PathBuf {
    root().join("xtask/tests/documents/foreign").join(name)
}

/// Renders both documents as crates. The command gives the second one its name.
fn rendered() -> (PathBuf, PathBuf) {
    static RENDERED: LazyLock<(PathBuf, PathBuf)> = LazyLock::new(render);
    RENDERED.clone()
}

fn render() -> (PathBuf, PathBuf) {
    let (courier, greenhouse) = (folder("foreign/courier"), folder("foreign/greenhouse"));
    support::render(&document("courier.yaml"), &courier).expect("it renders");
    let (spec, out) = (document("greenhouse.yaml"), greenhouse.as_os_str());
    let args = [
        "codegen".as_ref(),
        "--spec".as_ref(),
        spec.as_os_str(),
        "--out".as_ref(),
        out,
    ];
    let name = ["--name".as_ref(), "greenhouse-client".as_ref()];
    support::xtask(&root(), &[&args[..], &name].concat()).expect("it renders");
    (courier, greenhouse)
}

#[test]
#[ignore = "compiles two crates, their tests and a program"]
fn two_clients_of_two_apis_work_in_one_program() {
    let (courier, greenhouse) = rendered();
    let program = folder("foreign/program");
    fs::create_dir_all(program.join("tests")).expect("the folder can be made");
    fs::create_dir_all(program.join("src")).expect("the folder can be made");
    let manifest = format!(
        "[package]\nname = \"program\"\nedition = \"2024\"\n\n[dependencies]\n\
         courier = {{ path = {courier:?}, features = [\"test-util\"] }}\n\
         greenhouse-client = {{ path = {greenhouse:?} }}\n\
         http = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[workspace]\n"
    );
    fs::write(program.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::write(program.join("src/lib.rs"), "").expect("the source can be written");
    fs::copy(document("program.rs"), program.join("tests/clients.rs")).expect("the test is there");
    let build = BuildFolder::take();
    let mut test = cargo(&program);
    test.args(["test", "--quiet"])
        .env("CARGO_TARGET_DIR", build.path());
    let message = output_of(&mut test).unwrap_or_else(|message| panic!("{message}"));
    assert!(message.contains("test result: ok. 5 passed"), "{message}");
}

#[test]
#[ignore = "compiles a crate, its tests and its documentation"]
fn the_crate_passes_its_tests_its_lints_and_rustdoc() {
    let (courier, _) = rendered();
    let build = BuildFolder::take();
    for args in [
        &["test", "--quiet", "--all-features"][..],
        &[
            "clippy",
            "--quiet",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        &["doc", "--quiet", "--no-deps", "--all-features"],
    ] {
        let mut command = cargo(&courier);
        command
            .args(args)
            .env("CARGO_TARGET_DIR", build.path())
            .env("RUSTDOCFLAGS", "-D warnings");
        let message =
            output_of(&mut command).unwrap_or_else(|message| panic!("{args:?}: {message}"));
        assert!(
            args[0] != "test" || message.contains("test result: ok. 1"),
            "{message}"
        );
    }
}

#[test]
#[ignore = "renders the same crates as the tests above"]
fn a_client_of_another_api_contains_no_word_of_seam() {
    let (courier, greenhouse) = rendered();
    let mut looked_at = 0;
    for crate_folder in [courier, greenhouse] {
        let mut open = vec![crate_folder];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("the folder can be read");
                open.extend(entries.map(|entry| entry.expect("the folder can be read").path()));
            } else if path
                .extension()
                .is_some_and(|extension| extension != "lock")
            {
                looked_at += 1;
                assert_nothing_of_seam(&path);
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} files");
}

#[test]
#[ignore = "compiles the crate and the program of the generator's README"]
fn the_example_of_the_readme_compiles() {
    let readme = fs::read_to_string(root().join("generator/README.md")).expect("it is there");
    let part = |fence: &str| {
        let (_, rest) = readme.split_once(fence).expect("the part is there");
        rest.split("```").next().unwrap_or_default().to_owned()
    };
    let program = folder("foreign/readme");
    fs::create_dir_all(program.join("src")).expect("the folder can be made");
    let document = program.join("garden.yaml");
    fs::write(&document, part("```yaml\n")).expect("the document can be written");
    let garden = folder("foreign/garden");
    support::render(&document, &garden).expect("it renders");
    let manifest = format!(
        "[package]\nname = \"readme\"\nedition = \"2024\"\n\n[dependencies]\ngarden = {{ path = {garden:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[workspace]\n"
    );
    fs::write(program.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::write(program.join("src/main.rs"), part("```rust,ignore\n")).expect("it can be written");
    let build = BuildFolder::take();
    let mut check = cargo(&program);
    check
        .args(["check", "--quiet"])
        .env("CARGO_TARGET_DIR", build.path());
    output_of(&mut check).unwrap_or_else(|message| panic!("{message}"));
}

fn assert_nothing_of_seam(path: &Path) {
    let text = fs::read_to_string(path)
        .expect("the file is text")
        .to_lowercase();
    for (number, line) in text.lines().enumerate() {
        let found = SEAM_WORDS.iter().find(|word| line.contains(**word));
        assert_eq!(found, None, "{}:{}: {line}", path.display(), number + 1);
    }
}
