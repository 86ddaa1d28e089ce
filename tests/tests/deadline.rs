//! A submission keeps to its deadline also where the service does not answer at all.

mod support;

use bytes::Bytes;
use golive::{Error, Offer, Portal};
use golive_client::endpoints::{GO_LIVE_OFFER, PUBLISH_OFFER};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use support::{ENDPOINT, portal};
use tokio::time::Instant;

/// A service that stops to answer: at once, or after it has lost a submission.
struct Silent {
    inner: Arc<dyn Transport>,
    silent: AtomicBool,
    /// Whether it loses a submission.
    lost: AtomicBool,
    submissions: AtomicUsize,
}

impl Transport for Silent {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let path = request.uri().path();
            let submits = [&GO_LIVE_OFFER, &PUBLISH_OFFER];
            if submits.iter().any(|it| it.matches(path).is_some()) {
                self.submissions.fetch_add(1, Ordering::SeqCst);
                if self.lost.load(Ordering::SeqCst) {
                    self.silent.store(true, Ordering::SeqCst);
                    return Err(TransportError::io("reset"));
                }
            }
            if self.silent.load(Ordering::SeqCst) {
                return std::future::pending().await;
            }
            self.inner.send(request, limit).await
        })
    }
}

fn start(silent: bool) -> (Arc<Silent>, Offer) {
    let (router, _controls) = Emulator::builder().router().unwrap();
    let service = Arc::new(Silent {
        inner: Arc::new(TowerTransport::new(router)),
        silent: AtomicBool::new(silent),
        lost: AtomicBool::new(true),
        submissions: AtomicUsize::new(0),
    });
    let offer = service.portal().offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    (service, offer)
}

impl Silent {
    fn portal(self: &Arc<Self>) -> Portal {
        portal(ENDPOINT, self.clone())
    }
}

/// What a go-live, and a publishing, end with, and when.
async fn both(silent: bool, deadline: Duration) -> [(Error, u64, usize); 2] {
    let mut ends = Vec::new();
    for publishes in [false, true] {
        let (service, offer) = start(silent);
        let began = Instant::now();
        let error = match publishes {
            true => offer.publish().deadline(deadline).await.unwrap_err(),
            false => offer.go_live().deadline(deadline).await.unwrap_err(),
        };
        let sent = service.submissions.load(Ordering::SeqCst);
        ends.push((error, began.elapsed().as_secs(), sent));
    }
    ends.try_into().unwrap()
}

#[tokio::test(start_paused = true)]
async fn it_ends_the_look_at_a_service_that_does_not_answer() {
    // A deadline of nothing leaves a moment for it.
    for (deadline, ends) in [(0, 5), (3, 5), (20, 20)] {
        for (error, took, sent) in both(true, Duration::from_secs(deadline)).await {
            assert!(error.is_timeout(), "{error}");
            assert!(error.resume_token().is_none(), "{error}");
            assert_eq!((took, sent), (ends, 0), "{deadline}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_became_of_a_lost_request_is_looked_for_a_little_longer() {
    for deadline in [0, 60] {
        for (error, took, sent) in both(false, Duration::from_secs(deadline)).await {
            assert!(error.is_submission_unknown(), "{error}");
            assert_eq!((took, sent), (deadline + 30, 1));
        }
    }
}

/// A release that finds out what became of its request, or looks at the preview.
#[tokio::test(start_paused = true)]
async fn a_release_that_is_gone_on_with_keeps_to_its_deadline_before_it_submits() {
    for approval in [false, true] {
        let (service, offer) = start(false);
        let release = offer.release().approve(async |_| false);
        if approval {
            // Up to there.
            service.lost.store(false, Ordering::SeqCst);
        }
        let error = release.await.unwrap_err();
        assert_eq!(error.is_not_approved(), approval, "{error}");
        assert_eq!(error.is_submission_unknown(), !approval, "{error}");
        let token = error.release_token().unwrap().clone();
        assert_eq!(token.is_submitting(), !approval);

        service.silent.store(true, Ordering::SeqCst);
        for deadline in [0, 20] {
            let began = Instant::now();
            let release = service.portal().resume_release(token.clone()).unwrap();
            let release = release.approve(async |_| true);
            let error = release.deadline(Duration::from_secs(deadline)).await;
            let error = error.unwrap_err();
            assert!(error.is_timeout(), "{error}");
            // A deadline of nothing leaves a moment.
            assert_eq!(began.elapsed().as_secs(), deadline.max(5));
            assert_eq!(error.release_token(), Some(&token));
            assert_eq!(service.submissions.load(Ordering::SeqCst), 1);
        }
    }
}
