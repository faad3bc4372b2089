//! What holds of names whatever the document calls things.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

fn is_ident(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

fn wire() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-Z]{1,6}",
        "[0-9]{1,3}",
        "[-_./ +=<>%\\[\\]]",
        "\\PC",
        Just("self".to_owned()),
        Just("Unknown".to_owned()),
        Just("type".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("²".to_owned()),
        Just("ß".to_owned()),
        Just("ǅ".to_owned()),
        Just("١".to_owned()),
        Just("Ⅷ".to_owned()),
        Just("İ".to_owned()),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// Values that collide often.
fn colliding() -> impl Strategy<Value = Vec<String>> {
    let part = prop_oneof![
        Just("a"),
        Just("A"),
        Just("_"),
        Just("-"),
        Just("1"),
        Just("one"),
        Just("+"),
        Just("b"),
        Just(" "),
    ];
    let wire = prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat());
    prop::collection::vec(wire, 1..12)
}

fn check_set(wires: &[String], name: &dyn Fn(&[&str]) -> Vec<String>) -> Result<(), TestCaseError> {
    let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
    let names = name(&wires);
    let by_wire: BTreeMap<&str, &String> = wires.iter().copied().zip(&names).collect();
    let by_name: BTreeMap<&String, &str> = names.iter().zip(wires.iter().copied()).collect();
    prop_assert_eq!(by_wire.len(), by_name.len(), "{:?} from {:?}", names, wires);
    for name in &names {
        prop_assert!(is_ident(name), "{:?}", name);
    }
    let backwards: Vec<&str> = wires.iter().rev().copied().collect();
    let mut again = name(&backwards);
    again.reverse();
    prop_assert_eq!(names, again);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn every_name_is_an_identifier(wire in wire(), any in any::<String>()) {
        for wire in [wire, any] {
            for name in [
                type_name(&wire), type_name_in(&wire, "Parent"),
                variants("Parent", &[&wire]).remove(0), field_name(&wire), method_name(&wire), module_name(&wire),
            ] {
                prop_assert!(is_ident(&name), "{:?} became {:?}", wire, name);
            }
            prop_assert!(!is_prelude(&type_name_in(&wire, "Parent")));
            let feature = feature_name(&wire);
            prop_assert!(feature.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{:?}", feature);
            prop_assert!(feature.starts_with(|c: char| c.is_ascii_alphanumeric()), "{:?}", feature);
        }
    }

    #[test]
    fn names_in_a_set_differ_whatever_the_order(wires in prop::collection::vec(wire(), 1..10), close in colliding()) {
        for wires in [wires, close] {
            check_set(&wires, &|wires| variants("Kind", wires))?;
            check_set(&wires, &|wires| fields(wires))?;
        }
    }

    #[test]
    fn a_scope_never_gives_a_name_twice(names in prop::collection::vec("[A-C]|r#type", 1..12)) {
        let mut scope = Scope::new();
        let mut given = Vec::new();
        for name in names {
            let ident = scope.claim("wire", [name]).ident;
            prop_assert!(!given.contains(&ident));
            given.push(ident);
        }
    }

    #[test]
    fn singular_takes_any_word(word in any::<String>()) {
        crate::words::singular(&word);
    }
}
