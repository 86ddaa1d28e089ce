use super::*;
use futures_util::future::join_all;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;
use tokio::time::sleep;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Gives `token-1`, `token-2` and so on, each after two seconds.
#[derive(Clone)]
struct Source(Arc<Inner>);

struct Inner {
    clock: TokioClock,
    life: Option<Duration>,
    fetches: AtomicUsize,
    refusals: AtomicUsize,
    broken: AtomicBool,
}

impl Source {
    fn new(life: impl Into<Option<Duration>>) -> Self {
        Self(Arc::new(Inner {
            clock: TokioClock::new(),
            life: life.into(),
            fetches: AtomicUsize::new(0),
            refusals: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
        }))
    }

    fn cached(&self) -> Cached<Self> {
        Cached::new(self.clone()).clock(self.0.clock.clone())
    }

    fn fetches(&self) -> usize {
        self.0.fetches.load(Ordering::SeqCst)
    }

    fn set_broken(&self, broken: bool) {
        self.0.broken.store(broken, Ordering::SeqCst);
    }
}

impl Credential for Source {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async {
            let number = self.0.fetches.fetch_add(1, Ordering::SeqCst) + 1;
            sleep(Duration::from_secs(2)).await;
            if self.0.broken.load(Ordering::SeqCst) {
                return Err(CredentialError::new(format!("failure {number}")));
            }
            let token = AccessToken::new(format!("token-{number}"));
            Ok(match self.0.life {
                Some(life) => token.with_expiry(self.0.clock.wall() + life),
                None => token,
            })
        })
    }

    fn refused(&self, _token: &AccessToken) {
        self.0.refusals.fetch_add(1, Ordering::SeqCst);
    }

    fn outlives(&self) -> Option<Duration> {
        Some(HOUR)
    }
}

async fn secret(cached: &Cached<Source>) -> String {
    cached.token().await.unwrap().secret().to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_thousand_callers_share_one_request() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    let callers = (0..1000).map(|_| {
        let cached = cached.clone();
        tokio::spawn(async move { secret(&cached).await })
    });
    for token in join_all(callers.collect::<Vec<_>>()).await {
        assert_eq!(token.unwrap(), "token-1");
    }
    assert_eq!(source.fetches(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_on_many_threads_share_one_request() {
    /// Answers at once when it is let go.
    struct Gate(AtomicUsize, tokio::sync::Semaphore);
    impl Credential for Gate {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
            Box::pin(async {
                self.0.fetch_add(1, Ordering::SeqCst);
                let _permit = self.1.acquire().await;
                let expiry = UNIX_EPOCH + Duration::from_secs(4_000_000_000);
                Ok(AccessToken::new("token").with_expiry(expiry))
            })
        }
    }
    let cached = Cached::new(Gate(AtomicUsize::new(0), tokio::sync::Semaphore::new(0)));
    let callers = (0..1000).map(|_| {
        let cached = cached.clone();
        tokio::spawn(async move { cached.token().await.is_ok() })
    });
    let callers: Vec<_> = callers.collect();
    tokio::task::yield_now().await;
    cached.get_ref().1.add_permits(1);
    for served in join_all(callers).await {
        assert!(served.unwrap());
    }
    assert_eq!(cached.get_ref().0.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_days_costs_a_token_an_hour() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    for _ in 0..3 * 24 * 60 {
        let token = cached.token().await.unwrap();
        let left = token
            .expires_at()
            .unwrap()
            .duration_since(source.0.clock.wall());
        assert!(
            left.unwrap() > 4 * MINUTE,
            "a token that is about to expire"
        );
        sleep(MINUTE).await;
    }
    assert!(
        (78..=80).contains(&source.fetches()),
        "{}",
        source.fetches()
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_expires() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    assert_eq!(secret(&cached).await, "token-1");
    sleep(54 * MINUTE).await;
    assert_eq!(secret(&cached).await, "token-1");
    sleep(MINUTE + Duration::from_secs(1)).await;
    assert_eq!(secret(&cached).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_token_of_short_life_is_kept_for_half_of_it() {
    let source = Source::new(4 * MINUTE);
    let cached = source.cached();
    assert_eq!(secret(&cached).await, "token-1");
    sleep(MINUTE).await;
    assert_eq!(secret(&cached).await, "token-1");
    sleep(MINUTE).await;
    assert_eq!(secret(&cached).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_dropped_only_if_it_is_the_one_that_is_kept() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    let first = cached.token().await.unwrap();
    cached.refused(&first);
    assert_eq!(secret(&cached).await, "token-2");
    // A slower caller was refused the same old token.
    cached.refused(&AccessToken::new(first.secret()));
    assert_eq!(secret(&cached).await, "token-2");
    assert_eq!(source.fetches(), 2);
    assert_eq!(source.0.refusals.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_and_not_kept() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    source.set_broken(true);
    let outcomes = join_all((0..10).map(|_| cached.token())).await;
    for outcome in outcomes {
        assert_eq!(outcome.unwrap_err().to_string(), "failure 1");
    }
    source.set_broken(false);
    assert_eq!(secret(&cached).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_good_token_outlasts_a_failed_renewal() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    secret(&cached).await;
    sleep(56 * MINUTE).await;
    source.set_broken(true);
    // Not every caller pays for the attempt that fails.
    for _ in 0..10 {
        assert_eq!(secret(&cached).await, "token-1");
    }
    assert_eq!(source.fetches(), 2);
    sleep(MINUTE).await;
    assert_eq!(secret(&cached).await, "token-1");
    assert_eq!(source.fetches(), 3);
    // It never serves beyond its end.
    sleep(4 * MINUTE).await;
    assert!(cached.token().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_token_without_an_expiry_is_not_kept() {
    let cached = Source::new(None).cached();
    assert_eq!(secret(&cached).await, "token-1");
    assert_eq!(secret(&cached).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_takes_nobody_with_it() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    let impatient = tokio::spawn({
        let cached = cached.clone();
        async move { tokio::time::timeout(Duration::from_secs(1), cached.token()).await }
    });
    let patient = cached.token();
    let (impatient, patient) = tokio::join!(impatient, patient);
    assert!(impatient.unwrap().is_err());
    assert_eq!(patient.unwrap().secret(), "token-1");
    assert_eq!(source.fetches(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_everybody_left_is_not_taken_up_again() {
    let source = Source::new(HOUR);
    let cached = source.cached();
    let waited = tokio::time::timeout(Duration::from_secs(1), cached.token()).await;
    assert!(waited.is_err());
    assert_eq!(secret(&cached).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn it_outlives_what_its_credential_outlives_and_prints_no_token() {
    let cached = Cached::new(crate::StaticToken::new("secret"));
    assert!(!format!("{cached:?}").contains("secret"));
    assert_eq!(cached.outlives(), Some(HOUR));
}
