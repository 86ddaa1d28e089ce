//! How an operation is doing at one moment.

use super::operation::{Failure, Note, Operation, Step};
use super::plan::{Slice, between};
use super::stage::Stage;
use golive_client::{MessageLevelKind, OperationStateKind, StepStateKind};
use std::time::{Duration, SystemTime};

/// When to ask again about an operation that nothing moves.
const STANDING_STILL: Duration = Duration::from_secs(60 * 60);

/// When something worth asking about happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    At(SystemTime),
    /// Nothing moves the operation.
    Unknown,
}

impl Next {
    /// How long until then.
    pub(super) fn after(self, now: SystemTime) -> Duration {
        match self {
            Self::At(moment) => between(now, moment),
            Self::Unknown => STANDING_STILL,
        }
    }
}

impl Operation {
    pub(crate) fn state(&self, now: SystemTime) -> OperationStateKind {
        match (self.ended(now), &self.cancellation, &self.failure) {
            (None, _, _) => OperationStateKind::Running,
            (Some(_), Some(_), _) => OperationStateKind::Canceled,
            (Some(_), None, Some(_)) => OperationStateKind::Failed,
            (Some(_), None, None) => OperationStateKind::Succeeded,
        }
    }

    pub(crate) fn is_running(&self, now: SystemTime) -> bool {
        self.ended(now).is_none()
    }

    pub(crate) fn has_succeeded(&self, now: SystemTime) -> bool {
        self.state(now) == OperationStateKind::Succeeded
    }

    /// When the operation ended, if it has.
    pub(crate) fn ended(&self, now: SystemTime) -> Option<SystemTime> {
        let end = match (&self.cancellation, &self.failure, &self.hold) {
            (Some(cancellation), _, _) => cancellation.done,
            (None, Some(failure), _) => failure.at,
            (None, None, Some(_)) => return None,
            (None, None, None) => self.scheduled_end(),
        };
        (end <= now).then_some(end)
    }

    /// Whether a cancellation would be new.
    pub(crate) fn can_be_canceled(&self, now: SystemTime) -> bool {
        self.is_running(now) && self.cancellation.is_none()
    }

    /// The time up to which work was done.
    pub(super) fn worked_until(&self, now: SystemTime) -> SystemTime {
        let canceled = self.cancellation.map(|it| it.requested);
        let failed = self.failure.as_ref().map(|it| it.at);
        let held = self.hold.as_ref().map(|it| it.at);
        let ends = [canceled, failed, held].into_iter().flatten();
        ends.fold(now, Ord::min)
    }

    /// The steps as they are now, in order.
    pub(crate) fn steps(&self, now: SystemTime) -> Vec<Step> {
        let slices = self.schedule.iter();
        slices.map(|slice| self.step(*slice, now)).collect()
    }

    fn step(&self, slice: Slice, now: SystemTime) -> Step {
        if let Some(failure) = self.failure_now(now) {
            if slice.stage > failure.stage {
                return Step::not_started(slice.stage);
            }
            if slice.stage == failure.stage {
                return self.failed_step(slice, failure, now);
            }
        }
        let until = self.worked_until(now);
        let mut notes = Vec::new();
        let state = if slice.ends <= until {
            notes.push(Note {
                html: slice.stage.facts().done.to_owned(),
                level: MessageLevelKind::Information,
                at: slice.ends,
            });
            StepStateKind::Complete
        } else if !slice.contains(until) {
            StepStateKind::NotStarted
        } else if self.state(now) == OperationStateKind::Canceled {
            StepStateKind::Canceled
        } else if let Some(hold) = self.hold.as_ref().filter(|it| it.at <= until) {
            notes.extend(hold.message.as_ref().map(|message| Note {
                html: message.clone(),
                level: MessageLevelKind::Error,
                at: hold.at,
            }));
            hold.obstacle.state()
        } else {
            StepStateKind::InProgress
        };
        Step {
            stage: slice.stage,
            state,
            progress: slice.progress(until),
            notes,
        }
    }

    fn failed_step(&self, slice: Slice, failure: &Failure, now: SystemTime) -> Step {
        let (state, progress) = match failure.refused {
            true => (StepStateKind::Rejected, 0),
            false => (StepStateKind::Failed, slice.progress(failure.at)),
        };
        Step {
            stage: slice.stage,
            state,
            progress,
            notes: self.failure_note(now).into_iter().collect(),
        }
    }

    fn failure_now(&self, now: SystemTime) -> Option<&Failure> {
        let failed = self.state(now) == OperationStateKind::Failed;
        self.failure.as_ref().filter(|_| failed)
    }

    /// What is said about a failure.
    pub(crate) fn failure_note(&self, now: SystemTime) -> Option<Note> {
        self.failure_now(now).map(|failure| Note {
            html: failure.message.clone(),
            level: MessageLevelKind::Error,
            at: failure.at,
        })
    }

    /// Whether something keeps the operation from going on.
    pub(crate) fn is_held(&self, now: SystemTime) -> bool {
        let hold = self.hold.as_ref().filter(|_| self.can_be_canceled(now));
        hold.is_some_and(|hold| hold.at <= now)
    }

    /// The stage that is under way.
    pub(crate) fn current(&self, now: SystemTime) -> Option<Stage> {
        let until = self.worked_until(now);
        let running = self.is_running(now);
        let mut slices = self.schedule.iter().filter(|_| running);
        slices.find(|it| it.contains(until)).map(|it| it.stage)
    }

    /// When something worth asking about happens: a stage ends, or the operation
    /// does. None when nothing will.
    pub(super) fn next(&self, now: SystemTime) -> Option<Next> {
        if !self.is_running(now) {
            return None;
        }
        if let Some(cancellation) = self.cancellation {
            return Some(Next::At(cancellation.done));
        }
        let slices = self.schedule.iter().map(|slice| slice.ends);
        let stop = self.failure.as_ref().map(|failure| failure.at);
        let stop = stop.or(self.hold.as_ref().map(|hold| hold.at));
        let next = slices.chain(stop).filter(|time| *time > now).min();
        let held = self.hold.as_ref().is_some_and(|hold| hold.at <= now);
        Some(match next {
            Some(next) if !held => Next::At(next),
            _ => Next::Unknown,
        })
    }

    /// How long until then.
    pub(crate) fn next_change(&self, now: SystemTime) -> Option<Duration> {
        self.next(now).map(|next| next.after(now))
    }
}
