use seam::Seam;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seam = Seam::from_env()?;
    let webview = seam
        .connect_webviews()
        .create()
        .accepted_providers(["kwikset"])
        .await?;
    println!("{}", webview.url);
    let webview = seam.connect_webviews().get(&webview).await?;
    println!("{}", webview.login_successful);
    let locks = seam.locks().list().await?;
    let lock = locks.first().ok_or("there is no lock")?;
    seam.locks().lock_door(lock).await?;
    seam.locks().unlock_door(lock).await?;
    let device = seam.devices().get(lock).await?;
    println!("{} {:?}", device.display_name, device.properties.locked);
    let code = seam
        .access_codes()
        .create(lock)
        .code("123456")
        .name("Front desk")
        .await?;
    for code in seam.access_codes().list().device_id(lock).await? {
        println!("{:?}", code.code);
    }
    seam.access_codes().delete(&code).await?;
    for event in seam.events().list().device_id(lock).await? {
        println!("{event:?}");
    }
    Ok(())
}
