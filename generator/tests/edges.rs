//! What becomes of every construct that the document has, or once had: one small document for each.
//!
//! A fixture is a row of the table of constructs; its snapshot is what a caller of the client gets.

#![allow(missing_docs)]

mod support;

use std::fs;
use std::path::Path;

use generator::{Options, Source};

use support::{fixtures, outline::outline, render};

/// Compares what a fixture becomes with its snapshot.
fn check(name: &str) {
    let file = format!("{name}.yaml");
    let document = fs::read_to_string(fixtures("edges").join(&file)).expect("the fixture is there");
    let shown = match render(&document, &file) {
        Ok(generated) => {
            let coverage = &generated.summary.coverage;
            assert_eq!(coverage.lost, [""; 0], "what was lost");
            let warnings = generated.summary.warnings.iter();
            let warnings: String = warnings.map(|warning| format!("// {warning}\n")).collect();
            warnings + &outline(&generated)
        }
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
    what_is_all_of_itself_is_the_rest_of_it: "all-of-within-itself",
    references_by_name_lead_to_anchors: "anchors",
    each_schema_of_json_is_a_way_of_the_call: "bodies-of-several-json-types",
    body_of_alternatives: "body-of-alternatives",
    body_on_get_or_delete: "body-on-get-or-delete",
    bracket_parameters: "bracket-parameters",
    branch_without_discriminator: "branch-without-discriminator",
    branches_that_refer_to_one_component: "branches-that-refer-to-one-component",
    calls_that_need_a_parameter: "calls-that-need-a-parameter",
    conditions: "conditions",
    constant_properties: "constant-properties",
    properties_with_one_value_are_sent_by_themselves: "constants-that-are-sent",
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
    large_integers: "large-integers",
    texts_have_the_names_that_stand_beside_them: "named-text-values",
    maps_that_differ: "maps-that-differ",
    names_of_the_client: "names-of-the-client",
    nested_all_of: "nested-all-of",
    nested_names: "nested-names",
    nested_one_of: "nested-one-of",
    no_body: "no-body",
    no_content: "no-content",
    null_format: "null-format",
    nullable: "nullable",
    nullable_object_beside_reference: "nullable-object-beside-reference",
    nullable_beside_reference: "nullable-beside-reference",
    number_enums: "number-enums",
    one_branch: "one-branch",
    one_reply_for_two_statuses: "one-reply-for-two-statuses",
    only_webhooks: "only-webhooks",
    openapi_3_2: "openapi-3-2",
    optional_and_nullable: "optional-and-nullable",
    overlapping_required: "overlapping-required",
    paths_without_slash: "paths-without-slash",
    patterns_that_differ: "patterns-that-differ",
    post_and_delete_differ: "post-and-delete-differ",
    property_names: "property-names",
    query_and_body: "query-and-body",
    recursive_choices: "recursive-choices",
    recursive_nullable: "recursive-nullable",
    redirect_with_a_body: "redirect-with-a-body",
    reference_in_default: "reference-in-default",
    references_to_nothing: "references-to-nothing",
    required_alternatives: "required-alternatives",
    required_true: "required-true",
    required_without_property: "required-without-property",
    response_key: "response-key",
    schema_within_itself: "schema-within-itself",
    security: "security",
    small_ranges: "small-ranges",
    three_methods: "three-methods",
    tuples: "tuples",
    unevaluated_properties: "unevaluated-properties",
    unquoted_version: "unquoted-version",
    unsigned_integers: "unsigned-integers",
    unused_and_deep: "unused-and-deep",
    values_beside_parts: "values-beside-parts",
    values_that_nobody_reads: "values-that-nobody-reads",
}

/// Renders a fixture with `--strict-document`, and gives the pointers of what is refused.
fn refused_strictly(name: &str) -> Vec<String> {
    let document = fs::read_to_string(fixtures("edges").join(name)).expect("the fixture is there");
    let source = Source {
        document: &document,
        name,
        overlay: None,
        names: None,
        client: None,
        files: None,
    };
    let options = Options {
        strict_document: true,
        ..Options::default()
    };
    match generator::generate(&source, options) {
        Ok(_) => Vec::new(),
        Err(errors) => errors
            .problems
            .into_iter()
            .map(|problem| problem.pointer)
            .collect(),
    }
}

#[test]
fn what_is_read_with_a_warning_is_refused_at_its_place_where_documents_are_read_strictly() {
    for (name, first) in [
        ("unquoted-version.yaml", "/info/title"),
        ("conditions.yaml", "/components/schemas/Job/if"),
        (
            "tuples.yaml",
            "/paths/~1points/get/responses/200/content/application~1json/schema/properties/named/prefixItems",
        ),
    ] {
        let refused = refused_strictly(name);
        assert_eq!(
            refused.first().map(String::as_str),
            Some(first),
            "{name}: {refused:?}"
        );
    }
    for name in [
        "references-to-nothing.yaml",
        "required-true.yaml",
        "patterns-that-differ.yaml",
        "unevaluated-properties.yaml",
        "all-of-within-itself.yaml",
        "anchors.yaml",
    ] {
        assert!(!refused_strictly(name).is_empty(), "{name}");
    }
    assert!(refused_strictly("small-ranges.yaml").is_empty());
    assert!(refused_strictly("nullable.yaml").is_empty());
}

#[test]
fn a_call_that_needs_a_parameter_is_tested_with_one_that_takes_no_null() {
    let document = fs::read_to_string(fixtures("edges").join("calls-that-need-a-parameter.yaml"))
        .expect("the fixture is there");
    let generated = render(&document, "rooms.yaml").expect("it renders");
    let calls = &generated.tests[Path::new("calls.rs")];
    let of = |path: &str| {
        let (_, rest) = calls.split_once(path).expect("the call is there");
        let end = rest.find("Call {").unwrap_or(rest.len());
        rest[..end].split_whitespace().collect::<String>()
    };
    let update = of("~1rooms~1update/post");
    assert!(update.contains(r#"update().name("text")"#), "{update}");
    assert!(update.contains(r#"given:&["name"]"#), "{update}");
    let clear = of("~1rooms~1clear/post");
    assert!(clear.contains(r#"given:&["note"]"#), "{clear}");
    let rename = of("~1rename/post");
    assert!(
        rename.contains(r#"rename("text").name("text")"#),
        "{rename}"
    );
    let refresh = of("~1refresh/post");
    assert!(
        refresh.contains("refresh()") && refresh.contains("given:&[]"),
        "{refresh}"
    );
    let find = of("~1rooms~1find/get");
    assert!(find.contains(r#"find().wing("text")"#), "{find}");
}
