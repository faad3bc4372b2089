//! Documents that refer to other files.

use std::fs;

use super::Args;
use crate::commands::codegen::tests::repository::Repository;
use crate::render::{Rendered, render};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Shop, version: '1' }\npaths: { /pets: { $ref: paths/pets.yaml } }\n";
const PATH: &str = "get:\n  operationId: getPet\n  responses:\n    '200':\n      description: OK\n      content: { application/json: { schema: { $ref: '../schemas/pet.yaml' } } }\n";
const PET: &str =
    "type: object\nproperties:\n  name: { type: string }\n  owner: { $ref: owner.json }\n";
const OWNER: &str = r#"{"type": "object", "properties": {"pets": {"type": "array", "items": {"$ref": "../schemas/pet.yaml"}}}}"#;

/// Returns a repository with a document in a folder of its own.
fn repository() -> Repository {
    let repository = Repository::new();
    for (path, text) in [
        ("api/openapi.yaml", DOCUMENT),
        ("api/paths/pets.yaml", PATH),
        ("api/schemas/pet.yaml", PET),
        ("api/schemas/owner.json", OWNER),
    ] {
        write(&repository, path, text);
    }
    repository
}

fn write(repository: &Repository, path: &str, text: &str) {
    let path = repository.path(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Renders the document; returns the error as text.
fn rendered(repository: &Repository) -> Result<Rendered, String> {
    let args = Args {
        spec: Some(repository.path("api/openapi.yaml")),
        out: Some(repository.path("out")),
        ..Args::default()
    };
    render(&repository.input(&args)).map_err(|error| format!("{error:#}"))
}

fn refused(repository: &Repository) -> String {
    rendered(repository).err().unwrap()
}

#[test]
fn files_that_refer_to_each_other_become_one_client() {
    let rendered = rendered(&repository()).unwrap();
    let text = |path: &str| &rendered.files[std::path::Path::new(path)];
    assert!(text("pet.rs").contains("pub owner: Option<Box<Owner>>"));
    assert!(text("owner.rs").contains("pub pets: Vec<Pet>"));
    assert_eq!(rendered.lost, 0);
}

#[test]
fn a_missing_file_is_reported_with_the_reference() {
    let repository = repository();
    fs::remove_file(repository.path("api/schemas/owner.json")).unwrap();
    let error = refused(&repository);
    let expected = "schemas/pet.yaml#/properties/owner: found a reference to `owner.json`, a file that does not exist";
    assert!(error.contains(expected), "{error}");
    assert!(error.contains("Get schemas/owner.json as well"), "{error}");
}

#[test]
fn nothing_outside_of_the_documents_folder_is_read() {
    let repository = repository();
    write(&repository, "owner.json", OWNER);
    let out = PET.replace("owner.json", "../../owner.json");
    write(&repository, "api/schemas/pet.yaml", &out);
    let error = refused(&repository);
    let expected = "`../../owner.json`, a file outside of the document's folder";
    assert!(error.contains(expected), "{error}");
    assert!(error.contains("npx @redocly/cli bundle"), "{error}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_of_the_folder() {
    let repository = repository();
    let owner = repository.path("api/schemas/owner.json");
    let within = repository.path("api/real.json");
    fs::rename(&owner, &within).unwrap();
    std::os::unix::fs::symlink(&within, &owner).unwrap();
    rendered(&repository).unwrap();

    let outside = repository.path("real.json");
    fs::rename(&within, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &within).unwrap();
    let error = refused(&repository);
    let expected = "`owner.json`, a file outside of the document's folder";
    assert!(error.contains(expected), "{error}");
}

#[test]
fn folders_and_files_beyond_the_limit_are_not_read() {
    let repository = repository();
    let owner = repository.path("api/schemas/owner.json");
    fs::write(&owner, " ".repeat((16 << 20) + 1)).unwrap();
    let error = refused(&repository);
    assert!(
        error.contains("a file of more than 16777216 bytes"),
        "{error}"
    );

    fs::write(&owner, [0xff]).unwrap();
    let error = refused(&repository);
    assert!(error.contains("it is not UTF-8"), "{error}");

    fs::remove_file(&owner).unwrap();
    fs::create_dir(&owner).unwrap();
    let error = refused(&repository);
    assert!(error.contains("it is not a regular file"), "{error}");
}

#[test]
fn a_file_without_a_schema_is_an_error() {
    let repository = repository();
    write(&repository, "api/schemas/owner.json", "<html></html>");
    let error = refused(&repository);
    let expected = "`owner.json`, and schemas/owner.json is not as it should be: a page that begins with `<html></html>`";
    assert!(error.contains(expected), "{error}");
}
