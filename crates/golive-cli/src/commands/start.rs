//! Starts an operation and follows it: what `go-live` and `publish` share.

use crate::args::Submitting;
use crate::args::submitting::OnConflict;
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Outcome, Standing};
use crate::exit::Exit;
use crate::follow::follow;
use crate::resume::Resume;
use crate::signals::Signals;
use crate::suggest;
use crate::token_file::TokenFile;
use anyhow::Result;
use golive::{Error, Offer, Operation, ResumeToken};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Time to find out whether another operation is running, whatever the deadline.
pub const LOOK: Duration = Duration::from_secs(5);

/// A submission that asks the gate right before it is sent.
pub type Submit<'a> = Box<
    dyn FnOnce(&Offer, Arc<Gate>) -> Pin<Box<dyn Future<Output = Result<Operation, Error>>>> + 'a,
>;

/// What a request has to pass right before it is sent.
#[derive(Debug, Default)]
pub struct Gate {
    closed: AtomicBool,
    passed: AtomicBool,
    /// When nothing is sent again any more.
    deadline: Option<Instant>,
}

impl Gate {
    /// Whether the request may be sent.
    pub fn pass(&self) -> bool {
        let too_late = self.is_passed() && self.deadline.is_some_and(|it| it <= Instant::now());
        if too_late {
            self.close();
        }
        let open = !self.closed.load(Ordering::SeqCst);
        if open {
            self.passed.store(true, Ordering::SeqCst);
        }
        open
    }

    fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    /// Whether a request may have been sent.
    fn is_passed(&self) -> bool {
        self.passed.load(Ordering::SeqCst)
    }
}

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
        let waits = args.on_conflict == OnConflict::Wait;
        let deadline = self.context.settings.deadline.as_ref();
        let deadline = deadline.filter(|_| waits).and_then(|deadline| {
            // The furthest future is none.
            began.checked_add(deadline.value.duration.max(LOOK))
        });
        let submitted = submitted(self.context, &offer, submit, &mut signals, deadline).await;
        let (result, interrupted) = match submitted {
            Submitted::Answered(result, interrupted) => (*result, interrupted),
            Submitted::NotSent(signal) => return Ok(nothing_sent(self.context, signal)),
            Submitted::Unknown(exit) => {
                ui.say(
                    "golive: interrupted; it is unknown whether the service has accepted: look \
                     at the offer's operations, or go on with --on-conflict attach",
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
            (Err(error), interrupted) if error.is_stopped() => {
                return Ok(nothing_sent(self.context, interrupted));
            }
            (Err(error), interrupted) => {
                let (portal, publisher) = (&self.connection.portal, offer.publisher());
                let id = Some(offer.id());
                let exit = suggest::failed(self.context, portal, publisher, id, &error).await;
                if let Some(running) = error.running_operation() {
                    self.resume
                        .print_running(self.context, &running.to_string());
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

enum Submitted {
    /// The answer, and the first signal that arrived meanwhile.
    Answered(Box<Result<Operation, Error>>, Option<Exit>),
    /// Nothing was sent: there was a signal, or else the deadline has passed.
    NotSent(Option<Exit>),
    /// A second signal came before the answer.
    Unknown(Exit),
}

/// Sends the request. Before it is sent, a signal or the deadline stops it. After
/// that, its answer is waited for, because an operation that is accepted in that
/// moment would be lost; a second signal stops at once.
async fn submitted(
    context: &Context,
    offer: &Offer,
    submit: Submit<'_>,
    signals: &mut Signals,
    deadline: Option<Instant>,
) -> Submitted {
    let gate = Arc::new(Gate {
        deadline,
        ..Gate::default()
    });
    let mut submitting = submit(offer, gate.clone());
    let mut interrupted = None;
    loop {
        let too_late = async {
            match deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            result = &mut submitting => return Submitted::Answered(Box::new(result), interrupted),
            () = too_late, if !gate.is_passed() => return Submitted::NotSent(None),
            signal = signals.next() => {
                if let Some(first) = interrupted {
                    return Submitted::Unknown(first);
                }
                if !gate.is_passed() {
                    return Submitted::NotSent(Some(signal));
                }
                gate.close();
                interrupted = Some(signal);
                context.ui.say(
                    "golive: interrupted; waiting for the service's answer, so that nothing is \
                     lost (a second signal stops at once)",
                );
            }
        }
    }
}
