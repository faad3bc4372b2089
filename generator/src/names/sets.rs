//! Names for whole sets: the variants of an enum, the fields of a struct.
//!
//! Who gets a contested name depends on how each is spelled, not on the order in which they come:
//! first whoever is written just as the name in snake_case, then lower case before upper case, then
//! by byte order. The others say how they are spelled. So a new value renames another only by
//! taking the plain name that is its own spelling.

use std::collections::BTreeMap;

use super::reserved::{escape_snake, escape_variant};
use super::{Claimed, Scope};
use crate::words::{LONGEST, Punctuation, Words};

/// Returns the variants of `enum_name` for these values, in their order. Equal values get equal names.
pub(crate) fn variants(enum_name: &str, values: &[&str]) -> Vec<String> {
    idents(claim_variants(enum_name, values))
}

/// [`variants`], with the reasons.
pub(crate) fn claim_variants(enum_name: &str, values: &[&str]) -> Vec<Claimed> {
    claim(values, Kind::Variant { enum_name })
}

/// Returns the fields for these properties, in their order. Equal names get equal fields.
pub(crate) fn fields(names: &[&str]) -> Vec<String> {
    idents(claim_fields(names))
}

/// [`fields`], with the reasons.
pub(crate) fn claim_fields(names: &[&str]) -> Vec<Claimed> {
    claim(names, Kind::Field)
}

fn idents(claimed: Vec<Claimed>) -> Vec<String> {
    claimed.into_iter().map(|claimed| claimed.ident).collect()
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Variant { enum_name: &'a str },
    Field,
}

impl Kind<'_> {
    fn words(self, wire: &str) -> Words {
        match self {
            Self::Variant { .. } => Words::of(wire, Punctuation::Means),
            Self::Field => Words::of(wire, Punctuation::Separates),
        }
    }

    fn name(self, words: &Words) -> String {
        match self {
            Self::Variant { enum_name } => escape_variant(words.pascal(), enum_name),
            Self::Field => escape_snake(words.snake()),
        }
    }

    /// Why an uncontested name is not what its words say.
    fn reason(self, words: &Words) -> Option<String> {
        if words.overflow() {
            return Some(format!("shortened to {LONGEST} characters"));
        }
        match (self, words.pascal().as_str()) {
            (Self::Variant { .. }, "Self") => Some("`Self` is a keyword".to_owned()),
            (Self::Variant { .. }, "Unknown") => {
                Some("`Unknown` holds what the document does not list".to_owned())
            }
            _ => None,
        }
    }
}

fn claim(wires: &[&str], kind: Kind<'_>) -> Vec<Claimed> {
    let mut order: Vec<(u8, &str)> = wires
        .iter()
        .map(|wire| (distance(wire, kind), *wire))
        .collect();
    order.sort_unstable();
    order.dedup();

    let mut scope = Scope::new();
    let mut claimed = BTreeMap::new();
    // All plain names go first, so that what one value falls back to never displaces another's.
    let mut contested = Vec::new();
    for (_, wire) in order {
        let words = kind.words(wire);
        let ident = kind.name(&words);
        if scope.is_taken(&ident) {
            contested.push(wire);
            continue;
        }
        let plain = scope.claim(wire, [ident]);
        let reason = kind.reason(&words);
        claimed.insert(wire, Claimed { reason, ..plain });
    }
    for wire in contested {
        claimed.insert(wire, scope.claim(wire, candidates(wire, kind)));
    }
    wires.iter().map(|wire| claimed[wire].clone()).collect()
}

/// How far a name is from the spelling that the plain identifier stands for.
fn distance(wire: &str, kind: Kind<'_>) -> u8 {
    let has_lower = wire.chars().any(char::is_lowercase);
    let has_upper = wire.chars().any(char::is_uppercase);
    match (has_lower, has_upper) {
        _ if kind.words(wire).snake() == wire => 0,
        (_, false) => 1,
        (true, true) => 2,
        (false, true) => 3,
    }
}

/// Returns the candidates for a name, from the plainest to the most exact.
fn candidates(wire: &str, kind: Kind<'_>) -> Vec<String> {
    let plain = kind.words(wire);
    let mut spelled = Words::of(wire, Punctuation::Spelled);
    let mut candidates = vec![kind.name(&plain)];
    if plain.overflow() {
        candidates.push(kind.name(&plain.around_the_middle()));
    }
    if let Some(case) = letter_case(wire) {
        let mut cased = plain;
        cased.push(case);
        candidates.push(kind.name(&cased));
        candidates.push(kind.name(&spelled));
        spelled.push(case);
    }
    candidates.push(kind.name(&spelled));
    candidates.push(kind.name(&hashed(wire)));
    candidates
}

/// How a name with upper-case letters is spelled.
fn letter_case(wire: &str) -> Option<&'static str> {
    let joined = wire.chars().all(char::is_alphanumeric);
    if !wire.chars().any(char::is_uppercase) {
        None
    } else if !wire.chars().any(char::is_lowercase) {
        Some("upper")
    } else if joined && wire.starts_with(char::is_uppercase) {
        Some("pascal")
    } else if joined {
        Some("camel")
    } else {
        Some("mixed")
    }
}

/// Returns a name that nothing but the same spelling shares, for what no word can tell apart.
fn hashed(wire: &str) -> Words {
    // FNV-1a: the name must be the same on every machine and in every release.
    let hash = wire.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut words = Words::of(wire, Punctuation::Separates);
    words.truncate(LONGEST - 20);
    words.push(&format!("x{hash:016x}"));
    words
}
