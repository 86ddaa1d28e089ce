//! Another operation of the offer runs: what each way to deal with it does, for each
//! kind of operation, as much or as little as the service says of it; and how a wait
//! for it is stopped.

mod support;

use bytes::Bytes;
use golive::{Offer, OnConflict, ReleasePhase};
use golive_client::endpoints::{GO_LIVE_OFFER, LIST_OPERATIONS, PUBLISH_OFFER};
use golive_emulator::{Controls, Dialect, Emulator, Manner, SEED_OFFER, SEED_PUBLISHER};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use serde_json::Value;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{ENDPOINT, portal};
use tokio::sync::oneshot;

/// What the service says of what runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// The type and the slot of each operation.
    All,
    /// Neither; but the operation has the step of the sign-off.
    Steps,
    /// Neither, and a publishing has only the steps up to the preview.
    Nothing,
    /// There is no list.
    ByStatus,
}

impl Told {
    const ALL: [Self; 4] = [Self::All, Self::Steps, Self::Nothing, Self::ByStatus];

    /// Whether it is enough to tell what an operation does. A go-live always has the
    /// step of the sign-off, which is complete.
    fn is_enough(self, running: Kind) -> bool {
        self != Self::Nothing || running == Kind::GoLive
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Publish,
    GoLive,
}

struct Service {
    inner: Arc<dyn Transport>,
    told: Told,
    /// The list says that nothing runs until a submission was refused.
    lags: AtomicBool,
    submissions: AtomicUsize,
    accepted: AtomicUsize,
}

impl Transport for Service {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let submits = [&PUBLISH_OFFER, &GO_LIVE_OFFER]
                .iter()
                .any(|it| it.matches(&path).is_some());
            let mut response = self.inner.send(request, limit).await?;
            if submits {
                self.submissions.fetch_add(1, Ordering::SeqCst);
                self.lags.store(false, Ordering::SeqCst);
                if response.status() == 202 {
                    self.accepted.fetch_add(1, Ordering::SeqCst);
                }
            }
            if LIST_OPERATIONS.matches(&path).is_some() {
                let mut list: Vec<Value> = serde_json::from_slice(response.body()).unwrap();
                for operation in &mut list {
                    let operation = operation.as_object_mut().unwrap();
                    if self.told != Told::All {
                        operation.remove("slot");
                        operation["submissionType"] = "publish".into();
                    }
                }
                if self.lags.load(Ordering::SeqCst) {
                    list.clear();
                }
                *response.body_mut() = serde_json::to_vec(&list).unwrap().into();
                if self.told == Told::ByStatus {
                    *response.status_mut() = http::StatusCode::NOT_FOUND;
                }
            }
            Ok(response)
        })
    }
}

fn start(told: Told) -> (Arc<Service>, Offer, Controls) {
    let manner = Manner::from(Dialect::Migrated);
    let manner = match told {
        Told::Steps => manner.running_until_sign_off(),
        _ => manner,
    };
    let (router, controls) = Emulator::builder().manner(manner).router().unwrap();
    let service = Arc::new(Service {
        inner: Arc::new(TowerTransport::new(router)),
        told,
        lags: AtomicBool::new(false),
        submissions: AtomicUsize::new(0),
        accepted: AtomicUsize::new(0),
    });
    let portal = portal(ENDPOINT, service.clone());
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    (service, offer, controls)
}

async fn submit(
    offer: &Offer,
    kind: Kind,
    on_conflict: OnConflict,
) -> Result<golive::Operation, golive::Error> {
    match kind {
        Kind::Publish => offer.publish().on_conflict(on_conflict).await,
        Kind::GoLive => offer.go_live().on_conflict(on_conflict).await,
    }
}

#[tokio::test(start_paused = true)]
async fn a_publishing_is_never_taken_for_a_go_live_nor_the_other_way() {
    for told in Told::ALL {
        for running in [Kind::Publish, Kind::GoLive] {
            for asked in [Kind::Publish, Kind::GoLive] {
                for on_conflict in [OnConflict::Fail, OnConflict::Attach, OnConflict::Wait] {
                    for lags in [false, true] {
                        case(told, running, asked, on_conflict, lags).await;
                    }
                }
            }
        }
    }
}

async fn case(told: Told, running: Kind, asked: Kind, on_conflict: OnConflict, lags: bool) {
    let context = format!("{told:?}: {running:?} runs, {asked:?} {on_conflict:?}, lags {lags}");
    let (service, offer, _controls) = start(told);
    let first = submit(&offer, running, OnConflict::Fail).await.unwrap();
    let id = first.token().operation_id().to_owned();
    service.lags.store(lags, Ordering::SeqCst);
    let outcome = submit(&offer, asked, on_conflict).await;
    let accepted = service.accepted.load(Ordering::SeqCst);
    let attaches = running == asked && told.is_enough(running);
    match on_conflict {
        // Then there is no preview left to take live, as the service says.
        OnConflict::Wait if (running, asked) == (Kind::GoLive, Kind::GoLive) => {
            let error = outcome.unwrap_err();
            assert!(error.status().is_some(), "{context}: {error}");
            assert!(!error.is_conflict(), "{context}: {error}");
            assert_eq!(accepted, 1, "{context}");
        }
        OnConflict::Wait => {
            assert_eq!(accepted, 2, "{context}");
            assert_ne!(outcome.unwrap().token().operation_id(), id, "{context}");
        }
        OnConflict::Attach if attaches => {
            assert_eq!(accepted, 1, "{context}");
            let token = outcome.unwrap().token();
            match told {
                Told::ByStatus => assert!(token.url().contains("/status"), "{context}"),
                _ => assert_eq!(token.operation_id(), id, "{context}"),
            }
        }
        _ => {
            assert_eq!(accepted, 1, "{context}");
            let error = outcome.unwrap_err();
            assert!(error.is_conflict(), "{context}: {error}");
            assert!(error.resume_token().is_none(), "{context}");
            let named = error.running_operation().unwrap();
            if told != Told::ByStatus {
                assert_eq!(named.operation_id(), id, "{context}");
            }
            // What it is, and how to follow it.
            let text = format!("{error:#}");
            assert!(text.contains(&named.to_string()), "{context}: {text}");
            if on_conflict == OnConflict::Attach && told.is_enough(running) {
                let expected = match running {
                    Kind::Publish => "it is a publishing, not a go-live",
                    Kind::GoLive => "it is a go-live, not a publishing",
                };
                assert!(text.contains(expected), "{context}: {text}");
            } else if on_conflict == OnConflict::Attach {
                let expected = "the service does not say whether it is a";
                assert!(text.contains(expected), "{context}: {text}");
            }
        }
    }
    // Without a lagging list nothing is sent that would be refused.
    if !lags && on_conflict != OnConflict::Wait {
        assert_eq!(service.submissions.load(Ordering::SeqCst), 1, "{context}");
    }
}

/// A release that is begun anew while its go-live runs.
#[tokio::test(start_paused = true)]
async fn a_release_without_its_token_does_not_take_a_go_live_for_its_publishing() {
    for told in Told::ALL {
        for on_conflict in [OnConflict::Fail, OnConflict::Attach] {
            let (service, offer, _controls) = start(told);
            let running = offer.go_live().await.unwrap();
            let release = offer.release().on_conflict(on_conflict);
            let error = release.await.unwrap_err();
            assert!(error.is_conflict(), "{told:?} {on_conflict:?}: {error}");
            let named = error.running_operation().unwrap().clone();
            let token = error.release_token().unwrap();
            assert_eq!(token.phase(), ReleasePhase::Publish);
            assert!(!token.is_submitting());
            assert_eq!(service.submissions.load(Ordering::SeqCst), 1);
            // What it names is gone on with until it is live.
            if told != Told::ByStatus {
                let id = running.token().operation_id().to_owned();
                assert_eq!(named.operation_id(), id);
            }
            assert!(running.await.is_ok());
        }
    }
}

/// Somebody publishes something else while a release waits for its approval.
#[tokio::test(start_paused = true)]
async fn a_release_does_not_wait_for_a_publishing_that_replaces_what_was_approved() {
    for told in [Told::All, Told::Steps, Told::ByStatus] {
        let (service, offer, _controls) = start(told);
        let other = offer.clone();
        let release = offer
            .release()
            .on_conflict(OnConflict::Wait)
            .approve(move |_| {
                let other = other.clone();
                async move { other.publish().await.is_ok() }
            });
        let error = release.await.unwrap_err();
        assert!(error.is_conflict(), "{told:?}: {error}");
        assert!(error.running_operation().is_some());
        assert_eq!(error.release_token().unwrap().phase(), ReleasePhase::GoLive);
        assert_eq!(service.accepted.load(Ordering::SeqCst), 2, "{told:?}");
    }
}

/// Waits for an operation of somebody else, after the service has refused a request if
/// `lags`; gives what ended the wait, and when.
async fn wait_and(
    lags: bool,
    kind: Kind,
    end: impl AsyncFnOnce(Offer, oneshot::Receiver<()>) -> golive::Error,
    stop_after: Option<Duration>,
) -> (Arc<Service>, golive::Error, Duration) {
    let (service, offer, _controls) = start(Told::All);
    let first = submit(&offer, kind, OnConflict::Fail).await.unwrap();
    service.lags.store(lags, Ordering::SeqCst);
    let (stop, stopped) = oneshot::channel();
    let began = tokio::time::Instant::now();
    tokio::spawn(async move {
        match stop_after {
            Some(after) => tokio::time::sleep(after).await,
            None => std::future::pending().await,
        }
        drop(stop);
    });
    let error = end(offer, stopped).await;
    let named = error.running_operation().expect("it names what runs");
    assert_eq!(named.operation_id(), first.token().operation_id());
    assert!(error.resume_token().is_none(), "it is not the caller's own");
    // The first one, and one that was refused.
    assert_eq!(service.accepted.load(Ordering::SeqCst), 1);
    let sent = 1 + usize::from(lags);
    assert_eq!(service.submissions.load(Ordering::SeqCst), sent);
    (service, error, began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_another_operation_is_stopped_at_once() {
    let after = Duration::from_secs(1234);
    for lags in [false, true] {
        let go_live = async |offer: Offer, stopped: oneshot::Receiver<()>| {
            let stop = async { drop(stopped.await) };
            let go_live = offer.go_live().on_conflict(OnConflict::Wait);
            go_live.stop_when(stop).await.unwrap_err()
        };
        let (_, error, took) = wait_and(lags, Kind::GoLive, go_live, Some(after)).await;
        assert!(error.is_stopped() && !error.may_have_been_sent(), "{error}");
        assert_eq!(took.as_secs(), after.as_secs());
        let publish = async |offer: Offer, stopped: oneshot::Receiver<()>| {
            let stop = async { drop(stopped.await) };
            let publish = offer.publish().on_conflict(OnConflict::Wait);
            publish.stop_when(stop).await.unwrap_err()
        };
        let (_, error, took) = wait_and(lags, Kind::Publish, publish, Some(after)).await;
        assert!(error.is_stopped(), "{error}");
        assert_eq!(took.as_secs(), after.as_secs());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_another_operation_has_a_deadline() {
    for limit in [Duration::ZERO, Duration::from_secs(4321)] {
        for lags in [false, true] {
            let go_live = async |offer: Offer, _: oneshot::Receiver<()>| {
                let go_live = offer.go_live().on_conflict(OnConflict::Wait);
                go_live.deadline(limit).await.unwrap_err()
            };
            let (_, error, took) = wait_and(lags, Kind::GoLive, go_live, None).await;
            assert!(error.is_timeout() && !error.is_stopped(), "{error}");
            assert_eq!(took.as_secs(), limit.as_secs());

            let release = async |offer: Offer, _: oneshot::Receiver<()>| {
                let release = offer.release().on_conflict(OnConflict::Wait);
                release.deadline(limit).await.unwrap_err()
            };
            let (_, error, took) = wait_and(lags, Kind::GoLive, release, None).await;
            assert!(error.is_timeout(), "{error}");
            assert_eq!(took.as_secs(), limit.as_secs());
            // Nothing of it is at the service, and its token says so.
            let token = error.release_token().unwrap();
            assert_eq!(token.phase(), ReleasePhase::Publish);
            assert!(!token.is_submitting());
        }
    }
}

/// A stop while the request is under way waits for its answer.
#[tokio::test(start_paused = true)]
async fn a_stop_while_the_request_is_under_way_loses_nothing() {
    let (service, offer, _controls) = start(Told::All);
    let (stop, stopped) = oneshot::channel::<()>();
    let stop = std::sync::Mutex::new(Some(stop));
    let go_live = offer.go_live().stop_when(async { drop(stopped.await) });
    // It is stopped as the request begins.
    let go_live = go_live.keep_attempt(move |_| {
        drop(stop.lock().unwrap().take());
        true
    });
    let operation = go_live.await.unwrap();
    assert_eq!(service.accepted.load(Ordering::SeqCst), 1);
    assert!(operation.await.is_ok());
}

/// Refuses every submission until some time, whatever it lists.
struct Busy {
    inner: Arc<dyn Transport>,
    until: tokio::time::Instant,
    refused: AtomicUsize,
}

impl Transport for Busy {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let go_live = GO_LIVE_OFFER.matches(request.uri().path()).is_some();
            if go_live && tokio::time::Instant::now() < self.until {
                self.refused.fetch_add(1, Ordering::SeqCst);
                let response = http::Response::builder().status(409);
                return Ok(response.body(Bytes::new()).unwrap());
            }
            self.inner.send(request, limit).await
        })
    }
}

/// The publishing that waits for the publisher is all that runs, and nothing to wait
/// for: a cancellation, for example, takes minutes and is not listed.
#[tokio::test(start_paused = true)]
async fn a_service_that_is_busy_with_nothing_it_lists_is_given_time() {
    const BUSY: Duration = Duration::from_secs(180);
    for releases in [false, true] {
        let manner = Manner::from(Dialect::Migrated).running_until_sign_off();
        let (router, _controls) = Emulator::builder().manner(manner).router().unwrap();
        let inner: Arc<dyn Transport> = Arc::new(TowerTransport::new(router));
        let portal = |transport: Arc<dyn Transport>| portal(ENDPOINT, transport);
        let offer = portal(inner.clone()).offer(SEED_PUBLISHER, SEED_OFFER);
        let offer = offer.unwrap();
        // The release ends there for now.
        let error = offer.release().on_conflict(OnConflict::Wait);
        let error = error.approve(async |_| false).await.unwrap_err();
        let token = error.release_token().unwrap().clone();

        let began = tokio::time::Instant::now();
        let busy = Arc::new(Busy {
            inner,
            until: began + BUSY,
            refused: AtomicUsize::new(0),
        });
        let portal = portal(busy.clone());
        if releases {
            let release = portal.resume_release(token).unwrap();
            release.approve(async |_| true).await.unwrap();
        } else {
            let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
            let go_live = offer.go_live().on_conflict(OnConflict::Wait);
            drop(go_live.await.unwrap());
        }
        assert!(began.elapsed() >= BUSY);
        // A minute apart.
        assert_eq!(busy.refused.load(Ordering::SeqCst), 3, "{releases}");
    }
}

/// A submission was kept and never sent, and somebody submits something else.
#[tokio::test(start_paused = true)]
async fn what_somebody_else_submitted_is_not_found_as_another_kind() {
    for told in [Told::All, Told::Steps] {
        for (kept, submitted) in [
            (Kind::GoLive, Kind::Publish),
            (Kind::Publish, Kind::GoLive),
            (Kind::GoLive, Kind::GoLive),
            (Kind::Publish, Kind::Publish),
        ] {
            // The steps of a go-live are also those of a publishing that was signed off.
            if told == Told::Steps && (kept, submitted) == (Kind::Publish, Kind::GoLive) {
                continue;
            }
            let (_service, offer, controls) = start(told);
            let attempt = Arc::new(Mutex::new(None));
            let keep = attempt.clone();
            let keep = move |it| {
                *keep.lock().unwrap() = Some(it);
                false
            };
            let stopped = match kept {
                Kind::GoLive => offer.go_live().keep_attempt(keep).await,
                Kind::Publish => offer.publish().keep_attempt(keep).await,
            };
            assert!(stopped.unwrap_err().is_stopped());
            let other = submit(&offer, submitted, OnConflict::Fail).await.unwrap();
            controls.advance(Duration::from_secs(100 * 3600));
            let attempt = attempt.lock().unwrap().take().unwrap();
            let found = match kept {
                Kind::GoLive => offer.attempted_go_live(&attempt).await.unwrap(),
                Kind::Publish => offer.attempted_publish(&attempt).await.unwrap(),
            };
            // Nobody can tell one go-live from another.
            let id = other.token().operation_id().to_owned();
            let found = found.map(|it| it.token().operation_id().to_owned());
            let context = format!("{told:?}: {kept:?} was kept, {submitted:?} was submitted");
            assert_eq!(found, (kept == submitted).then_some(id), "{context}");
        }
    }
}
