//! The compiler's messages about wrong values for parameters.

use std::fs;

use crate::support::{cargo, folder, output_of, root};

/// Calls, each with the hints that the message must contain.
const MISTAKES: [(&str, &[&str]); 6] = [
    (
        "seam.access_codes().create(device).ends_at(chrono::DateTime)",
        &["`chrono::DateTime` is not a value", "time.to_rfc3339()"],
    ),
    (
        "seam.access_codes().create(device).ends_at(Some(chrono::DateTime))",
        &[
            "`Option<chrono::DateTime>` is not a value",
            "time.to_rfc3339()",
        ],
    ),
    (
        "seam.locks().lock_door(None)",
        &["`Option<_>` is not a value", "takes `Null`, not `None`"],
    ),
    (
        "seam.locks().lock_door(code)",
        &[
            "`&seam::AccessCode` is not a value",
            "another kind of resource is not taken",
        ],
    ),
    (
        "seam.locks().lock_door(&code.access_code_id)",
        &[
            "AccessCodeId>` is not a value",
            "another kind of resource is not taken",
        ],
    ),
    (
        "seam.locks().list().device_ids([&code.access_code_id])",
        &[
            "AccessCodeId>` is not a value",
            "another kind of resource is not taken",
        ],
    ),
];

#[test]
#[ignore = "compiles the client"]
fn the_compiler_says_which_values_a_parameter_takes() {
    let program = folder("messages");
    fs::create_dir_all(program.join("src")).expect("the folder can be made");
    let client = root().join("generated-client");
    let manifest = format!(
        "[package]\nname = \"messages\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         generated-client = {{ path = {client:?}, default-features = false, features = [\"locks\", \"access_codes\"] }}\n"
    );
    fs::write(program.join("Cargo.toml"), manifest).expect("the folder can be written");
    let mut faults = Vec::new();
    for (call, hints) in MISTAKES {
        let source = format!(
            "mod chrono {{ pub struct DateTime; }}\n\
             pub fn call(seam: &seam::Seam, device: &seam::Device, code: &seam::AccessCode) {{ {call}; }}\n"
        );
        fs::write(program.join("src/lib.rs"), source).expect("the folder can be written");
        let mut check = cargo(&program);
        check
            .args(["check", "--quiet", "--color", "never"])
            .env("CARGO_TARGET_DIR", folder("build"));
        let message = match output_of(&mut check) {
            Ok(_) => "it compiles".to_owned(),
            Err(message) => message,
        };
        let missing = hints.iter().filter(|hint| !message.contains(**hint));
        faults.extend(missing.map(|hint| format!("{call}: no `{hint}` in\n{message}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
