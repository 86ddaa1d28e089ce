//! Whatever happens around the request, a go-live or a publishing is never submitted
//! twice.

mod support;

use bytes::Bytes;
use golive::{Attempt, Error, Offer, OnConflict, Operation, Portal};
use golive_client::endpoints::{GO_LIVE_OFFER, LIST_OPERATIONS, PUBLISH_OFFER};
use golive_emulator::{Controls, Emulator, SEED_OFFER, SEED_PUBLISHER};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use proptest::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{ENDPOINT, portal};

/// The longest operation of the emulator, and some more.
const LONG: Duration = Duration::from_secs(100 * 3600);

/// What happens to a request and to its answer.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// Nothing is sent.
    NotConnected,
    /// Sent, not processed, no answer.
    LostRequest,
    /// Processed, no answer.
    LostAnswer,
    /// Processed, and no answer until the time limit.
    Silence,
    /// Not processed; a gateway answers.
    Gateway(u16),
    /// Processed; a gateway answers.
    GatewayAfter(u16),
    /// Processed; the answer has no headers.
    Stripped,
    /// Refused: the token is said to be bad.
    Unauthorized,
}

fn fault() -> impl Strategy<Value = Fault> {
    let before = prop::sample::select(vec![302, 400, 404, 408, 429, 500, 502, 503, 504]);
    // Of these nobody says that the request was not processed.
    let after = prop::sample::select(vec![302, 408, 500, 502, 503, 504]);
    prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::NotConnected),
        1 => Just(Fault::LostRequest),
        2 => Just(Fault::LostAnswer),
        1 => Just(Fault::Silence),
        1 => before.prop_map(Fault::Gateway),
        1 => after.prop_map(Fault::GatewayAfter),
        1 => Just(Fault::Stripped),
        1 => Just(Fault::Unauthorized),
    ]
}

struct Faulty {
    inner: Arc<dyn Transport>,
    controls: Controls,
    faults: Mutex<Vec<Fault>>,
    /// Submissions that the service processed.
    processed: AtomicUsize,
    /// Operations that the service started.
    started: AtomicUsize,
    /// Whether the service still has the list of operations.
    lists: bool,
}

impl Faulty {
    async fn process(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let path = request.uri().path();
        if !self.lists && LIST_OPERATIONS.matches(path).is_some() {
            return Ok(answer(404));
        }
        let submits = [&GO_LIVE_OFFER, &PUBLISH_OFFER];
        let submits = submits.iter().any(|it| it.matches(path).is_some());
        let response = self.inner.send(request, 1 << 20).await?;
        if submits {
            self.processed.fetch_add(1, Ordering::SeqCst);
            if response.status() == 202 {
                self.started.fetch_add(1, Ordering::SeqCst);
            }
        }
        Ok(response)
    }
}

fn answer(status: u16) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .body(Bytes::from_static(b"<html>"))
        .unwrap()
}

impl Transport for Faulty {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let fault = self.faults.lock().unwrap().pop().unwrap_or(Fault::None);
        Box::pin(async move {
            match fault {
                Fault::None => self.process(request).await,
                Fault::NotConnected => Err(TransportError::connect("refused")),
                Fault::LostRequest => Err(TransportError::io("reset")),
                Fault::LostAnswer => {
                    self.process(request).await?;
                    Err(TransportError::io("reset"))
                }
                Fault::Silence => {
                    self.process(request).await?;
                    std::future::pending().await
                }
                Fault::Gateway(status) => Ok(answer(status)),
                Fault::GatewayAfter(status) => {
                    self.process(request).await?;
                    Ok(answer(status))
                }
                Fault::Stripped => {
                    let mut response = self.process(request).await?;
                    response.headers_mut().clear();
                    Ok(response)
                }
                Fault::Unauthorized => Ok(answer(401)),
            }
        })
    }
}

fn start(faults: Vec<Fault>, lists: bool) -> (Arc<Faulty>, Portal) {
    let (router, controls) = Emulator::builder().router().unwrap();
    let faulty = Arc::new(Faulty {
        inner: Arc::new(TowerTransport::new(router)),
        controls,
        faults: Mutex::new(faults),
        processed: AtomicUsize::new(0),
        started: AtomicUsize::new(0),
        lists,
    });
    let portal = portal(ENDPOINT, faulty.clone());
    (faulty, portal)
}

/// What is submitted.
#[derive(Clone, Copy, Debug)]
enum Asked {
    GoLive,
    Publish,
}

impl Asked {
    /// Submits, and keeps what there was before in `kept`.
    async fn submit(
        self,
        offer: &Offer,
        on_conflict: OnConflict,
        kept: &Arc<Mutex<Option<Attempt>>>,
    ) -> Result<Operation, Error> {
        let kept = kept.clone();
        let keep = move |attempt| {
            *kept.lock().unwrap() = Some(attempt);
            true
        };
        match self {
            Self::GoLive => {
                let go_live = offer.go_live().on_conflict(on_conflict);
                go_live.keep_attempt(keep).await
            }
            Self::Publish => {
                let publish = offer.publish().on_conflict(on_conflict);
                publish.keep_attempt(keep).await
            }
        }
    }

    async fn attempted(self, offer: &Offer, attempt: &Attempt) -> Result<Option<Operation>, Error> {
        match self {
            Self::GoLive => offer.attempted_go_live(attempt).await,
            Self::Publish => offer.attempted_publish(attempt).await,
        }
    }
}

async fn check(faults: Vec<Fault>, lists: bool, asked: Asked) -> Result<(), TestCaseError> {
    let (faulty, portal) = start(faults, lists);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let started = || faulty.started.load(Ordering::SeqCst);
    let processed = || faulty.processed.load(Ordering::SeqCst);
    let kept = Arc::new(Mutex::new(None));

    let first = asked.submit(&offer, OnConflict::Fail, &kept).await;
    // One call sends at most one request that the service sees.
    prop_assert!(processed() <= 1);
    match &first {
        Ok(_) => prop_assert_eq!(started(), 1),
        // What started is never called refused.
        Err(error) => prop_assert!(
            started() == 0 || error.is_submission_unknown() || error.is_missing_polling_url(),
            "{error}"
        ),
    }
    // A pipeline that tries again, told to attach, ends with the one operation.
    let before = processed();
    let again = asked.submit(&offer, OnConflict::Attach, &kept).await;
    prop_assert!(processed() - before <= 1);
    prop_assert!(started() <= 1);
    if let (Ok(first), Ok(again)) = (first, again) {
        let (first, again) = (first.token(), again.token());
        // Where the list could not be had, it is the status of the offer that is polled.
        let by_status = |token: &golive::ResumeToken| token.url().contains("/status");
        if !by_status(&first) && !by_status(&again) {
            prop_assert_eq!(first.operation_id(), again.operation_id());
        }
    }
    Ok(())
}

/// The first process dies before it knows what became of its request, and another one
/// goes on from what was kept, when the operation has ended and is in nobody's way.
async fn check_attempt(faults: Vec<Fault>, lists: bool, asked: Asked) -> Result<(), TestCaseError> {
    let (faulty, portal) = start(faults, lists);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let started = || faulty.started.load(Ordering::SeqCst);
    let processed = || faulty.processed.load(Ordering::SeqCst);
    let kept = Arc::new(Mutex::new(None));

    drop(asked.submit(&offer, OnConflict::Fail, &kept).await);
    let sent = (processed(), started());
    prop_assert!(sent.0 <= 1);
    faulty.controls.advance(LONG);
    let attempt = kept.lock().unwrap().take();
    let found = match &attempt {
        Some(attempt) => asked.attempted(&offer, attempt).await,
        None => Ok(None),
    };
    prop_assert_eq!((processed(), started()), sent);
    match found {
        Ok(Some(_)) => prop_assert_eq!(started(), 1),
        // Nobody submits again.
        Err(error) => prop_assert!(error.is_submission_unknown(), "{error}"),
        Ok(None) => {
            prop_assert_eq!(started(), 0, "it was started, and not found");
            drop(asked.submit(&offer, OnConflict::Fail, &kept).await);
            prop_assert!(processed() - sent.0 <= 1);
            prop_assert!(started() <= 1);
        }
    }
    Ok(())
}

/// The answer is lost, and the service has no list of operations: the status of the
/// offer shows that there is one since.
#[tokio::test(start_paused = true)]
async fn a_lost_answer_without_a_list_is_settled_by_the_status_of_the_offer() {
    for lists in [true, false] {
        // Popped from the end: what comes before the go-live goes through.
        let before = if lists { 1 } else { 3 };
        let mut faults = vec![Fault::LostAnswer];
        faults.extend(vec![Fault::None; before]);
        let (faulty, portal) = start(faults, lists);
        let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
        let operation = offer.go_live().await.unwrap();
        assert_eq!(faulty.started.load(Ordering::SeqCst), 1);
        assert_eq!(operation.token().url().contains("/status"), !lists);
        let live = operation.await.unwrap();
        assert_eq!(live.status, golive::Status::Succeeded);
        assert!(!live.live_links.is_empty());
    }
}

/// The same, and it never arrived: then nobody knows.
#[tokio::test(start_paused = true)]
async fn a_lost_request_without_a_list_stays_unknown() {
    let faults = vec![Fault::LostRequest, Fault::None, Fault::None, Fault::None];
    let (faulty, portal) = start(faults, false);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let error = offer.go_live().await.unwrap_err();
    assert!(error.is_submission_unknown(), "{error}");
    assert!(error.running_operation().is_none());
    assert_eq!(faulty.started.load(Ordering::SeqCst), 0);
}

fn paused() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn faults_around_the_request_never_start_two_operations(
        faults in prop::collection::vec(fault(), 0..12),
        lists in any::<bool>(),
        asked in prop::sample::select(vec![Asked::GoLive, Asked::Publish]),
    ) {
        paused().block_on(check(faults, lists, asked))?;
    }

    #[test]
    fn what_another_process_may_have_sent_is_never_sent_again(
        faults in prop::collection::vec(fault(), 0..12),
        lists in any::<bool>(),
        asked in prop::sample::select(vec![Asked::GoLive, Asked::Publish]),
    ) {
        paused().block_on(check_attempt(faults, lists, asked))?;
    }
}
