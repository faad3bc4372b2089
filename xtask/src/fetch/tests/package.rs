//! From an npm package's tarball to the document in it.

use crate::fetch::npm;

/// A package's tarball, as npm makes it.
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

const MODULE: (&str, &str) = ("package.json", r#"{"version":"1.2.3","type":"module"}"#);

/// Says so where Node is missing, because a test that quietly does nothing looks like one that passed.
fn has_node() -> bool {
    let found = crate::node::require_node();
    if let Err(missing) = &found {
        eprintln!("SKIPPED: {missing}");
    }
    found.is_ok()
}

#[test]
fn a_package_gives_its_document_version_and_licence() {
    if !has_node() {
        return;
    }
    for (module, text) in [
        (
            "lib/seam/connect/openapi.js",
            "const openapi = { paths: { '/z': {}, '/a': {} } }\nexport default openapi",
        ),
        (
            "dist/openapi.js",
            "export const openapi = { paths: { '/z': {}, '/a': {} } }",
        ),
        (
            "openapi.cjs",
            "exports.default = { paths: { '/z': {}, '/a': {} } }",
        ),
    ] {
        let package = tarball(&[MODULE, ("LICENSE.txt", "MIT"), (module, text)]);
        let package = npm::open(&package[..]).unwrap();
        assert_eq!(
            package.document, r#"{"paths":{"/z":{},"/a":{}}}"#,
            "{module}"
        );
        assert_eq!(package.version, "1.2.3");
        assert_eq!(package.licence.as_deref(), Some(&b"MIT"[..]));
    }
}

#[test]
fn the_usual_place_comes_before_one_nearer_to_the_top() {
    let package = tarball(&[
        MODULE,
        ("openapi.json", r#"{"wrong":1}"#),
        ("lib/seam/connect/openapi.json", r#"{"right":1}"#),
    ]);
    assert_eq!(npm::open(&package[..]).unwrap().document, r#"{"right":1}"#);
}

#[test]
fn a_module_that_throws_or_exports_nothing_is_an_error_with_its_reason() {
    if !has_node() {
        return;
    }
    for (text, said) in [
        ("throw new TypeError('no luck')", "no luck"),
        ("export const other = 1", "it exports no object"),
        ("export default {", "SyntaxError"),
    ] {
        let package = tarball(&[MODULE, ("openapi.js", text)]);
        let error = format!("{:#}", npm::open(&package[..]).unwrap_err());
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_package_without_a_document_and_a_damaged_one_are_refused() {
    let package = tarball(&[MODULE, ("index.js", "")]);
    let error = npm::open(&package[..]).unwrap_err().to_string();
    assert!(error.contains("holds no OpenAPI document"), "{error}");

    let error = npm::open(&package[..package.len() / 2])
        .unwrap_err()
        .to_string();
    assert!(error.contains("damaged, cut off"), "{error}");
}
