//! An operation: one publishing or one go-live, from its start to its end.

use super::offer::Revision;
use super::stage::Stage;
use golive_client::{MessageLevelKind, OperationStateKind, StepStateKind};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Publish,
    GoLive,
}

/// When a stage begins and ends, if nothing goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) stage: Stage,
    pub(crate) begins: SystemTime,
    pub(crate) ends: SystemTime,
}

impl Slice {
    fn contains(self, time: SystemTime) -> bool {
        self.begins <= time && time < self.ends
    }

    /// Whole percents; 100 only when the stage is done.
    fn progress(self, time: SystemTime) -> u8 {
        if time >= self.ends {
            return 100;
        }
        let whole = between(self.begins, self.ends).as_nanos().max(1);
        let done = between(self.begins, time).as_nanos();
        u8::try_from(done.saturating_mul(100) / whole)
            .unwrap_or(99)
            .min(99)
    }

    fn middle(self) -> SystemTime {
        self.begins + between(self.begins, self.ends) / 2
    }
}

fn between(earlier: SystemTime, later: SystemTime) -> Duration {
    later.duration_since(earlier).unwrap_or_default()
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Failure {
    stage: Stage,
    at: SystemTime,
    message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cancellation {
    requested: SystemTime,
    done: SystemTime,
}

/// Why [`Operation::fail_at`] refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotFail {
    NoSuchStep,
    StepIsDone,
    Canceling,
}

/// What somebody is told about a step or an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) html: String,
    pub(crate) level: MessageLevelKind,
    pub(crate) at: SystemTime,
}

/// A step as it is at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) stage: Stage,
    pub(crate) state: StepStateKind,
    pub(crate) progress: u8,
    pub(crate) notes: Vec<Note>,
}

impl Step {
    pub(crate) fn not_started(stage: Stage) -> Self {
        Self {
            stage,
            state: StepStateKind::NotStarted,
            progress: 0,
            notes: Vec::new(),
        }
    }
}

/// A publishing or a go-live.
///
/// Only what was decided is kept: when it began, when each stage ends, and
/// whether somebody interferes. How it is doing follows from the time.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) id: Uuid,
    pub(crate) task: Task,
    /// Counts the submissions of the offer.
    pub(crate) publishing_version: i64,
    pub(crate) offer_version: i64,
    /// What is published.
    pub(crate) content: Arc<Revision>,
    /// Whom to notify, as the publish call named them.
    pub(crate) emails: Option<String>,
    pub(crate) started: SystemTime,
    pub(crate) schedule: Vec<Slice>,
    failure: Option<Failure>,
    cancellation: Option<Cancellation>,
}

impl Operation {
    /// A publishing of a draft to preview.
    pub(crate) fn publish(
        id: Uuid,
        publishing_version: i64,
        offer_version: i64,
        content: Arc<Revision>,
        emails: Option<String>,
        started: SystemTime,
    ) -> Self {
        let mut begins = started;
        let schedule = Stage::PREVIEW.map(|stage| {
            let ends = begins + stage.facts().duration;
            let slice = Slice {
                stage,
                begins,
                ends,
            };
            begins = ends;
            slice
        });
        Self {
            id,
            task: Task::Publish,
            publishing_version,
            offer_version,
            content,
            emails,
            started,
            schedule: schedule.to_vec(),
            failure: None,
            cancellation: None,
        }
    }

    /// The go-live of what `preview` has published. The stages of the preview
    /// are part of it, already done, and the call itself is the sign-off.
    pub(crate) fn go_live(
        id: Uuid,
        publishing_version: i64,
        preview: &Self,
        emails: Option<String>,
        started: SystemTime,
    ) -> Self {
        let mut schedule = preview.schedule.clone();
        schedule.push(Slice {
            stage: Stage::SignOff,
            begins: preview.scheduled_end(),
            ends: started,
        });
        schedule.push(Slice {
            stage: Stage::Live,
            begins: started,
            ends: started + Stage::Live.facts().duration,
        });
        Self {
            id,
            task: Task::GoLive,
            publishing_version,
            offer_version: preview.offer_version,
            content: Arc::clone(&preview.content),
            emails: emails.or_else(|| preview.emails.clone()),
            started,
            schedule,
            failure: None,
            cancellation: None,
        }
    }

    fn scheduled_end(&self) -> SystemTime {
        self.schedule.last().map_or(self.started, |last| last.ends)
    }

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
        let end = match (&self.cancellation, &self.failure) {
            (Some(cancellation), _) => cancellation.done,
            (None, Some(failure)) => failure.at,
            (None, None) => self.scheduled_end(),
        };
        (end <= now).then_some(end)
    }

    /// Whether a cancellation would be new.
    pub(crate) fn can_be_canceled(&self, now: SystemTime) -> bool {
        self.is_running(now) && self.cancellation.is_none()
    }

    /// Asks the operation to stop. It does no more work, and is canceled after
    /// a while: what was accepted cannot be overtaken by success. A second
    /// request changes nothing.
    pub(crate) fn cancel(&mut self, now: SystemTime, takes: Duration) {
        if self.can_be_canceled(now) {
            self.cancellation = Some(Cancellation {
                requested: now,
                done: now + takes,
            });
        }
    }

    /// Makes the operation, which is running, fail: now if the stage is under way, and otherwise
    /// in the middle of the stage, so that its progress is seen.
    pub(crate) fn fail_at(
        &mut self,
        stage: Stage,
        message: String,
        now: SystemTime,
    ) -> Result<(), CannotFail> {
        let slice = self.slice(stage).ok_or(CannotFail::NoSuchStep)?;
        if self.cancellation.is_some() {
            return Err(CannotFail::Canceling);
        }
        if slice.ends <= now {
            return Err(CannotFail::StepIsDone);
        }
        let at = if slice.contains(now) {
            now
        } else {
            slice.middle()
        };
        self.failure = Some(Failure { stage, at, message });
        Ok(())
    }

    /// Makes the operation fail in the middle of a stage, if it has the stage
    /// and has not finished it.
    pub(crate) fn arm(&mut self, stage: Stage, message: &str) -> bool {
        let Some(slice) = self.slice(stage).filter(|slice| slice.ends > self.started) else {
            return false;
        };
        let at = slice.middle();
        let message = message.to_owned();
        self.failure = Some(Failure { stage, at, message });
        true
    }

    fn slice(&self, stage: Stage) -> Option<Slice> {
        let slices = self.schedule.iter();
        slices.copied().find(|slice| slice.stage == stage)
    }

    /// The time up to which work was done.
    fn worked_until(&self, now: SystemTime) -> SystemTime {
        let canceled = self.cancellation.map(|it| it.requested);
        let failed = self.failure.as_ref().map(|it| it.at);
        [canceled, failed].into_iter().flatten().fold(now, Ord::min)
    }

    /// The steps as they are now, in order.
    pub(crate) fn steps(&self, now: SystemTime) -> Vec<Step> {
        let slices = self.schedule.iter();
        slices.map(|slice| self.step(*slice, now)).collect()
    }

    fn step(&self, slice: Slice, now: SystemTime) -> Step {
        let until = self.worked_until(now);
        let mut notes = Vec::new();
        let state = if self
            .failure_now(now)
            .is_some_and(|it| it.stage == slice.stage)
        {
            notes.extend(self.failure_note(now));
            StepStateKind::Failed
        } else if slice.ends <= until {
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

    /// How long until something worth asking about happens: a stage ends, or
    /// the operation does. None when nothing will.
    pub(crate) fn next_change(&self, now: SystemTime) -> Option<Duration> {
        if !self.is_running(now) {
            return None;
        }
        let slices = self.schedule.iter();
        let stage = slices
            .filter(|slice| slice.ends > now)
            .map(|slice| slice.ends);
        let failure = self.failure.iter().map(|failure| failure.at);
        let next = match self.cancellation {
            Some(cancellation) => cancellation.done,
            None => stage.chain(failure).min()?,
        };
        Some(between(now, next))
    }
}
