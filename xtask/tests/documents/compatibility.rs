//! Checks that the client of an old release reads the replies of the pinned document.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use generator::Options;
use generator::examples::Examples;
use serde_json::json;

use crate::releases::release;
use crate::support::{self, BuildFolder, Document, folder, lenient_options, output_of, root};

/// The test that is added to the old client.
const HARNESS: &str = include_str!("compatibility/harness.rs");
const OLD: &str = "1.429.0";
/// The number of variations of each reply, so that each branch of a union and each value of an enum occurs.
const VARIATIONS: usize = 8;

#[test]
#[ignore = "compiles a client with its tests, and needs npm"]
fn the_client_of_an_old_release_reads_the_replies_of_the_pinned_document() {
    let old = release(OLD);
    let crate_folder = folder("crates").join(format!("reads-with-{OLD}"));
    let args = ["--allow-unknown-keywords", "--spec"].map(AsRef::as_ref);
    let args = [&["codegen".as_ref()], &args[..]].concat();
    let paths = [
        old.path.as_os_str(),
        "--out".as_ref(),
        crate_folder.as_os_str(),
    ];
    support::xtask(&root(), &[args, paths.to_vec()].concat()).expect("the release is rendered");
    add_tests(&old, &crate_folder);

    let replies = folder("replies").join("pinned.jsonl");
    let pinned = Document::read(root().join("spec/openapi.json"));
    let count = write_replies(&pinned, &replies);
    assert!(count > 500, "only {count} replies");

    let build = BuildFolder::take();
    let mut command = support::cargo(&crate_folder);
    command
        .args(["test", "--quiet", "--all-features", "--test", "conformance"])
        .args(["--", "--nocapture"])
        .env("CARGO_TARGET_DIR", build.path())
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("SEAM_COMPAT_REPLIES", replies);
    let message = output_of(&mut command).expect("every reply is read");
    assert!(message.contains("1 passed"), "{message}");
    println!("{OLD}: {count} replies\n{message}");
}

/// Adds the calls of the old client, and the test that makes them.
fn add_tests(old: &Document, crate_folder: &Path) {
    let options = Options {
        tests: true,
        ..lenient_options()
    };
    let generated = generator::generate(&old.source(), options).expect("the release is rendered");
    let tests = crate_folder.join("tests/conformance");
    for (path, text) in generated.tests {
        let path = tests.join("generated").join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(path, text).expect("the folder can be written");
    }
    let call = root().join("generated-client/tests/conformance/call.rs");
    fs::copy(call, tests.join("call.rs")).expect("the folder can be written");
    fs::write(tests.join("main.rs"), HARNESS).expect("the folder can be written");
}

/// Writes a line of JSON for each reply; returns their number.
fn write_replies(document: &Document, path: &Path) -> usize {
    let mut file = BufWriter::new(File::create(path).expect("the file can be made"));
    // The methods of a path mostly have the same reply.
    let mut known = BTreeSet::new();
    let examples = Examples::read(&document.source()).expect("the document can be read");
    for reply in examples.replies(VARIATIONS) {
        for body in reply.bodies {
            let line =
                json!({"path": reply.path, "name": body.name, "body": body.json}).to_string();
            if known.insert(line.clone()) {
                writeln!(file, "{line}").expect("the file can be written");
            }
        }
    }
    file.flush().expect("the file can be written");
    known.len()
}
