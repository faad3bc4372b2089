//! A plastic card: write the card of an access grant on an encoder, then read it to check.
//!
//! `SEAM_API_KEY=seam_… cargo run --example encode_card -- ACCESS_GRANT_ID ACS_SYSTEM_ID`
//!
//! Encoding waits for a person to lay a card on the encoder, so the calls wait longer than usual, and a failure says what the
//! person has to do.

use std::error::Error;
use std::time::Duration;

use seam::access_method::Mode;
use seam::{AccessGrantId, AcsEncoderId, ErrorKind, Seam};

/// How long a person has to lay a card on the encoder.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let grant = arguments.next().ok_or("pass an access grant id")?.into();
    let system = arguments.next().ok_or("pass an access system id")?;
    let seam = Seam::from_env()?;
    let encoders = seam.acs().encoders().list(system).await?;
    let encoder = encoders.first().ok_or("this system has no encoder")?;
    println!("Lay a card on {}", encoder.display_name);
    let number = encode(&seam, &grant, &encoder.acs_encoder_id).await?;
    println!("Wrote card {number}");
    for warning in check(&seam, &encoder.acs_encoder_id).await? {
        println!("{warning}");
    }
    Ok(())
}

/// Writes the card of a grant, and returns the number of the card.
pub(crate) async fn encode(
    seam: &Seam,
    grant: &AccessGrantId,
    encoder: &AcsEncoderId,
) -> Result<String, Box<dyn Error>> {
    let methods = seam.access_methods().list().access_grant_id(grant).await?;
    let mut cards = methods.iter().filter(|method| method.mode == Mode::Card);
    let card = cards.next().ok_or("the grant has no card")?;
    if card.is_ready_for_encoding == Some(false) {
        return Err("the card cannot be encoded yet".into());
    }
    let encode = seam.access_methods().encode(card, encoder);
    match encode.wait_timeout(PATIENCE).await {
        Ok(attempt) => {
            let number = attempt.result().and_then(|card| card.card_number.clone());
            Ok(number.unwrap_or_default())
        }
        Err(error) => Err(advice(error)),
    }
}

/// Reads the card on the encoder, and returns where it differs from what Seam knows.
pub(crate) async fn check(
    seam: &Seam,
    encoder: &AcsEncoderId,
) -> Result<Vec<String>, Box<dyn Error>> {
    let scan = seam.acs().encoders().scan_credential(encoder);
    let attempt = scan.wait_timeout(PATIENCE).await.map_err(advice)?;
    let warnings = attempt.result().map(|scan| scan.warnings.iter());
    let messages = warnings.into_iter().flatten();
    Ok(messages
        .map(|warning| warning.warning_message.clone())
        .collect())
}

/// Says what a person can do about a failure.
fn advice(error: seam::Error) -> Box<dyn Error> {
    match (error.kind(), error.code()) {
        (ErrorKind::ActionAttemptFailed, Some("no_card_on_encoder")) => {
            "there is no card on the encoder: lay one on it and try again".into()
        }
        (ErrorKind::ActionAttemptFailed, Some("incompatible_card_format")) => {
            "the encoder cannot write this kind of card".into()
        }
        (ErrorKind::ActionAttemptTimedOut, _) => "nobody has laid a card on the encoder".into(),
        _ => error.into(),
    }
}
