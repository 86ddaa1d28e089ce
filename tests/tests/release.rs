//! The SDK and the emulator in one process, without a socket, on a paused clock:
//! releases of days take milliseconds.

mod support;

use bytes::Bytes;
use golive::{OnConflict, Portal, ReleasePhase, ReleaseToken, ReleaseUpdate, Slot, Status, Update};
use golive_client::endpoints::{GET_OFFER_SLOT, GET_OFFER_STATUS, LIST_OPERATIONS};
use golive_emulator::{Controls, Emulator, SEED_OFFER, SEED_PUBLISHER};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{ENDPOINT, document, portal};
use tokio::sync::Notify;

/// An emulator in this process, and a portal that talks to it over `transport`.
fn start(wrap: impl FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport>) -> (Portal, Controls) {
    let (router, controls) = Emulator::builder().router().unwrap();
    let portal = portal(ENDPOINT, wrap(Arc::new(TowerTransport::new(router))));
    (portal, controls)
}

fn submissions(controls: &Controls, what: &str) -> usize {
    let requests = controls.requests();
    let accepted = |status: u16| status == 202;
    requests
        .iter()
        .filter(|it| it.path.ends_with(what) && accepted(it.status))
        .count()
}

#[tokio::test(start_paused = true)]
async fn a_release_goes_from_the_draft_to_live() {
    let (portal, controls) = start(|it| it);
    let offer = portal.offer("contoso", "appliance").unwrap();
    offer.put(&document("appliance", "1.0.1")).await.unwrap();
    let phases = Arc::new(Mutex::new(Vec::new()));
    let seen = phases.clone();
    let status = offer
        .release()
        .notify("release@contoso.com")
        .expect_image("standard", "1.0.1")
        .expect_value("/definition/displayText", "Appliance")
        .observe(move |update| {
            if let ReleaseUpdate::Phase { phase, .. } = update {
                seen.lock().unwrap().push(phase);
            }
        })
        .approve(async |preview: golive::OperationStatus| !preview.preview_links.is_empty())
        .await
        .unwrap();
    assert_eq!(status.status, Status::Succeeded);
    let mut phases = phases.lock().unwrap().clone();
    // A phase is told once more right before it submits.
    phases.dedup();
    assert_eq!(
        phases,
        [
            ReleasePhase::Publish,
            ReleasePhase::Preview,
            ReleasePhase::Approval,
            ReleasePhase::GoLive,
            ReleasePhase::Live
        ]
    );
    let live = offer.get_slot(Slot::Production).await.unwrap();
    assert!(live.plans()[0].images.contains_key("1.0.1"));
    assert_eq!(
        offer.live().unwrap().await.unwrap().status,
        Status::Succeeded
    );
    assert_eq!(
        (
            submissions(&controls, "/publish"),
            submissions(&controls, "/golive")
        ),
        (1, 1)
    );
}

/// A request that never arrived, and no list of operations: nothing tells it from one
/// whose operation failed without a trace, until a person has looked.
#[tokio::test(start_paused = true)]
async fn a_person_says_what_became_of_a_request_where_nothing_tells() {
    for (lost, what) in [(1, "/publish"), (2, "/golive")] {
        for arrived in [false, true] {
            let (portal, controls) = start(|inner| Arc::new(Lost::new(inner, lost, arrived)));
            let offer = portal.offer("contoso", "appliance").unwrap();
            offer.put(&document("appliance", "1.0.1")).await.unwrap();
            let error = offer.release().await.unwrap_err();
            let context = format!("{what} {arrived}: {error}");
            assert!(error.is_submission_unknown(), "{context}");
            let token = error.release_token().unwrap().clone();
            assert!(token.is_submitting(), "{context}");
            // A second run does not know either, however late it comes.
            tokio::time::sleep(Duration::from_secs(30 * 24 * 3600)).await;
            let error = portal.resume_release(token).unwrap().await.unwrap_err();
            assert!(error.is_submission_unknown(), "{context}");
            assert!(format!("{error:#}").contains("Preview"), "{error:#}");
            let token = error.release_token().unwrap().clone();
            let release = portal.resume_release(token).unwrap();
            let live = release.assume_submitted(arrived).await.unwrap();
            assert_eq!(live.status, Status::Succeeded, "{context}");
            assert_eq!(
                (
                    submissions(&controls, "/publish"),
                    submissions(&controls, "/golive")
                ),
                (1, 1),
                "{context}"
            );
        }
    }
}

/// Has no list of operations and no slots, and loses one submission: the request, or,
/// if it arrives, its answer and all that the status of the offer says for an hour.
struct Lost {
    inner: Arc<dyn Transport>,
    left: AtomicUsize,
    arrives: bool,
    silent_until: Mutex<Option<tokio::time::Instant>>,
}

impl Lost {
    fn new(inner: Arc<dyn Transport>, which: usize, arrives: bool) -> Self {
        Self {
            inner,
            left: AtomicUsize::new(which),
            arrives,
            silent_until: Mutex::default(),
        }
    }
}

impl Transport for Lost {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let gone = [&LIST_OPERATIONS, &GET_OFFER_SLOT];
            let silent = *self.silent_until.lock().unwrap();
            let silent = silent.is_some_and(|until| tokio::time::Instant::now() < until);
            let silent = silent && GET_OFFER_STATUS.matches(&path).is_some();
            if silent || gone.iter().any(|it| it.matches(&path).is_some()) {
                let response = http::Response::builder().status(405);
                return Ok(response.body(Bytes::new()).unwrap());
            }
            let submits = path.ends_with("/publish") || path.ends_with("/golive");
            if submits && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
                if self.arrives {
                    self.inner.send(request, limit).await?;
                    let until = tokio::time::Instant::now() + Duration::from_secs(3600);
                    *self.silent_until.lock().unwrap() = Some(until);
                }
                return Err(TransportError::io("reset"));
            }
            self.inner.send(request, limit).await
        })
    }
}

/// Lets a number of requests through, and kills at the next: it is processed,
/// and its answer never comes.
struct Killed {
    inner: Arc<dyn Transport>,
    left: AtomicUsize,
    killed: Notify,
    /// Whether the service still has the list of operations.
    lists: bool,
}

impl Transport for Killed {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let gone = !self.lists && LIST_OPERATIONS.matches(request.uri().path()).is_some();
            let response = match gone {
                true => Ok(http::Response::builder()
                    .status(404)
                    .body(Bytes::new())
                    .unwrap()),
                false => self.inner.send(request, limit).await,
            };
            let left = self.left.load(Ordering::SeqCst);
            if left == 0 {
                self.killed.notify_one();
                std::future::pending::<()>().await;
            }
            self.left.store(left - 1, Ordering::SeqCst);
            response
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_release_that_is_killed_after_any_request_goes_on_and_submits_nothing_twice() {
    kill_after_every_request(Duration::ZERO, true).await;
}

#[tokio::test(start_paused = true)]
async fn a_release_that_is_gone_on_with_a_month_later_submits_nothing_twice() {
    kill_after_every_request(Duration::from_secs(30 * 24 * 3600), true).await;
}

#[tokio::test(start_paused = true)]
async fn a_release_that_is_killed_goes_on_where_operations_cannot_be_listed() {
    kill_after_every_request(Duration::ZERO, false).await;
}

/// The status of the offer and what is in its slots show what was done since.
#[tokio::test(start_paused = true)]
async fn a_release_is_gone_on_with_a_month_later_where_operations_cannot_be_listed() {
    kill_after_every_request(Duration::from_secs(30 * 24 * 3600), false).await;
}

/// Goes on with the release `later`.
async fn kill_after_every_request(later: Duration, lists: bool) {
    let mut killed_at_all = 0;
    for requests in 0.. {
        let switch = Arc::new(Mutex::new(None));
        let kept = switch.clone();
        let (portal, controls) = start(|inner| {
            let killed = Arc::new(Killed {
                inner,
                left: AtomicUsize::new(usize::MAX),
                killed: Notify::new(),
                lists,
            });
            *kept.lock().unwrap() = Some(killed.clone());
            killed
        });
        let switch = switch.lock().unwrap().take().unwrap();
        let offer = portal.offer("contoso", "appliance").unwrap();
        offer.put(&document("appliance", "1.0.1")).await.unwrap();

        let token: Arc<Mutex<Option<ReleaseToken>>> = Arc::default();
        let kept = token.clone();
        let release = offer
            .release()
            .expect_image("standard", "1.0.1")
            .observe(move |update| {
                if let ReleaseUpdate::Phase { token, .. } = update {
                    *kept.lock().unwrap() = Some(token);
                }
            });
        switch.left.store(requests, Ordering::SeqCst);
        let ended = tokio::select! {
            ended = release.into_future() => Some(ended),
            // What the process was doing is dropped.
            () = switch.killed.notified() => None,
        };
        switch.left.store(usize::MAX, Ordering::SeqCst);
        let lost = ended.is_none();
        assert!(lost || matches!(ended, Some(Ok(_))));

        if lost {
            killed_at_all += 1;
            tokio::time::sleep(later).await;
            let token = token.lock().unwrap().take().unwrap();
            // As another process reads it.
            let token: ReleaseToken = token.to_string().parse().unwrap();
            let status = portal.resume_release(token).unwrap().await;
            let status = status.unwrap_or_else(|error| panic!("after {requests}: {error}"));
            assert_eq!(status.status, Status::Succeeded, "after {requests}");
        }
        let counts = (
            submissions(&controls, "/publish"),
            submissions(&controls, "/golive"),
        );
        assert_eq!(counts, (1, 1), "after {requests} requests");
        if !lost {
            break;
        }
    }
    assert!(killed_at_all > 10, "only {killed_at_all} kills");
}

#[tokio::test(start_paused = true)]
async fn a_preview_that_is_not_approved_does_not_go_live_and_can_be_approved_later() {
    let (portal, controls) = start(|it| it);
    let offer = portal.offer("contoso", "appliance").unwrap();
    offer.put(&document("appliance", "1.0.1")).await.unwrap();
    let error = offer.release().approve(async |_| false).await.unwrap_err();
    assert!(error.is_not_approved());
    assert_eq!(submissions(&controls, "/golive"), 0);
    let token = error.release_token().unwrap().clone();
    assert_eq!(token.phase(), ReleasePhase::Approval);
    portal
        .resume_release(token)
        .unwrap()
        .approve(async |_| true)
        .await
        .unwrap();
    assert_eq!(
        (
            submissions(&controls, "/publish"),
            submissions(&controls, "/golive")
        ),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn an_unexpected_preview_does_not_go_live() {
    let (portal, controls) = start(|it| it);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let error = offer
        .go_live()
        .expect_image("standard", "9.9.9")
        .await
        .unwrap_err();
    assert!(error.is_unexpected_preview() && !error.may_have_been_sent());
    assert!(error.to_string().contains("9.9.9"), "{error}");
    let error = offer
        .go_live()
        .expect_value("/definition/nothing", 1)
        .await
        .unwrap_err();
    assert!(error.is_unexpected_preview(), "{error}");
    assert_eq!(submissions(&controls, "/golive"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_release_has_a_deadline_and_goes_on_after_it() {
    let (portal, controls) = start(|it| it);
    let offer = portal.offer("contoso", "appliance").unwrap();
    offer.put(&document("appliance", "1.0.1")).await.unwrap();
    let mut error = offer
        .release()
        .deadline(Duration::from_secs(5 * 3600))
        .await
        .unwrap_err();
    let mut jobs = 1;
    while error.is_timeout() {
        let token = error.release_token().unwrap().clone();
        assert!(error.resume_token().is_some());
        let release = portal.resume_release(token).unwrap();
        jobs += 1;
        match release.deadline(Duration::from_secs(5 * 3600)).await {
            Ok(_) => break,
            Err(next) => error = next,
        }
    }
    // 121 hours in jobs of five.
    assert_eq!(jobs, 25);
    assert_eq!(
        (
            submissions(&controls, "/publish"),
            submissions(&controls, "/golive")
        ),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_running_operation_is_a_conflict_to_fail_to_attach_to_or_to_wait_for() {
    let (portal, controls) = start(|it| it);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let running = offer.go_live().await.unwrap();
    let id = running.token().operation_id().to_owned();

    let error = offer.go_live().await.unwrap_err();
    assert!(error.is_conflict());
    assert_eq!(error.running_operation().unwrap().operation_id(), id);
    assert!(error.resume_token().is_none());
    assert!(error.to_string().contains(&id), "{error}");

    let attached = offer
        .go_live()
        .on_conflict(OnConflict::Attach)
        .await
        .unwrap();
    assert_eq!(attached.token().operation_id(), id);
    assert_eq!(submissions(&controls, "/golive"), 1);

    // The publishing waits until the offer is live.
    let publishing = offer.publish().on_conflict(OnConflict::Wait).await.unwrap();
    assert_ne!(publishing.token().operation_id(), id);
    assert_eq!(running.await.unwrap().status, Status::Succeeded);
    assert!(publishing.await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn single_steps_are_enough_for_callers_who_keep_time_themselves() {
    let (portal, _) = start(|it| it);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let mut token = offer.go_live().await.unwrap().token();
    let mut steps = 0;
    let status = loop {
        steps += 1;
        let polled = portal.poll_once(&token).await.unwrap();
        match polled.update {
            Update::Done(outcome) => break outcome.unwrap(),
            _ => tokio::time::sleep(polled.next_poll).await,
        }
        // As it comes back out of a queue.
        token = polled.token.to_string().parse().unwrap();
    };
    assert_eq!(status.status, Status::Succeeded);
    assert!((10..200).contains(&steps), "{steps}");
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_takes_minutes_and_the_preview_is_still_there() {
    let (portal, _) = start(|it| it);
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let running = offer.go_live().await.unwrap();
    let cancellation = offer.cancel(&[]).await.unwrap();
    assert!(cancellation.operation().is_some());
    assert_eq!(cancellation.wait().await.unwrap(), None);
    assert!(running.await.unwrap_err().is_canceled());
    assert!(
        offer
            .preview_ready()
            .unwrap()
            .await
            .unwrap()
            .is_preview_ready()
    );
    offer.go_live().await.unwrap().await.unwrap();
}
