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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let seam = Seam::from_env()?;
    println!("{}", check_in(&seam, "device_id", "Jane").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use seam::AccessCode;
    use seam::access_codes::Create;
    use seam::test::{Failure, FakeTransport, example};

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
}
