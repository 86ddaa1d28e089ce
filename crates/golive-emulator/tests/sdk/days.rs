//! Days of the real SDK in less than a second: `--nocapture` shows the time.

use super::in_process::connect;
use golive::OperationStatus;
use golive::lro::Schedule;
use golive_emulator::{Controls, Dialect, Emulator, Manner, SEED_OFFER, SEED_PUBLISHER};
use golive_emulator::{Spelling, StepDurations};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);

async fn publish_and_go_live(builder: golive_emulator::Builder) -> (OperationStatus, Controls) {
    let (portal, controls) = connect(builder);
    // The waits of the SDK are to follow from nothing but the answers.
    let schedule = Schedule::exponential(Duration::from_secs(30), Duration::from_secs(300));
    let portal = portal.schedule(schedule.jitter(0.0)).build().unwrap();
    let offer = portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap();
    offer.publish().await.unwrap().await.unwrap();
    let live = offer.go_live().await.unwrap().await.unwrap();
    (live, controls)
}

/// 60 hours and 50 minutes to preview, and 60 hours more to production. What it takes
/// is counted in requests, because real time depends on what else the machine does.
#[tokio::test(start_paused = true)]
#[expect(
    clippy::disallowed_methods,
    reason = "the real time that it takes is shown"
)]
async fn five_days_take_no_more_than_their_requests() {
    let real = std::time::Instant::now();
    let virtual_time = tokio::time::Instant::now();
    let (live, controls) = publish_and_go_live(Emulator::builder()).await;
    assert_eq!(live.live_links.len(), 1);
    let passed = virtual_time.elapsed();
    assert!(passed > 120 * HOUR, "{passed:?}");
    let requests = controls.requests().len();
    println!(
        "{passed:?} with {requests} requests in {:?}",
        real.elapsed()
    );
    // One for each 300 s that the schedule lets pass, and those of its beginnings.
    assert!((100..1_600).contains(&requests), "{requests}");
}

#[tokio::test(start_paused = true)]
async fn every_manner_is_understood() {
    let dialects = [Dialect::Seed, Dialect::Migrated, Dialect::NonMigrated];
    let spellings = [
        Spelling::Usual,
        Spelling::Second,
        Spelling::Third,
        Spelling::Capitals,
        Spelling::Spaced,
    ];
    for dialect in dialects {
        for spelling in spellings {
            for odd in [false, true] {
                let manner = Manner::from(dialect).spelling(spelling);
                let manner = match odd {
                    true => manner.in_array().without_zone(),
                    false => manner,
                };
                for manner in [manner, manner.running_until_sign_off()] {
                    let builder = Emulator::builder().manner(manner);
                    let (live, _) = publish_and_go_live(builder).await;
                    assert_eq!(live.live_links.len(), 1, "{manner:?}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_manner_can_be_one_offers() {
    let manner = Manner::from(Dialect::NonMigrated).in_array();
    let builder = Emulator::builder().manner_of(SEED_PUBLISHER, SEED_OFFER, manner);
    let (_, controls) = publish_and_go_live(builder).await;
    let requests = controls.requests();
    assert!(
        requests
            .iter()
            .any(|it| it.endpoint == Some("get_operation_by_key"))
    );
    assert!(
        !requests
            .iter()
            .any(|it| it.endpoint == Some("get_operation"))
    );
}

/// The same seed gives the same run: ids, times and number of polls.
#[tokio::test(start_paused = true)]
async fn a_run_follows_from_its_seed() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let builder = Emulator::builder()
            .seed(seed)
            .step_durations(StepDurations::Drawn);
        let begun = tokio::time::Instant::now();
        let (_, controls) = publish_and_go_live(builder).await;
        let requests = controls.requests().into_iter();
        let paths: Vec<_> = requests.map(|it| (it.path, it.correlation_id)).collect();
        runs.push((begun.elapsed(), paths));
    }
    assert_eq!(runs[0].1, runs[1].1);
    assert!(runs[0].0.abs_diff(runs[1].0) < Duration::from_secs(2));
    assert_ne!(runs[0].1, runs[2].1);
    assert!(runs[0].0.abs_diff(runs[2].0) > HOUR);
}

/// Polls move the operation on, whatever the time.
#[tokio::test(start_paused = true)]
async fn a_state_lasts_for_so_many_polls() {
    for polls in [1, 3] {
        let builder = Emulator::builder().polls_per_step(polls);
        let (live, controls) = publish_and_go_live(builder).await;
        assert_eq!(live.live_links.len(), 1);
        let requests = controls.requests();
        let polled = requests
            .iter()
            .filter(|it| it.endpoint == Some("get_operation"));
        // Four steps and one, and a last poll of each operation that sees its end.
        let expected = usize::try_from(polls).unwrap() * 5 + 2;
        assert_eq!(polled.count(), expected, "{polls}");
    }
}
