use seam::Seam;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), seam::Error> {
    let seam = Seam::from_env()?;
    for lock in seam.locks().list().await? {
        seam.locks().lock_door(&lock).await?;
        println!("locked {}", lock.device_id);
    }
    Ok(())
}
