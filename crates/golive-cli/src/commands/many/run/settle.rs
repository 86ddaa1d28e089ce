//! What follows from answers: where an offer stands after each.

use super::super::record::{State, Submission};
use super::super::tell;
use super::Run;
use crate::commands::approval::Answer;
use crate::event::{Failure, Verdict};
use crate::exit::Exit;
use golive::{Edition, Error, Operation, OperationStatus, ResumeToken, Update};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// The pause after a 429 that does not say how long, and the bounds of one that does.
const PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// How often a submission is repeated after a 429.
const THROTTLED: u32 = 10;
/// So many submissions in a row that do not reach the service end the submitting.
const UNREACHABLE: u32 = 8;

impl Run<'_> {
    /// A submission has an answer, or was not sent.
    pub(super) fn submitted(
        &mut self,
        index: usize,
        submission: Submission,
        result: Result<Operation, Error>,
    ) {
        let attempt = self.keeper.answered(index);
        let earlier = match &self.items[index].planned.state {
            State::Submitting { attempt, .. } => Some(attempt.clone()),
            _ => None,
        };
        if let Some(attempt) = &attempt {
            self.items[index].set(State::Submitting {
                submission,
                attempt: attempt.clone(),
            });
        }
        let error = match result {
            Ok(operation) => {
                self.unreachable = 0;
                self.items[index].throttled = 0;
                self.accept(index, submission, &operation.token());
                return self.follow(index, operation);
            }
            Err(error) => error,
        };
        if error.is_unauthorized() {
            self.halt(Exit::NotAllowed);
        }
        if error.is_submission_unknown() {
            return self.set_aside(index, error);
        }
        if let Some(token) = error.resume_token() {
            // Accepted all the same, and the token is what there is to follow it by.
            self.accept(index, submission, token);
            return match self.connection.portal.resume(token.clone()) {
                Ok(operation) => self.follow(index, operation),
                Err(error) => self.set_aside(index, error),
            };
        }
        if let Some(earlier) = earlier.filter(|_| error.is_conflict()) {
            // What is in the way may be what the earlier run has submitted, which was
            // not listed yet: the next run looks again.
            self.items[index].set(State::Submitting {
                submission,
                attempt: earlier,
            });
            self.keep(index);
            return self.set_aside(index, error);
        }
        if attempt.is_some() && !is_refusal(&error) {
            // It was certainly not accepted, so the next run need not look.
            self.items[index].set(State::Pending { submission });
            self.keep(index);
        }
        if error.is_stopped() {
            return;
        }
        if error.status() == Some(429) && self.items[index].throttled < THROTTLED {
            return self.slow_down(index, &error);
        }
        if is_refusal(&error) {
            self.unreachable = 0;
            if error.is_preview_replaced() {
                return self.replaced(index);
            }
            let verdict = match error.is_unexpected_preview() {
                true => Verdict::Failed,
                false => Verdict::Refused,
            };
            return self.end(index, verdict, Some(&error));
        }
        self.unreachable += 1;
        self.set_aside(index, error);
        if self.unreachable >= UNREACHABLE && self.halted.is_none() {
            self.context.ui.say(
                "golive: the service does not take submissions; nothing more is submitted in \
                 this run",
            );
            self.halt(Exit::Refused);
        }
    }

    fn accept(&mut self, index: usize, submission: Submission, token: &ResumeToken) {
        self.items[index].set(State::Accepted {
            submission,
            resume_token: token.clone(),
        });
        self.keep(index);
    }

    /// A 429 slows all submissions down. It was not accepted, so it is sent again.
    fn slow_down(&mut self, index: usize, error: &Error) {
        let item = &mut self.items[index];
        item.throttled += 1;
        let backoff = PAUSE.saturating_mul(1 << item.throttled.min(8).saturating_sub(1));
        let pause = error.retry_after().unwrap_or(backoff);
        let pause = pause.clamp(Duration::from_secs(1), LONGEST_PAUSE);
        tell::throttled(self.context, item, pause);
        self.pause = Some(Box::pin(sleep(pause)));
        self.ready.push_front(index);
    }

    /// A preview was checked.
    pub(super) fn checked(&mut self, index: usize, result: Result<Option<Edition>, Error>) {
        match result {
            Ok(None) => self.end(index, Verdict::Succeeded, None),
            Ok(Some(preview)) => self.looked(index, preview),
            Err(error) if error.is_unexpected_preview() => {
                self.end(index, Verdict::Failed, Some(&error));
            }
            Err(error) => self.set_aside(index, error),
        }
    }

    /// The preview of a release is as expected. It is kept which it is before anybody
    /// is told to look at it.
    fn looked(&mut self, index: usize, now: Edition) {
        let shown = &mut self.items[index].planned.preview;
        match shown {
            Some(shown) if shown.is_replaced_by(&now) => return self.replaced(index),
            // It is not forgotten because it cannot be seen now.
            Some(shown) if now.is_unknown() || *shown == now => {}
            _ => {
                *shown = Some(now);
                self.keep(index);
            }
        }
        self.ask(index);
    }

    /// What is in preview now was not shown to anybody.
    fn replaced(&mut self, index: usize) {
        let item = &self.items[index];
        let failure = tell::replaced(item, self.approvers.file(item));
        self.end_with(index, Verdict::Failed, Some(failure));
    }

    /// A preview is ready, and as expected.
    fn ask(&mut self, index: usize) {
        let item = &self.items[index];
        match self.approvers.ask(self.context, index, item) {
            None => tell::preview_ready(self.context, index, item),
            Some(asking) => {
                tell::asked(self.context, index, item, self.approvers.file(item));
                self.asking.push(asking);
            }
        }
    }

    /// Somebody has said something to a preview.
    pub(super) fn answered(&mut self, index: usize, answer: Answer) {
        match answer {
            Answer::Approved => self.approved(index),
            Answer::Rejected => {
                let file = self.approvers.file(&self.items[index]);
                let rejection = tell::rejection(&self.items[index], file);
                self.end_with(index, Verdict::Failed, Some(rejection));
            }
            _ => tell::preview_ready(self.context, index, &self.items[index]),
        }
    }

    /// An operation tells something.
    pub(super) fn update(&mut self, index: usize, update: Update) {
        let item = &mut self.items[index];
        tell::update(self.context, index, item, &update);
        let Update::Done(outcome) = update else {
            return;
        };
        match outcome {
            Ok(status) => self.done(index, status),
            Err(error) => {
                if let Some(status) = error.last_status() {
                    item.status = Some(Arc::new(status.clone()));
                }
                if error.is_unauthorized() {
                    self.halt(Exit::NotAllowed);
                }
                if error.is_canceled() {
                    self.end(index, Verdict::Canceled, Some(&error));
                } else if error.is_failed() || error.is_expired() {
                    self.end(index, Verdict::Failed, Some(&error));
                } else {
                    self.set_aside(index, error);
                }
            }
        }
    }

    fn done(&mut self, index: usize, status: OperationStatus) {
        let item = &mut self.items[index];
        let preview_links = status.preview_links.clone();
        item.status = Some(Arc::new(status));
        match item.planned.state {
            State::Accepted {
                submission: Submission::Publish,
                ..
            } => {
                item.set(State::PreviewReady { preview_links });
                self.keep(index);
                self.go_on(index);
            }
            _ => self.end(index, Verdict::Succeeded, None),
        }
    }

    /// Nothing more happens to an offer.
    pub(super) fn end(&mut self, index: usize, verdict: Verdict, error: Option<&Error>) {
        self.end_with(index, verdict, error.map(Failure::from));
    }

    fn end_with(&mut self, index: usize, verdict: Verdict, failure: Option<Failure>) {
        let item = &mut self.items[index];
        let state = item.end(verdict, failure.clone());
        item.set(state);
        self.keep(index);
        tell::ended(self.context, index, &self.items[index], failure.as_ref());
    }

    /// Nothing more is done with an offer in this run, and the next goes on with it.
    pub(super) fn set_aside(&mut self, index: usize, error: Error) {
        let item = &mut self.items[index];
        item.error = Some(error);
        tell::set_aside(self.context, index, item);
    }
}

/// Whether the service, or the preview, has said no for good.
fn is_refusal(error: &Error) -> bool {
    let said_no = matches!(error.status(), Some(400..=499))
        && !matches!(error.status(), Some(401 | 408 | 429));
    said_no || error.is_conflict() || error.is_unexpected_preview() || error.is_invalid_input()
}
