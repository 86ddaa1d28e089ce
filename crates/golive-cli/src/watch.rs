//! Shows an operation while it runs.

use crate::attention;
use crate::context::Context;
use crate::event::{self, Event, Subject};
use crate::moment;
use crate::ui::foreign::harmless;
use golive::{OperationStatus, ResumeToken, Stall, Update};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How much of what was said is remembered. A step that says something else at each poll
/// is told again in the end, and does not fill the memory.
const REMEMBERED: usize = 64;

/// Shows the updates of an operation: to people, as events, and to the CI system.
pub struct Watch {
    context: Arc<Context>,
    subject: Subject,
    /// What was said already, so that it is said once, and again when it says
    /// something else.
    told: VecDeque<String>,
    polls: u64,
    /// Its age, and when it had it.
    elapsed: Duration,
    at: Instant,
}

impl Watch {
    /// Begins to show an operation that the service has accepted. `resume` is what
    /// goes on with all of it: its own token, or that of a release.
    pub fn begin(context: Arc<Context>, token: &ResumeToken, resume: &str) -> Self {
        let subject = Subject::from(token);
        let ui = &context.ui;
        ui.begin(&format!("{}/{}", subject.publisher, subject.offer));
        ui.outputs(token.operation_id(), resume);
        ui.event(|| {
            Event::Accepted(event::Accepted {
                time: moment::now(),
                subject: subject.clone(),
                resume_token: resume.to_owned(),
            })
        });
        Self {
            context,
            subject,
            told: VecDeque::new(),
            polls: 0,
            elapsed: Duration::ZERO,
            at: Instant::now(),
        }
    }

    /// Shows how old the operation is, and when it is polled next, before there is
    /// a status.
    pub fn pace(&mut self, elapsed: Duration, next_poll: Duration) {
        (self.elapsed, self.at) = (elapsed, Instant::now());
        self.context.ui.pace(elapsed, next_poll);
    }

    /// Polls of this run, as far as is known.
    pub fn polls(&self) -> u64 {
        self.polls
    }

    /// Time since the service accepted the operation, as far as is known.
    pub fn elapsed(&self) -> Duration {
        self.elapsed.saturating_add(self.at.elapsed())
    }

    /// Shows an update.
    pub fn update(&mut self, update: &Update) {
        match update {
            Update::Status {
                status,
                polls,
                elapsed,
                next_poll,
                stall,
                ..
            } => {
                self.polls = *polls;
                (self.elapsed, self.at) = (*elapsed, Instant::now());
                self.context.ui.status(status, *elapsed, Some(*next_poll));
                self.event(update);
                self.attend(status, stall.as_ref());
            }
            Update::Retrying {
                error,
                polls,
                elapsed,
                next_poll,
                ..
            } => {
                self.polls = *polls;
                self.pace(*elapsed, *next_poll);
                let next = moment::spoken(*next_poll);
                self.context
                    .ui
                    .note(&format!("a poll failed, the next is in {next}: {error}"));
                self.event(update);
            }
            // It does not say how many polls there were: the end is told by one.
            Update::Done(outcome) => {
                self.polls += 1;
                let status = match outcome {
                    Ok(status) => Some(status),
                    Err(error) => error.last_status(),
                };
                if let Some(status) = status {
                    self.context.ui.status(status, self.elapsed(), None);
                    self.attend(status, None);
                }
            }
            _ => {}
        }
    }

    fn event(&self, update: &Update) {
        let event = || Event::of(self.subject.clone(), update);
        self.context.ui.event_if(event);
    }

    /// Says what somebody should look at although the operation still runs.
    fn attend(&mut self, status: &OperationStatus, stall: Option<&Stall>) {
        for found in attention::found(status, stall) {
            if self.told.contains(&found.key) {
                continue;
            }
            let subject = &self.subject;
            // The names of steps are foreign text, which may have lines in it.
            let said = format!("{}/{}: {}", subject.publisher, subject.offer, found.message);
            self.context.ui.warn(&harmless(&said));
            self.context.ui.event(|| Event::attention(subject, &found));
            if self.told.len() == REMEMBERED {
                self.told.pop_front();
            }
            self.told.push_back(found.key);
        }
    }
}
