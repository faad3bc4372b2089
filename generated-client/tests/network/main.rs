//! The built-in HTTP client on difficult networks: private authorities, proxies, servers that close connections.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail that way, its helpers too"
)]

#[cfg(all(feature = "blocking", unix))]
mod blocking;
mod certificates;
mod child;
mod clients;
#[cfg(feature = "gzip")]
mod compression;
mod connections;
mod proxies;
mod server;
mod trust;
