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
use golive::{Error, Offer, Operation, OperationStatus, ResumeToken, Status, Update};
use std::sync::Arc;

/// Cancels whatever runs on an offer and, unless told otherwise, waits until it has
/// ended.
pub async fn run(args: &Cancel, context: &Arc<Context>) -> Result<Exit> {
    let connection = Connection::to_service_for_minutes(context, &args.service)?;
    let offer = connection
        .portal
        .offer(&args.name.publisher, &args.name.offer)?;
    let mut signals = Signals::new()?;
    let requested = tokio::select! {
        requested = Requested::send(context, &offer) => requested,
        signal = signals.next() => {
            context.ui.say(
                "golive: interrupted; it is unknown whether the service has accepted the \
                 cancellation. To cancel once more does no harm.",
            );
            return Ok(signal);
        }
    };
    match requested {
        Ok(requested) => {
            let canceling = Canceling {
                context,
                connection: &connection,
                offer: &offer,
                before: requested.before,
            };
            canceling
                .run(requested.operation, args.no_wait, &mut signals)
                .await
        }
        Err(error) => {
            let (portal, id) = (&connection.portal, Some(offer.id()));
            Ok(suggest::failed(context, portal, offer.publisher(), id, &error).await)
        }
    }
}

/// What was running before.
enum Before {
    /// The operation with this id.
    Running(String),
    Nothing,
    /// The list of operations could not be had.
    Unknown,
}

/// A cancellation that the service has accepted.
struct Requested {
    before: Before,
    /// What to watch.
    operation: Option<Operation>,
}

impl Requested {
    /// Looks at what is running, and cancels it: the service's answer to a
    /// cancellation does not say whether there was anything to cancel.
    async fn send(context: &Context, offer: &Offer) -> Result<Self, Error> {
        let before = match offer.running_operation().await {
            Ok(Some(running)) => Before::Running(running.id),
            Ok(None) => Before::Nothing,
            Err(error)
                if error.is_not_found() || error.is_unauthorized() || error.is_forbidden() =>
            {
                return Err(error);
            }
            Err(error) => {
                context
                    .ui
                    .note(&format!("golive: {error}; canceling all the same"));
                Before::Unknown
            }
        };
        let emails = context.settings.notify.iter().flat_map(|it| &it.value.0);
        let emails: Vec<String> = emails.cloned().collect();
        let accepted = offer.cancel(&emails).await?;
        let operation = match (accepted.operation(), &before) {
            (Some(operation), _) => Some(offer.operation_at(operation.token().url())?),
            (None, Before::Running(id)) => Some(offer.operation(id)?),
            (None, _) => None,
        };
        Ok(Self { before, operation })
    }
}

struct Canceling<'a> {
    context: &'a Arc<Context>,
    connection: &'a Connection,
    offer: &'a Offer,
    before: Before,
}

impl Canceling<'_> {
    async fn run(
        &self,
        operation: Option<Operation>,
        no_wait: bool,
        signals: &mut Signals,
    ) -> Result<Exit> {
        let Some(mut operation) = operation else {
            self.tell(
                match self.before {
                    Before::Nothing => Cancellation::NothingRunning,
                    Before::Running(_) | Before::Unknown => Cancellation::NothingLeft,
                },
                None,
                None,
                None,
            );
            return Ok(Exit::Succeeded);
        };
        // Then the service names the last operation, which has ended already.
        if matches!(self.before, Before::Nothing) {
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
        let status = match &outcome {
            Ok(status) => status,
            Err(error) if error.is_canceled() || error.is_failed() => {
                match error.last_status().or(operation.last_status()) {
                    Some(status) => status,
                    None => return Ok(self.lost(&operation, error)),
                }
            }
            Err(error) => return Ok(self.lost(&operation, error)),
        };
        Ok(self.ended(&operation, status).await)
    }

    /// The operation has ended.
    async fn ended(&self, operation: &Operation, status: &OperationStatus) -> Exit {
        let token = operation.token();
        let mut status = status.status.clone();
        if let Before::Running(id) = &self.before
            && status == Status::Succeeded
            && token.operation_id() != id
            && let Ok(canceled) = self.offer.operation_status(id).await
        {
            // What succeeded may be an operation that only cancels.
            status = canceled.status;
        }
        let cancellation = match status {
            Status::Canceled => Cancellation::Canceled,
            _ => Cancellation::EndedBefore,
        };
        self.tell(cancellation, Some(&token), Some(&status), None);
        // Somebody who cancels does not want it to succeed.
        if cancellation == Cancellation::EndedBefore && status == Status::Succeeded {
            Exit::Failed
        } else {
            Exit::Succeeded
        }
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
