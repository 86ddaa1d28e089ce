//! A release under way: from phase to phase.

use super::token::State;
use super::{Approve, KeepToken, Observer, Release, ReleasePhase, ReleaseToken, ReleaseUpdate};
use crate::control::{Keep, Limit, Sending};
use crate::goal::Goal;
use crate::running::Before;
use crate::{Error, Offer, Operation, OperationStatus, ResumeToken, Update};
use futures_util::StreamExt;
use golive_client::Endpoint;
use golive_client::endpoints::{GO_LIVE_OFFER, PUBLISH_OFFER};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How far a release has come, and who is told. Shared with the hooks that keep
/// it right before a request is sent.
struct Progress {
    state: State,
    observer: Observer,
    keep: Option<KeepToken>,
    /// The operation of the token that was given to be kept last.
    kept: Option<ResumeToken>,
}

impl Progress {
    fn token(&self) -> ReleaseToken {
        ReleaseToken(Box::new(self.state.clone()))
    }

    /// Whether the token is kept, if anybody keeps it.
    fn keep(&mut self) -> bool {
        let token = self.token();
        self.kept = token.operation().cloned();
        self.keep.as_mut().is_none_or(|keep| keep(&token))
    }

    fn observe(&mut self) {
        let (phase, token) = (self.state.phase(), self.token());
        (self.observer)(ReleaseUpdate::Phase { phase, token });
    }

    /// What is kept before is good enough to go on with, so that it is no reason to end.
    fn tell(&mut self) {
        self.keep();
        self.observe();
    }

    /// What was shown for approval is not there any more: what is there now is for
    /// whoever goes on to approve.
    fn forget_preview(&mut self) {
        self.state.preview = None;
        self.state.approved = false;
        self.tell();
    }

    /// The operation of the phase has been polled, which may have changed its token.
    fn follow(&mut self, token: ResumeToken) {
        let kept = self.kept.as_ref();
        let says_more = kept.is_none_or(|kept| token.0.says_more_than(&kept.0));
        match self.state.phase() {
            ReleasePhase::Preview => self.state.publish = Some(token),
            ReleasePhase::Live => self.state.go_live = Some(token),
            _ => return,
        }
        if says_more {
            self.keep();
        }
    }

    /// A request is about to be sent: it is not, unless the token is kept that says so.
    fn submits(&mut self, before: &Before) -> Result<(), Error> {
        self.state.submitting = Some(before.clone());
        let fits = self.token().check_length();
        let kept = fits.and_then(|()| self.keep().then_some(()).ok_or_else(Error::not_kept));
        match kept {
            Ok(()) => self.observe(),
            Err(_) => self.state.submitting = None,
        }
        kept
    }
}

/// A release under way.
pub(super) struct Run {
    offer: Offer,
    progress: Arc<Mutex<Progress>>,
    /// By the clock.
    deadline: Option<Duration>,
    approve: Option<Approve>,
    /// What the caller knows of a request whose answer was lost.
    submitted: Option<bool>,
    /// The operation that this process has started; after a resume, the token has
    /// it.
    operation: Option<Operation>,
}

impl Run {
    pub(super) fn new(release: Release) -> Self {
        let Release {
            offer,
            state,
            deadline,
            observer,
            keep,
            approve,
            submitted,
        } = release;
        let now = offer.shared.clock.elapsed();
        Self {
            offer,
            progress: Arc::new(Mutex::new(Progress {
                state,
                observer,
                keep,
                kept: None,
            })),
            deadline: deadline.map(|limit| now.saturating_add(limit)),
            approve,
            submitted,
            operation: None,
        }
    }

    pub(super) async fn run(mut self) -> Result<OperationStatus, Error> {
        let result = self.phases().await;
        result.map_err(|error| error.with_release_token(self.progress().token()))
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> State {
        self.progress().state.clone()
    }

    async fn phases(&mut self) -> Result<OperationStatus, Error> {
        if self.state().phase() == ReleasePhase::Publish {
            self.progress().token().check_length()?;
        }
        let mut preview = None;
        loop {
            self.progress().tell();
            let state = self.state();
            match state.phase() {
                ReleasePhase::Publish => {
                    let operation = self.publish(&state).await?;
                    self.started(operation, |state, token| state.publish = Some(token));
                }
                ReleasePhase::Preview => {
                    preview = Some(self.follow(state.publish).await?);
                    self.progress().state.previewed = true;
                }
                ReleasePhase::Approval => {
                    self.approval(&state, preview.take()).await?;
                    self.progress().state.approved = true;
                }
                ReleasePhase::GoLive => {
                    let operation = self.go_live(&state).await?;
                    self.started(operation, |state, token| state.go_live = Some(token));
                }
                ReleasePhase::Live => return self.follow(state.go_live).await,
            }
        }
    }

    fn started(&mut self, operation: Operation, keep: impl FnOnce(&mut State, ResumeToken)) {
        let token = operation.token();
        self.operation = Some(operation);
        let state = &mut self.progress().state;
        state.submitting = None;
        keep(state, token);
    }

    async fn publish(&mut self, state: &State) -> Result<Operation, Error> {
        if let Some(operation) = self.adopt(state, &PUBLISH_OFFER, Goal::Preview).await? {
            return Ok(operation);
        }
        let mut publish = self.offer.publish().on_conflict(state.on_conflict);
        for email in &state.emails {
            publish = publish.notify(email);
        }
        publish.control.keep = Some(self.keep());
        match self.left() {
            Some(left) => publish.deadline(left).await,
            None => publish.await,
        }
    }

    async fn go_live(&mut self, state: &State) -> Result<Operation, Error> {
        if let Some(operation) = self.adopt(state, &GO_LIVE_OFFER, Goal::End).await? {
            return Ok(operation);
        }
        let go_live = self.offer.go_live().on_conflict(state.on_conflict);
        let mut go_live = go_live.approved(state.expected.clone());
        go_live.shown.clone_from(&state.preview);
        go_live.control.keep = Some(self.keep());
        let outcome = match self.left() {
            Some(left) => go_live.deadline(left).await,
            None => go_live.await,
        };
        if outcome.as_ref().is_err_and(Error::is_unexpected_preview) {
            self.progress().forget_preview();
        }
        outcome
    }

    /// Keeps, right before a request is sent, that it may have been; and that it was
    /// not accepted, once the service has refused it.
    fn keep(&self) -> Keep {
        let progress = self.progress.clone();
        Arc::new(move |sending: Sending<'_>| {
            let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
            match sending {
                Sending::Begins(before) => return progress.submits(before),
                Sending::Refused { .. } => progress.state.submitting = None,
            }
            progress.tell();
            Ok(())
        })
    }

    /// What an earlier run has submitted without knowing that it was accepted.
    async fn adopt(
        &mut self,
        state: &State,
        endpoint: &'static Endpoint,
        goal: Goal,
    ) -> Result<Option<Operation>, Error> {
        let Some(before) = &state.submitting else {
            return Ok(None);
        };
        match self.submitted.take() {
            Some(true) => return self.offer.status_for(goal).map(Some),
            Some(false) => return Ok(None),
            None => {}
        }
        let offer = &self.offer;
        let looking = async {
            let started = offer.started_since(endpoint, goal, before).await;
            started.map_err(Error::submission_unknown)
        };
        let action = || format!("go on with the release of {offer}");
        let limit = Limit::until(self.deadline);
        let started = limit.at_first(&offer.shared.clock, looking).await;
        started.map_err(|error| error.while_trying(action()))
    }

    async fn approval(
        &mut self,
        state: &State,
        preview: Option<OperationStatus>,
    ) -> Result<(), Error> {
        let offer = &self.offer;
        let looking = async {
            let edition = offer.preview_edition().await?;
            // An answer that is there already may be to the preview that was shown before.
            let before = state.preview.as_ref().filter(|_| state.approval);
            offer.check_preview(&state.expected, before).await?;
            let shown = match (preview, state.approval) {
                (None, true) => Some(offer.status().await?),
                (preview, _) => preview,
            };
            Ok((edition, shown))
        };
        let limit = Limit::until(self.deadline);
        let looked = limit.at_first(&offer.shared.clock, looking).await;
        if looked.as_ref().is_err_and(Error::is_unexpected_preview) {
            self.progress().forget_preview();
        }
        let (edition, shown) = looked?;
        // What is known is not forgotten because it cannot be seen now.
        if state.preview.is_none() || !edition.is_unknown() {
            let mut progress = self.progress();
            progress.state.preview = Some(edition);
            progress.keep();
        }
        let Some(shown) = shown.filter(|_| state.approval) else {
            return Ok(());
        };
        let left = self.left();
        let Some(approve) = &mut self.approve else {
            return Err(Error::not_approved());
        };
        let asking = approve(shown);
        let approved = match left {
            None => asking.await,
            Some(left) => tokio::select! {
                biased;
                approved = asking => approved,
                () = self.offer.shared.clock.sleep(left) => return Err(Error::deadline()),
            },
        };
        if approved {
            Ok(())
        } else {
            Err(Error::not_approved())
        }
    }

    /// Follows an operation to its end and passes on what it tells.
    async fn follow(&mut self, token: Option<ResumeToken>) -> Result<OperationStatus, Error> {
        let operation = match (self.operation.take(), token) {
            (Some(operation), _) => operation,
            (None, Some(token)) => self.offer.shared.resume(token)?,
            (None, None) => return Err(Error::invalid("the release token has no operation")),
        };
        let mut operation = match self.left() {
            Some(left) => operation.deadline(left),
            None => operation,
        };
        while let Some(update) = operation.next().await {
            self.progress().follow(operation.token());
            (self.progress().observer)(ReleaseUpdate::Operation(update.clone()));
            if let Update::Done(outcome) = update {
                return outcome;
            }
        }
        operation.wait().await
    }

    /// Time to the deadline.
    fn left(&self) -> Option<Duration> {
        let now = self.offer.shared.clock.elapsed();
        self.deadline.map(|deadline| deadline.saturating_sub(now))
    }
}
