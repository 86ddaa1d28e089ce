//! A run: submits what is left, polls all that runs in one set, keeps the journal.

use super::item::Item;
use super::keeper::Keeper;
use super::record::{State, Submission};
use super::submit::{Task, Told, task};
use super::tell;
use crate::args::Many;
use crate::args::many::{Action, ApproveMany};
use crate::connect::Connection;
use crate::context::Context;
use crate::event::Verdict;
use crate::exit::Exit;
use crate::signals::Signals;
use anyhow::Result;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use golive::{Error, Operation, OperationSet, OperationStatus, Update};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// How long answers are waited for when the run is to stop. What has none by then
/// is looked for by the next run.
const GRACE: Duration = Duration::from_secs(30);
/// The pause after a 429 that does not say how long, and the bounds of one that does.
const PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// How often a submission is repeated after a 429.
const THROTTLED: u32 = 10;
/// So many submissions in a row that do not reach the service end the submitting.
const UNREACHABLE: u32 = 8;

/// A run.
pub struct Run<'a> {
    context: &'a Arc<Context>,
    args: &'a Many,
    connection: &'a Connection,
    keeper: Keeper,
    items: Vec<Item>,
    /// What is to be submitted or checked next.
    ready: VecDeque<usize>,
    tasks: FuturesUnordered<Task>,
    set: OperationSet<usize>,
    signals: Signals,
    deadline: Option<Pin<Box<Sleep>>>,
    /// While the service has asked not to be sent more.
    pause: Option<Pin<Box<Sleep>>>,
    grace: Option<Pin<Box<Sleep>>>,
    /// Submissions in a row that did not reach the service.
    unreachable: u32,
    /// Why nothing more is submitted; what runs is followed.
    halted: Option<Exit>,
    /// Why nothing more is done.
    stopped: Option<Exit>,
}

/// How a run ended.
pub struct Over {
    /// All offers.
    pub items: Vec<Item>,
    /// What holds for those that nothing of their own has kept from going on.
    pub stopped: Exit,
}

enum Happening {
    Told(usize, Told),
    Update(usize, Update),
    Signal(Exit),
    Deadline,
    PauseOver,
    GraceOver,
    Heartbeat,
}

impl<'a> Run<'a> {
    /// Prepares a run.
    pub fn new(
        context: &'a Arc<Context>,
        args: &'a Many,
        connection: &'a Connection,
        keeper: Keeper,
        items: Vec<Item>,
        signals: Signals,
    ) -> Self {
        let settings = &context.settings;
        let deadline = settings.deadline.as_ref();
        Self {
            context,
            args,
            connection,
            keeper,
            items,
            ready: VecDeque::new(),
            tasks: FuturesUnordered::new(),
            set: OperationSet::new(&connection.portal).concurrency(args.concurrency.into()),
            signals,
            deadline: deadline.map(|limit| Box::pin(sleep(limit.value.duration))),
            pause: None,
            grace: None,
            unreachable: 0,
            halted: None,
            stopped: None,
        }
    }

    /// Runs to the end, to the deadline, or to a signal.
    pub async fn run(mut self) -> Over {
        for index in 0..self.items.len() {
            self.go_on(index);
        }
        loop {
            self.submit();
            self.context
                .ui
                .offer_counts(|| tell::counts(&self.items).line());
            if self.is_over() {
                break;
            }
            match self.next().await {
                Happening::Told(index, Told::Submitted(submission, result)) => {
                    self.submitted(index, submission, result.map(|it| *it));
                }
                Happening::Told(index, Told::Checked(result)) => self.checked(index, result),
                Happening::Update(index, update) => self.update(index, update),
                Happening::Signal(signal) if self.stopped.is_some() => {
                    self.stopped = Some(signal);
                    break;
                }
                Happening::Signal(signal) => self.stop(signal),
                Happening::Deadline => self.stop(Exit::StillRunning),
                Happening::PauseOver => self.pause = None,
                Happening::GraceOver => break,
                Happening::Heartbeat => {
                    let counts = tell::counts(&self.items).line();
                    self.context.ui.still(&counts);
                }
            }
            self.look_at_journal();
        }
        for (index, submission, attempt) in self.keeper.unanswered() {
            self.items[index].set(State::Submitting {
                submission,
                attempt,
            });
        }
        self.keep_tokens();
        self.look_at_journal();
        Over {
            items: self.items,
            stopped: self.stopped.or(self.halted).unwrap_or(Exit::Refused),
        }
    }

    fn is_over(&self) -> bool {
        if self.stopped.is_some() {
            return self.keeper.in_flight() == 0;
        }
        let nothing_to_submit = self.ready.is_empty() || self.halted.is_some();
        nothing_to_submit && self.tasks.is_empty() && self.set.is_empty()
    }

    async fn next(&mut self) -> Happening {
        let is_stopped = self.stopped.is_some();
        let ui = &self.context.ui;
        let heartbeat = self.context.settings.heartbeat.value.duration;
        tokio::select! {
            biased;
            signal = self.signals.next() => Happening::Signal(signal),
            () = over(&mut self.grace) => Happening::GraceOver,
            () = over(&mut self.deadline), if !is_stopped => Happening::Deadline,
            Some((index, told)) = self.tasks.next() => Happening::Told(index, told),
            Some((index, update)) = self.set.next(), if !is_stopped => {
                Happening::Update(index, update)
            }
            () = over(&mut self.pause) => Happening::PauseOver,
            () = ui.silence(heartbeat) => Happening::Heartbeat,
        }
    }

    /// Begins as many submissions and checks as may run at once.
    fn submit(&mut self) {
        let may_begin = self.stopped.is_none() && self.halted.is_none() && self.pause.is_none();
        while may_begin && self.tasks.len() < self.args.concurrency.into() {
            let Some(index) = self.ready.pop_front() else {
                return;
            };
            let item = &self.items[index];
            let portal = &self.connection.portal;
            self.tasks
                .push(task(portal, &self.keeper, self.args, index, item));
        }
    }

    /// Does what follows from how far an offer is.
    fn go_on(&mut self, index: usize) {
        let item = &mut self.items[index];
        match &item.planned.state {
            State::Pending { .. } | State::Submitting { .. } => self.ready.push_back(index),
            State::Accepted { resume_token, .. } => {
                match self.connection.portal.resume(resume_token.clone()) {
                    Ok(operation) => self.follow(index, operation),
                    Err(error) => self.set_aside(index, error),
                }
            }
            State::PreviewReady { .. } => match item.planned.row.action {
                Action::Release if self.args.approve == Some(ApproveMany::Auto) => {
                    // Not kept: it is approved for this run, and checked when it is
                    // submitted.
                    item.planned.state = State::Pending {
                        submission: Submission::GoLive,
                    };
                    self.ready.push_back(index);
                }
                Action::Publish if !item.planned.row.expects() => {
                    self.end(index, Verdict::Succeeded, None);
                }
                Action::Release if !item.planned.row.expects() => {
                    tell::preview_ready(self.context, index, item);
                }
                _ => self.ready.push_back(index),
            },
            State::Ended(_) => {}
        }
    }

    fn follow(&mut self, index: usize, operation: Operation) {
        let item = &mut self.items[index];
        item.polls_before += std::mem::take(&mut item.polls);
        tell::accepted(self.context, index, item, &operation.token());
        self.set.insert(index, operation);
    }

    fn submitted(
        &mut self,
        index: usize,
        submission: Submission,
        result: Result<Operation, Error>,
    ) {
        let attempt = self.keeper.answered(index);
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

    fn accept(&mut self, index: usize, submission: Submission, token: &golive::ResumeToken) {
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

    fn checked(&mut self, index: usize, result: Result<(), Error>) {
        match result {
            Ok(()) if self.items[index].planned.row.action == Action::Publish => {
                self.end(index, Verdict::Succeeded, None);
            }
            Ok(()) => tell::preview_ready(self.context, index, &self.items[index]),
            Err(error) if error.is_unexpected_preview() => {
                self.end(index, Verdict::Failed, Some(&error));
            }
            Err(error) => self.set_aside(index, error),
        }
    }

    fn update(&mut self, index: usize, update: Update) {
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

    fn end(&mut self, index: usize, verdict: Verdict, error: Option<&Error>) {
        let item = &mut self.items[index];
        let state = item.end(verdict, error);
        item.set(state);
        self.keep(index);
        tell::ended(self.context, index, &self.items[index], error);
    }

    /// Nothing more is done with an offer in this run, and the next goes on with it.
    fn set_aside(&mut self, index: usize, error: Error) {
        let item = &mut self.items[index];
        item.error = Some(error);
        tell::set_aside(self.context, index, item);
    }

    fn keep(&self, index: usize) {
        self.keeper.append(&self.items[index].record());
    }

    fn halt(&mut self, exit: Exit) {
        self.halted.get_or_insert(exit);
    }

    fn stop(&mut self, exit: Exit) {
        self.stopped = Some(exit);
        self.keeper.close();
        self.grace = Some(Box::pin(sleep(GRACE)));
        if self.keeper.in_flight() > 0 && exit != Exit::StillRunning {
            self.context.ui.say(
                "golive: interrupted; waiting for the service's answers, so that nothing is lost \
                 (a second signal stops at once)",
            );
        }
    }

    fn look_at_journal(&mut self) {
        if let Some(problem) = self.keeper.problem() {
            self.context.ui.unusable(&problem);
            self.context
                .ui
                .say("golive: nothing more is submitted, because it could not be kept");
            self.halted = Some(Exit::Usage);
        }
    }

    /// Polls may have moved an operation to another URL.
    fn keep_tokens(&mut self) {
        for (index, token) in self.set.tokens() {
            let item = &mut self.items[*index];
            if let State::Accepted { resume_token, .. } = &mut item.planned.state
                && *resume_token != token
            {
                *resume_token = token;
                self.keeper.append(&item.record());
            }
        }
    }
}

/// Whether the service, or the preview, has said no for good.
fn is_refusal(error: &Error) -> bool {
    let said_no = matches!(error.status(), Some(400..=499))
        && !matches!(error.status(), Some(401 | 408 | 429));
    said_no || error.is_conflict() || error.is_unexpected_preview() || error.is_invalid_input()
}

/// The end of a time that may not have begun.
async fn over(time: &mut Option<Pin<Box<Sleep>>>) {
    match time {
        Some(time) => time.await,
        None => std::future::pending().await,
    }
}
