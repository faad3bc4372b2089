//! A longer stay: another end for an access grant, and what the guest has to do then.
//!
//! `SEAM_API_KEY=seam_… cargo run --example update_access_grant -- ACCESS_GRANT_ID 2030-06-03T11:00:00Z`
//!
//! Seam reissues the access methods of the grant. A PIN code stays the same, and a card has to be encoded again.

use std::error::Error;
use std::time::Duration;

use seam::access_method::Mode;
use seam::{AccessMethod, Seam, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let grant = arguments.next().ok_or("pass an access grant id")?;
    let ends_at: Timestamp = arguments.next().ok_or("pass a time")?.parse()?;
    let seam = Seam::from_env()?;
    for method in extend(&seam, &grant, ends_at).await? {
        println!("{}: {}", method.mode, advice(&method));
    }
    Ok(())
}

/// Changes the end of a grant, and waits until no change of its methods is pending.
pub(crate) async fn extend(
    seam: &Seam,
    grant: &str,
    ends_at: Timestamp,
) -> Result<Vec<AccessMethod>, Box<dyn Error>> {
    let update = seam.access_grants().update().access_grant_id(grant);
    update.ends_at(ends_at).await?;
    for _ in 0..60 {
        let grant = seam.access_grants().get(grant).await?;
        let methods = seam.access_methods().list().access_grant_id(&grant).await?;
        let changes = |method: &AccessMethod| !method.pending_mutations.is_empty();
        if grant.pending_mutations.is_empty() && !methods.iter().any(changes) {
            return Ok(methods);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    Err("the grant is still changing after two minutes".into())
}

/// Says what the guest has to do.
pub(crate) fn advice(method: &AccessMethod) -> &'static str {
    match &method.mode {
        Mode::Card if method.is_encoding_required == Some(true) => "encode the card again",
        _ if !method.is_issued => "wait until it is issued",
        _ => "nothing to do",
    }
}
