//! Tests of reading a document from the tarball of an npm package.

use std::time::Duration;

use super::LIMITS;
use crate::commands::fetch::http::Limits;
use crate::commands::fetch::npm;

/// Returns a package's tarball, as npm makes it.
fn tarball(files: &[(&str, &str)]) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let path = format!("package/{path}");
        archive
            .append_data(&mut header, path, text.as_bytes())
            .unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// Returns the document of a package with one module, or the error with its causes.
fn document(module: &str, text: &str) -> Result<String, String> {
    let package = tarball(&[MODULE, (module, text)]);
    match npm::open(&package[..], LIMITS) {
        Ok(package) => Ok(package.document),
        Err(error) => Err(format!("{error:#}")),
    }
}

const MODULE: (&str, &str) = ("package.json", r#"{"version":"1.2.3","type":"module"}"#);

#[test]
fn a_package_gives_its_document_version_and_licence() {
    for (module, text) in [
        (
            "lib/seam/connect/openapi.js",
            "const openapi = { paths: { '/z': {}, '/a': {} } }\nexport default openapi\n//# sourceMappingURL=a",
        ),
        (
            "dist/openapi.js",
            "export const openapi = { paths: { '/z': {}, '/a': {} } }",
        ),
        (
            "openapi.mjs",
            "// made\nexport default { paths: { '/z': {}, '/a': {}, }, };",
        ),
        (
            "openapi.cjs",
            "'use strict';\nexports.default = { paths: { '/z': {}, '/a': {} } }",
        ),
        (
            "other/openapi.cjs",
            "module.exports = /* it */ { paths: { '/z': {}, '/a': {} } }",
        ),
    ] {
        let package = tarball(&[MODULE, ("LICENSE.txt", "MIT"), (module, text)]);
        let package = npm::open(&package[..], LIMITS).unwrap();
        assert_eq!(
            package.document, r#"{"paths":{"/z":{},"/a":{}}}"#,
            "{module}"
        );
        assert_eq!(package.version, "1.2.3");
        assert_eq!(package.licence.as_deref(), Some(&b"MIT"[..]));
    }
}

#[test]
fn literals_are_read_as_in_javascript() {
    let text = r#"export default {
        plain: 'it’s "so"', "quoted": "it's", $other_1: [true, false, null, -0.5, 1e3, 55_000],
        200: `two
lines`, escapes: '\n\t\'\"\\\/\x41\u0041\u{1F600}\uD83D\uDE00\v\0\
!', empty: {}, none: [], list: [[], [1,],],
    }"#;
    let json = document("openapi.js", text).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expected = serde_json::json!({
        "plain": "it’s \"so\"",
        "quoted": "it's",
        "$other_1": [true, false, null, -0.5, 1000.0, 55000],
        "200": "two\nlines",
        "escapes": "\n\t'\"\\/AA😀😀\u{b}\0!",
        "empty": {},
        "none": [],
        "list": [[], [1]],
    });
    assert_eq!(value, expected, "{json}");
}

#[test]
fn code_is_refused_with_its_line() {
    for (text, expected) in [
        (
            "throw new TypeError('no luck')",
            "line 1: a declaration or an export is expected",
        ),
        (
            "\n\nimport fs from 'node:fs'",
            "line 3: a declaration or an export is expected",
        ),
        (
            "export default (() => ({}))()",
            "an object literal is expected",
        ),
        (
            "export default {\n a: process.env }",
            "line 2: `process` is not a literal",
        ),
        ("export default { ...other }", "a plain key is expected"),
        ("export default { [a]: 1 }", "a plain key is expected"),
        ("export default { get a() { return 1 } }", "`:` is expected"),
        ("export default { a: `${b}` }", "is not a literal"),
        ("export default { a: 1 + 1 }", "`,` or `}` is expected"),
        ("export default { a: 0x10 }", "not a JSON number"),
        ("export default { 010: 1 }", "not a JSON number"),
        ("export default { 1e3: 1 }", "not a plain number"),
        (
            "export default { a: undefined }",
            "`undefined` is not a literal",
        ),
        ("export default { a: '", "a string does not end"),
        ("export default { a: '\\u12' }", "4 hexadecimal digits"),
        ("export default {", "is expected"),
        (
            "export default other",
            "`other` is not a literal of this module",
        ),
        (
            "const openapi = {}; openapi.paths = {}",
            "a declaration or an export is expected",
        ),
        (
            "const openapi = {}.constructor",
            "a declaration or an export is expected",
        ),
        ("export const other = {}", "exports no object"),
    ] {
        let error = document("openapi.js", text).unwrap_err();
        assert!(error.contains(expected), "{text}: {error}");
    }
    let deep = format!("export default {}1{}", "[".repeat(200), "]".repeat(200));
    let error = document("openapi.js", &deep).unwrap_err();
    assert!(error.contains("nested more than"), "{error}");
}

#[test]
fn nothing_of_a_package_is_executed() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let trace = trace.to_str().unwrap().replace('\\', "/");
    let text = format!(
        "export default {{}}\nimport('node:fs').then(fs => fs.writeFileSync('{trace}', ''))"
    );
    document("openapi.js", &text).unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_usual_file_is_preferred_to_one_nearer_to_the_top() {
    let usual = ("lib/seam/connect/openapi.json", r#"{"right":1}"#);
    let other = ("openapi.json", r#"{"wrong":1}"#);
    for files in [[MODULE, other, usual], [MODULE, usual, other]] {
        let package = npm::open(&tarball(&files)[..], LIMITS).unwrap();
        assert_eq!(package.document, r#"{"right":1}"#);
    }
}

#[test]
fn a_package_without_a_document_and_a_damaged_one_are_refused() {
    let package = tarball(&[MODULE, ("index.js", "")]);
    let error = npm::open(&package[..], LIMITS).unwrap_err().to_string();
    assert!(error.contains("has no OpenAPI document"), "{error}");

    let error = npm::open(&package[..package.len() / 2], LIMITS).unwrap_err();
    assert!(
        format!("{error:#}").contains("damaged, cut off"),
        "{error:#}"
    );
}

#[test]
fn a_document_over_the_size_limit_is_refused() {
    let text = format!("export default {{ a: '{}' }}", "a".repeat(10_000));
    let error = document("openapi.js", &text).unwrap_err();
    assert!(
        error.contains("openapi.js in the package: it has more than the allowed 10000 bytes"),
        "{error}"
    );
}

/// Returns a script in place of npm.
#[cfg(unix)]
fn pack(script: &str, limits: Limits) -> Result<String, String> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let npm = folder.path().join("npm");
    std::fs::write(&npm, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&npm, std::fs::Permissions::from_mode(0o755)).unwrap();
    let into = tempfile::tempdir().unwrap();
    match npm::pack(npm.as_os_str(), "types", Some("1"), into.path(), limits) {
        Ok(tarball) => Ok(std::fs::read_to_string(tarball).unwrap()),
        Err(error) => Err(format!("{error:#}")),
    }
}

#[cfg(unix)]
#[test]
fn npm_gets_only_the_variables_that_it_needs_and_runs_no_scripts() {
    // Cargo sets this one for every test.
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
    let seen = pack("{ echo \"$@\"; env; } > seen.tgz", LIMITS).unwrap();
    assert!(seen.starts_with("pack --ignore-scripts "), "{seen}");
    assert!(seen.contains("\nPATH="), "{seen}");
    assert!(!seen.contains("CARGO"), "{seen}");
}

#[cfg(unix)]
#[test]
fn npm_is_killed_after_the_time_limit() {
    let limits = Limits {
        time: Duration::from_millis(50),
        ..LIMITS
    };
    let error = pack("exec sleep 600", limits).unwrap_err();
    assert!(error.contains("npm took longer than 0.05 s"), "{error}");
}
