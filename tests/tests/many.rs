//! Many offers in one task: a set of operations, against the emulator, on a paused
//! clock.

mod support;

use bytes::Bytes;
use futures_util::StreamExt;
use golive::{OperationSet, Portal, Status, Update};
use golive_emulator::{Controls, Emulator};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{ENDPOINT, document, portal};
use tokio::time::Instant;

/// Counts the requests under way, notes when polls begin, and refuses the polls of
/// one moment.
struct Observed {
    inner: Arc<dyn Transport>,
    now: AtomicUsize,
    most: AtomicUsize,
    began: Instant,
    polls: Mutex<Vec<Duration>>,
    /// How many polls are still let through before one is told to slow down.
    until_throttled: AtomicUsize,
}

impl Transport for Observed {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            // Long enough for requests to overlap if they may.
            tokio::time::sleep(Duration::from_millis(50)).await;
            let is_poll = request.uri().path().contains("/operations/");
            let answer = if is_poll && self.throttles() {
                Ok(http::Response::builder()
                    .status(429)
                    .header("retry-after", "1800")
                    .body(Bytes::new())
                    .unwrap())
            } else {
                self.inner.send(request, limit).await
            };
            self.now.fetch_sub(1, Ordering::SeqCst);
            answer
        })
    }
}

impl Observed {
    fn throttles(&self) -> bool {
        self.polls.lock().unwrap().push(self.began.elapsed());
        let left = self.until_throttled.load(Ordering::SeqCst);
        self.until_throttled
            .store(left.wrapping_sub(1), Ordering::SeqCst);
        left == 0
    }
}

fn start() -> (Portal, Controls, Arc<Observed>) {
    let (router, controls) = Emulator::builder().router().unwrap();
    let observed = Arc::new(Observed {
        inner: Arc::new(TowerTransport::new(router)),
        now: AtomicUsize::new(0),
        most: AtomicUsize::new(0),
        began: Instant::now(),
        polls: Mutex::default(),
        until_throttled: AtomicUsize::new(usize::MAX),
    });
    let portal = portal(ENDPOINT, observed.clone());
    (portal, controls, observed)
}

async fn publish(portal: &Portal, id: &str) -> golive::Operation {
    let offer = portal.offer("contoso", id).unwrap();
    offer.put(&document(id, "1.0.1")).await.unwrap();
    offer.publish().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_whole_catalog_goes_live_in_one_task() {
    let (portal, controls, _) = start();
    let ids: Vec<String> = (0..40).map(|n| format!("appliance-{n}")).collect();
    let mut set = OperationSet::new(&portal).concurrency(4);
    for id in &ids {
        let operation = publish(&portal, id).await;
        assert!(set.insert((id.clone(), "preview"), operation).is_none());
    }
    let mut ended = BTreeMap::new();
    while let Some(((id, phase), update)) = set.next().await {
        let Update::Done(outcome) = update else {
            continue;
        };
        if phase == "live" {
            ended.insert(id, outcome);
            continue;
        }
        assert_eq!(outcome.unwrap().status, Status::Succeeded, "{id}");
        let offer = portal.offer("contoso", &id).unwrap();
        // While the set waits for the others.
        let operation = offer.go_live().expect_image("standard", "1.0.1").await;
        if id == "appliance-7" {
            controls
                .fail_step("contoso", &id, "live", "The image is <b>gone</b>.")
                .unwrap();
        }
        set.insert((id, "live"), operation.unwrap());
    }
    assert!(set.is_empty());
    assert_eq!(ended.len(), ids.len());
    for (id, outcome) in ended {
        match outcome {
            Ok(status) => assert_eq!(status.status, Status::Succeeded, "{id}"),
            Err(error) => {
                assert_eq!(id, "appliance-7");
                assert_eq!(error.failing_step().unwrap().id, "live");
                assert_eq!(error.reasons(), ["The image is gone."]);
                assert_eq!(error.resume_token().unwrap().offer(), id);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_more_requests_run_at_once_than_is_allowed() {
    for concurrency in [1, 4] {
        let (portal, _, observed) = start();
        let mut tokens = Vec::new();
        for n in 0..20 {
            tokens.push(publish(&portal, &format!("appliance-{n}")).await.token());
        }
        let mut set = OperationSet::new(&portal).concurrency(concurrency);
        for (n, token) in tokens.into_iter().enumerate() {
            // Resumed, so that all of them are due now.
            set.insert(n, portal.resume(token).unwrap());
        }
        observed.most.store(0, Ordering::SeqCst);
        for _ in 0..20 {
            set.next().await.unwrap();
        }
        assert_eq!(observed.most.load(Ordering::SeqCst), concurrency);
    }
}

#[tokio::test(start_paused = true)]
async fn one_who_is_told_to_slow_down_speaks_for_all() {
    let (portal, _, observed) = start();
    let mut set = OperationSet::new(&portal);
    for n in 0..20 {
        let operation = publish(&portal, &format!("appliance-{n}")).await;
        set.insert(n, operation);
    }
    // Statuses first, so that their polls have drifted apart.
    for _ in 0..60 {
        set.next().await.unwrap();
    }
    observed.until_throttled.store(0, Ordering::SeqCst);
    let mut told = 0;
    let error = loop {
        let (_, update) = set.next().await.unwrap();
        if let Update::Retrying { error, .. } = update {
            break error;
        }
        told += 1;
    };
    assert_eq!(error.status(), Some(429));
    let throttled = observed.began.elapsed();
    let before = observed.polls.lock().unwrap().len();
    for _ in 0..40 {
        set.next().await.unwrap();
    }
    let polls = observed.polls.lock().unwrap();
    // What had been sent by then is answered; nothing is sent for half an hour.
    let quiet = polls[before..].iter().filter(|at| **at > throttled);
    let first = quiet.min().unwrap();
    let pause = first.saturating_sub(throttled);
    assert!(pause >= Duration::from_secs(1799), "{pause:?}, {told}");
}

#[tokio::test(start_paused = true)]
async fn operations_come_and_go_while_the_set_waits() {
    let (portal, _, _) = start();
    let mut set = OperationSet::new(&portal).spacing(Duration::from_secs(1));
    assert!(set.next().await.is_none(), "nothing to wait for");
    set.insert("a", publish(&portal, "appliance-a").await);
    let (key, update) = set.next().await.unwrap();
    assert!(key == "a" && matches!(update, Update::Status { .. }));
    assert_eq!(set.last_status(&"a").unwrap().status, Status::Running);

    // The same key: the one that was there comes out.
    let other = publish(&portal, "appliance-b").await;
    let out = set.insert("a", other).unwrap();
    assert_eq!(out.token().offer(), "appliance-a");
    let tokens: Vec<_> = set.tokens().collect();
    assert_eq!(tokens.len(), 1);
    assert_eq!(tokens[0].1.offer(), "appliance-b");

    // Out of the set and resumed elsewhere, it is the same operation.
    assert!(set.remove(&"c").is_none());
    let out = set.remove(&"a").unwrap();
    assert!(set.is_empty() && set.next().await.is_none());
    assert!(out.await.is_ok());

    // A deadline goes along.
    let late = publish(&portal, "appliance-c").await;
    set.insert("c", late.deadline(Duration::from_secs(60)));
    let error = loop {
        if let Some((_, Update::Done(outcome))) = set.next().await {
            break outcome.unwrap_err();
        }
    };
    assert!(error.is_timeout());
    let resumed = portal
        .resume(error.resume_token().unwrap().clone())
        .unwrap();
    set.insert("c", resumed);
    while let Some((_, update)) = set.next().await {
        if let Update::Done(outcome) = update {
            assert!(outcome.is_ok());
        }
    }
}
