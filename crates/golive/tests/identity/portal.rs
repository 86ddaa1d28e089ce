//! A wait of days at the portal, with tokens of an hour.

use crate::fake::{CLIENT, Fake, HOUR, HandClock, TENANT, wired};
use golive::identity::Identity;
use golive::lro::Clock;
use golive::{Credential, Portal};
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const OPERATION: &str = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";
const DAYS: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// When each token was made.
type Tokens = Arc<Mutex<HashMap<String, Duration>>>;

/// A portal that takes a token for an hour, and whose operation takes days.
struct FakePortal {
    server: MockServer,
    polls: Arc<AtomicUsize>,
    refusals: Arc<AtomicUsize>,
}

impl FakePortal {
    fn start(clock: &HandClock, tokens: &Tokens) -> Self {
        let server = MockServer::start();
        let (polls, refusals) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let answer = {
            let (polls, refusals) = (polls.clone(), refusals.clone());
            let (clock, tokens) = (clock.clone(), tokens.clone());
            move |request: &HttpMockRequest| {
                let headers = request.headers();
                let token = headers["authorization"].to_str().unwrap();
                let token = token.strip_prefix("Bearer ").unwrap();
                let made = tokens.lock().unwrap().get(token).copied();
                let (status, body) = if made.is_none_or(|made| clock.elapsed() - made >= HOUR) {
                    refusals.fetch_add(1, Ordering::SeqCst);
                    (401, "")
                } else if clock.elapsed() < DAYS {
                    polls.fetch_add(1, Ordering::SeqCst);
                    (200, r#"{"status":"running","steps":[]}"#)
                } else {
                    (200, r#"{"status":"completed","steps":[]}"#)
                };
                let reply = HttpMockResponse::builder().status(status);
                reply.body(body.to_owned()).build()
            }
        };
        server.mock(|when, then| {
            when.any_request();
            then.respond_with(answer);
        });
        Self {
            server,
            polls,
            refusals,
        }
    }

    async fn wait(&self, clock: &HandClock, credential: impl Credential) {
        let portal = Portal::builder()
            .endpoint(self.server.base_url())
            .credential(credential)
            .clock(clock.clone())
            .timeout(2 * HOUR)
            .build()
            .unwrap();
        let offer = portal.offer("contoso", "contoso-offer").unwrap();
        offer.operation(OPERATION).unwrap().await.unwrap();
        assert!(self.polls.load(Ordering::SeqCst) > 500);
    }
}

#[tokio::test]
async fn every_poll_of_three_days_has_a_good_token() {
    // Pauses of minutes pass at once; a time limit is two hours.
    let clock = HandClock::with_limit(HOUR);
    let tokens = Tokens::default();
    let runner = Fake::start(|number| format!(r#"{{"value":"id-token-{number}"}}"#));
    let authority = {
        let (clock, tokens) = (clock.clone(), tokens.clone());
        Fake::start(move |number| {
            let token = format!("access-token-{number}");
            tokens
                .lock()
                .unwrap()
                .insert(token.clone(), clock.elapsed());
            format!(r#"{{"token_type":"Bearer","expires_in":3600,"access_token":"{token}"}}"#)
        })
    };
    let url = runner.url();
    let variables = [
        ("ACTIONS_ID_TOKEN_REQUEST_URL", &*url),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-job"),
    ];
    let builder = Identity::github_actions(TENANT, CLIENT).timeout(2 * HOUR);
    let identity = wired(builder, &authority.wires(), &clock, &variables);

    let portal = FakePortal::start(&clock, &tokens);
    portal.wait(&clock, identity.clone()).await;
    assert_eq!(portal.refusals.load(Ordering::SeqCst), 0);
    // A token serves for 55 minutes, and then until the next poll. Each was bought
    // with an ID token of its own.
    let bought = authority.seen().len();
    assert!((65..=80).contains(&bought), "{bought}");
    assert_eq!(runner.seen().len(), bought);

    // The portal forgets its tokens: one refusal, one new token, no failure.
    tokens.lock().unwrap().clear();
    let client = Portal::builder()
        .endpoint(portal.server.base_url())
        .credential(identity)
        .clock(clock.clone())
        .timeout(2 * HOUR)
        .build()
        .unwrap();
    let offer = client.offer("contoso", "contoso-offer").unwrap();
    offer.operation(OPERATION).unwrap().await.unwrap();
    assert_eq!(portal.refusals.load(Ordering::SeqCst), 1);
    assert_eq!(authority.seen().len(), bought + 1);
}
