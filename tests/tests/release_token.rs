//! What a release's token is good for: which portal it is of, what it keeps, when it is
//! kept, and that nothing is submitted where it is not.

mod support;

use bytes::Bytes;
use golive::{OnConflict, Portal, ReleasePhase, ReleaseToken, ReleaseUpdate};
use golive_client::endpoints::{GET_OPERATION, LIST_OPERATIONS, PUBLISH_OFFER};
use golive_emulator::{Controls, Emulator};
use lro::{BoxFuture, TowerTransport, Transport, TransportError};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{document, portal};

/// An emulator in this process with a draft, and a portal that talks to it.
async fn start(
    endpoint: &str,
    wrap: impl FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport>,
) -> (Portal, Controls) {
    let (router, controls) = Emulator::builder().router().unwrap();
    let portal = portal(endpoint, wrap(Arc::new(TowerTransport::new(router))));
    let offer = portal.offer("contoso", "appliance").unwrap();
    offer.put(&document("appliance", "1.0.1")).await.unwrap();
    (portal, controls)
}

fn posts(controls: &Controls) -> usize {
    let requests = controls.requests();
    requests.iter().filter(|it| it.method == "POST").count()
}

/// The token of a release that asks for an approval, and gets none.
async fn unapproved(portal: &Portal) -> ReleaseToken {
    let offer = portal.offer("contoso", "appliance").unwrap();
    let error = offer.release().approve(async |_| false).await.unwrap_err();
    assert!(error.is_not_approved(), "{error}");
    error.release_token().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn a_token_of_one_portal_submits_nothing_at_another() {
    let (rehearsal, _) = start("http://localhost:7101", |it| it).await;
    let token = unapproved(&rehearsal).await;
    assert_eq!(token.endpoint(), "http://localhost:7101");
    assert_eq!(token.phase(), ReleasePhase::Approval);
    for endpoint in [
        "http://localhost:7102",
        "http://localhost:7101/base",
        "http://127.0.0.1:7101",
        "https://localhost:7101",
        "https://cloudpartner.azure.com",
    ] {
        let sent = Arc::new(AtomicBool::new(false));
        let seen = sent.clone();
        let transport = lro::transport_fn(move |_: http::Request<Bytes>| {
            seen.store(true, Ordering::SeqCst);
            std::future::ready(Err(TransportError::io("nothing is to be sent")))
        });
        let other = portal(endpoint, transport);
        let error = other.resume_release(token.clone()).unwrap_err();
        assert!(error.is_foreign_origin() && !error.may_have_been_sent());
        let text = error.to_string();
        assert!(text.contains("http://localhost:7101, and"), "{text}");
        assert!(text.contains(endpoint), "{text}");
        assert!(error.advice().is_some());
        assert!(!sent.load(Ordering::SeqCst));
    }
    let here = rehearsal.resume_release(token).unwrap();
    here.approve(async |_| true).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn any_damage_to_a_token_is_noticed() {
    let (portal, _) = start("http://localhost", |it| it).await;
    let token = unapproved(&portal).await;
    let line = token.to_string();
    assert_eq!(format!(" {line}\n").parse::<ReleaseToken>().unwrap(), token);
    for end in 0..line.len() {
        line[..end].parse::<ReleaseToken>().unwrap_err();
    }
    for at in 0..line.len() {
        let mut altered = line.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        let error = altered.parse::<ReleaseToken>().unwrap_err();
        assert!(error.is_invalid_input(), "{at}");
    }
    for (text, problem) in [
        (line.replacen("release1", "release2", 1), "update golive"),
        ("golive-release7.anything".to_owned(), "of version 7"),
        ("golive-release1.e30".to_owned(), "truncated or altered"),
        ("golive-releasex.e30".to_owned(), "no release token"),
        ("lro1.e30".to_owned(), "no release token"),
        ("A".repeat(300 * 1024), "too long"),
    ] {
        let error = text.parse::<ReleaseToken>().unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
}

/// As another version of this crate wrote it, with more in it.
#[test]
fn a_token_with_more_in_it_is_read() {
    let token: ReleaseToken = LATER.parse().unwrap();
    assert_eq!((token.publisher(), token.offer()), ("contoso", "appliance"));
    assert_eq!(token.phase(), ReleasePhase::GoLive);
    assert!(token.needs_approval() && token.is_submitting());
}

const LATER: &str = "golive-release1.qPzR2Wkpo_57ImxhdGVyIjogeyJ4IjogMX0sICJlbmRwb2ludCI6ICJodHRwOi8vbG9jYWxob3N0IiwgInB1Ymxpc2hlciI6ICJjb250b3NvIiwgIm9mZmVyIjogImFwcGxpYW5jZSIsICJhcHByb3ZhbCI6IHRydWUsICJwcmV2aWV3ZWQiOiB0cnVlLCAiYXBwcm92ZWQiOiB0cnVlLCAic3VibWl0dGluZyI6IHsia25vd24iOiB7Im5ld2VzdCI6ICIiLCAibGF0ZXIiOiAxfSwgImxhdGVyIjogW119fQ";

#[tokio::test(start_paused = true)]
async fn what_to_do_about_a_conflict_is_in_the_token() {
    let (portal, controls) = start("http://localhost", |it| it).await;
    let offer = portal.offer("contoso", "appliance").unwrap();
    let running = offer.publish().await.unwrap();
    let release = offer.release().on_conflict(OnConflict::Wait);
    let error = release.deadline(Duration::from_secs(6)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(posts(&controls), 1);
    let token = error.release_token().unwrap().to_string();
    let release = portal.resume_release(token.parse().unwrap()).unwrap();
    release.await.unwrap();
    assert!(running.await.is_ok());
    assert_eq!(posts(&controls), 3);
    // Unless another is asked for.
    let again = offer.publish().await.unwrap();
    let release = portal.resume_release(token.parse().unwrap()).unwrap();
    let error = release.on_conflict(OnConflict::Fail).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    drop(again);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_submitted_where_the_token_is_not_kept() {
    // Before the publishing, and before the go-live.
    for may_be_kept in [0, 1] {
        let (portal, controls) = start("http://localhost", |it| it).await;
        let offer = portal.offer("contoso", "appliance").unwrap();
        let submissions = Arc::new(AtomicUsize::new(0));
        let told = Arc::new(AtomicUsize::new(0));
        let (kept, seen) = (submissions.clone(), told.clone());
        let release = offer
            .release()
            .keep_token(move |token| {
                !token.is_submitting() || kept.fetch_add(1, Ordering::SeqCst) < may_be_kept
            })
            .observe(move |update| {
                if let ReleaseUpdate::Phase { token, .. } = update {
                    seen.fetch_add(usize::from(token.is_submitting()), Ordering::SeqCst);
                }
            });
        let error = release.await.unwrap_err();
        assert!(error.is_stopped() && !error.may_have_been_sent());
        let text = "what is needed to go on could not be kept, so that nothing was submitted";
        assert!(error.to_string().ends_with(text), "{error}");
        assert_eq!(posts(&controls), may_be_kept);
        assert_eq!(told.load(Ordering::SeqCst), may_be_kept);
        assert_eq!(submissions.load(Ordering::SeqCst), may_be_kept + 1);
        // Nothing is to be looked for: it was not sent.
        let token = error.release_token().unwrap().clone();
        assert!(!token.is_submitting());
        portal.resume_release(token).unwrap().await.unwrap();
        assert_eq!(posts(&controls), 2);
    }
}

/// A token that is not kept while nothing is submitted is no reason to end.
#[tokio::test(start_paused = true)]
async fn a_release_goes_on_while_the_token_that_is_kept_resumes() {
    let (portal, _) = start("http://localhost", |it| it).await;
    let offer = portal.offer("contoso", "appliance").unwrap();
    let release = offer.release();
    let release = release.keep_token(ReleaseToken::is_submitting);
    release.await.unwrap();
}

/// Moves the polling URL, once, and counts the polls.
struct Moving {
    inner: Arc<dyn Transport>,
    polls: AtomicUsize,
}

impl Transport for Moving {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            // The emulator knows nothing of it.
            let uri = request.uri().to_string().replace("&moved=1", "");
            *request.uri_mut() = uri.parse().unwrap();
            let mut response = self.inner.send(request, limit).await?;
            if GET_OPERATION.matches(&path).is_some() {
                let polls = self.polls.fetch_add(1, Ordering::SeqCst);
                if polls == 3 {
                    let moved = format!("{path}?api-version=2017-10-31&moved=1");
                    let headers = response.headers_mut();
                    headers.insert("location", moved.parse().unwrap());
                    headers.insert("operation-location", moved.parse().unwrap());
                }
            }
            Ok(response)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn the_token_is_kept_current_while_an_operation_runs() {
    let moving = Arc::new(Mutex::new(None));
    let made = moving.clone();
    let (portal, _) = start("http://localhost", |inner| {
        let moving = Arc::new(Moving {
            inner,
            polls: AtomicUsize::new(0),
        });
        *made.lock().unwrap() = Some(moving.clone());
        moving
    })
    .await;
    let moving = moving.lock().unwrap().take().unwrap();
    let offer = portal.offer("contoso", "appliance").unwrap();
    let kept: Arc<Mutex<Vec<ReleaseToken>>> = Arc::default();
    let keep = kept.clone();
    let release = offer.release().keep_token(move |token| {
        keep.lock().unwrap().push(token.clone());
        true
    });
    let deadline = Duration::from_secs(40 * 3600);
    let error = release.deadline(deadline).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let polls = moving.polls.load(Ordering::SeqCst);
    let kept = kept.lock().unwrap().clone();
    let last = kept.last().unwrap();
    assert_eq!(last.phase(), ReleasePhase::Preview);
    let operation = |token: &ReleaseToken| serde_json::to_value(token.operation()).unwrap();
    assert!(last.operation().unwrap().url().contains("moved"));
    let step = operation(last)["step"][0].clone();
    assert!(step.is_string(), "{}", operation(last));
    assert!(operation(last)["statuses"].as_u64() > Some(10));
    // Not with every poll.
    assert!(polls > 30, "{polls}");
    assert!(kept.len() < polls / 3, "{} of {polls}", kept.len());
    // The error has what the very last poll has changed.
    let ended = operation(error.release_token().unwrap());
    assert!(ended["statuses"].as_u64() >= Some(u64::try_from(polls).unwrap() - 1));
    assert_eq!(ended["step"][0], step);
}

/// Has a list of very many operations in place of the real one, and loses the first
/// submission.
struct Many {
    inner: Arc<dyn Transport>,
    count: usize,
    lost: AtomicBool,
}

impl Transport for Many {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            if LIST_OPERATIONS.matches(request.uri().path()).is_some() {
                let real = self.inner.send(request, limit).await?;
                let mut list: Vec<serde_json::Value> = serde_json::from_slice(real.body()).unwrap();
                // The list has no order.
                let old = (0..self.count).map(|nr| {
                    let id = format!("{:032x}", nr * 7919);
                    serde_json::json!({"id": id, "submissionState": "completed"})
                });
                list.extend(old);
                let body = serde_json::to_vec(&list).unwrap();
                return Ok(http::Response::new(body.into()));
            }
            if request.method() == "POST" && !self.lost.swap(true, Ordering::SeqCst) {
                self.inner.send(request, limit).await?;
                // The process ends here.
                return std::future::pending().await;
            }
            self.inner.send(request, limit).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_short_however_many_operations_an_offer_has_had() {
    for count in [0, 6_000, 50_000] {
        let (portal, controls) = start("http://localhost", |inner| {
            Arc::new(Many {
                inner,
                count,
                lost: AtomicBool::new(false),
            })
        })
        .await;
        let offer = portal.offer("contoso", "appliance").unwrap();
        let kept: Arc<Mutex<String>> = Arc::default();
        let keep = kept.clone();
        let mut release = offer.release().keep_token(move |token| {
            *keep.lock().unwrap() = token.to_string();
            true
        });
        release = release.expect_image("standard", "1.0.1");
        let killed = tokio::time::timeout(Duration::from_secs(60), release.into_future());
        assert!(killed.await.is_err());
        let line = kept.lock().unwrap().clone();
        assert!(line.len() < 20 * 1024, "{count}: {} bytes", line.len());
        let token: ReleaseToken = line.parse().unwrap();
        assert!(token.is_submitting());
        portal.resume_release(token).unwrap().await.unwrap();
        assert_eq!(posts(&controls), 2, "{count}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_would_be_too_long_is_refused_before_anything_is_sent() {
    let (portal, controls) = start("http://localhost", |it| it).await;
    let offer = portal.offer("contoso", "appliance").unwrap();
    let before = controls.requests().len();
    let release = offer
        .release()
        .expect_value("/definition", "x".repeat(100_000));
    let error = release.await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    assert!(error.to_string().contains("130 KiB long"), "{error}");
    assert_eq!(controls.requests().len(), before);
}

/// Answers a publishing with its end, and with no URL.
struct AtOnce(Arc<dyn Transport>);

impl Transport for AtOnce {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let ends = PUBLISH_OFFER.matches(request.uri().path()).is_some();
            let mut response = self.0.send(request, limit).await?;
            if ends {
                *response.status_mut() = http::StatusCode::OK;
                response.headers_mut().clear();
                *response.body_mut() = Bytes::from_static(br#"{"status":"succeeded"}"#);
            }
            Ok(response)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_publishing_that_ended_when_it_was_accepted_is_no_reason_not_to_go_on() {
    let endpoint = "http://localhost";
    let (portal, _controls) = start(endpoint, |it| Arc::new(AtOnce(it))).await;
    let token = unapproved(&portal).await;
    assert_eq!(token.phase(), ReleasePhase::Approval);
    let error = portal.resume_release(token).unwrap();
    let error = error.approve(async |_| false).await.unwrap_err();
    assert!(error.is_not_approved(), "{error}");
}
