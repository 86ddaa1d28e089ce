//! Starts an operation and follows it: what `go-live` and `publish` share.

use crate::args::Submitting;
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Outcome, Standing};
use crate::exit::Exit;
use crate::follow::{follow, left};
use crate::resume::Resume;
use crate::signals::Signals;
use crate::suggest;
use crate::token_file::TokenFile;
use anyhow::Result;
use golive::{Error, Offer, Operation, ResumeToken};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// What is asked for, with what ends it: a signal, and a deadline of the wait for
/// another operation.
pub type Submit<'a> = Box<
    dyn FnOnce(&Offer, Stop, Option<Duration>) -> Pin<Box<dyn Future<Output = Submitted>>> + 'a,
>;

/// Completes when a signal has arrived.
pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

type Submitted = Result<Operation, Error>;

/// Submits and, unless told otherwise, follows the operation to its end.
pub async fn start(
    context: &Arc<Context>,
    args: &Submitting,
    no_wait: bool,
    submit: Submit<'_>,
) -> Result<Exit> {
    // All that can be wrong here is found before anything is sent.
    let token_file = TokenFile::prepare_if(args.token_file.as_deref())?;
    let connection = if args.emulator {
        Connection::to_emulator(context).await?
    } else {
        Connection::to_service(context, &args.service)?
    };
    let started = Start {
        context,
        connection: &connection,
        token_file: token_file.as_ref(),
        resume: connection.resume(context),
    };
    let exit = started.run(args, no_wait, submit).await;
    connection.close().await;
    exit
}

struct Start<'a> {
    context: &'a Arc<Context>,
    connection: &'a Connection,
    token_file: Option<&'a TokenFile>,
    resume: Resume,
}

impl Start<'_> {
    async fn run(mut self, args: &Submitting, no_wait: bool, submit: Submit<'_>) -> Result<Exit> {
        let ui = &self.context.ui;
        let offer = self.connection.portal.offer(&args.publisher, &args.offer)?;
        let began = Instant::now();
        let mut signals = Signals::new()?;
        let deadline = self.context.settings.deadline.as_ref();
        let deadline = deadline.map(|it| left(it.value.duration, began));
        let (stop, stopped) = oneshot::channel();
        let stopped: Stop = Box::pin(async move {
            // Dropped or told: there was a signal.
            let _ = stopped.await;
        });
        let submitting = submit(&offer, stopped, deadline);
        let (result, interrupted) =
            match submitted(self.context, submitting, stop, &mut signals).await {
                Answered::Result(result, interrupted) => (*result, interrupted),
                Answered::Unknown(exit) => {
                    ui.say(
                        "golive: interrupted; it is unknown whether the service has accepted: \
                         look at the offer's operations, or go on with --on-conflict attach",
                    );
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
        let operation = match (result, interrupted) {
            (Ok(operation), None) => operation,
            (Ok(_), Some(exit)) => {
                ui.say(&format!(
                    "golive: interrupted; the service has accepted {offer}"
                ));
                return Ok(self.stopped(exit, token.as_ref()));
            }
            (Err(error), interrupted) if is_given_up(&error) => {
                let exit = nothing_sent(self.context, interrupted);
                self.print_running(&error);
                return Ok(exit);
            }
            (Err(error), interrupted) => {
                let (portal, publisher) = (&self.connection.portal, offer.publisher());
                let id = Some(offer.id());
                let exit = suggest::failed(self.context, portal, publisher, id, &error).await;
                self.print_running(&error);
                if error.is_submission_unknown() {
                    self.print_what_to_look_at(&offer);
                }
                return Ok(self.stopped(interrupted.unwrap_or(exit), token.as_ref()));
            }
        };

        let token = operation.token();
        ui.note(&format!(
            "accepted: {offer}, operation {}",
            token.operation_id()
        ));
        if no_wait {
            self.resume.note(self.context, &token.to_string());
            self.print_accepted(&token);
            return Ok(Exit::Succeeded);
        }
        self.connection.warn_of_short_credential(self.context);
        Ok(follow(
            self.context,
            operation,
            self.token_file,
            &self.resume,
            &mut signals,
            began,
        )
        .await)
    }

    /// Writes the token to the file, before the first poll. If that fails the
    /// operation is running all the same, so the token is shown instead.
    fn keep(&mut self, token: &ResumeToken) {
        let Some(file) = self.token_file else {
            return;
        };
        match file.write(token) {
            Ok(()) => self.resume.token_file = Some(file.path().to_owned()),
            Err(error) => {
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
        self.context.ui.say(&format!(
            "  look with: golive operations list {publisher} {id}, or golive status {publisher} {id}\n  \
             if it runs: the same command with --on-conflict attach goes on with it\n  \
             if nothing runs and nothing has changed: the same command submits it"
        ));
    }

    fn stopped(&self, exit: Exit, token: Option<&ResumeToken>) -> Exit {
        if let Some(token) = token {
            let line = token.to_string();
            self.context.ui.outputs(token.operation_id(), &line);
            self.resume.print(self.context, &line);
        }
        exit
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
        ui.outputs(token.operation_id(), &line);
        ui.set_output("status", outcome.status.as_str());
        ui.outcome(&line, outcome);
    }
}

/// Says that nothing was submitted, and why: a signal, or else the deadline.
fn nothing_sent(context: &Context, signal: Option<Exit>) -> Exit {
    match signal {
        Some(exit) => {
            context
                .ui
                .say("golive: interrupted before anything was submitted");
            exit
        }
        None => {
            context.ui.say(
                "golive: the deadline has passed while another operation of the offer was \
                 running; nothing was submitted",
            );
            Exit::StillRunning
        }
    }
}

/// Whether a signal or the deadline ended a submission before anything was accepted.
fn is_given_up(error: &Error) -> bool {
    error.is_stopped() || (error.is_timeout() && error.resume_token().is_none())
}

enum Answered {
    /// The answer, and the first signal that arrived meanwhile.
    Result(Box<Submitted>, Option<Exit>),
    /// A second signal came before the answer.
    Unknown(Exit),
}

/// Submits. A signal ends it at once while nothing was submitted, also in a wait for
/// another operation. While a request is under way, its answer is waited for, because
/// an operation that is accepted in that moment would be lost; a second signal stops at
/// once.
async fn submitted(
    context: &Context,
    mut submitting: Pin<Box<dyn Future<Output = Submitted> + '_>>,
    stop: oneshot::Sender<()>,
    signals: &mut Signals,
) -> Answered {
    let signal = tokio::select! {
        result = &mut submitting => return Answered::Result(Box::new(result), None),
        signal = signals.next() => signal,
    };
    drop(stop);
    tokio::select! {
        biased;
        result = &mut submitting => return Answered::Result(Box::new(result), Some(signal)),
        () = std::future::ready(()) => context.ui.say(
            "golive: interrupted; waiting for the service's answer, so that nothing is lost (a \
             second signal stops at once)",
        ),
    }
    tokio::select! {
        result = &mut submitting => Answered::Result(Box::new(result), Some(signal)),
        _ = signals.next() => Answered::Unknown(signal),
    }
}
