use std::time::Duration;

use seam::{ErrorKind, RetryPolicy, Seam};

use crate::server::{self, DONE, Server};

#[test]
fn an_act_never_meets_a_connection_that_the_server_has_closed() {
    let (close, told) = std::sync::mpsc::channel();
    let server = server::closing(server::reply("", DONE.as_bytes()), told);
    let builder = Seam::builder().api_key("seam_test").endpoint(server.http());
    let seam = builder.retry(RetryPolicy::never()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for _ in 0..20 {
        runtime
            .block_on(seam.locks().unlock_door("d1").into_future())
            .unwrap();
        close.send(()).unwrap();
        server.wait_until_closed();
    }
    assert_eq!(server.heads().len(), 20);
}

/// A client of a server that never closes a connection, and answers on one connection after the other.
fn client_of(server: &Server, idle_timeout: Option<Duration>) -> Seam {
    let builder = Seam::builder().api_key("seam_test").endpoint(server.http());
    let builder = builder.idle_timeout(idle_timeout);
    builder.retry(RetryPolicy::never()).build().unwrap()
}

/// Waits until the client has closed a connection; meanwhile the runtime goes on.
async fn closed(server: Server) -> Server {
    let wait = move || {
        server.wait_until_closed();
        server
    };
    tokio::task::spawn_blocking(wait).await.unwrap()
}

#[tokio::test]
async fn the_client_closes_an_idle_connection_after_the_idle_timeout() {
    let mut server = server::lasting(server::reply("", DONE.as_bytes()));
    let seam = client_of(&server, Some(Duration::from_millis(1)));
    for _ in 0..3 {
        seam.locks().unlock_door("d1").await.unwrap();
        server = closed(server).await;
    }
    assert_eq!(server.heads().len(), 3);
}

/// Without a timeout the client keeps its connection: the server, which takes one at a time, answers each call on it.
#[tokio::test]
async fn an_idle_connection_is_used_again_within_the_idle_timeout() {
    let server = server::lasting(server::reply("", DONE.as_bytes()));
    let seam = client_of(&server, None);
    for _ in 0..3 {
        seam.locks().unlock_door("d1").await.unwrap();
    }
    drop(seam);
    assert_eq!(closed(server).await.heads().len(), 3);
}

/// The timers of the connections to a port, as the kernel lists them: 2 is that of TCP keep-alive.
#[cfg(target_os = "linux")]
fn timers(port: u16) -> Vec<u8> {
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let remote = format!(":{port:04X}");
    let lines = table
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>());
    let open = lines.filter(|line| line[2].ends_with(&remote) && line[3] == "01");
    open.map(|line| line[5][..2].parse().unwrap()).collect()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_system_checks_an_idle_connection_unless_keep_alive_is_off() {
    for (keepalive, timer) in [(Some(Duration::from_secs(15)), 2), (None, 0)] {
        let server = server::lasting(server::reply("", DONE.as_bytes()));
        let port = server.http().rsplit(':').next().unwrap().parse().unwrap();
        let builder = Seam::builder().api_key("seam_test").endpoint(server.http());
        let seam = builder.tcp_keepalive(keepalive).build().unwrap();
        seam.locks().unlock_door("d1").await.unwrap();
        assert_eq!(timers(port), [timer], "{keepalive:?}");
    }
}

#[tokio::test]
async fn an_act_that_found_no_connection_in_time_is_sent_again() {
    let server = server::silent();
    let seam = Seam::builder()
        .api_key("seam_test")
        .endpoint(server.https("localhost"))
        .connect_timeout(Duration::from_millis(50))
        .retry(RetryPolicy::default().first_wait(Duration::ZERO))
        .build()
        .unwrap();
    let error = seam.locks().unlock_door("d1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    for _ in 0..3 {
        server.wait_until_closed();
    }
    assert_eq!(server.heads().len(), 3);
}

#[test]
fn settings_of_the_network_are_refused_beside_a_client_of_ones_own() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = seam::reqwest::Client::new();
    let with_client = || {
        Seam::builder()
            .api_key("seam_test")
            .reqwest_client(client.clone())
    };
    with_client().build().unwrap();
    let brief = Duration::from_secs(1);
    for builder in [
        with_client().connect_timeout(brief),
        with_client().idle_timeout(brief),
        with_client().idle_timeout(None),
        with_client().tcp_keepalive(brief),
        with_client().root_certificate("-----"),
    ] {
        assert_eq!(builder.build().unwrap_err().kind(), ErrorKind::Config);
    }
}
