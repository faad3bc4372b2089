use super::*;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Volume {
    Quiet,
    Loud,
    Minus1,
    Unknown(i64),
}
crate::wire::number_enum! { argument Volume { Quiet = 1, Loud = 10, Minus1 = -1 } }

#[test]
fn a_number_in_any_notation_is_read_as_its_variant() {
    assert_eq!(read_clean::<Volume>("1"), Volume::Quiet);
    assert_eq!(read_clean::<Volume>("10.0"), Volume::Loud);
    assert_eq!(read_clean::<Volume>("-1"), Volume::Minus1);
}

#[test]
fn a_number_that_the_document_does_not_list_is_kept_and_recorded() {
    let (volume, deviations) = read::<Volume>("7");
    assert_eq!(volume, Volume::Unknown(7));
    assert_eq!(write(&volume), "7");
    assert_eq!(deviations, [": expected a documented Volume, found 7"]);
}

#[test]
fn any_other_value_than_an_integer_is_a_deviation() {
    for (json, found) in [
        (r#""1""#, "string"),
        ("1.5", "a number that is not whole, or too large"),
    ] {
        let (volume, deviations) = read::<Volume>(json);
        assert_eq!(volume, Volume::Unknown(0));
        assert_eq!(deviations, [format!(": expected integer, found {found}")]);
    }
}

#[test]
fn a_number_enum_converts_from_numbers_and_compares_with_them() {
    assert_eq!(Volume::from(10_i32), Volume::Loud);
    assert_eq!(Volume::from(10_u8), Volume::Loud);
    assert_eq!(Volume::from(&Volume::Quiet), Volume::Quiet);
    assert_eq!(Volume::Minus1, -1);
    assert_eq!(i64::from(Volume::Unknown(5)), 5);
    assert_eq!(
        crate::Nullable::<Volume>::from(1),
        crate::Nullable::Value(Volume::Quiet)
    );
    assert_eq!(
        format!(
            "{} {:?} {:?}",
            Volume::Loud,
            Volume::Loud,
            Volume::Unknown(2)
        ),
        "10 Loud Unknown(2)"
    );
    let stored = serde_json::to_string(&Volume::Loud).unwrap();
    assert_eq!(
        serde_json::from_str::<Volume>(&stored).unwrap(),
        Volume::Loud
    );
}
