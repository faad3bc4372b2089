//! Tokens that end, and who gives them.

use std::future::Future;

use crate::transport::{BoxFuture, MaybeSend, MaybeSync};

/// Why there is no token.
pub type TokenError = Box<dyn std::error::Error + Send + Sync>;

/// Gives the tokens that requests are sent with.
///
/// It is asked before the first request, and again once the API no longer accepts a token (401). Any function that gives a
/// future of a token is one.
pub trait TokenProvider: MaybeSend + MaybeSync + 'static {
    /// Gives a new token.
    fn token(&self) -> BoxFuture<'_, Result<String, TokenError>>;
}

impl<F, Reply, E> TokenProvider for F
where
    F: Fn() -> Reply + MaybeSend + MaybeSync + 'static,
    Reply: Future<Output = Result<String, E>> + MaybeSend + 'static,
    E: Into<TokenError>,
{
    fn token(&self) -> BoxFuture<'_, Result<String, TokenError>> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}
