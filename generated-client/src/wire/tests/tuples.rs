use super::*;

type Corner = (f64, String, Option<Frame>);

#[test]
fn each_position_is_read_and_written_as_its_type() {
    let json = r#"[1.5,"a",{"width":2}]"#;
    let corner: Corner = read_clean(json);
    assert_eq!((corner.0, corner.1.as_str()), (1.5, "a"));
    assert_eq!(write(&corner), json);
    assert_eq!(write(&read_clean::<(i64,)>("[3]")), "[3]");
    assert_eq!(
        write(&read_clean::<Corner>(r#"[1,"a",null]"#)),
        r#"[1,"a",null]"#
    );
}

#[test]
fn missing_and_additional_items_and_other_types_are_recorded() {
    let (corner, deviations) = read::<Corner>(r#"["x","a",null,4]"#);
    assert_eq!((corner.0, corner.1.as_str()), (0.0, "a"));
    assert_eq!(
        deviations,
        [
            "/0: expected number, found string",
            "/3: expected no more items, found number"
        ]
    );
    let (_, deviations) = read::<Corner>("[1]");
    assert_eq!(
        deviations,
        [
            "/1: expected string, found nothing",
            "/2: expected object, found nothing"
        ]
    );
    let (_, deviations) = read::<Corner>("{}");
    assert_eq!(deviations, [": expected list, found object"]);
}
