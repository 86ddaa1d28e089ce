//! Submits, whatever an earlier run has left, and follows the operation.

mod keeper;
mod request;

use super::wait;
use crate::answer::{NoAnswer, answer};
use crate::attempt::{Asked, AttemptToken};
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Outcome, Standing};
use crate::exit::Exit;
use crate::follow::{follow, left};
use crate::resume::Resume;
use crate::signals::Signals;
use crate::suggest;
use crate::token_file::TokenFile;
use anyhow::{Result, bail};
use golive::{Attempt, Error, Offer, Operation, ResumeToken};
use keeper::Keeper;
use request::{Answered, request};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How much longer than the deadline it may take to find out what became of a request.
const GRACE: Duration = Duration::from_secs(30);

/// Something to submit, or to go on with.
pub struct Submission<'a> {
    pub context: &'a Arc<Context>,
    pub connection: &'a Connection,
    /// Where what is needed to go on is kept.
    pub file: Option<Arc<TokenFile>>,
    /// How to go on.
    pub resume: Resume,
    pub asked: Asked,
    /// Whether it is enough that the service has accepted.
    pub no_wait: bool,
    /// Whether `wait` goes on with it, and not the command that began it.
    pub is_resumed: bool,
    /// The deadline counts from here.
    pub began: Instant,
}

/// What became of an earlier request.
enum Settled {
    Accepted(Box<Operation>),
    NotAccepted,
    /// It is not known, or was not looked for long enough.
    Ended(Exit),
}

impl Submission<'_> {
    fn offer(&self) -> Result<Offer> {
        let (publisher, offer) = (&self.asked.publisher, &self.asked.offer);
        Ok(self.connection.portal.offer(publisher, offer)?)
    }

    /// Goes on with an operation that an earlier run has started.
    pub async fn go_on(self, token: ResumeToken, signals: &mut Signals) -> Result<Exit> {
        if self.no_wait {
            self.print_accepted(&token);
            return Ok(Exit::Succeeded);
        }
        let (context, file) = (self.context, self.file.as_deref());
        let waiting = wait::operation(
            context,
            self.connection,
            file,
            &self.resume,
            token,
            signals,
            self.began,
        );
        Ok(waiting.await)
    }

    /// Goes on with a submission that an earlier run may have sent: looks whether the
    /// service has accepted it, and submits it if not.
    pub async fn settle(mut self, token: AttemptToken, signals: &mut Signals) -> Result<Exit> {
        let endpoint = self.connection.portal.endpoint();
        if token.endpoint != endpoint {
            bail!(
                "the attempt token is for {}, and the endpoint is {endpoint}: name that endpoint",
                token.endpoint
            );
        }
        let attempt = match &token.attempt {
            Some(attempt) if attempt.may_have_been_sent() => attempt,
            _ => return self.submit_after(signals, true).await,
        };
        let offer = self.offer()?;
        match self.look(&offer, attempt, &token, signals).await {
            Settled::Accepted(operation) => {
                self.keep(&operation.token());
                Ok(self.accepted(*operation, signals).await)
            }
            Settled::NotAccepted => {
                self.context.ui.note(&format!(
                    "the service had not accepted {}; submitting it now",
                    self.asked
                ));
                self.submit_after(signals, true).await
            }
            Settled::Ended(exit) => Ok(exit),
        }
    }

    async fn look(
        &self,
        offer: &Offer,
        attempt: &Attempt,
        token: &AttemptToken,
        signals: &mut Signals,
    ) -> Settled {
        let ui = &self.context.ui;
        let looking = async {
            // An answer that the token is no good says nothing about the submission.
            self.connection.portal.authenticate().await?;
            request::attempted(offer, self.asked.action, attempt).await
        };
        let limit = self.deadline().map(|left| left.saturating_add(GRACE));
        let still = "still looking whether the service has accepted";
        let exit = match answer(self.context, signals, limit, still, looking).await {
            Ok(Ok(Some(operation))) => return Settled::Accepted(Box::new(operation)),
            Ok(Ok(None)) => return Settled::NotAccepted,
            Ok(Err(error)) => {
                let exit = ui.failed(&error);
                // That can be mended, and then it can be told.
                if error.is_unauthorized() || error.is_forbidden() {
                    Exit::NotAllowed
                } else {
                    if error.is_submission_unknown() {
                        self.print_what_to_look_at(offer);
                    }
                    exit
                }
            }
            Err(NoAnswer::Signal(signal)) => {
                ui.say("golive: interrupted; it is not known yet whether the service had accepted");
                signal
            }
            Err(NoAnswer::Late) => {
                ui.say(
                    "golive: the deadline has passed before it was known whether the service had \
                     accepted; nothing was submitted now",
                );
                Exit::StillRunning
            }
        };
        if let Ok(line) = token.to_line() {
            ui.resumable(&line);
            self.resume.print(self.context, &line);
        }
        Settled::Ended(exit)
    }

    /// Submits.
    pub async fn submit(self, signals: &mut Signals) -> Result<Exit> {
        self.submit_after(signals, false).await
    }

    /// Submits; `is_kept` says whether the file has an attempt of it already.
    async fn submit_after(mut self, signals: &mut Signals, is_kept: bool) -> Result<Exit> {
        let ui = &self.context.ui;
        let offer = self.offer()?;
        let endpoint = self.connection.portal.endpoint();
        let keeper = Keeper::new(self.file.clone(), endpoint, self.asked.clone(), is_kept);
        let keeper = Arc::new(keeper);
        let (submitting, stop) = request(&offer, &self.asked, self.deadline(), &keeper);
        let answered = request::answer(self.context, submitting, stop, &keeper, signals).await;
        let (result, interrupted) = match answered {
            Answered::Result(result, interrupted) => (*result, interrupted),
            Answered::Unknown(exit) => {
                ui.say("golive: interrupted; it is unknown whether the service has accepted");
                self.leave(&keeper);
                return Ok(exit);
            }
        };
        // An error may carry the token of what was accepted all the same.
        let token = match &result {
            Ok(operation) => Some(operation.token()),
            Err(error) => error.resume_token().cloned(),
        };
        if let Some(token) = &token {
            self.keep(token);
        }
        match (result, interrupted) {
            (Ok(operation), None) => Ok(self.accepted(operation, signals).await),
            (Ok(_), Some(exit)) => {
                ui.say(&format!(
                    "golive: interrupted; the service has accepted {offer}"
                ));
                self.print_resume(token.as_ref());
                Ok(exit)
            }
            (Err(error), interrupted) => {
                Ok(self.refused(&offer, &error, interrupted, &keeper).await)
            }
        }
    }

    /// After a submission without an operation to follow.
    async fn refused(
        &mut self,
        offer: &Offer,
        error: &Error,
        interrupted: Option<Exit>,
        keeper: &Keeper,
    ) -> Exit {
        let ui = &self.context.ui;
        if let Some(problem) = keeper.problem() {
            return ui.unusable(&problem);
        }
        let accepted = error.resume_token();
        if error.is_stopped() || (error.is_timeout() && accepted.is_none()) {
            let exit = self.nothing_sent(error, interrupted);
            self.print_running(error);
            self.keep_unsent(keeper);
            self.leave(keeper);
            return exit;
        }
        let (portal, publisher) = (&self.connection.portal, offer.publisher());
        let exit = suggest::failed(self.context, portal, publisher, Some(offer.id()), error).await;
        self.print_running(error);
        if error.is_submission_unknown() {
            self.print_what_to_look_at(offer);
            self.leave(keeper);
        } else if accepted.is_some() {
            self.print_resume(accepted);
        } else if self.is_resumed {
            // Nothing else says what was asked for.
            self.keep_unsent(keeper);
            self.leave(keeper);
        } else if let Err(error) = keeper.forget() {
            ui.warn(&format!("{error:#}"));
        }
        interrupted.unwrap_or(exit)
    }

    /// Says that nothing was submitted, and why: a signal, or else the deadline.
    fn nothing_sent(&self, error: &Error, signal: Option<Exit>) -> Exit {
        let ui = &self.context.ui;
        if let Some(exit) = signal {
            ui.say("golive: interrupted before anything was submitted");
            return exit;
        }
        ui.say(match error.running_operation() {
            Some(_) => {
                "golive: the deadline has passed while another operation of the offer was \
                 running; nothing was submitted"
            }
            None => "golive: the deadline has passed before anything was submitted",
        });
        Exit::StillRunning
    }

    fn keep_unsent(&self, keeper: &Keeper) {
        if let Err(error) = keeper.keep_unsent() {
            self.context.ui.warn(&format!("{error:#}"));
        }
    }

    /// Says how to go on with what may not be at the service.
    fn leave(&mut self, keeper: &Keeper) {
        let ui = &self.context.ui;
        let Some(line) = keeper.line() else { return };
        self.resume.token_file = keeper.kept_in().map(ToOwned::to_owned);
        ui.resumable(&line);
        self.resume.print(self.context, &line);
    }

    /// The service has accepted.
    async fn accepted(self, operation: Operation, signals: &mut Signals) -> Exit {
        let ui = &self.context.ui;
        let token = operation.token();
        ui.note(&format!(
            "accepted: {}/{}, operation {}",
            self.asked.publisher,
            self.asked.offer,
            token.operation_id()
        ));
        if self.no_wait {
            self.print_accepted(&token);
            return Exit::Succeeded;
        }
        self.connection.warn_of_short_credential(self.context);
        let (context, file) = (self.context, self.file.as_deref());
        follow(context, operation, file, &self.resume, signals, self.began).await
    }

    fn deadline(&self) -> Option<Duration> {
        let deadline = self.context.settings.deadline.as_ref()?;
        Some(left(deadline.value.duration, self.began))
    }

    /// Writes the token to the file, before the first poll. If that fails the
    /// operation is running all the same, so the token is shown instead.
    fn keep(&mut self, token: &ResumeToken) {
        let Some(file) = &self.file else {
            return;
        };
        match file.write(token) {
            Ok(()) => self.resume.token_file = Some(file.path().to_owned()),
            Err(error) => {
                self.resume.token_file = None;
                self.context.ui.unusable(&error);
            }
        }
    }

    fn print_running(&self, error: &Error) {
        if let Some(running) = error.running_operation() {
            self.resume
                .print_running(self.context, &running.to_string());
        }
    }

    /// After a submission of which nobody knows whether it was accepted.
    fn print_what_to_look_at(&self, offer: &Offer) {
        let (publisher, id) = (offer.publisher(), offer.id());
        let file = match &self.file {
            Some(file) => format!("without the token file {}, ", file.path().display()),
            None => String::new(),
        };
        self.context.ui.say(&format!(
            "  look with: golive operations list {publisher} {id}, or golive status {publisher} {id}\n  \
             if it runs: {file}the same command with --on-conflict attach goes on with it\n  \
             if nothing runs and nothing has changed: {file}the same command submits it"
        ));
    }

    fn print_resume(&self, token: Option<&ResumeToken>) {
        if let Some(token) = token {
            let line = token.to_string();
            self.context.ui.outputs(token.operation_id(), &line);
            self.resume.print(self.context, &line);
        }
    }

    fn print_accepted(&self, token: &ResumeToken) {
        let outcome = Outcome::of_operation(
            token,
            Standing {
                status: None,
                error: None,
                ended: false,
                polls: 0,
                elapsed: Duration::ZERO,
            },
        );
        let (ui, line) = (&self.context.ui, token.to_string());
        self.resume.note(self.context, &line);
        ui.outputs(token.operation_id(), &line);
        ui.set_output("status", outcome.status.as_str());
        ui.outcome(&line, outcome);
    }
}
