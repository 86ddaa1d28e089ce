//! A step that outlives its estimate by far: updates say so, with how long and what
//! the service estimated, also after a resume.

mod support;

use futures_util::StreamExt;
use golive::{Portal, Stall, Status, Update};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER, Scenario};
use lro::TowerTransport;
use std::time::Duration;
use support::{ENDPOINT, portal};

const DAY: Duration = Duration::from_secs(86_400);

fn start(scenario: &str) -> Portal {
    let scenario = Scenario::named(scenario).unwrap();
    let (router, _controls) = Emulator::builder().scenario(scenario).router().unwrap();
    portal(ENDPOINT, TowerTransport::new(router))
}

fn stall(update: Update) -> Option<Stall> {
    match update {
        Update::Status { stall, .. } => stall,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_stall_is_told_and_survives_a_resume() {
    let portal = start("stalled");
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let mut operation = offer.go_live().await.unwrap();
    let stalled = loop {
        if let Some(stall) = stall(operation.next().await.unwrap()) {
            break stall;
        }
        assert!(operation.elapsed() < 30 * DAY);
    };
    // The service says `~2-5 days`.
    assert_eq!((stalled.step.as_str(), stalled.estimate), ("live", 5 * DAY));
    assert!(stalled.running > 5 * DAY, "{stalled:?}");
    let text = stalled.to_string();
    assert!(
        text.contains("the step live has been running for"),
        "{text}"
    );
    assert!(text.ends_with("usually takes at most 120.0 h"), "{text}");

    // The time does not begin anew in another process, nor for single steps.
    let token: golive::ResumeToken = operation.token().to_string().parse().unwrap();
    drop(operation);
    tokio::time::sleep(DAY).await;
    let polled = portal.poll_once(&token).await.unwrap();
    let later = stall(polled.update).unwrap();
    assert!(later.running >= stalled.running + DAY, "{later:?}");
    let mut resumed = portal.resume(polled.token).unwrap();
    assert!(stall(resumed.next().await.unwrap()).is_some());
}

#[tokio::test(start_paused = true)]
async fn what_is_blocked_is_told_at_once_with_its_words() {
    let portal = start("blocked-step");
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    let mut operation = offer.go_live().await.unwrap();
    let status = loop {
        match operation.next().await.unwrap() {
            Update::Status { status, .. } if status.blocked_step().is_some() => break status,
            Update::Status { .. } => {}
            other => panic!("{other:?}"),
        }
        assert!(operation.elapsed() < 5 * DAY);
    };
    assert_eq!(status.status, Status::Running);
    let reasons = status.reasons();
    assert!(
        !reasons.is_empty() && !reasons[0].contains('<'),
        "{reasons:?}"
    );
}
