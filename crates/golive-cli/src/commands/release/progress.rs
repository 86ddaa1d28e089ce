//! How far a release has come, as far as this program knows.

use crate::context::Context;
use crate::event::{Event, Phase, PhaseName};
use crate::follow;
use crate::moment;
use crate::resume::Resume;
use crate::token_file::TokenFile;
use crate::watch::Watch;
use golive::{OperationStatus, ReleasePhase, ReleaseToken, ReleaseUpdate, ResumeToken, Update};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Keeps the token of a release and shows what it tells. Shared with the
/// release, which tells it.
#[derive(Clone)]
pub struct Progress {
    context: Arc<Context>,
    changed: Arc<Notify>,
    state: Arc<Mutex<State>>,
}

struct State {
    resume: Resume,
    file: Option<TokenFile>,
    token: Option<ReleaseToken>,
    /// Why the token is not in the file.
    not_kept: Option<String>,
    phase: Option<ReleasePhase>,
    /// Whether a request may be on its way.
    submitting: bool,
    watch: Option<Watch>,
    /// Polls of the operations before this one.
    polls_before: u64,
    /// The last status that was seen, of whatever operation.
    status: Option<Arc<OperationStatus>>,
}

impl Progress {
    /// Of a release that is about to begin, or to go on from a token.
    pub fn new(
        context: Arc<Context>,
        resume: Resume,
        file: Option<TokenFile>,
        token: Option<ReleaseToken>,
    ) -> Self {
        Self {
            context,
            changed: Arc::new(Notify::new()),
            state: Arc::new(Mutex::new(State {
                resume,
                file,
                token,
                not_kept: None,
                phase: None,
                submitting: false,
                watch: None,
                polls_before: 0,
                status: None,
            })),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what the release tells.
    pub fn observe(&self, update: ReleaseUpdate) {
        match update {
            ReleaseUpdate::Phase { phase, token, .. } => {
                self.phase(phase, &token);
                self.changed.notify_one();
            }
            ReleaseUpdate::Operation(update) => {
                let mut state = self.state();
                if let Some(watch) = &mut state.watch {
                    watch.update(&update);
                }
                match update {
                    Update::Status { status, .. } => state.status = Some(status),
                    Update::Done(Ok(status)) => state.status = Some(Arc::new(status)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Writes the token to the file before anything else happens. Gives false if it
    /// cannot be written: then nothing is submitted.
    pub fn keep(&self, token: &ReleaseToken) -> bool {
        let mut state = self.state();
        state.token = Some(token.clone());
        let Some(file) = &state.file else {
            return true;
        };
        match file.write(token) {
            Ok(()) => {
                state.resume.token_file = Some(file.path().to_owned());
                state.not_kept = None;
                true
            }
            Err(error) => {
                if file.is_first_failure() && !token.is_submitting() {
                    self.context.ui.warn(&format!("{error:#}"));
                }
                // What cannot be kept in the file is shown at the end.
                state.resume.token_file = None;
                state.not_kept = Some(format!("{error:#}"));
                false
            }
        }
    }

    /// Prints why the token is not in the file.
    pub fn print_not_kept(&self) {
        if let Some(problem) = &self.state().not_kept {
            self.context.ui.say(&format!(
                "  {problem}\n  what to do: make room for it or name another file, and go on \
                 with the token below"
            ));
        }
    }

    /// Says in the file that the end was reported.
    pub fn ended(&self) {
        if let Some(file) = &self.state().file {
            follow::ended(&self.context, file);
        }
    }

    fn phase(&self, phase: ReleasePhase, token: &ReleaseToken) {
        let mut state = self.state();
        if state.phase == Some(phase) {
            // Told again: now the request is sent, or it was refused.
            state.submitting = token.is_submitting();
            return;
        }
        state.phase = Some(phase);
        state.submitting = false;
        if let Some(watch) = state.watch.take() {
            state.polls_before += watch.polls();
            self.context.ui.end();
        }
        let (publisher, offer) = (token.publisher(), token.offer());
        let text = match phase {
            ReleasePhase::Publish => "publishing the draft",
            ReleasePhase::Preview => "accepted; waiting for the preview",
            ReleasePhase::Approval => "the preview is ready; checking it",
            ReleasePhase::GoLive => "going live",
            ReleasePhase::Live => "accepted; waiting until it is live",
            _ => return,
        };
        self.context
            .ui
            .note(&format!("{publisher}/{offer}: {text}"));
        self.context.ui.resumable(&token.to_string());
        if let Some(phase) = PhaseName::of(phase) {
            self.context.ui.event(|| {
                Event::Phase(Phase {
                    time: moment::now(),
                    publisher: publisher.to_owned(),
                    offer: offer.to_owned(),
                    phase,
                    resume_token: token.to_string(),
                })
            });
        }
        if let Some(operation) = token.operation() {
            let resume = token.to_string();
            state.watch = Some(Watch::begin(self.context.clone(), operation, &resume));
        }
    }

    /// Waits for the next phase.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Whether a request may be on its way.
    pub fn is_submitting(&self) -> bool {
        self.state().submitting
    }

    /// Where there is no live view: says that it still runs.
    pub fn heartbeat(&self) {
        let ui = &self.context.ui;
        match self.state().phase {
            Some(ReleasePhase::Approval) => ui.still("still waiting for approval"),
            Some(ReleasePhase::Publish | ReleasePhase::GoLive) => {
                ui.still("still waiting for the service");
            }
            _ => ui.heartbeat(),
        }
    }

    /// What is needed to go on.
    pub fn token(&self) -> Option<ReleaseToken> {
        self.state().token.clone()
    }

    /// Polls, the age of the last operation, and its last status.
    pub fn seen(&self) -> (u64, Duration, Option<Arc<OperationStatus>>) {
        let state = self.state();
        let (polls, elapsed) = state
            .watch
            .as_ref()
            .map_or((0, Duration::ZERO), |it| (it.polls(), it.elapsed()));
        (state.polls_before + polls, elapsed, state.status.clone())
    }

    /// Prints the command that follows an operation which may be somebody else's.
    pub fn print_running(&self, running: &ResumeToken) {
        let state = self.state();
        state
            .resume
            .print_running(&self.context, &running.to_string());
    }

    /// After a submission of which nobody knows whether it was accepted: what to look
    /// at, and the commands that go on either way.
    pub fn print_what_to_look_at(&self) {
        let Some(token) = self.token() else { return };
        let name = format!("{} {}", token.publisher(), token.offer());
        let ways = match token.phase() {
            ReleasePhase::Publish => format!(
                "  if the draft is being published: golive release {name} --on-conflict attach\n  \
                 if it is in preview already: golive go-live {name}\n  if neither: golive \
                 release {name}"
            ),
            ReleasePhase::GoLive => format!(
                "  if it is going live: golive go-live {name} --on-conflict attach\n  if it is \
                 live already: nothing is left to do\n  if neither: golive go-live {name}"
            ),
            _ => return,
        };
        self.context.ui.say(&format!(
            "  look with: golive operations list {name}, golive status {name}, and golive offers \
             diff {name}\n{ways}"
        ));
    }

    /// Prints the command that goes on, if there is something to go on with.
    pub fn print_resume(&self) {
        let state = self.state();
        if let Some(token) = &state.token {
            state.resume.print(&self.context, &token.to_string());
        }
    }
}
