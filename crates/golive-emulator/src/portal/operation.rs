//! An operation: one publishing or one go-live, from its start to its end.

use super::hold::{Hold, Interference};
use super::memo::Memo;
use super::offer::Revision;
use super::plan::{Slice, in_a_row};
use super::stage::Stage;
use crate::durations::StepDurations;
use golive_client::{MessageLevelKind, StepStateKind};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Task {
    Publish,
    GoLive,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    pub(super) stage: Stage,
    pub(super) at: SystemTime,
    pub(super) message: String,
    /// The stage was refused by a person, and did not go wrong.
    #[serde(default)]
    pub(super) refused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cancellation {
    pub(super) requested: SystemTime,
    pub(super) done: SystemTime,
}

/// Why somebody cannot interfere with a running operation.
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    pub(super) failure: Option<Failure>,
    pub(super) cancellation: Option<Cancellation>,
    #[serde(default)]
    pub(super) hold: Option<Hold>,
    #[serde(skip)]
    pub(super) memo: Memo,
}

/// What an operation is, before it has begun.
pub(super) struct Submission {
    pub(super) id: Uuid,
    pub(super) publishing_version: i64,
    pub(super) emails: Option<String>,
    pub(super) started: SystemTime,
    pub(super) durations: StepDurations,
}

impl Operation {
    /// A publishing of a draft to preview.
    pub(super) fn publish(
        submission: Submission,
        offer_version: i64,
        content: Arc<Revision>,
    ) -> Self {
        let Submission {
            id,
            publishing_version,
            emails,
            started,
            durations,
        } = submission;
        Self {
            id,
            task: Task::Publish,
            publishing_version,
            offer_version,
            content,
            emails,
            started,
            schedule: in_a_row(&Stage::PREVIEW, durations, id, started),
            failure: None,
            cancellation: None,
            hold: None,
            memo: Memo::default(),
        }
    }

    /// The go-live of what `preview` has published. The stages of the preview
    /// are part of it, already done, and the call itself is the sign-off.
    pub(super) fn go_live(submission: Submission, preview: &Self) -> Self {
        let Submission {
            id,
            publishing_version,
            emails,
            started,
            durations,
        } = submission;
        let mut schedule = preview.schedule.clone();
        schedule.push(Slice {
            stage: Stage::SignOff,
            begins: preview.scheduled_end(),
            ends: started,
        });
        schedule.extend(in_a_row(&[Stage::Live], durations, id, started));
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
            hold: None,
            memo: Memo::default(),
        }
    }

    pub(super) fn scheduled_end(&self) -> SystemTime {
        self.schedule.last().map_or(self.started, |last| last.ends)
    }

    /// Asks the operation to stop. It does no more work, and is canceled after
    /// a while: what was accepted cannot be overtaken by success. A second
    /// request changes nothing.
    pub(crate) fn cancel(&mut self, now: SystemTime, takes: Duration) {
        self.cancellation.get_or_insert(Cancellation {
            requested: now,
            done: now + takes,
        });
    }

    pub(crate) fn is_being_canceled(&self) -> bool {
        self.cancellation.is_some()
    }

    /// Interferes with the operation, which is running: now if the stage is
    /// under way, and otherwise in the middle of the stage, so that its progress
    /// is seen. Whatever held the operation before does so no more.
    pub(crate) fn interfere(
        &mut self,
        stage: Stage,
        interference: Interference,
        now: SystemTime,
    ) -> Result<(), CannotFail> {
        if self.slice(stage).is_none() {
            return Err(CannotFail::NoSuchStep);
        }
        if self.cancellation.is_some() {
            return Err(CannotFail::Canceling);
        }
        let until = self.worked_until(now);
        if self.slice(stage).is_some_and(|it| it.ends <= until) {
            return Err(CannotFail::StepIsDone);
        }
        self.release(now);
        let slice = self.slice(stage).ok_or(CannotFail::NoSuchStep)?;
        let at = if slice.contains(now) {
            now
        } else {
            slice.middle()
        };
        self.set(stage, interference, at);
        Ok(())
    }

    /// Interferes in the middle of a stage, if the operation has the stage and
    /// has not finished it.
    pub(crate) fn arm(&mut self, stage: Stage, interference: &Interference) -> bool {
        let Some(slice) = self.slice(stage).filter(|slice| slice.ends > self.started) else {
            return false;
        };
        self.set(stage, interference.clone(), slice.middle());
        true
    }

    fn set(&mut self, stage: Stage, interference: Interference, at: SystemTime) {
        match interference {
            Interference::Fail(message) => {
                self.hold = None;
                self.failure = Some(Failure {
                    stage,
                    at,
                    message,
                    refused: false,
                });
            }
            Interference::Hold(obstacle, message) => {
                self.failure = None;
                self.hold = Some(Hold {
                    stage,
                    at,
                    obstacle,
                    message,
                });
            }
        }
    }

    /// A go-live that nobody signs off fails where it begins.
    pub(crate) fn refuse_sign_off(&mut self, message: String) -> bool {
        if self.slice(Stage::SignOff).is_none() {
            return false;
        }
        self.hold = None;
        self.failure = Some(Failure {
            stage: Stage::SignOff,
            at: self.started,
            message,
            refused: true,
        });
        true
    }

    /// Lets a held operation go on from where it stands. False if nothing holds
    /// it.
    pub(crate) fn release(&mut self, now: SystemTime) -> bool {
        let Some(hold) = self.hold.take() else {
            return false;
        };
        let stood = super::plan::between(hold.at, now);
        for slice in &mut self.schedule {
            if slice.begins > hold.at {
                slice.begins += stood;
            }
            if slice.ends > hold.at {
                slice.ends += stood;
            }
        }
        true
    }

    pub(super) fn slice(&self, stage: Stage) -> Option<Slice> {
        let slices = self.schedule.iter();
        slices.copied().find(|slice| slice.stage == stage)
    }
}
