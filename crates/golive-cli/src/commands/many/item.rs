//! An offer of this run.

use super::plan::Planned;
use super::record::{Ended, Record, State};
use crate::args::many::Action;
use crate::event::{self, Failure, OfferOutcome, OperationName, PhaseName, Verdict};
use crate::exit::Exit;
use crate::moment;
use golive::{Error, OperationStatus};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// An offer of this run.
pub struct Item {
    /// The row, and how far it is.
    pub planned: Planned,
    /// Whether it had ended before this run.
    pub earlier: bool,
    /// Why it does not go on in this run, although it has not ended.
    pub error: Option<Error>,
    /// The last status of its last operation.
    pub status: Option<Arc<OperationStatus>>,
    /// Its last operation.
    pub operation: Option<OperationName>,
    /// How often its submission was throttled.
    pub throttled: u32,
    /// What somebody was told to look at.
    pub told: Vec<String>,
    /// Polls of its operation in this run, and of the one before.
    pub polls: u64,
    pub polls_before: u64,
}

impl Item {
    /// At the start of a run.
    pub fn new(planned: Planned) -> Self {
        let operation = match &planned.state {
            State::Accepted { resume_token, .. } => Some(OperationName::from(resume_token)),
            _ => None,
        };
        Self {
            earlier: planned.state.verdict().is_end(),
            planned,
            error: None,
            status: None,
            operation,
            throttled: 0,
            told: Vec::new(),
            polls: 0,
            polls_before: 0,
        }
    }

    /// `publisher/offer`
    pub fn name(&self) -> String {
        self.planned.row.name()
    }

    /// A line of the journal that says how far it is.
    pub fn record(&self) -> Record {
        record(&self.planned, self.planned.state.clone())
    }

    /// Takes in that it has come to something.
    pub fn set(&mut self, state: State) {
        let now = Timestamp::now();
        if !matches!(state, State::Pending { .. }) {
            self.planned.begun.get_or_insert(now);
        }
        self.planned.changed = Some(now);
        self.planned.state = state;
    }

    /// How it has ended, with an error if it did not succeed.
    pub fn end(&self, result: Verdict, error: Option<Failure>) -> State {
        let status = self.status.as_deref();
        let known = match &self.planned.state {
            State::PreviewReady { preview_links } => preview_links.clone(),
            _ => Vec::new(),
        };
        State::Ended(Box::new(Ended {
            result,
            phase: self.phase(),
            error,
            preview_links: status.map_or(known, |it| it.preview_links.clone()),
            live_links: status.map_or_else(Vec::new, |it| it.live_links.clone()),
        }))
    }

    /// What it is at.
    fn phase(&self) -> PhaseName {
        match self.planned.state.phase() {
            // Nobody is asked about it.
            PhaseName::Approval if self.planned.row.action == Action::Publish => PhaseName::Preview,
            phase => phase,
        }
    }

    /// How it stands.
    pub fn verdict(&self) -> Verdict {
        let verdict = self.planned.state.verdict();
        match verdict {
            // Its preview is still to be checked.
            Verdict::WaitingForApproval if self.planned.row.action == Action::Publish => {
                Verdict::Running
            }
            // Nobody is told to look at it before it is known which it is.
            Verdict::WaitingForApproval if self.planned.preview.is_none() => Verdict::Running,
            verdict => verdict,
        }
    }

    /// What it makes of the exit code; `stopped` if nothing of its own keeps it
    /// from going on.
    pub fn exit(&self, stopped: Exit) -> Exit {
        match (self.verdict(), &self.error) {
            (Verdict::Succeeded, _) => Exit::Succeeded,
            (Verdict::Failed | Verdict::Canceled | Verdict::Refused, _) => Exit::Failed,
            (Verdict::WaitingForApproval, None) => Exit::StillRunning,
            (Verdict::Unknown, _) => Exit::Unknown,
            (_, Some(error)) => match Exit::of(error) {
                Exit::NotAllowed => Exit::NotAllowed,
                _ => Exit::Refused,
            },
            (Verdict::Running | Verdict::Pending, None) => stopped,
        }
    }

    /// The same as a document.
    pub fn outcome(&self) -> OfferOutcome {
        let row = &self.planned.row;
        let status = self.status.as_deref();
        let links = |of: fn(&OperationStatus) -> &Vec<String>| {
            status.map_or_else(Vec::new, |status| of(status).clone())
        };
        let mut outcome = OfferOutcome {
            publisher: row.publisher.clone(),
            offer: row.offer.clone(),
            action: row.action,
            result: self.verdict(),
            earlier: self.earlier,
            phase: self.phase(),
            operation: self.operation.clone(),
            polls: self.polls_before + self.polls,
            elapsed_seconds: event::seconds(self.elapsed()),
            preview_links: links(|it| &it.preview_links),
            live_links: links(|it| &it.live_links),
            error: self.error.as_ref().map(Failure::from),
            resume_token: None,
        };
        match &self.planned.state {
            State::Accepted { resume_token, .. } => {
                outcome.resume_token = Some(resume_token.to_string());
            }
            State::PreviewReady { preview_links } => {
                outcome.preview_links.clone_from(preview_links);
            }
            State::Ended(ended) => {
                outcome.preview_links.clone_from(&ended.preview_links);
                outcome.live_links.clone_from(&ended.live_links);
                outcome.error.clone_from(&ended.error);
            }
            State::Pending { .. } | State::Submitting { .. } => {}
        }
        outcome
    }

    /// From the first submission to the end, or to now.
    fn elapsed(&self) -> Duration {
        let Some(begun) = self.planned.begun else {
            return Duration::ZERO;
        };
        let until = match self.planned.changed {
            Some(changed) if self.verdict().is_end() => changed,
            _ => Timestamp::now(),
        };
        Duration::try_from(until.duration_since(begun)).unwrap_or_default()
    }
}

/// A line of the journal.
pub fn record(planned: &Planned, state: State) -> Record {
    Record {
        time: moment::now(),
        publisher: planned.row.publisher.clone(),
        offer: planned.row.offer.clone(),
        action: planned.row.action,
        preview: planned.preview.clone(),
        state,
    }
}
