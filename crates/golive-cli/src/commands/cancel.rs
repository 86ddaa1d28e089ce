//! `golive cancel`

use crate::args::Cancel;
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Failure, OperationName};
use crate::exit::Exit;
use crate::follow::{End, until_end};
use crate::record::{CancelOutcome, Cancellation};
use crate::signals::Signals;
use crate::suggest;
use anyhow::Result;
use golive::{Error, Offer, Operation, ResumeToken, Status, Update};
use std::sync::Arc;

/// Cancels whatever runs on an offer and, unless told otherwise, waits until it has
/// ended.
pub async fn run(args: &Cancel, context: &Arc<Context>) -> Result<Exit> {
    let connection = Connection::to_service_for_minutes(context, &args.service)?;
    let offer = connection
        .portal
        .offer(&args.name.publisher, &args.name.offer)?;
    let emails = context.settings.notify.iter().flat_map(|it| &it.value.0);
    let emails: Vec<String> = emails.cloned().collect();
    let mut signals = Signals::new()?;
    let requested = tokio::select! {
        requested = offer.cancel(&emails) => requested,
        signal = signals.next() => {
            context.ui.say(
                "golive: interrupted; it is unknown whether the service has accepted the \
                 cancellation. To cancel once more does no harm.",
            );
            return Ok(signal);
        }
    };
    match requested {
        Ok(cancellation) => {
            let canceling = Canceling {
                context,
                connection: &connection,
                offer: &offer,
            };
            canceling
                .run(cancellation, args.no_wait, &mut signals)
                .await
        }
        Err(error) => {
            let (portal, id) = (&connection.portal, Some(offer.id()));
            Ok(suggest::failed(context, portal, offer.publisher(), id, &error).await)
        }
    }
}

struct Canceling<'a> {
    context: &'a Arc<Context>,
    connection: &'a Connection,
    offer: &'a Offer,
}

impl Canceling<'_> {
    async fn run(
        &self,
        mut requested: golive::Cancellation,
        no_wait: bool,
        signals: &mut Signals,
    ) -> Result<Exit> {
        let Some(mut operation) = requested.take_operation() else {
            let cancellation = match requested.was_running() {
                Some(true) => Cancellation::Canceled,
                Some(false) => Cancellation::NothingRunning,
                None => Cancellation::NothingLeft,
            };
            self.tell(cancellation, None, None, None);
            return Ok(Exit::Succeeded);
        };
        // Then the service names the last operation, which has ended already.
        if requested.was_running() == Some(false) {
            match operation.poll_once().await {
                Ok(Update::Done(_)) => {
                    self.tell(Cancellation::NothingRunning, None, None, None);
                    return Ok(Exit::Succeeded);
                }
                // It began in between.
                Ok(_) => {}
                Err(error) => return Ok(self.lost(&operation, &error)),
            }
        }
        if no_wait {
            self.leave(&operation, None);
            return Ok(Exit::Succeeded);
        }
        if let Some(deadline) = &self.context.settings.deadline {
            operation = operation.deadline(deadline.value.duration);
        }
        let end = until_end(self.context, &mut operation, None, signals).await;
        self.context.ui.end();
        let outcome = match end {
            End::Outcome(outcome) => outcome,
            End::Signal(exit) => {
                self.context
                    .ui
                    .say("golive: interrupted; the cancellation goes on at the service");
                self.leave(&operation, None);
                return Ok(exit);
            }
        };
        let (cancellation, status) = match requested.ended(outcome).await {
            Ok(None) => (Cancellation::Canceled, Status::Canceled),
            Ok(Some(status)) => (Cancellation::EndedBefore, status.status),
            Err(error) => return Ok(self.lost(&operation, &error)),
        };
        let token = operation.token();
        self.tell(cancellation, Some(&token), Some(&status), None);
        // Somebody who cancels does not want it to succeed.
        Ok(match status {
            Status::Succeeded => Exit::Failed,
            _ => Exit::Succeeded,
        })
    }

    /// It is not known how it ends.
    fn lost(&self, operation: &Operation, error: &Error) -> Exit {
        let exit = self.context.ui.failed(error);
        self.leave(operation, Some(error));
        exit
    }

    /// Says how to go on with waiting.
    fn leave(&self, operation: &Operation, error: Option<&Error>) {
        let token = operation.token();
        let status = operation.last_status().map(|it| &it.status);
        self.tell(Cancellation::Requested, Some(&token), status, error);
        let resume = self.connection.resume(self.context);
        resume.print(self.context, &token.to_string());
    }

    fn tell(
        &self,
        cancellation: Cancellation,
        token: Option<&ResumeToken>,
        status: Option<&Status>,
        error: Option<&Error>,
    ) {
        let resume = token.filter(|_| cancellation == Cancellation::Requested);
        let ui = &self.context.ui;
        ui.set_output("status", cancellation.as_str());
        ui.cancellation(CancelOutcome {
            publisher: self.offer.publisher().to_owned(),
            offer: self.offer.id().to_owned(),
            cancellation,
            operation: token.map(OperationName::from),
            status: status.map(ToString::to_string),
            error: error.map(Failure::from),
            resume_token: resume.map(ToString::to_string),
        });
    }
}
