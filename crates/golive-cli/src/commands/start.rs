//! Starts an operation and follows it: what `go-live` and `publish` share.

use crate::args::Submitting;
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Outcome, Standing};
use crate::exit::Exit;
use crate::follow::follow;
use crate::resume::Resume;
use crate::signals::Signals;
use crate::token_file::TokenFile;
use anyhow::Result;
use golive::{Error, Offer, Operation, ResumeToken};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A submission that stops, if it has not been sent, when the flag is set.
pub type Submit<'a> = Box<
    dyn FnOnce(&Offer, Arc<AtomicBool>) -> Pin<Box<dyn Future<Output = Result<Operation, Error>>>>
        + 'a,
>;

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
        resume: connection.resume(),
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
        let mut signals = Signals::new()?;
        let Submission {
            result,
            interrupted,
        } = submitted(self.context, &offer, submit, &mut signals).await;
        // An error may carry the token of what was accepted all the same.
        let token = match &result {
            Some(Ok(operation)) => Some(operation.token()),
            Some(Err(error)) => error.resume_token().cloned(),
            None => None,
        };
        if let Some(token) = &token {
            self.keep(token);
        }
        let operation = match (result, interrupted) {
            (Some(Ok(operation)), None) => operation,
            (Some(Ok(_)), Some(exit)) => {
                ui.say(&format!(
                    "golive: interrupted; the service has accepted {offer}"
                ));
                return Ok(self.stopped(exit, token.as_ref()));
            }
            (Some(Err(error)), Some(exit)) if error.is_stopped() => {
                ui.say("golive: interrupted before anything was submitted");
                return Ok(exit);
            }
            (Some(Err(error)), interrupted) => {
                let exit = ui.failed(&error);
                if let Some(running) = error.running_operation() {
                    self.resume
                        .print_running(self.context, &running.to_string());
                }
                return Ok(self.stopped(interrupted.unwrap_or(exit), token.as_ref()));
            }
            (None, interrupted) => {
                ui.say("golive: interrupted; it is unknown whether the service has accepted");
                return Ok(interrupted.unwrap_or(Exit::Unknown));
            }
        };

        let token = operation.token();
        ui.note(&format!(
            "accepted: {offer}, operation {}",
            token.operation_id()
        ));
        if no_wait {
            self.resume.print(self.context, &token.to_string());
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
            self.context.ui.outputs(token);
            self.resume.print(self.context, &token.to_string());
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
        self.context.ui.outputs(token);
        self.context.ui.result(&token.to_string(), &outcome);
    }
}

struct Submission {
    /// None if the program was stopped before the answer came.
    result: Option<Result<Operation, Error>>,
    /// The first signal that arrived meanwhile.
    interrupted: Option<Exit>,
}

/// Sends the request. A first signal stops what has not been sent; what has been
/// is waited for, because an operation that is accepted in that moment would be
/// lost. A second signal stops at once.
async fn submitted(
    context: &Context,
    offer: &Offer,
    submit: Submit<'_>,
    signals: &mut Signals,
) -> Submission {
    let stop = Arc::new(AtomicBool::new(false));
    let mut submitting = submit(offer, stop.clone());
    let mut interrupted = None;
    loop {
        tokio::select! {
            result = &mut submitting => return Submission { result: Some(result), interrupted },
            signal = signals.next() => {
                if interrupted.is_some() {
                    return Submission { result: None, interrupted };
                }
                interrupted = Some(signal);
                stop.store(true, Ordering::SeqCst);
                context.ui.say(
                    "golive: interrupted; waiting for the service's answer, so that nothing is \
                     lost (a second signal stops at once)",
                );
            }
        }
    }
}
