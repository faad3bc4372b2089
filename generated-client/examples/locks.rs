//! A command-line program that lists, locks and unlocks, with exit codes for scripts.
//!
//! `SEAM_API_KEY=seam_… cargo run --example locks -- list`, `… -- lock "Front Door"`, `… -- unlock DEVICE_ID`
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | failed, and the door has not been moved |
//! | 2 | wrong arguments, or no such lock |
//! | 3 | no valid key |
//! | 4 | not known: the door may have moved, or may still do so |
//! | 5 | try again later |

use std::process::ExitCode;

use seam::{Device, ErrorKind, Seam};

/// What to say on standard error, and the exit code.
type Failure = (String, u8);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match Seam::from_env() {
        Ok(seam) => run(&seam, &arguments).await,
        Err(error) => Err(failure(&error)),
    };
    match done {
        Ok(output) => {
            print!("{output}");
            ExitCode::SUCCESS
        }
        Err((message, code)) => {
            eprintln!("locks: {message}");
            ExitCode::from(code)
        }
    }
}

/// Runs a command, and returns what it prints.
pub(crate) async fn run(seam: &Seam, arguments: &[&str]) -> Result<String, Failure> {
    match arguments {
        ["list"] => {
            let devices = list(seam).await?;
            Ok(devices.iter().map(line).collect())
        }
        ["lock", name] => {
            let lock = find(seam, name).await?;
            can(lock.can_remotely_lock, &lock)?;
            let locking = seam.locks().lock_door(&lock).await;
            locking.map_err(|error| failure_to_act(&error))?;
            Ok(format!("locked {}\n", lock.display_name))
        }
        ["unlock", name] => {
            let lock = find(seam, name).await?;
            can(lock.can_remotely_unlock, &lock)?;
            let unlocking = seam.locks().unlock_door(&lock).await;
            unlocking.map_err(|error| failure_to_act(&error))?;
            Ok(format!("unlocked {}\n", lock.display_name))
        }
        _ => Err(("usage: locks list | lock LOCK | unlock LOCK".to_owned(), 2)),
    }
}

/// All devices that can be locked or unlocked.
async fn list(seam: &Seam) -> Result<Vec<Device>, Failure> {
    let devices = seam.devices().list().all().await;
    let mut devices = devices.map_err(|error| failure(&error))?;
    devices.retain(|device| {
        device
            .can_remotely_lock
            .or(device.can_remotely_unlock)
            .is_some()
    });
    Ok(devices)
}

/// The lock with this id or name. A name that two locks have is refused.
async fn find(seam: &Seam, name: &str) -> Result<Device, Failure> {
    let mut found = list(seam).await?;
    found.retain(|device| device.device_id == name || device.display_name == name);
    match (found.pop(), found.is_empty()) {
        (Some(device), true) => Ok(device),
        (Some(_), false) => Err((format!("several locks are called {name}: pass an id"), 2)),
        (None, _) => Err((format!("no lock is called {name}"), 2)),
    }
}

fn can(capability: Option<bool>, lock: &Device) -> Result<(), Failure> {
    match capability {
        Some(true) => Ok(()),
        _ => Err((format!("{} cannot do this remotely", lock.display_name), 1)),
    }
}

fn line(device: &Device) -> String {
    let state = match device.properties.locked {
        Some(true) => "locked",
        Some(false) => "unlocked",
        None => "unknown",
    };
    let name = &device.display_name;
    format!("{}\t{state}\t{name}\n", device.device_id)
}

fn failure(error: &seam::Error) -> Failure {
    let code = match error.kind() {
        ErrorKind::Config | ErrorKind::Unauthorized => 3,
        ErrorKind::NotFound => 2,
        _ if error.is_retryable() => 5,
        _ => 1,
    };
    (error.to_string(), code)
}

/// The failure of a call that moves the door. Unless it is certain that nothing happened, nobody should try again blindly.
fn failure_to_act(error: &seam::Error) -> Failure {
    if error.may_have_acted() {
        return (error.to_string(), 4);
    }
    failure(error)
}
