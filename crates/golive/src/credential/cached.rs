//! Keeps a token until shortly before it expires.

use super::flight::{Flight, Joined};
use crate::{AccessToken, Credential, CredentialError};
use lro::{BoxFuture, Clock, TokioClock};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// After an early renewal has failed, the token that is still good serves for
/// this long before the next attempt.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(30);

/// Keeps the token of another credential until shortly before it expires.
///
/// * Callers that ask at the same time share one request for a new token, and
///   its outcome, good or bad.
/// * A token is renewed five minutes before it expires, or at half its life if
///   that is later. If the renewal fails, the token that is still good goes on
///   serving, and the next attempt is made half a minute later.
/// * A token that the service refused is dropped, unless another one has taken
///   its place already.
/// * A failure is not kept: the next caller tries again.
/// * A token whose [expiry](AccessToken::with_expiry) is not known is not kept.
///
/// Clones share the token. The credentials of the feature `identity` have this
/// built in.
///
/// ```
/// # use golive::{AccessToken, Credential, CredentialError};
/// # use golive::lro::BoxFuture;
/// # async fn example(slow: impl Credential) -> Result<(), golive::Error> {
/// let portal = golive::Portal::builder()
///     .credential(golive::Cached::new(slow))
///     .build()?;
/// # Ok(())
/// # }
/// ```
pub struct Cached<C> {
    credential: Arc<C>,
    clock: Arc<dyn Clock>,
    early: Duration,
    cache: Arc<Cache>,
    flight: Arc<Flight<Result<AccessToken, CredentialError>>>,
}

impl<C: Credential> Cached<C> {
    /// Keeps the tokens of `credential`.
    pub fn new(credential: C) -> Self {
        Self {
            credential: Arc::new(credential),
            clock: Arc::new(TokioClock::new()),
            early: Duration::from_secs(5 * 60),
            cache: Arc::default(),
            flight: Arc::new(Flight::new()),
        }
    }

    /// What tells the time; by default tokio's clock. The expiry of a token is
    /// compared with this clock's time of day.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How long before it expires a token is renewed; by default 5 minutes. A
    /// token that lives less than twice as long is renewed at half its life.
    #[must_use]
    pub fn renew_before(mut self, early: Duration) -> Self {
        self.early = early;
        self
    }

    /// The credential whose tokens are kept.
    pub fn get_ref(&self) -> &C {
        &self.credential
    }

    /// One request for a new token.
    fn renew(&self) -> BoxFuture<'static, Result<AccessToken, CredentialError>> {
        let Self {
            credential,
            clock,
            early,
            cache,
            ..
        } = self.clone();
        Box::pin(async move {
            match credential.token().await {
                Ok(token) => {
                    cache.keep(&token, clock.wall(), early);
                    Ok(token)
                }
                Err(error) => match cache.postpone(clock.wall()) {
                    Some(token) => {
                        let error = &error as &dyn std::error::Error;
                        tracing::warn!(error, "the token could not be renewed early");
                        Ok(token)
                    }
                    None => Err(error),
                },
            }
        })
    }
}

impl<C: Credential> Credential for Cached<C> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let joined = self.flight.join(
                || self.cache.fresh(self.clock.wall()).map(Ok),
                || self.renew(),
            );
            match joined {
                Joined::Ready(token) => token,
                Joined::Wait(flight) => flight.await,
            }
        })
    }

    fn refused(&self, token: &AccessToken) {
        self.cache.drop_token(token);
        self.credential.refused(token);
    }

    fn outlives(&self) -> Option<Duration> {
        self.credential.outlives()
    }
}

impl<C> Clone for Cached<C> {
    fn clone(&self) -> Self {
        Self {
            credential: self.credential.clone(),
            clock: self.clock.clone(),
            early: self.early,
            cache: self.cache.clone(),
            flight: self.flight.clone(),
        }
    }
}

impl<C: fmt::Debug> fmt::Debug for Cached<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cached").field(&self.credential).finish()
    }
}

#[derive(Default)]
struct Cache(Mutex<Option<Held>>);

struct Held {
    token: AccessToken,
    expires_at: SystemTime,
    renew_at: SystemTime,
}

impl Cache {
    /// The token, unless it is time to renew it.
    fn fresh(&self, now: SystemTime) -> Option<AccessToken> {
        let held = self.lock();
        let held = held.as_ref()?;
        (now < held.renew_at).then(|| held.token.clone())
    }

    fn keep(&self, token: &AccessToken, now: SystemTime, early: Duration) {
        *self.lock() = token.expires_at().and_then(|expires_at| {
            let life = expires_at.duration_since(now).ok()?;
            Some(Held {
                token: token.clone(),
                expires_at,
                renew_at: expires_at.checked_sub(early.min(life / 2))?,
            })
        });
    }

    /// The token, if it is still good although it could not be renewed.
    fn postpone(&self, now: SystemTime) -> Option<AccessToken> {
        let mut held = self.lock();
        let held = held.as_mut().filter(|held| now < held.expires_at)?;
        held.renew_at = now.checked_add(PAUSE_AFTER_FAILURE)?.min(held.expires_at);
        Some(held.token.clone())
    }

    fn drop_token(&self, refused: &AccessToken) {
        self.lock().take_if(|held| held.token.is_same(refused));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
