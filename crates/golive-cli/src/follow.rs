//! Follows an operation to its end, to its deadline, or to a signal.

use crate::context::Context;
use crate::event::{Failure, Outcome, Standing};
use crate::exit::Exit;
use crate::resume::Resume;
use crate::signals::Signals;
use crate::token_file::TokenFile;
use crate::ui::summary;
use crate::watch::Watch;
use futures_util::StreamExt;
use golive::{Error, Operation, OperationStatus, Update};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Why following an operation has ended.
pub enum End {
    /// The operation has ended, or cannot be followed any more.
    Outcome(Result<OperationStatus, Error>),
    /// A signal arrived.
    Signal(Exit),
    /// The deadline has passed, and the last poll is not answered.
    Late,
}

/// How much longer than the deadline the last poll may take.
const GRACE: Duration = Duration::from_secs(10);

/// Follows an operation, keeps its token current in the file, prints the result
/// and, unless it succeeded, how to go on. The deadline counts from `began`.
pub async fn follow(
    context: &Arc<Context>,
    operation: Operation,
    token_file: Option<&TokenFile>,
    resume: &Resume,
    signals: &mut Signals,
    began: Instant,
) -> Exit {
    let mut operation = match &context.settings.deadline {
        Some(deadline) => operation.deadline(left(deadline.value.duration, began)),
        None => operation,
    };
    let end = until_end(context, &mut operation, token_file, signals, began).await;
    ended_by(context, &operation, token_file, resume, &end)
}

/// Prints how an operation stands at the end and, unless it succeeded, how to go on.
pub fn ended_by(
    context: &Context,
    operation: &Operation,
    token_file: Option<&TokenFile>,
    resume: &Resume,
    end: &End,
) -> Exit {
    let ui = &context.ui;
    let (status, error) = match end {
        End::Outcome(Ok(status)) => (Some(status), None),
        End::Outcome(Err(error)) => (error.last_status().or(operation.last_status()), Some(error)),
        End::Signal(_) | End::Late => (operation.last_status(), None),
    };
    if let Some(status) = status {
        ui.status(status, operation.elapsed(), None);
    }
    ui.end();
    let token = operation.token();
    let mut outcome = Outcome::of_operation(
        &token,
        Standing {
            status,
            error,
            ended: matches!(end, End::Outcome(Ok(_))),
            polls: operation.polls(),
            elapsed: operation.elapsed(),
        },
    );
    if matches!(end, End::Late) {
        outcome.error = Some(Failure::late());
    }
    finish(context, outcome);
    if error.is_none_or(|error| error.is_failed() || error.is_canceled())
        && matches!(end, End::Outcome(_))
        && let Some(file) = token_file
    {
        ended(context, file);
    }
    let exit = match (end, error) {
        (End::Signal(exit), _) => {
            ui.say("golive: interrupted; the operation goes on at the service");
            *exit
        }
        (End::Late, _) => ui.late(),
        (_, Some(error)) => ui.failed(error),
        (_, None) => return Exit::Succeeded,
    };
    resume.print(context, &token.to_string());
    exit
}

/// Shows an operation until it has ended, or cannot be followed any more, or a
/// signal arrives. The deadline counts from `began`, and ends also a poll that is not
/// answered.
pub async fn until_end(
    context: &Arc<Context>,
    operation: &mut Operation,
    token_file: Option<&TokenFile>,
    signals: &mut Signals,
    began: Instant,
) -> End {
    let ui = &context.ui;
    let token = operation.token();
    let mut watch = Watch::begin(context.clone(), &token, &token.to_string());
    watch.pace(operation.elapsed(), operation.next_poll());
    let heartbeat = context.settings.heartbeat.value.duration;
    let late = late(context, began);
    tokio::pin!(late);
    loop {
        tokio::select! {
            signal = signals.next() => return End::Signal(signal),
            () = &mut late => return End::Late,
            update = operation.next() => match update {
                Some(update) => {
                    watch.update(&update);
                    keep(context, token_file, operation);
                    if let Update::Done(outcome) = update {
                        return End::Outcome(outcome);
                    }
                }
                // The stream ends with Done; this cannot be reached, and asking
                // again would give the reason.
                None => return End::Outcome(operation.wait().await),
            },
            () = ui.silence(heartbeat) => ui.heartbeat(),
        }
    }
}

/// Waits until the deadline, which counts from `began`, has passed for so long that an
/// answer is not to be expected any more; for ever if there is none.
pub async fn late(context: &Context, began: Instant) {
    match &context.settings.deadline {
        Some(deadline) => {
            let left = left(deadline.value.duration, began);
            tokio::time::sleep(left.saturating_add(GRACE)).await;
        }
        None => std::future::pending().await,
    }
}

/// Of a time that counts from `began`, what is left.
pub fn left(limit: Duration, began: Instant) -> Duration {
    limit.saturating_sub(began.elapsed())
}

/// Tells everybody how it stands at the end.
pub fn finish(context: &Context, outcome: Outcome) {
    let ui = &context.ui;
    ui.set_output("status", outcome.status.as_str());
    if let Some(token) = &outcome.resume_token {
        ui.set_output("resume-token", token);
    }
    for (name, links) in [
        ("preview-links", &outcome.preview_links),
        ("live-links", &outcome.live_links),
    ] {
        if !links.is_empty() {
            ui.set_output(name, &links.join(" "));
        }
    }
    ui.add_summary(&summary::markdown(&outcome));
    ui.outcome(outcome.text(), outcome);
}

/// Says in the token file that the end was reported. Where that cannot be written, on a
/// full disk for example, the file is removed: the next submission would take this end
/// for its own.
pub fn ended(context: &Context, token_file: &TokenFile) {
    let Err(error) = token_file.end() else {
        return;
    };
    if token_file.remove().is_err() {
        context.ui.warn(&format!(
            "{error:#}; delete it before you use it again: it does not say that this end was told"
        ));
    }
}

/// Writes the token, which may have changed with the poll. A file that cannot be
/// written any more is no reason to stop: what it has still resumes.
fn keep(context: &Context, token_file: Option<&TokenFile>, operation: &Operation) {
    let Some(file) = token_file else { return };
    if let Err(error) = file.write(&operation.token())
        && file.is_first_failure()
    {
        context.ui.warn(&format!("{error:#}"));
    }
}
