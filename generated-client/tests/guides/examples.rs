//! The programs.

#[path = "../../examples/access_codes.rs"]
pub(crate) mod access_codes;
#[path = "../../examples/access_codes_on_several_locks.rs"]
pub(crate) mod access_codes_on_several_locks;
#[path = "../../examples/access_grant.rs"]
pub(crate) mod access_grant;
#[path = "../../examples/access_grant_by_space.rs"]
pub(crate) mod access_grant_by_space;
#[path = "../../examples/backup_access_codes.rs"]
pub(crate) mod backup_access_codes;
#[path = "../../examples/chrono_and_time.rs"]
pub(crate) mod chrono_and_time;
#[path = "../../examples/client_sessions.rs"]
pub(crate) mod client_sessions;
#[path = "../../examples/connect_and_unlock.rs"]
pub(crate) mod connect_and_unlock;
#[path = "../../examples/customer_portal.rs"]
pub(crate) mod customer_portal;
#[path = "../../examples/encode_card.rs"]
pub(crate) mod encode_card;
#[path = "../../examples/instant_key.rs"]
pub(crate) mod instant_key;
#[path = "../../examples/locks.rs"]
pub(crate) mod locks;
#[path = "../../examples/noise_sensors.rs"]
pub(crate) mod noise_sensors;
#[path = "../../examples/offline_access_codes.rs"]
pub(crate) mod offline_access_codes;
#[path = "../../examples/poll_events.rs"]
pub(crate) mod poll_events;
#[path = "../../examples/reservation.rs"]
pub(crate) mod reservation;
#[path = "../../examples/sandbox.rs"]
pub(crate) mod sandbox;
#[path = "../../examples/thermostat.rs"]
pub(crate) mod thermostat;
#[path = "../../examples/thermostat_programs.rs"]
pub(crate) mod thermostat_programs;
#[path = "../../examples/unmanaged_access_codes.rs"]
pub(crate) mod unmanaged_access_codes;
#[path = "../../examples/update_access_grant.rs"]
pub(crate) mod update_access_grant;
#[path = "../../examples/webhook_receiver.rs"]
pub(crate) mod webhook_receiver;

#[test]
fn the_index_has_each_program_and_each_program_has_a_test() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let index = std::fs::read_to_string(folder.join("README.md")).unwrap();
    // The first runs in `tests/e2e`, the second has its tests in it.
    let elsewhere = ["kwikset_halo", "testing_your_application"];
    let mut programs = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(program) = name.strip_suffix(".rs") else {
            continue;
        };
        programs += 1;
        assert!(index.contains(&format!("({name})")), "{name}");
        let included = include_str!("examples.rs").contains(&format!("examples/{name}\""));
        assert!(included || elsewhere.contains(&program), "{name}");
    }
    assert!(programs > 20, "{programs}");
}
