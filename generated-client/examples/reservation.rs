//! A reservation of a property management system: Seam makes, changes and ends the access by itself.
//!
//! `SEAM_API_KEY=seam_… cargo run --example reservation -- DEVICE_ID`
//!
//! The API also answers success where nothing will happen: for example, if there is no such space. The program checks the space
//! first, and looks for the access grant afterwards.

use std::error::Error;
use std::time::Duration;

use seam::customers::customer_data::{Reservation, UserIdentity};
use seam::{AccessGrant, Seam, Timestamp};

/// Who the data belongs to: a key of your own for the property.
const CUSTOMER: &str = "seaside-hotel";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let door = std::env::args().nth(1).ok_or("pass a device id")?;
    let seam = Seam::from_env()?;
    let space = seam.spaces().create("Room 101").space_key("room-101");
    space.customer_key(CUSTOMER).device_ids([door]).await?;

    let now = Timestamp::now();
    let stay = Duration::from_secs(48 * 3600);
    let grant = book(&seam, "reservation-1", "room-101", now, now + stay).await?;
    println!("{} until {:?}", grant.access_grant_id, grant.ends_at);
    cancel(&seam, "reservation-1").await?;
    Ok(())
}

/// Sends a reservation, and waits for its access grant. The same key again changes the reservation.
pub(crate) async fn book(
    seam: &Seam,
    reservation: &str,
    space: &str,
    starts_at: Timestamp,
    ends_at: Timestamp,
) -> Result<AccessGrant, Box<dyn Error>> {
    let room = seam.spaces().get_by_space_key(space).await?;
    if room.device_count + room.acs_entrance_count == 0 {
        return Err(format!("{space} has no doors").into());
    }
    let guest = UserIdentity::new("Jane Doe", "guest-1").email_address("jane@example.com");
    let stay = Reservation::new(reservation)
        .user_identity_key("guest-1")
        .space_keys([space])
        .starts_at(starts_at)
        .ends_at(ends_at);
    let push = seam.customers().push_data(CUSTOMER);
    push.user_identities([guest]).reservations([stay]).await?;

    for _ in 0..30 {
        let grants = seam.access_grants().list().reservation_key(reservation);
        let mut grants = grants.await?.into_iter();
        // A changed reservation has the times of before until Seam has updated its grant.
        let updated = |grant: &AccessGrant| grant.ends_at == Some(ends_at);
        if let Some(grant) = grants.find(updated) {
            return Ok(grant);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    Err("no grant after a minute: are reservation automations switched on?".into())
}

/// Deletes a reservation, which ends the access.
pub(crate) async fn cancel(seam: &Seam, reservation: &str) -> seam::Result<()> {
    let delete = seam.customers().delete_data();
    delete.reservation_keys([reservation]).await
}
