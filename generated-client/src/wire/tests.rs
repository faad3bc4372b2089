//! Tests of the decoding rules with their own types.

#![allow(
    unreachable_pub,
    reason = "the macros make public methods, here on private types"
)]
#![allow(dead_code, reason = "and not every type here needs all of them")]

mod decoding;
mod deliveries;
mod hostile;
mod number_enums;
mod tuples;
mod unions;
mod variants;
mod writing;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::{Deviation, Json, Reader, Slot, UnknownVariant, Writer, decode};

crate::id::ids! {
    /// ID of a door.
    DoorId,
}

#[derive(Clone, Default)]
struct Door {
    door_id: DoorId,
    nickname: Option<String>,
    battery: Option<f64>,
    opened_at: Timestamp,
    codes: Vec<String>,
    limits: BTreeMap<String, i64>,
    state: State,
    frame: Frame,
    r#type: String,
    anything: Value,
}
super::object! { Door {
    door_id, nickname [Nullable], battery [Optional Nullable], opened_at [Optional], codes [Optional], limits [Optional],
    state [Optional], frame [Optional], r#type = "type" [Optional], anything [Optional],
} }

#[derive(Clone, Default)]
struct Frame {
    width: f64,
    parts: Vec<Frame>,
}
super::object! { Frame { width, parts [Optional] } }

#[derive(Clone, Default)]
struct Labels {
    name: String,
    additional_properties: BTreeMap<String, i64>,
}
super::object! { Labels { name, additional_properties [Additional("kind")] } }

#[derive(Clone, PartialEq, Eq, Hash)]
enum State {
    Open,
    Shut,
    Unknown(String),
}
super::string_enum! { argument State { Open = "open", Shut = "shut" } }

#[derive(Clone)]
enum Happening {
    Opened(Opened),
    Closed,
    Unknown(UnknownVariant),
}
super::union! { Happening by happening_type = "happening-type" {
    Opened(_) = "door.opened",
    Closed = "door.closed",
} }
super::boxed! { Happening }

#[derive(Clone, Default)]
struct Opened {
    door_id: DoorId,
    volume: Option<f64>,
}
super::object! { Opened { door_id, volume [Optional] } }

#[derive(Clone, Default)]
struct Alarm {
    alarm_id: DoorId,
    kind: Kind,
    raised_at: Option<String>,
    extra: super::Extra,
}
super::object! { Alarm { alarm_id, kind [Variants], raised_at [Optional] } with extra }
super::accessors! { Alarm.kind: Kind {
    /// Where it was.
    room: String [Smoke, Noise],
    level: f64 [Smoke, Noise],
} }

#[derive(Clone)]
enum Kind {
    Smoke {
        room: String,
        level: Option<f64>,
    },
    Noise {
        room: String,
        level: f64,
        code: Option<Box<Frame>>,
    },
    Test {},
    Unknown(String),
}
super::variants! { Kind: string {
    Smoke { room, level [Optional] } = "smoke",
    Noise { room, level, code [Optional] } = "noise",
    Test {} = "test" requires ["raised_at"],
} }

#[derive(Clone, Default)]
struct Grade {
    level: Level,
    extra: super::Extra,
}
super::object! { Grade { level [Variants Optional] } with extra except "sort" }

#[derive(Clone)]
#[allow(
    clippy::enum_variant_names,
    reason = "the generator names numbers after their property"
)]
enum Level {
    Level1 { name: String },
    LevelMinus2 {},
    WithoutLevel { reason: Option<String> },
    Unknown(Value),
}
super::variants! { Level: integer {
    Level1 { name } = (1), LevelMinus2 {} = (-2), WithoutLevel { reason [Optional] } = none,
} }

#[derive(Clone, Default)]
struct Custody {
    is_managed: IsManaged,
    extra: super::Extra,
}
super::object! { Custody { is_managed [Variants] } with extra }

#[derive(Clone)]
enum IsManaged {
    Managed { name: String },
    NotManaged {},
    Unknown(Value),
}
super::variants! { IsManaged: boolean { Managed { name } = true, NotManaged {} = false } }

#[derive(Clone, Default)]
struct Bulletin {
    topic: Topic,
    extra: super::Extra,
}
super::object! { Bulletin { topic [Variants] } with extra }

#[derive(Clone)]
enum Topic {
    News { text: String },
    Unknown(String),
}
super::variants! { Topic: string open { News { text } = "news" } }

#[derive(Clone)]
enum Management {
    Managed(Managed),
    Unmanaged(Unmanaged),
    Unknown(UnknownVariant),
}
super::union! { Management by is_managed { Managed(_) = true, Unmanaged(_) = false } }

#[derive(Clone)]
enum Notice {
    Offline(Opened),
    WithoutKind(Unmanaged),
    Unknown(UnknownVariant),
}
super::union! { Notice by kind { Offline(_) = "offline", WithoutKind(_) = none } }

#[derive(Clone)]
enum Message {
    Note(Opened),
    Unknown(UnknownVariant),
}
super::union! { Message by kind, open { Note(_) = "note" } }

#[derive(Clone, Default)]
struct Managed {
    name: String,
}
super::object! { Managed { name } }

#[derive(Clone, Default)]
struct Unmanaged {}
super::object! { Unmanaged {} }

#[derive(Clone)]
enum Place {
    Space(InSpace),
    Room(InRoom),
    Unknown(UnknownVariant),
}
super::keyed_union! { Place { Space(_) = "space_key", Room(_) = "room_key" } }

#[derive(Clone, Default)]
struct InSpace {
    space_key: String,
}
super::object! { InSpace { space_key } }

#[derive(Clone, Default)]
struct InRoom {
    room_key: String,
}
super::object! { InRoom { room_key } }

#[derive(Clone)]
enum Scalar {
    String(String),
    Bool(bool),
    Integer(i64),
    Number(f64),
    List(Vec<String>),
    Unknown(Value),
}
super::kind_union! { Scalar {
    String(_): string, Bool(_): boolean, Integer(_): integer, Number(_): number, List(Vec<String>): list,
} }

/// Reads a reply like the client; returns the value, and the deviations as text.
fn read<T: Slot + Default>(json: &str) -> (T, Vec<String>) {
    let (value, deviations) = decode(json).unwrap();
    (value, deviations.iter().map(Deviation::to_string).collect())
}

/// Reads a reply without deviations.
fn read_clean<T: Slot + Default>(json: &str) -> T {
    let (value, deviations) = read(json);
    assert_eq!(deviations, Vec::<String>::new());
    value
}

fn write<T: Slot + Clone>(value: &T) -> String {
    super::encode(value)
}
