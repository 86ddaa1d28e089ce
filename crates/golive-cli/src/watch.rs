//! Shows an operation while it runs.

use crate::context::Context;
use crate::event::{self, Event, Reason, Subject};
use crate::moment;
use golive::{OperationStatus, ResumeToken, Stall, Update};
use std::sync::Arc;
use std::time::Duration;

/// Shows the updates of an operation: to people, as events, and to the CI system.
pub struct Watch {
    context: Arc<Context>,
    subject: Subject,
    /// What was said already, so that it is said once, and again when it says
    /// something else.
    told: Vec<String>,
    polls: u64,
    elapsed: Duration,
    next_poll: Duration,
}

impl Watch {
    /// Begins to show an operation that the service has accepted.
    pub fn begin(context: Arc<Context>, token: &ResumeToken) -> Self {
        let subject = Subject::from(token);
        let ui = &context.ui;
        ui.begin(&format!("{}/{}", subject.publisher, subject.offer));
        ui.outputs(token);
        ui.event(|| {
            Event::Accepted(event::Accepted {
                time: moment::now(),
                subject: subject.clone(),
                resume_token: token.to_string(),
            })
        });
        Self {
            context,
            subject,
            told: Vec::new(),
            polls: 0,
            elapsed: Duration::ZERO,
            next_poll: Duration::ZERO,
        }
    }

    /// Polls of this run, as far as is known.
    pub fn polls(&self) -> u64 {
        self.polls
    }

    /// Time since the service accepted the operation, as far as is known.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
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
                (self.polls, self.elapsed, self.next_poll) = (*polls, *elapsed, *next_poll);
                self.context.ui.status(status, *elapsed, Some(*next_poll));
                self.context.ui.event(|| {
                    Event::Status(event::Status {
                        time: moment::now(),
                        subject: self.subject.clone(),
                        status: status.status.to_string(),
                        steps: event::steps(status),
                        polls: *polls,
                        elapsed_seconds: event::seconds(*elapsed),
                        next_poll_seconds: event::seconds(*next_poll),
                    })
                });
                self.attend(status, stall.as_ref());
            }
            Update::Retrying {
                error,
                polls,
                elapsed,
                next_poll,
                ..
            } => {
                (self.polls, self.elapsed, self.next_poll) = (*polls, *elapsed, *next_poll);
                let next = moment::spoken(*next_poll);
                self.context
                    .ui
                    .note(&format!("a poll failed, the next is in {next}: {error}"));
                self.context.ui.event(|| {
                    Event::Retrying(event::Retrying {
                        time: moment::now(),
                        subject: self.subject.clone(),
                        message: error.to_string(),
                        polls: *polls,
                        elapsed_seconds: event::seconds(*elapsed),
                        next_poll_seconds: event::seconds(*next_poll),
                    })
                });
            }
            Update::Done(Ok(status)) => {
                self.context.ui.status(status, self.elapsed, None);
            }
            _ => {}
        }
    }

    /// Where there is no live view: says that the operation still runs.
    pub fn heartbeat(&self) {
        self.context.ui.heartbeat(self.next_poll);
    }

    /// Says what somebody should look at although the operation still runs.
    fn attend(&mut self, status: &OperationStatus, stall: Option<&Stall>) {
        if let Some(step) = status.blocked_step() {
            let reasons = status.reasons().join("; ");
            let text = format!("{} is {}: {reasons}", step.name, step.status);
            self.attention(Reason::Blocked, &step.id, text.clone(), text);
        }
        if let Some(stall) = stall {
            // Its times change at every poll: the step alone decides.
            let key = format!("stalled {}", stall.step);
            self.attention(Reason::Stalled, &stall.step, key, stall.to_string());
        }
    }

    fn attention(&mut self, reason: Reason, step: &str, key: String, message: String) {
        if self.told.contains(&key) {
            return;
        }
        self.told.push(key);
        let subject = &self.subject;
        self.context.ui.warn(&format!(
            "{}/{}: {message}",
            subject.publisher, subject.offer
        ));
        self.context.ui.event(|| {
            Event::Attention(event::Attention {
                time: moment::now(),
                subject: subject.clone(),
                reason,
                step: step.to_owned(),
                message,
            })
        });
    }
}
