use std::collections::HashMap;

use serde_json::json;

use super::super::tests::{plan, plant};
use super::{Call, Sent, json_body};
use crate::model::Location;
use crate::rust::scope::Scope;

/// The example of a call that takes these properties: with some options, or with the least that it takes.
fn example(path: &str, is_least: bool) -> String {
    plan(&[path], &["unused: { type: string }"], |plan| {
        let scope = Scope::outside(plan, HashMap::new());
        let (_, endpoint) = plan.api.endpoints()[0];
        let overload = &endpoint.overloads[0];
        let call = match is_least {
            true => Call::least(&scope, endpoint, overload, "garden.plants()"),
            false => Call::fuller(&scope, endpoint, overload, "garden.plants()"),
        };
        call.statement(None)
    })
}

#[test]
fn an_example_shows_the_two_options_that_say_most_in_the_documents_order() {
    let path = plant(
        "flag: { type: boolean }, size: { type: integer }, notes: { type: string }, name: { type: string }",
    );
    assert_eq!(
        example(&path, false),
        "garden.plants().plant().size(1).name(\"Example\").await?;"
    );
}

#[test]
fn two_units_of_one_value_are_not_shown_together() {
    let path = plant(
        "heat_celsius: { type: number }, heat_fahrenheit: { type: number }, flag: { type: boolean }",
    );
    assert_eq!(
        example(&path, false),
        "garden.plants().plant().heat_celsius(20.0).flag(true).await?;"
    );
}

#[test]
fn only_a_call_that_changes_something_needs_an_option() {
    let path = plant("name: { type: string }");
    assert_eq!(example(&path, true), "garden.plants().plant().await?;");
    assert_eq!(
        example(&path.replace("post:", "patch:"), true),
        "garden.plants().plant().name(\"Example\").await?;"
    );
}

#[test]
fn a_statement_that_is_too_long_has_a_line_for_each_method() {
    let name = format!(".name(\"{}\")", "Rose ".repeat(20));
    let parts = ["garden.plants()", ".plant()", &name].map(str::to_owned);
    assert_eq!(
        Call::of(parts.to_vec()).awaited(Some("plant")),
        [
            "let plant = garden",
            "    .plants()",
            "    .plant()",
            &format!("    {name}"),
            "    .await?;"
        ]
    );
}

#[test]
fn types_in_modules_are_imported_unless_two_have_one_name() {
    let call = |argument: &str| Call::of(vec![format!("garden.plants().plant({argument})")]);
    let mut one = [call("garden::plants::Pot::new(1)")];
    assert_eq!(
        Call::import(&mut one, "garden"),
        ["use garden::plants::Pot;"]
    );
    assert_eq!(
        one[0].statement(None),
        "garden.plants().plant(Pot::new(1)).await?;"
    );
    let mut two = [
        call("garden::plants::Pot::new(1)"),
        call("garden::trees::Pot::new(1)"),
    ];
    assert!(Call::import(&mut two, "garden").is_empty());
}

#[test]
fn what_is_sent_besides_the_body_is_no_part_of_it() {
    let sent = |location, name: &str| Sent {
        location,
        name: name.to_owned(),
        json: json!({"a": 1}),
    };
    let body = json_body(&[
        sent(Location::Path, "id"),
        sent(Location::Body, "size"),
        sent(Location::Flat, "kind"),
    ]);
    assert_eq!(body, Some(json!({"size": {"a": 1}, "a": 1})));
    assert_eq!(json_body(&[sent(Location::Query, "id")]), None);
}
