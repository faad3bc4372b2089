//! Names that the language, its prelude or the file system has taken.

use crate::words::ascii;

/// Keywords of every edition; each may be a raw identifier.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw.
const NEVER_RAW: [&str; 3] = ["crate", "self", "super"];

/// Types, traits and variants that every module sees, and the traits that generated code derives.
const PRELUDE: [&str; 48] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Stems that a module's file cannot have, here or on Windows, crates a module would hide, and the module of each namespace's
/// marker types.
const NO_MODULE: [&str; 13] = [
    "alloc",
    "aux",
    "con",
    "core",
    "lib",
    "main",
    "markers",
    "mod",
    "nul",
    "prn",
    "proc_macro",
    "std",
    "test",
];

/// Features that the client has of its own, and `default`.
const CLIENT_FEATURES: [&str; 14] = [
    "blocking",
    "default",
    "documented",
    "gzip",
    "http2",
    "native-tls",
    "native_tls",
    "reqwest",
    "rustls",
    "test-util",
    "test_util",
    "tracing",
    "undocumented",
    "webhook",
];

/// Returns true if this is a word of Rust's own.
pub(super) fn is_keyword(name: &str) -> bool {
    NEVER_RAW.contains(&name) || KEYWORDS.contains(&name)
}

/// Returns true if a type of this name would hide one that every module sees.
pub(crate) fn is_prelude(type_name: &str) -> bool {
    PRELUDE.contains(&type_name)
}

pub(super) fn escape_type(name: String) -> String {
    if name == "Self" {
        "SelfValue".to_owned()
    } else {
        name
    }
}

pub(super) fn escape_variant(name: String, enum_name: &str) -> String {
    match (name.as_str(), enum_name) {
        ("Self" | "Unknown", "") => format!("{name}Value"),
        ("Self" | "Unknown", _) => format!("{enum_name}{name}"),
        _ => name,
    }
}

pub(super) fn escape_snake(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

pub(super) fn escape_module(name: String) -> String {
    // The file of a module has its name, and rustc takes ASCII alone there.
    let name = ascii(&name);
    if NO_MODULE.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        escape_snake(name)
    }
}

pub(super) fn escape_feature(snake: &str) -> String {
    // crates.io takes ASCII alone.
    let name = ascii(snake);
    if CLIENT_FEATURES.contains(&name.as_str()) {
        format!("{name}_api")
    } else {
        name
    }
}
