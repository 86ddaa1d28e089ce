//! From a draft to a live offer.

use super::client::{Answer, ask, poll};
use golive_client::endpoints::*;
use golive_client::types::{self, Operation, OperationDocument};
use golive_client::{
    OfferStateKind, OperationStateKind, SlotKind, StepStateKind, SubmissionStateKind,
    SubmissionTypeKind,
};
use golive_emulator::{Dialect, Emulator, SEED_OFFER, SEED_PUBLISHER};
use serde_json::json;
use std::time::Duration;

pub const HOUR: Duration = Duration::from_secs(60 * 60);
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);
pub const SEED: [&str; 2] = [SEED_PUBLISHER, SEED_OFFER];

pub fn operation(answer: &Answer) -> Operation {
    match answer.json() {
        OperationDocument::Operation(operation) => operation,
        OperationDocument::WrappedOperation(_) => panic!("an array"),
    }
}

pub fn state(operation: &Operation) -> OperationStateKind {
    operation.status.as_ref().unwrap().kind()
}

pub async fn offer_state(emulator: &Emulator, path: &[&str]) -> OfferStateKind {
    let answer = ask(emulator, &GET_OFFER_STATUS, path).send().await;
    let status: types::OfferStatus = answer.json();
    status.status.unwrap().kind()
}

pub async fn location(emulator: &Emulator, endpoint: &'static golive_client::Endpoint) -> String {
    let answer = ask(emulator, endpoint, &SEED).send().await;
    assert_eq!(answer.status, 202);
    answer.header("location").unwrap().to_owned()
}

#[tokio::test]
async fn the_seeded_offer_goes_live() {
    let emulator = Emulator::builder().start().await.unwrap();
    let waiting = OfferStateKind::WaitingForPublisherReview;
    assert_eq!(offer_state(&emulator, &SEED).await, waiting);

    let accepted = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    assert_eq!(accepted.status, 202);
    assert_eq!(accepted.header("retry-after"), Some("3600"));
    assert_eq!(accepted.header("operation-location"), None);
    let url = accepted.header("location").unwrap();
    let (path, query) = url.split_once('?').unwrap();
    assert_eq!(query, format!("api-version={API_VERSION}"));
    let values = GET_OPERATION.matches(path).unwrap();
    assert_eq!(values[..2], SEED);

    let running = operation(&poll(&emulator, &GET_OPERATION, url).await);
    assert_eq!(state(&running), OperationStateKind::Running);
    assert_eq!(running.publishing_version, Some(2));
    assert_eq!(running.offer_version, Some(1));
    assert!(running.cancellation_request_state.is_some());
    assert_eq!(running.notification_emails, None);
    let steps = running.steps.unwrap();
    let ids: Vec<_> = steps.iter().map(|it| it.id.clone().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "displaydummycertify",
            "displaycertify",
            "displayprovision",
            "displaypackage",
            "publisher-signoff",
            "live"
        ]
    );
    let frames: Vec<_> = steps
        .iter()
        .map(|it| it.estimated_time_frame.as_deref())
        .collect();
    assert_eq!(
        frames,
        [
            Some("< 15 min"),
            Some("< 5 day"),
            Some("< 1 day"),
            Some("< 1 hour"),
            None,
            Some("~2-5 days")
        ]
    );
    for step in &steps[..5] {
        assert_eq!(
            step.status.as_ref().unwrap().kind(),
            StepStateKind::Complete
        );
        assert_eq!(step.progress_percentage, Some(100));
        assert_eq!(step.messages.as_ref().unwrap().len(), 1);
    }
    let live = steps[5].status.as_ref().unwrap().kind();
    assert_eq!(live, StepStateKind::InProgress);
    assert_eq!(running.preview_links.unwrap().len(), 1);
    assert_eq!(running.live_links.unwrap().len(), 0);
    assert_eq!(offer_state(&emulator, &SEED).await, OfferStateKind::Running);

    emulator.advance(30 * HOUR);
    let half = operation(&poll(&emulator, &GET_OPERATION, url).await);
    assert_eq!(half.steps.unwrap()[5].progress_percentage, Some(50));

    emulator.advance(30 * HOUR);
    let answer = poll(&emulator, &GET_OPERATION, url).await;
    assert_eq!(answer.header("retry-after"), None);
    let done = operation(&answer);
    assert_eq!(state(&done), OperationStateKind::Succeeded);
    assert_eq!(done.steps.unwrap()[5].progress_percentage, Some(100));
    assert_eq!(done.live_links.unwrap().len(), 1);
    assert_eq!(done.cancellation_request_state, None);
    assert_eq!(
        offer_state(&emulator, &SEED).await,
        OfferStateKind::Succeeded
    );

    let draft: types::Offer = ask(&emulator, &GET_OFFER, &SEED).send().await.json();
    assert_eq!(draft.version, Some(2));
    let production = [SEED_PUBLISHER, SEED_OFFER, "Production"];
    let answer = ask(&emulator, &GET_OFFER_SLOT, &production).send().await;
    let live: types::Offer = answer.json();
    assert_eq!(live.version, Some(1));
    assert_eq!(live.definition, draft.definition);
}

#[tokio::test]
async fn an_offer_goes_all_the_way() {
    let emulator = Emulator::builder().empty().start().await.unwrap();
    let publishers: Vec<types::Publisher> =
        ask(&emulator, &LIST_PUBLISHERS, &[]).send().await.json();
    assert!(publishers.is_empty());

    let path = ["fabrikam", "box"];
    let first = json!({
        "offerTypeId": "microsoft-azure-virtualmachines",
        "definition": { "displayText": "Box", "plans": [{ "planId": "one" }] },
        "unknownField": { "kept": true },
    });
    let created = ask(&emulator, &PUT_OFFER, &path).json(&first).send().await;
    assert_eq!(created.status, 201);
    let offer: types::Offer = created.json();
    assert_eq!(offer.status.unwrap().kind(), OfferStateKind::NeverPublished);
    assert_eq!(offer.version, Some(1));
    assert_eq!(offer.publisher_id.as_deref(), Some("fabrikam"));
    assert_eq!(offer.extra["unknownField"]["kept"], true);
    assert_eq!(
        offer_state(&emulator, &path).await,
        OfferStateKind::NeverPublished
    );

    let emails = json!({ "metadata": { "notification-emails": "a@b.example" } });
    let published = ask(&emulator, &PUBLISH_OFFER, &path)
        .json(&emails)
        .send()
        .await;
    assert_eq!(published.status, 202);
    assert_eq!(published.header("retry-after"), Some("600"));
    let url = published.header("location").unwrap();
    let running = operation(&poll(&emulator, &GET_OPERATION, url).await);
    assert_eq!(running.steps.unwrap().len(), 4);
    emulator.advance(3 * DAY);
    let done = operation(&poll(&emulator, &GET_OPERATION, url).await);
    assert_eq!(state(&done), OperationStateKind::Succeeded);
    let waiting = OfferStateKind::WaitingForPublisherReview;
    assert_eq!(offer_state(&emulator, &path).await, waiting);

    // The preview keeps what was published.
    let second = json!({
        "offerTypeId": "microsoft-azure-virtualmachines",
        "definition": { "displayText": "Better box", "plans": [{ "planId": "one" }] },
    });
    let modified = ask(&emulator, &PUT_OFFER, &path).json(&second).send().await;
    assert_eq!(modified.status, 200);
    let name = async |slot| {
        let path = ["fabrikam", "box", slot];
        let answer = ask(&emulator, &GET_OFFER_SLOT, &path).send().await;
        let offer: types::Offer = answer.json();
        offer.definition.unwrap().display_text.unwrap()
    };
    assert_eq!(name("Preview").await, "Box");
    assert_eq!(name("preview").await, "Box");
    assert_eq!(name("Draft").await, "Better box");

    let live = ask(&emulator, &GO_LIVE_OFFER, &path).send().await;
    assert_eq!(live.status, 202);
    emulator.advance(3 * DAY);
    assert_eq!(
        offer_state(&emulator, &path).await,
        OfferStateKind::Succeeded
    );
    assert_eq!(name("Production").await, "Box");
    for (version, expected) in [("1", "Box"), ("2", "Better box")] {
        let path = ["fabrikam", "box", version];
        let answer = ask(&emulator, &GET_OFFER_VERSION, &path).send().await;
        let offer: types::Offer = answer.json();
        assert_eq!(offer.definition.unwrap().display_text.unwrap(), expected);
    }
    let publishers: Vec<types::Publisher> =
        ask(&emulator, &LIST_PUBLISHERS, &[]).send().await.json();
    assert_eq!(publishers[0].id.as_deref(), Some("fabrikam"));
    let kinds: Vec<types::OfferType> = ask(&emulator, &LIST_OFFER_TYPES, &[]).send().await.json();
    assert_eq!(kinds.len(), 2);
}

#[tokio::test]
async fn submissions_are_listed_and_filtered() {
    let emulator = Emulator::builder().start().await.unwrap();
    let id = location(&emulator, &GO_LIVE_OFFER).await;
    let list = async |name: &str, value: &str| {
        let request = ask(&emulator, &LIST_OPERATIONS, &SEED).query(name, value);
        let submissions: Vec<types::Submission> = request.send().await.json();
        submissions
    };
    let all = list("status", "").await;
    let kinds: Vec<_> = all
        .iter()
        .map(|it| it.submission_type.as_ref().unwrap().kind())
        .collect();
    assert_eq!(
        kinds,
        [SubmissionTypeKind::GoLive, SubmissionTypeKind::Publish]
    );
    let slots: Vec<_> = all
        .iter()
        .map(|it| it.slot.as_ref().unwrap().kind())
        .collect();
    assert_eq!(slots, [SlotKind::Production, SlotKind::Preview]);
    assert!(all[0].version.unwrap() > 1 << 53);
    for name in ["status", "submissionState"] {
        let running = list(name, "running").await;
        assert_eq!(running.len(), 1);
        assert!(id.contains(running[0].id.as_deref().unwrap()));
        let state = running[0].submission_state.as_ref().unwrap().kind();
        assert_eq!(state, SubmissionStateKind::Running);
        assert_eq!(list(name, "succeeded").await.len(), 1);
        assert_eq!(list(name, "Completed").await.len(), 1);
        assert_eq!(list(name, "failed").await.len(), 0);
        assert_eq!(list(name, "whatever").await.len(), 0);
        assert_eq!(list(name, "").await.len(), 2);
    }
}

#[tokio::test]
async fn a_cancellation_takes_a_while_and_leaves_the_preview() {
    let emulator = Emulator::builder().start().await.unwrap();
    let url = location(&emulator, &GO_LIVE_OFFER).await;
    emulator.advance(6 * HOUR);
    let cancel = ask(&emulator, &CANCEL_OPERATION, &SEED).send().await;
    assert_eq!(cancel.status, 202);
    assert_eq!(cancel.header("location"), Some(url.as_str()));
    let wait: u64 = cancel.header("retry-after").unwrap().parse().unwrap();
    assert!((60..=180).contains(&wait), "{wait}");

    let stopping = operation(&poll(&emulator, &GET_OPERATION, &url).await);
    assert_eq!(state(&stopping), OperationStateKind::Running);
    assert_eq!(stopping.cancellation_request_state, None);
    emulator.advance(Duration::from_secs(180));
    let canceled = operation(&poll(&emulator, &GET_OPERATION, &url).await);
    assert_eq!(state(&canceled), OperationStateKind::Canceled);
    let live = &canceled.steps.unwrap()[5];
    assert_eq!(
        live.status.as_ref().unwrap().kind(),
        StepStateKind::Canceled
    );
    assert_eq!(live.progress_percentage, Some(10));
    let waiting = OfferStateKind::WaitingForPublisherReview;
    assert_eq!(offer_state(&emulator, &SEED).await, waiting);

    // Nothing is running now, and the answer is the same.
    let again = ask(&emulator, &CANCEL_OPERATION, &SEED).send().await;
    assert_eq!(again.status, 202);
    assert_eq!(again.header("location"), Some(url.as_str()));
    assert_eq!(again.header("retry-after"), None);

    // The preview is as good as before.
    let next = location(&emulator, &GO_LIVE_OFFER).await;
    assert_ne!(next, url);
}

#[tokio::test]
async fn a_step_fails_when_it_is_told_to() {
    let emulator = Emulator::builder().start().await.unwrap();
    let url = location(&emulator, &GO_LIVE_OFFER).await;
    emulator.advance(15 * HOUR);
    let [publisher, offer] = SEED;
    emulator
        .fail_step(publisher, offer, "live", "The image is <b>gone</b>.")
        .unwrap();
    let answer = poll(&emulator, &GET_OPERATION, &url).await;
    assert_eq!(answer.header("retry-after"), None);
    let failed = operation(&answer);
    assert_eq!(state(&failed), OperationStateKind::Failed);
    let live = &failed.steps.as_ref().unwrap()[5];
    assert_eq!(live.status.as_ref().unwrap().kind(), StepStateKind::Failed);
    assert_eq!(live.progress_percentage, Some(25));
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(text.matches("The image is <b>gone</b>.").count(), 2);
    assert_eq!(offer_state(&emulator, &SEED).await, OfferStateKind::Failed);
    let refused = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (400, "PreviewNotReady")
    );
}

#[tokio::test]
async fn the_dialect_of_2018_names_an_absolute_url() {
    let builder = Emulator::builder().dialect(Dialect::Seed);
    let emulator = builder.start().await.unwrap();
    let accepted = ask(&emulator, &GO_LIVE_OFFER, &SEED).send().await;
    assert_eq!(accepted.header("location"), None);
    let url = accepted.header("operation-location").unwrap();
    let path = url.strip_prefix(&emulator.url()).unwrap();
    assert_eq!(GET_OPERATION.matches(path).unwrap()[..2], SEED);
    let version = format!("{path}?api-version={API_VERSION}");
    let answer = poll(&emulator, &GET_OPERATION, &version).await;
    assert_eq!(state(&operation(&answer)), OperationStateKind::Running);
}

#[tokio::test]
async fn an_offer_that_was_not_migrated_names_a_key() {
    let builder = Emulator::builder().dialect(Dialect::NonMigrated);
    let emulator = builder.start().await.unwrap();
    let url = location(&emulator, &GO_LIVE_OFFER).await;
    let [publisher, offer] = SEED;
    let expected =
        format!("/api/operations/{publisher}${offer}$2$preview?api-version={API_VERSION}");
    assert_eq!(url, expected);
    let answer = poll(&emulator, &GET_OPERATION_BY_KEY, &url).await;
    assert_eq!(state(&operation(&answer)), OperationStateKind::Running);
    let escaped = url.replace('$', "%24");
    let answer = poll(&emulator, &GET_OPERATION_BY_KEY, &escaped).await;
    assert_eq!(answer.status, 200);
}
