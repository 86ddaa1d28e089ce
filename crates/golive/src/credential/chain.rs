//! Several credentials, of which the first that serves is used.

use super::flight::{Flight, Joined};
use crate::{AccessToken, Credential, CredentialError};
use lro::BoxFuture;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Several credentials, of which the first that serves is used.
///
/// They are tried in the order in which they were added, when the first token
/// is asked for. The one that served is used from then on and no other, so that
/// a release does not change its identity on the way; [`used`](Self::used) says
/// which. If none serves, one error names each and says why it did not, and the
/// next caller tries again. Callers at the same time share one round of trying.
///
/// Clones share the choice, so keep one to ask.
///
/// ```
/// use golive::{Chain, EnvironmentToken, FileToken};
///
/// # async fn example() -> Result<(), golive::Error> {
/// let chain = Chain::new()
///     .or("variable", EnvironmentToken::new("GOLIVE_TOKEN"))
///     .or("file", FileToken::new("/run/secrets/portal-token"));
/// let portal = golive::Portal::builder().credential(chain.clone()).build()?;
/// portal.offer("contoso", "contoso-virtualmachineoffer")?.go_live().await?;
/// println!("signed in by {}", chain.used().unwrap_or("nothing"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Chain {
    members: Vec<Member>,
    used: Arc<OnceLock<usize>>,
    flight: Arc<Flight<Result<AccessToken, CredentialError>>>,
}

#[derive(Clone)]
struct Member {
    name: Arc<str>,
    credential: Arc<dyn Credential>,
}

impl Chain {
    /// A chain with nothing in it, which serves nobody.
    pub fn new() -> Self {
        Self {
            members: Vec::new(),
            used: Arc::default(),
            flight: Arc::new(Flight::new()),
        }
    }

    /// Adds a credential that is tried if those before do not serve. The name
    /// appears in errors and in [`used`](Self::used).
    ///
    /// The chain that comes back has used nothing yet.
    #[must_use]
    pub fn or(mut self, name: impl Into<String>, credential: impl Credential) -> Self {
        self.members.push(Member {
            name: name.into().into(),
            credential: Arc::new(credential),
        });
        Self {
            members: self.members,
            ..Self::new()
        }
    }

    /// The name of the credential that served, or `None` before the first token.
    pub fn used(&self) -> Option<&str> {
        self.chosen().map(|member| &*member.name)
    }

    fn chosen(&self) -> Option<&Member> {
        self.members.get(*self.used.get()?)
    }

    async fn choose(self) -> Result<AccessToken, CredentialError> {
        if let Some(member) = self.chosen() {
            return member.credential.token().await;
        }
        let mut reasons = Vec::new();
        for (index, Member { name, credential }) in self.members.iter().enumerate() {
            match credential.token().await {
                Ok(token) => {
                    tracing::info!(credential = &**name, "signing in");
                    // Only one round of trying is under way at a time.
                    let _ = self.used.set(index);
                    return Ok(token);
                }
                Err(error) => {
                    let reason = error.in_full();
                    tracing::debug!(credential = &**name, reason, "does not serve");
                    reasons.push(if reason.starts_with(&**name) {
                        reason
                    } else {
                        format!("{name}: {reason}")
                    });
                }
            }
        }
        Err(CredentialError::new(if reasons.is_empty() {
            "no credential is configured".to_owned()
        } else {
            format!("no credential served. {}", reasons.join(". "))
        }))
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::new()
    }
}

impl Credential for Chain {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            if let Some(member) = self.chosen() {
                return member.credential.token().await;
            }
            match self.flight.join(|| None, || self.clone().choose()) {
                Joined::Ready(token) => token,
                Joined::Wait(flight) => flight.await,
            }
        })
    }

    fn refused(&self, token: &AccessToken) {
        if let Some(member) = self.chosen() {
            member.credential.refused(token);
        }
    }

    /// What the credential that served answers; `None` before the first token.
    fn outlives(&self) -> Option<Duration> {
        self.chosen()?.credential.outlives()
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.members.iter().map(|member| &*member.name).collect();
        f.debug_struct("Chain")
            .field("members", &names)
            .field("used", &self.used())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StaticToken;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    #[derive(Clone, Default)]
    struct Fickle {
        serves: Arc<AtomicBool>,
        asked: Arc<AtomicUsize>,
    }

    impl Credential for Fickle {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
            Box::pin(async {
                self.asked.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_secs(1)).await;
                if self.serves.load(Ordering::SeqCst) {
                    return Ok(AccessToken::new("fickle-token"));
                }
                let cause = std::io::Error::other("the line is down");
                Err(CredentialError::new("not today").with_source(cause))
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_that_serves_is_used_from_then_on() {
        let fickle = Fickle::default();
        let chain = Chain::new()
            .or("fickle", fickle.clone())
            .or("given", StaticToken::new("given-token"))
            .or("never", StaticToken::new("never-token"));
        let asked_for_later = chain.clone();
        assert_eq!(chain.used(), None);
        assert_eq!(chain.outlives(), None);
        assert_eq!(chain.token().await.unwrap().secret(), "given-token");
        assert_eq!(asked_for_later.used(), Some("given"));
        assert_eq!(chain.outlives(), Some(super::super::TOKEN_LIFE));

        fickle.serves.store(true, Ordering::SeqCst);
        assert_eq!(chain.token().await.unwrap().secret(), "given-token");
        assert_eq!(fickle.asked.load(Ordering::SeqCst), 1);
        assert!(!format!("{chain:?}").contains("token"));
    }

    #[tokio::test(start_paused = true)]
    async fn if_none_serves_every_reason_is_told_and_the_next_call_tries_again() {
        let fickle = Fickle::default();
        let chain = Chain::new()
            .or("nothing", StaticToken::new(""))
            .or("fickle", fickle.clone());
        let error = chain.token().await.unwrap_err().to_string();
        assert_eq!(
            error,
            "no credential served. nothing: the token that was given has no bearer token in it. \
             fickle: not today: the line is down"
        );
        fickle.serves.store(true, Ordering::SeqCst);
        assert_eq!(chain.token().await.unwrap().secret(), "fickle-token");
        assert_eq!(chain.used(), Some("fickle"));
    }

    #[tokio::test(start_paused = true)]
    async fn callers_at_the_same_time_share_one_round() {
        let fickle = Fickle::default();
        let chain = Chain::new().or("fickle", fickle.clone());
        for outcome in join_all((0..1000).map(|_| chain.token())).await {
            assert!(outcome.is_err());
        }
        assert_eq!(fickle.asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn an_empty_chain_says_so() {
        let error = Chain::default().token().await.unwrap_err();
        assert_eq!(error.to_string(), "no credential is configured");
    }

    #[tokio::test]
    async fn a_refusal_goes_to_the_one_that_served() {
        #[derive(Default)]
        struct Told(Arc<AtomicUsize>);
        impl Credential for Told {
            fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
                Box::pin(async { Ok(AccessToken::new("told")) })
            }
            fn refused(&self, _token: &AccessToken) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
        let told = Told::default();
        let count = told.0.clone();
        let chain = Chain::new().or("told", told);
        let token = chain.token().await.unwrap();
        chain.refused(&token);
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }
}
