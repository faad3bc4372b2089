//! The Kwikset guide: connect an account, lock and unlock a door, make access codes.
//!
//! Reads `SEAM_API_KEY`, and `SEAM_ENDPOINT` if it is set:
//! `SEAM_API_KEY=seam_… cargo run --example kwikset_halo`.

use seam::Seam;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seam = Seam::from_env()?;

    // Your user signs in to Kwikset at this address, which connects the account's locks.
    let webview = seam
        .connect_webviews()
        .create()
        .accepted_providers(["kwikset"])
        .await?;
    println!("To connect your locks, go to {}", webview.url);
    let webview = seam.connect_webviews().get(&webview).await?;
    println!("Signed in: {}", webview.login_successful);

    let locks = seam.locks().list().await?;
    for lock in &locks {
        println!("{}: locked {:?}", lock.display_name, lock.properties.locked);
    }
    let lock = locks.first().ok_or("this workspace has no lock yet")?;

    // Both wait until the lock has done it.
    seam.locks().lock_door(lock).await?;
    println!("Locked {}", lock.display_name);
    seam.locks().unlock_door(lock).await?;
    println!("Unlocked {}", lock.display_name);

    seam.access_codes()
        .create(lock)
        .code("123456")
        .name("Personal Access Code")
        .await?;
    seam.access_codes()
        .create(lock)
        .code("888888")
        .name("My Temp Access Code")
        .starts_at("2028-08-12T19:23:42+0000")
        .ends_at("2028-08-13T19:23:42+0000")
        .await?;
    for code in seam.access_codes().list().device_id(lock).await? {
        println!(
            "{}: {} ({}, {:?} to {:?})",
            code.name.as_deref().unwrap_or("a code without a name"),
            code.code.as_deref().unwrap_or("not set yet"),
            code.r#type,
            code.starts_at,
            code.ends_at,
        );
    }
    Ok(())
}
