//! `golive cancel`

use crate::answer::{NoAnswer, answer, in_time};
use crate::args::Cancel;
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Failure, OperationName};
use crate::exit::Exit;
use crate::follow::{End, left, until_end};
use crate::record::{CancelOutcome, Cancellation};
use crate::signals::Signals;
use crate::suggest;
use anyhow::Result;
use golive::{Error, Offer, Operation, ResumeToken, Status, Update};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Cancels whatever runs on an offer and, unless told otherwise, waits until it has
/// ended.
pub async fn run(args: &Cancel, context: &Arc<Context>) -> Result<Exit> {
    let connection = Connection::to_service_for_minutes(context, &args.service)?;
    let offer = connection
        .portal
        .offer(&args.name.publisher, &args.name.offer)?;
    let emails = context.settings.notify.iter().flat_map(|it| &it.value.0);
    let emails: Vec<String> = emails.cloned().collect();
    let mut canceling = Canceling {
        context,
        connection: &connection,
        offer: &offer,
        signals: Signals::new()?,
        began: Instant::now(),
    };
    match canceling.answer(offer.cancel(&emails)).await {
        Ok(Ok(cancellation)) => canceling.run(cancellation, args.no_wait).await,
        Err(why) => {
            let unknown = "it is unknown whether the service has accepted the cancellation. To \
                           cancel once more does no harm.";
            Ok(canceling.unanswered(&why, unknown))
        }
        Ok(Err(error)) => {
            let (portal, id) = (&connection.portal, Some(offer.id()));
            Ok(suggest::failed(context, portal, offer.publisher(), id, &error).await)
        }
    }
}

struct Canceling<'a> {
    context: &'a Arc<Context>,
    connection: &'a Connection,
    offer: &'a Offer,
    signals: Signals,
    /// The deadline counts from here.
    began: Instant,
}

impl Canceling<'_> {
    fn deadline(&self) -> Option<Duration> {
        let deadline = self.context.settings.deadline.as_ref()?;
        Some(left(deadline.value.duration, self.began))
    }

    /// Waits for an answer of the service, which with a deadline of nothing has a moment.
    async fn answer<T>(&mut self, work: impl Future<Output = T>) -> Result<T, NoAnswer> {
        let limit = in_time(self.context, self.began);
        let still = "still waiting for the service's answer";
        answer(self.context, &mut self.signals, limit, still, work).await
    }

    /// Says why there is no answer, and what follows from that.
    fn unanswered(&self, why: &NoAnswer, what: &str) -> Exit {
        let (end, exit) = match why {
            NoAnswer::Signal(exit) => ("interrupted", *exit),
            NoAnswer::Late => ("the deadline has passed", Exit::StillRunning),
        };
        self.context.ui.say(&format!("golive: {end}; {what}"));
        exit
    }

    async fn run(&mut self, mut requested: golive::Cancellation, no_wait: bool) -> Result<Exit> {
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
            match self.answer(operation.poll_once()).await {
                Ok(Ok(Update::Done(_))) => {
                    self.tell(Cancellation::NothingRunning, None, None, None);
                    return Ok(Exit::Succeeded);
                }
                // It began in between.
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return Ok(self.lost(&operation, &error)),
                Err(why) => return Ok(self.left_open(&operation, &why)),
            }
        }
        if no_wait {
            self.leave(&operation, None);
            return Ok(Exit::Succeeded);
        }
        if let Some(left) = self.deadline() {
            operation = operation.deadline(left);
        }
        let (context, signals) = (self.context, &mut self.signals);
        let end = until_end(context, &mut operation, None, signals, self.began).await;
        self.context.ui.end();
        let outcome = match end {
            End::Outcome(outcome) => outcome,
            End::Signal(exit) => {
                return Ok(self.left_open(&operation, &NoAnswer::Signal(exit)));
            }
            End::Late => return Ok(self.left_open(&operation, &NoAnswer::Late)),
        };
        let (cancellation, status) = match self.answer(requested.ended(outcome)).await {
            Ok(Ok(None)) => (Cancellation::Canceled, Status::Canceled),
            Ok(Ok(Some(status))) => (Cancellation::EndedBefore, status.status),
            Ok(Err(error)) => return Ok(self.lost(&operation, &error)),
            Err(why) => return Ok(self.left_open(&operation, &why)),
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

    /// Nobody waits any longer to find out how it ends.
    fn left_open(&self, operation: &Operation, why: &NoAnswer) -> Exit {
        let exit = self.unanswered(why, "the cancellation goes on at the service");
        self.leave(operation, None);
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
