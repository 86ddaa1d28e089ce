//! A run: submits what is left, polls all that runs in one set, keeps the journal.

mod settle;

use super::approve::{Approvers, Asking};
use super::item::Item;
use super::keeper::Keeper;
use super::record::{State, Submission};
use super::submit::{Task, Told, task};
use super::tell;
use crate::args::Many;
use crate::args::many::Action;
use crate::commands::approval::Answer;
use crate::connect::Connection;
use crate::context::Context;
use crate::event::Verdict;
use crate::exit::Exit;
use crate::signals::Signals;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use golive::{Operation, OperationSet, Update};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// How long answers are waited for when the run is to stop. What has none by then
/// is looked for by the next run.
const GRACE: Duration = Duration::from_secs(30);
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
    approvers: Approvers,
    /// The previews that somebody is asked about.
    asking: FuturesUnordered<Asking>,
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
    Answered(usize, Answer),
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
        approvers: Approvers,
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
            approvers,
            asking: FuturesUnordered::new(),
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
                Happening::Answered(index, answer) => self.answered(index, answer),
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
        let nothing_to_submit =
            self.halted.is_some() || self.ready.is_empty() && self.asking.is_empty();
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
            Some((index, answer)) = self.asking.next(), if !is_stopped => {
                Happening::Answered(index, answer)
            }
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
                Action::Release if matches!(self.approvers, Approvers::Auto) => {
                    self.approved(index);
                }
                Action::Publish if !item.planned.row.expects() => {
                    self.end(index, Verdict::Succeeded, None);
                }
                _ => self.ready.push_back(index),
            },
            State::Ended(_) => {}
        }
    }

    /// Not kept: it is approved for this run, and checked when it is submitted.
    fn approved(&mut self, index: usize) {
        self.items[index].planned.state = State::Pending {
            submission: Submission::GoLive,
        };
        self.ready.push_back(index);
    }

    fn follow(&mut self, index: usize, operation: Operation) {
        let item = &mut self.items[index];
        item.polls_before += std::mem::take(&mut item.polls);
        tell::accepted(self.context, index, item, &operation.token());
        self.set.insert(index, operation);
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

/// The end of a time that may not have begun.
async fn over(time: &mut Option<Pin<Box<Sleep>>>) {
    match time {
        Some(time) => time.await,
        None => std::future::pending().await,
    }
}
