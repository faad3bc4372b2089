//! What becomes of every construct that the document has, or once had: one small document for each.
//!
//! A fixture is a row of the table of constructs; its snapshot is what a caller of the client gets.

#![allow(missing_docs)]

mod support;

use std::fs;

use support::{fixtures, outline::outline, render};

/// Compares what a fixture becomes with its snapshot.
fn check(name: &str) {
    let file = format!("{name}.yaml");
    let document = fs::read_to_string(fixtures("edges").join(&file)).expect("the fixture is there");
    let shown = match render(&document, &file) {
        Ok(generated) => outline(&generated),
        Err(errors) => format!("refused: {errors}\n"),
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/edges");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// One test for each fixture, and one that none is forgotten.
macro_rules! edges {
    ($($test:ident: $fixture:literal,)*) => {
        $(
            #[test]
            fn $test() {
                check($fixture);
            }
        )*

        #[test]
        fn every_fixture_has_a_test() {
            let mut found: Vec<String> = fs::read_dir(fixtures("edges"))
                .expect("the folder is there")
                .map(|entry| entry.expect("an entry").path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
                .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
                .collect();
            found.sort();
            let mut tested = vec![$($fixture.to_owned()),*];
            tested.sort();
            assert_eq!(found, tested);
        }
    };
}

edges! {
    additional_properties: "additional-properties",
    body_of_alternatives: "body-of-alternatives",
    body_on_get_or_delete: "body-on-get-or-delete",
    branch_without_discriminator: "branch-without-discriminator",
    bracket_parameters: "bracket-parameters",
    calls_that_need_a_parameter: "calls-that-need-a-parameter",
    constant_properties: "constant-properties",
    dash_in_path: "dash-in-path",
    default_of_another_type: "default-of-another-type",
    descriptions: "descriptions",
    discriminator_without_mapping: "discriminator-without-mapping",
    empty: "empty",
    enum_lists: "enum-lists",
    enum_values: "enum-values",
    exclusive_minimum: "exclusive-minimum",
    fixed_size_arrays: "fixed-size-arrays",
    get_only_delete_only: "get-only-delete-only",
    ids_without_format: "ids-without-format",
    names_of_the_client: "names-of-the-client",
    nested_all_of: "nested-all-of",
    nested_names: "nested-names",
    nested_one_of: "nested-one-of",
    no_body: "no-body",
    no_content: "no-content",
    null_format: "null-format",
    nullable: "nullable",
    one_branch: "one-branch",
    optional_and_nullable: "optional-and-nullable",
    overlapping_required: "overlapping-required",
    post_and_delete_differ: "post-and-delete-differ",
    property_names: "property-names",
    query_and_body: "query-and-body",
    reference_in_default: "reference-in-default",
    required_without_property: "required-without-property",
    response_key: "response-key",
    schema_within_itself: "schema-within-itself",
    security: "security",
    three_methods: "three-methods",
    unsigned_integers: "unsigned-integers",
    unused_and_deep: "unused-and-deep",
}
