//! The portal at moments that the tests choose.

use super::*;
use crate::dialect::Manner;
use axum::body::Bytes;
use golive_client::types::SlotId;
use golive_client::{OperationStateKind, StepStateKind};
use proptest::prelude::*;
use std::time::{Duration, UNIX_EPOCH};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Long enough for any cancellation.
const CANCELED: Duration = Duration::from_secs(180);

fn start() -> SystemTime {
    UNIX_EPOCH + 20_000 * DAY
}

fn seeded() -> Portal {
    Portal::with_offer(7, StepDurations::Typical, start())
}

fn offer(portal: &Portal) -> &Offer {
    portal.offer(SEED_PUBLISHER, SEED_OFFER).unwrap()
}

fn state(portal: &Portal, now: SystemTime) -> OfferStateKind {
    offer(portal).state(now)
}

fn document() -> types::Offer {
    let document = serde_json::json!({ "offerTypeId": "x", "definition": { "plans": [{}] } });
    serde_json::from_value(document).unwrap()
}

fn failure() -> Interference {
    Interference::Fail("no".to_owned())
}

impl Portal {
    fn go_live_seeded(&mut self, now: SystemTime) -> Result<&Operation, Refusal> {
        self.go_live(SEED_PUBLISHER, SEED_OFFER, None, now)
    }

    fn publish_seeded(&mut self, now: SystemTime) -> Result<&Operation, Refusal> {
        self.publish(SEED_PUBLISHER, SEED_OFFER, None, now)
    }

    fn cancel_seeded(&mut self, now: SystemTime) -> Option<&Operation> {
        self.cancel(SEED_PUBLISHER, SEED_OFFER, false, now).unwrap()
    }

    fn put_seeded(
        &mut self,
        precondition: &Precondition,
        now: SystemTime,
    ) -> Result<bool, Refusal> {
        self.put(SEED_PUBLISHER, SEED_OFFER, document(), precondition, now)
    }
}

#[test]
fn the_seeded_offer_waits_for_its_publisher() {
    let portal = seeded();
    let offer = offer(&portal);
    assert_eq!(
        state(&portal, start()),
        OfferStateKind::WaitingForPublisherReview
    );
    assert!(offer.slot(SlotId::Preview, start()).is_some());
    assert!(offer.slot(SlotId::Production, start()).is_none());
    let steps = offer.steps(start());
    let states: Vec<_> = steps.iter().map(|step| step.state).collect();
    let done = StepStateKind::Complete;
    assert_eq!(states[..4], [done; 4]);
    assert_eq!(states[4], StepStateKind::WaitingForPublisherReview);
    assert_eq!(states[5], StepStateKind::NotStarted);
}

#[test]
fn stages_come_one_after_the_other() {
    let mut portal = seeded();
    portal.publish_seeded(start()).unwrap();
    let mut moments = vec![start()];
    for stage in Stage::PREVIEW {
        moments.push(*moments.last().unwrap() + stage.facts().duration);
    }
    for (index, moment) in moments.iter().enumerate() {
        let operation = offer(&portal).latest().unwrap();
        let steps = operation.steps(*moment);
        for (step, stage) in steps.iter().zip(Stage::PREVIEW) {
            assert_eq!(step.stage, stage);
        }
        let states: Vec<_> = steps.iter().map(|step| step.state).collect();
        let mut expected = vec![StepStateKind::NotStarted; 4];
        expected[..index].fill(StepStateKind::Complete);
        if let Some(current) = expected.get_mut(index) {
            *current = StepStateKind::InProgress;
        }
        assert_eq!(states, expected);
        assert_eq!(operation.is_running(*moment), index < 4);
    }
}

#[test]
fn one_operation_runs_at_a_time() {
    let mut portal = seeded();
    portal.go_live_seeded(start()).unwrap();
    let now = start() + HOUR;
    assert_eq!(portal.go_live_seeded(now).unwrap_err(), Refusal::Busy);
    assert_eq!(portal.publish_seeded(now).unwrap_err(), Refusal::Busy);
    assert_eq!(
        portal.put_seeded(&Precondition::None, now),
        Err(Refusal::Busy)
    );
    // Another offer is not concerned.
    portal
        .put("other", "offer", document(), &Precondition::None, now)
        .unwrap();
    portal.publish("other", "offer", None, now).unwrap();
    // And afterwards all is possible again.
    let now = start() + 3 * DAY;
    assert_eq!(portal.put_seeded(&Precondition::None, now), Ok(false));
    portal.publish_seeded(now).unwrap();
}

#[test]
fn a_go_live_needs_a_preview_that_waits() {
    let mut portal = Portal::empty(0, StepDurations::Typical);
    portal
        .put("p", "o", document(), &Precondition::None, start())
        .unwrap();
    let go_live = |portal: &mut Portal, now| {
        let refused = portal.go_live("p", "o", None, now).map(|it| it.id);
        matches!(refused, Err(Refusal::NothingToSignOff(_)))
    };
    assert!(go_live(&mut portal, start()), "never published");
    portal.publish("p", "o", None, start()).unwrap();
    portal.cancel("p", "o", false, start()).unwrap();
    let now = start() + CANCELED;
    assert_eq!(
        portal.offer("p", "o").unwrap().state(now),
        OfferStateKind::Canceled
    );
    assert!(go_live(&mut portal, now), "canceled");
    portal.publish("p", "o", None, now).unwrap();
    let now = now + 3 * DAY;
    portal.go_live("p", "o", None, now).unwrap();
    let now = now + 3 * DAY;
    assert!(go_live(&mut portal, now), "live already");
}

#[test]
fn versions_and_slots_keep_what_was_published() {
    let mut portal = seeded();
    let mut now = start();
    for version in 1..4 {
        assert_eq!(offer(&portal).version(now), version);
        assert_eq!(portal.go_live_seeded(now).unwrap().offer_version, version);
        now += 3 * DAY;
        portal.put_seeded(&Precondition::None, now).unwrap();
        portal.publish_seeded(now).unwrap();
        now += 3 * DAY;
    }
    let offer = offer(&portal);
    let revisions = |edition: Option<Edition<'_>>| edition.map(|it| it.revision.number);
    let versions = (0..6).map(|version| revisions(offer.at_version(version, now)));
    let expected = [None, Some(1), Some(2), Some(3), Some(4), None];
    assert!(versions.eq(expected));
    assert_eq!(revisions(offer.slot(SlotId::Production, now)), Some(3));
    assert_eq!(revisions(offer.slot(SlotId::Preview, now)), Some(4));
}

#[test]
fn a_cancellation_stops_the_work_and_cannot_be_overtaken() {
    let mut portal = seeded();
    portal.go_live_seeded(start()).unwrap();
    // One second before the end.
    let now = start() + 60 * HOUR - Duration::from_secs(1);
    portal.cancel_seeded(now).unwrap();
    portal.cancel_seeded(now + MINUTE / 2).unwrap();
    let operation = offer(&portal).latest().unwrap();
    assert_eq!(
        operation.state(now + MINUTE / 2),
        OperationStateKind::Running
    );
    assert_eq!(operation.steps(now + MINUTE)[5].progress, 99);
    let later = now + CANCELED;
    assert_eq!(operation.state(later), OperationStateKind::Canceled);
    assert_eq!(operation.steps(later)[5].state, StepStateKind::Canceled);
    let taken = operation.ended(later).unwrap().duration_since(now).unwrap();
    assert!(MINUTE <= taken && taken <= 3 * MINUTE, "{taken:?}");
    assert_eq!(
        state(&portal, later),
        OfferStateKind::WaitingForPublisherReview
    );
    assert_eq!(offer(&portal).version(later), 1);
}

#[test]
fn a_cancellation_with_nothing_running_changes_nothing() {
    let mut portal = seeded();
    let before = offer(&portal).latest().unwrap().state(start());
    assert!(portal.cancel_seeded(start()).is_some());
    let later = start() + DAY;
    assert_eq!(offer(&portal).latest().unwrap().state(later), before);
    portal
        .put("p", "o", document(), &Precondition::None, start())
        .unwrap();
    assert!(portal.cancel("p", "o", false, start()).unwrap().is_none());
}

#[test]
fn a_step_that_is_to_come_fails_in_its_middle() {
    let mut portal = seeded();
    portal.publish_seeded(start()).unwrap();
    let mut fail = |stage, now| {
        portal
            .interfere(SEED_PUBLISHER, SEED_OFFER, stage, failure(), now)
            .unwrap()
    };
    assert_eq!(fail(Stage::Live, start()), Err(CannotFail::NoSuchStep));
    assert_eq!(fail(Stage::Certify, start()), Ok(()));
    let done = start() + 10 * MINUTE;
    assert_eq!(fail(Stage::Validate, done), Err(CannotFail::StepIsDone));
    let operation = offer(&portal).latest().unwrap();
    let middle = start() + 10 * MINUTE + 24 * HOUR;
    let before = middle - Duration::from_nanos(1);
    assert_eq!(operation.state(before), OperationStateKind::Running);
    assert_eq!(operation.state(middle), OperationStateKind::Failed);
    let steps = operation.steps(middle + DAY);
    assert_eq!(steps[1].state, StepStateKind::Failed);
    assert_eq!(steps[1].progress, 50);
    assert_eq!(steps[1].notes[0].html, "no");
    assert_eq!(steps[2].state, StepStateKind::NotStarted);
    assert_eq!(state(&portal, middle), OfferStateKind::Failed);
    assert!(
        offer(&portal).last_preview(middle).is_some(),
        "the old preview stays"
    );
}

#[test]
fn a_failure_waits_for_an_operation_that_has_its_step() {
    let mut portal = seeded();
    let mut fail = |stage| {
        portal
            .interfere(SEED_PUBLISHER, SEED_OFFER, stage, failure(), start())
            .unwrap()
    };
    assert_eq!(fail(Stage::SignOff), Err(CannotFail::StepIsDone));
    fail(Stage::Provision).unwrap();
    fail(Stage::Live).unwrap();
    let state_after = |portal: &Portal, now| offer(portal).latest().unwrap().state(now);
    portal.go_live_seeded(start()).unwrap();
    let now = start() + 30 * HOUR;
    assert_eq!(state_after(&portal, now), OperationStateKind::Failed);
    portal.publish_seeded(now).unwrap();
    let now = now + 3 * DAY;
    assert_eq!(state_after(&portal, now), OperationStateKind::Failed);
    // Both are used up.
    portal.publish_seeded(now).unwrap();
    let now = now + 3 * DAY;
    portal.go_live_seeded(now).unwrap();
    assert_eq!(state(&portal, now + 3 * DAY), OfferStateKind::Succeeded);
}

#[test]
fn what_is_held_goes_on_from_where_it_stands() {
    let mut portal = seeded();
    portal.go_live_seeded(start()).unwrap();
    let hold = Interference::Hold(Obstacle::Block, Some("why".to_owned()));
    let live = |portal: &Portal, now| offer(portal).latest().unwrap().steps(now)[5].clone();
    let now = start() + 15 * HOUR;
    let held = portal.interfere(SEED_PUBLISHER, SEED_OFFER, Stage::Live, hold, now);
    assert_eq!(held, Ok(Ok(())));
    let later = start() + 100 * DAY;
    let step = live(&portal, later);
    assert_eq!((step.state, step.progress), (StepStateKind::Blocked, 25));
    assert_eq!(step.notes[0].html, "why");
    assert_eq!(state(&portal, later), OfferStateKind::Running);
    let latest = portal
        .latest_mut(SEED_PUBLISHER, SEED_OFFER)
        .unwrap()
        .unwrap();
    assert!(latest.next_change(later).is_some());
    assert!(latest.release(later) && !latest.release(later));
    // The time that it stood counts as time that it took.
    assert_eq!(live(&portal, later).state, StepStateKind::InProgress);
    let end = later + 45 * HOUR;
    let before = end - Duration::from_nanos(1);
    assert_eq!(state(&portal, before), OfferStateKind::Running);
    assert_eq!(state(&portal, end), OfferStateKind::Succeeded);
}

#[test]
fn a_sign_off_can_be_refused() {
    let mut portal = seeded();
    portal.go_live_seeded(start()).unwrap();
    let latest = portal
        .latest_mut(SEED_PUBLISHER, SEED_OFFER)
        .unwrap()
        .unwrap();
    assert!(latest.refuse_sign_off("no".to_owned()));
    assert_eq!(latest.state(start()), OperationStateKind::Failed);
    let steps = latest.steps(start() + DAY);
    assert_eq!(steps[3].state, StepStateKind::Complete);
    assert_eq!(
        (steps[4].state, steps[4].progress),
        (StepStateKind::Rejected, 0)
    );
    assert_eq!(
        (steps[5].state, steps[5].progress),
        (StepStateKind::NotStarted, 0)
    );
    let now = start() + DAY;
    portal.publish_seeded(now).unwrap();
    let latest = portal
        .latest_mut(SEED_PUBLISHER, SEED_OFFER)
        .unwrap()
        .unwrap();
    assert!(
        !latest.refuse_sign_off("no".to_owned()),
        "it has no sign-off"
    );
}

#[test]
fn a_draft_is_replaced_only_if_it_is_the_one_that_was_read() {
    let mut portal = seeded();
    let put = |portal: &mut Portal, wanted: &[u64]| {
        portal.put_seeded(&Precondition::Revision(wanted.to_vec()), start())
    };
    assert_eq!(put(&mut portal, &[2]), Err(Refusal::Changed));
    assert_eq!(put(&mut portal, &[]), Err(Refusal::Changed));
    assert_eq!(put(&mut portal, &[9, 1]), Ok(false));
    assert_eq!(put(&mut portal, &[1]), Err(Refusal::Changed));
    let new = portal.put(
        "p",
        "o",
        document(),
        &Precondition::Revision(vec![1]),
        start(),
    );
    assert_eq!(new, Err(Refusal::Changed));
}

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Wait(Duration),
    Put,
    Publish,
    GoLive,
    Cancel,
    Fail(Stage),
    Hold(Stage, Obstacle),
    Release,
    GoLiveRefused,
}

fn stage() -> impl Strategy<Value = Stage> {
    proptest::sample::select(&Stage::ALL[..])
}

fn obstacle() -> impl Strategy<Value = Obstacle> {
    proptest::sample::select(&[Obstacle::Stall, Obstacle::Block, Obstacle::Reject][..])
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let wait = (0u64..300_000).prop_map(|seconds| Deed::Wait(Duration::from_secs(seconds)));
    let deed = prop_oneof![
        6 => wait,
        1 => Just(Deed::Put),
        2 => Just(Deed::Publish),
        2 => Just(Deed::GoLive),
        1 => Just(Deed::Cancel),
        1 => proptest::sample::select(&Stage::ALL[..]).prop_map(Deed::Fail),
        1 => (stage(), obstacle()).prop_map(|(stage, obstacle)| Deed::Hold(stage, obstacle)),
        1 => Just(Deed::Release),
        1 => Just(Deed::GoLiveRefused),
    ];
    proptest::collection::vec(deed, 0..60)
}

fn carry_out(portal: &mut Portal, deed: Deed, now: &mut SystemTime) {
    let at = *now;
    match deed {
        Deed::Wait(time) => *now += time,
        Deed::Put => drop(portal.put_seeded(&Precondition::None, at)),
        Deed::Publish => drop(portal.publish_seeded(at).map(|_| ())),
        Deed::GoLive => drop(portal.go_live_seeded(at).map(|_| ())),
        Deed::Cancel => drop(portal.cancel_seeded(at).map(|_| ())),
        Deed::Fail(stage) => {
            drop(portal.interfere(SEED_PUBLISHER, SEED_OFFER, stage, failure(), at));
        }
        Deed::Hold(stage, obstacle) => {
            let hold = Interference::Hold(obstacle, None);
            drop(portal.interfere(SEED_PUBLISHER, SEED_OFFER, stage, hold, at));
        }
        Deed::Release => {
            let latest = portal.latest_mut(SEED_PUBLISHER, SEED_OFFER).unwrap();
            if let Some(latest) = latest.filter(|it| it.is_running(at)) {
                latest.release(at);
            }
        }
        Deed::GoLiveRefused => {
            if portal.go_live_seeded(at).is_ok() {
                let latest = portal.latest_mut(SEED_PUBLISHER, SEED_OFFER).unwrap();
                assert!(latest.unwrap().refuse_sign_off("no".to_owned()));
            }
        }
    }
}

/// How far each step of each operation is, and where the operation stands.
fn standing(portal: &Portal, now: SystemTime) -> Vec<(OperationStateKind, Vec<Step>)> {
    let operations = offer(portal).operations.iter();
    let standing = operations.map(|it| (it.state(now), it.steps(now)));
    standing.collect()
}

/// Everything that can be said of an operation.
fn everything(operation: &Operation, now: SystemTime) -> Bytes {
    let standing = (operation.state(now), operation.steps(now));
    let more = (operation.failure_note(now), operation.current(now));
    let flags = (operation.can_be_canceled(now), operation.is_held(now));
    Bytes::from(format!("{standing:?} {more:?} {flags:?}"))
}

proptest! {
    #[test]
    fn what_was_said_is_said_again_only_while_it_holds(
        deeds in deeds(),
        pauses in proptest::collection::vec(0u64..400, 60),
    ) {
        let mut portal = seeded();
        let mut now = start();
        for (deed, pause) in deeds.into_iter().zip(pauses) {
            carry_out(&mut portal, deed, &mut now);
            // Far from and near to what comes next.
            for pause in [0, 1, pause, 2000] {
                now += Duration::from_secs(pause);
                let offer = offer(&portal);
                for operation in &offer.operations {
                    let fresh = everything(operation, now);
                    let said = || fresh.clone();
                    let said = offer.said(operation, Manner::default(), now, said);
                    prop_assert_eq!(&said.text, &fresh);
                    prop_assert_eq!(said.changes_after, operation.next_change(now));
                }
            }
        }
    }

    #[test]
    fn whatever_is_done_progress_never_goes_back(deeds in deeds()) {
        let mut portal = seeded();
        let mut now = start();
        let mut before = standing(&portal, now);
        for deed in deeds {
            carry_out(&mut portal, deed, &mut now);
            let after = standing(&portal, now);
            for ((old, old_steps), (new, new_steps)) in before.iter().zip(&after) {
                if *old != OperationStateKind::Running {
                    prop_assert_eq!(old, new);
                    prop_assert_eq!(old_steps, new_steps);
                }
                for (old, new) in old_steps.iter().zip(new_steps) {
                    prop_assert!(old.progress <= new.progress);
                }
            }
            for (index, (state, steps)) in after.iter().enumerate() {
                let running = *state == OperationStateKind::Running;
                prop_assert!(!running || index + 1 == after.len(), "only the last can run");
                let operation = &offer(&portal).operations[index];
                prop_assert_eq!(operation.next_change(now).is_some(), running);
                for step in steps {
                    let complete = step.state == StepStateKind::Complete;
                    prop_assert_eq!(complete, step.progress == 100);
                }
            }
            let live = offer(&portal).slot(SlotId::Production, now).is_some();
            prop_assert_eq!(live, offer(&portal).version(now) > 1);
            before = after;
        }
    }
}
