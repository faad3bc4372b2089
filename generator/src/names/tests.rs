use super::sets::{claim_fields, claim_variants};
use super::*;

fn variant_name(wire: &str) -> String {
    variant_name_in(wire, "Kind")
}

fn variant_name_in(wire: &str, enum_name: &str) -> String {
    variants(enum_name, &[wire]).remove(0)
}

#[test]
fn an_over_long_call_keeps_what_tells_its_ways_apart() {
    let long = "x".repeat(70);
    let by = |suffix: &str| super::call_name(&long, Some(suffix));
    assert_eq!(by("by_name"), format!("{}_by_name", "x".repeat(52)));
    assert_ne!(by("by_name"), super::call_name(&long, None));
    let numbered = |number| by(&crate::words::numbered(&"y".repeat(70), number));
    assert_ne!(numbered(2), numbered(3));
}

#[test]
fn types_and_variants_are_pascal_case() {
    let table = [
        ("access_code", "AccessCode"),
        ("lock.locked", "LockLocked"),
        ("LOCK_DOOR", "LockDoor"),
        ("commonDoor", "CommonDoor"),
        ("TLCode", "TlCode"),
        ("America/Port-au-Prince", "AmericaPortAuPrince"),
        ("common (PMS)", "CommonPms"),
        ("de-DE", "DeDe"),
        ("café", "Café"),
        ("cafe\u{301}", "Café"),
        ("", "Empty"),
    ];
    for (wire, ident) in table {
        assert_eq!(type_name(wire), ident, "{wire:?} as a type");
        assert_eq!(variant_name(wire), ident, "{wire:?} as a variant");
    }
}

#[test]
fn small_leading_numbers_are_spelled_and_others_get_a_letter() {
    let table = [
        ("1hour", "OneHour", "one_hour"),
        ("1h", "OneH", "one_h"),
        ("24h", "TwentyFourH", "twenty_four_h"),
        ("2_n", "TwoN", "two_n"),
        ("0", "Zero", "zero"),
        ("404", "N404", "n404"),
        ("007", "N007", "n007"),
        ("is_24_hour", "Is24Hour", "is_24_hour"),
    ];
    for (wire, variant, field) in table {
        assert_eq!(variant_name(wire), variant, "{wire:?}");
        assert_eq!(field_name(wire), field, "{wire:?}");
    }
}

#[test]
fn numbers_in_a_row_stay_apart() {
    assert_eq!(variant_name("v1.0"), "V1_0");
    assert_eq!(variant_name("v10"), "V10");
    assert_eq!(variant_name("2024-01-31"), "N2024_01_31");
    assert_eq!(variant_name("1.5"), "N1_5");
}

#[test]
fn signs_are_spelled_where_they_mean_something() {
    let table = [
        ("=", "Equals"),
        ("[", "LeftBracket"),
        ("+", "Plus"),
        ("-", "Minus"),
        ("/", "Slash"),
        ("’", "RightQuote"),
        ("☃", "U2603"),
        (">=", "GreaterOrEqual"),
        ("&&", "AndAnd"),
        ("+1", "Plus1"),
        ("-1", "Minus1"),
        ("-created_at", "MinusCreatedAt"),
        (">=5", "GreaterOrEqual5"),
        ("C++", "CPlusPlus"),
        ("Etc/GMT+1", "EtcGmtPlus1"),
        ("Etc/GMT-1", "EtcGmtMinus1"),
        ("UTC-05:30", "UtcMinus05_30"),
        ("C#", "CHash"),
        ("100%", "N100Percent"),
        ("string[]", "StringArray"),
        ("utf-8", "Utf8"),
    ];
    for (wire, ident) in table {
        assert_eq!(variant_name(wire), ident, "{wire:?}");
    }
    assert_eq!(field_name("$ref"), "r#ref");
    assert_eq!(field_name("@id"), "id");
    assert_eq!(field_name("DateSent<="), "date_sent_less_or_equal");
    assert_eq!(fields(&["+1", "-1"]), ["plus_1", "minus_1"]);
}

#[test]
fn keywords_become_raw_or_get_an_underscore() {
    assert_eq!(field_name("type"), "r#type");
    assert_eq!(field_name("override"), "r#override");
    assert_eq!(field_name("gen"), "r#gen");
    assert_eq!(field_name("self"), "self_");
    assert_eq!(field_name("Self"), "self_");
    assert_eq!(field_name("super"), "super_");
    assert_eq!(field_name("crate"), "crate_");
    assert_eq!(field_name("_"), "underscore");
    assert_eq!(method_name("validate-config"), "validate_config");
    assert_eq!(method_name("await"), "r#await");
}

#[test]
fn fields_are_snake_case_without_leading_underscores() {
    assert_eq!(field_name("_dev"), "dev");
    assert_eq!(
        field_name("MANAGE_DEVICES_CONFIRMATION_MODAL"),
        "manage_devices_confirmation_modal"
    );
    assert_eq!(field_name("x-property-groups"), "x_property_groups");
    assert_eq!(field_name("tailscale_ip_v4"), "tailscale_ip_v4");
}

#[test]
fn modules_avoid_files_and_crates_that_exist() {
    assert_eq!(module_name("access_codes"), "access_codes");
    assert_eq!(module_name("type"), "r#type");
    for taken in ["mod", "lib", "core", "aux", "CON"] {
        assert_eq!(module_name(taken), format!("{}_", taken.to_lowercase()));
    }
}

#[test]
fn features_are_snake_case_ascii_and_not_the_clients_own() {
    assert_eq!(feature_name("access_codes"), "access_codes");
    assert_eq!(feature_name("type"), "type");
    assert_eq!(feature_name("default"), "default_api");
    assert_eq!(feature_name("webhook"), "webhook_api");
    assert_eq!(feature_name("webhooks"), "webhooks");
    assert_eq!(feature_name("café"), "cafe");
    assert_eq!(feature_name("中"), "u4e2d");
}

#[test]
fn prelude_types_take_their_parents_name() {
    assert_eq!(type_name_in("option", "Form"), "FormOption");
    assert_eq!(
        type_name_in("result", "ActionAttempt"),
        "ActionAttemptResult"
    );
    assert_eq!(type_name_in("self", "Form"), "FormSelf");
    assert_eq!(type_name_in("string", ""), "StringValue");
    assert_eq!(type_name_in("device", "Form"), "Device");
    assert_eq!(type_name("self"), "SelfValue");
}

#[test]
fn variants_may_be_named_as_in_the_prelude_but_not_self_or_unknown() {
    let names = variants(
        "Status",
        &["none", "some", "ok", "other", "self", "unknown"],
    );
    assert_eq!(
        names,
        ["None", "Some", "Ok", "Other", "StatusSelf", "StatusUnknown"]
    );
}

#[test]
fn colliding_values_say_how_they_are_spelled() {
    let values = [
        "HEAT_COOL",
        "heatCool",
        "heat-cool",
        "HeatCool",
        "heat_cool",
        "heat cool",
    ];
    assert_eq!(
        variants("Mode", &values),
        [
            "HeatCoolUpper",
            "HeatCoolCamel",
            "HeatDashCool",
            "HeatCoolPascal",
            "HeatCool",
            "HeatSpaceCool"
        ]
    );
    assert_eq!(variants("Kind", &["a1", "a_1"]), ["A1", "AUnderscore1"]);
    assert_eq!(variants("Kind", &["one", "1"]), ["One", "N1"]);
    assert_eq!(
        variants("Kind", &["unknown", "UNKNOWN"]),
        ["KindUnknown", "UnknownUpper"]
    );
    assert_eq!(fields(&["userId", "user_id"]), ["user_id_camel", "user_id"]);
    assert_eq!(fields(&["_dev", "dev"]), ["underscore_dev", "dev"]);
}

#[test]
fn equal_values_share_a_variant() {
    assert_eq!(variants("Kind", &["a", "b", "a"]), ["A", "B", "A"]);
}

#[test]
fn a_new_value_renames_none_but_one_of_its_own_spelling() {
    let before = variants("Mode", &["heatCool", "heat-cool", "off"]);
    let after = variants(
        "Mode",
        &["heatCool", "heat-cool", "off", "HEAT_COOL", "auto"],
    );
    assert_eq!(before[..], after[..3]);
    let after = variants("Mode", &["heatCool", "heat-cool", "off", "heat_cool"]);
    assert_eq!(before, ["HeatCoolCamel", "HeatCool", "Off"]);
    assert_eq!(after, ["HeatCoolCamel", "HeatDashCool", "Off", "HeatCool"]);
}

#[test]
fn the_reason_says_what_took_the_name() {
    let claimed = claim_variants("Mode", &["heat_cool", "heatCool", "unknown", "self", "off"]);
    let reasons: Vec<_> = claimed
        .iter()
        .map(|claimed| claimed.reason.as_deref())
        .collect();
    assert_eq!(
        reasons,
        [
            None,
            Some("`HeatCool` is taken by `heat_cool`"),
            Some("`Unknown` holds what the document does not list"),
            Some("`Self` is a keyword"),
            None
        ]
    );
}

#[test]
fn long_names_lose_words_and_stay_unique() {
    let long = "the_name_of_a_property_that_somebody_wrote_as_a_whole_sentence";
    let one = format!("{long}_first");
    let two = format!("{long}_second");
    assert_eq!(
        field_name(&one),
        "the_name_of_a_property_that_somebody_wrote_as_a_whole"
    );
    assert_eq!(
        fields(&[&one, &two]),
        [
            "the_name_of_a_property_that_somebody_wrote_as_a_whole",
            "the_name_of_a_property_that_somebody_wrote_as_a_whole_second"
        ]
    );
    assert_eq!(variant_name(&"x".repeat(200)).len(), LONGEST);
    let reason = claim_fields(&[&one])[0].reason.clone();
    assert_eq!(reason.as_deref(), Some("shortened to 60 characters"));
}

#[test]
fn a_scope_takes_the_first_free_candidate() {
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let mut scope = Scope::new();
    scope.claim("the crate's error", ["Error".to_owned()]);
    let plain = scope.claim("properties", names(&["Properties", "DeviceProperties"]));
    assert_eq!(
        plain,
        Claimed {
            ident: "Properties".to_owned(),
            reason: None
        }
    );
    let second = scope.claim("Properties", names(&["Properties", "PhoneProperties"]));
    assert_eq!(second.ident, "PhoneProperties");
    assert_eq!(
        second.reason.as_deref(),
        Some("`Properties` is taken by `properties`")
    );
    let error = scope.claim("error", names(&["Error", "CodeError"]));
    assert_eq!(
        error.reason.as_deref(),
        Some("`Error` is taken by `the crate's error`")
    );
}

#[test]
fn a_scope_lengthens_the_last_candidate_when_all_are_taken() {
    let mut scope = Scope::new();
    let mut claim = |ident: &str| scope.claim("wire", [ident.to_owned()]).ident;
    assert_eq!(claim("Device"), "Device");
    assert_eq!(claim("Device"), "DeviceAlt");
    assert_eq!(claim("Device"), "DeviceAlt2");
    assert_eq!(claim("r#type"), "r#type");
    assert_eq!(claim("r#type"), "type_alt");
    assert!(scope.is_taken("DeviceAlt"));
}
