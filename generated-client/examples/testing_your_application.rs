//! Testing an application without a network: `cargo test --example testing_your_application --features test-util`.
//!
//! An application takes its client as an argument. Its tests hand it one over a [`FakeTransport`](seam::test::FakeTransport),
//! which answers what it was told to and remembers what was sent.

use seam::{Error, ErrorKind, Seam};

/// The application: gives a guest a code for a door, another one where the lock has the first already.
async fn check_in(seam: &Seam, door: &str, guest: &str) -> Result<String, Error> {
    let first = seam.access_codes().create(door).name(guest).code("1234");
    let code = match first.await {
        Err(error) if error.kind() == ErrorKind::Conflict => {
            let second = seam.access_codes().create(door).name(guest).code("4321");
            second.await?
        }
        created => created?,
    };
    Ok(code.code.unwrap_or_default())
}

/// The application: lets a guest in.
async fn open(seam: &Seam, door: &str) -> &'static str {
    match seam.locks().unlock_door(door).await {
        Ok(_) => "welcome",
        Err(error) if error.kind() == ErrorKind::ActionAttemptFailed => "the door stays locked",
        Err(_) => "ask at the desk",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let seam = Seam::from_env()?;
    println!("{}", check_in(&seam, "device_id", "Jane").await?);
    println!("{}", open(&seam, "device_id").await);
    Ok(())
}

#[cfg(test)]
mod tests {
    use seam::access_codes::Create;
    use seam::action_attempts::Get;
    use seam::locks::UnlockDoor;
    use seam::test::{Failure, FakeTransport, example, failed, pending, succeeded};
    use seam::{AccessCode, action_attempt};

    use super::*;

    /// A whole value as the API would return it, but for what the tests are about.
    fn access_code(code: &str) -> AccessCode {
        let mut value = example::<AccessCode>();
        value.code = Some(code.to_owned());
        value
    }

    #[tokio::test]
    async fn a_guest_gets_a_code() {
        let fake = FakeTransport::new();
        fake.reply::<Create>(access_code("1234"));

        assert_eq!(check_in(&fake.seam(), "d1", "Jane").await.unwrap(), "1234");

        let sent = &fake.sent()[0];
        assert_eq!(sent.path, "/access_codes/create");
        assert_eq!(sent.body["name"], "Jane");
    }

    #[tokio::test]
    async fn a_code_that_the_lock_has_is_replaced_by_another() {
        let fake = FakeTransport::new();
        fake.refuse("/access_codes/create", 409, "duplicate_access_code", "…")
            .reply::<Create>(access_code("4321"));

        assert_eq!(check_in(&fake.seam(), "d1", "Jane").await.unwrap(), "4321");
        assert_eq!(fake.sent()[1].body["code"], "4321");
    }

    #[tokio::test]
    async fn a_code_is_not_asked_for_twice_when_the_connection_is_cut() {
        let fake = FakeTransport::new();
        fake.fail("/access_codes/create", Failure::Cut);

        let error = check_in(&fake.seam(), "d1", "Jane").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(fake.sent().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_guest_is_let_in_once_the_door_is_unlocked() {
        let fake = FakeTransport::new();
        fake.reply::<UnlockDoor>(pending());
        fake.reply::<Get>(pending::<action_attempt::UnlockDoor>());
        fake.reply::<Get>(succeeded(action_attempt::UnlockDoor::default()));

        assert_eq!(open(&fake.seam(), "d1").await, "welcome");
        assert_eq!(fake.sent().len(), 3);
    }

    #[tokio::test]
    async fn a_guest_hears_that_the_door_stays_locked() {
        let fake = FakeTransport::new();
        fake.reply::<UnlockDoor>(failed("jammed", "The bolt does not move."));

        assert_eq!(open(&fake.seam(), "d1").await, "the door stays locked");
    }

    // Paused, Tokio's clock goes on by itself: the test does not wait for the ten seconds that the call does.
    #[tokio::test(start_paused = true)]
    async fn a_guest_asks_at_the_desk_where_the_outcome_is_not_known() {
        let fake = FakeTransport::new();
        fake.reply::<UnlockDoor>(pending());
        fake.reply::<Get>(pending::<action_attempt::UnlockDoor>());

        assert_eq!(open(&fake.seam(), "d1").await, "ask at the desk");
    }
}
