//! A customer portal: a page where your customer connects accounts and assigns devices to spaces.
//!
//! `SEAM_API_KEY=seam_… cargo run --example customer_portal`
//!
//! The link contains a token, so make one for each visit: do not store it, and do not log it.

use seam::customer_portal::Features;
use seam::customer_portal::features::{Connect, Manage};
use seam::customers::CustomerData;
use seam::customers::customer_data::Space;
use seam::{CustomerPortal, Seam};

#[tokio::main(flavor = "current_thread")]
async fn main() -> seam::Result<()> {
    let seam = Seam::from_env()?;
    let portal = portal(&seam, "seaside-hotel").await?;
    println!("Open {} before {}", portal.url, portal.expires_at);
    Ok(())
}

/// Makes a portal that connects Yale and August locks, for a frame in your own page.
pub(crate) async fn portal(seam: &Seam, customer: &str) -> seam::Result<CustomerPortal> {
    let rooms = ["101", "102"].map(|room| Space::new(format!("Room {room}"), room));
    let features = Features::new()
        .connect(Connect::new().accepted_providers(["yale", "august"]))
        .manage(Manage::new().exclude(true));
    seam.customers()
        .create_portal()
        .customer_data(CustomerData::new(customer).spaces(rooms))
        .features(features)
        .locale("en-US")
        .is_embedded(true)
        .await
}
