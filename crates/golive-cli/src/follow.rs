//! Waits for an operation and shows how it is doing.

use crate::args::Output;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::report::{self, Resume};
use crate::result::Outcome;
use crate::signals::Signals;
use futures_util::StreamExt;
use golive::{Error, Operation, OperationStatus, Stall, Update};

enum End {
    Outcome(Result<OperationStatus, Error>),
    Signal(Exit),
}

/// Follows an operation to its end, to its deadline, or to a signal; prints the
/// result and, unless it succeeded, how to go on.
pub async fn follow(
    mut operation: Operation,
    output: Output,
    resume: &Resume<'_>,
    signals: &mut Signals,
) -> Exit {
    let mut progress = Progress::new();
    let mut told = Vec::new();
    let end = loop {
        tokio::select! {
            signal = signals.next() => break End::Signal(signal),
            update = operation.next() => match update {
                Some(Update::Status { status, elapsed, next_poll, stall, .. }) => {
                    progress.status(&status, elapsed, Some(next_poll));
                    for note in notes(&status, stall.as_ref()) {
                        // Once, and again when it says something else.
                        if !told.contains(&note) {
                            progress.note(&note, elapsed);
                            told.push(note);
                        }
                    }
                }
                Some(Update::Retrying { error, elapsed, next_poll, .. }) => {
                    progress.trouble(&error, elapsed, next_poll);
                }
                Some(Update::Done(outcome)) => break End::Outcome(outcome),
                Some(_) => {}
                // The stream ends with Done; this cannot be reached, and asking
                // again would give the reason.
                None => break End::Outcome(operation.wait().await),
            },
        }
    };
    let (status, error) = match &end {
        End::Outcome(Ok(status)) => (Some(status), None),
        End::Outcome(Err(error)) => (error.last_status().or(operation.last_status()), Some(error)),
        End::Signal(_) => (operation.last_status(), None),
    };
    if let Some(status) = status {
        progress.status(status, operation.elapsed(), None);
    }
    progress.finish();
    let token = operation.token();
    Outcome {
        token: &token,
        status,
        error,
        polls: operation.polls(),
        elapsed: operation.elapsed(),
    }
    .print(output);
    let exit = match (&end, error) {
        (End::Signal(exit), _) => {
            report::say("golive: interrupted; the operation goes on at the service");
            *exit
        }
        (_, Some(error)) => report::failed(error),
        (_, None) => return Exit::Succeeded,
    };
    resume.print(&token);
    exit
}

/// What somebody should look at although the operation still runs.
fn notes(status: &OperationStatus, stall: Option<&Stall>) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(step) = status.blocked_step() {
        let reasons = status.reasons().join("; ");
        notes.push(format!("{} is {}: {reasons}", step.name, step.status));
    }
    if let Some(stall) = stall {
        // Without its time, which changes at every poll.
        notes.push(format!(
            "{} takes far longer than it usually does",
            stall.step
        ));
    }
    notes
}
