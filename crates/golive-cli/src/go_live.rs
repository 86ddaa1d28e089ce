//! `golive go-live`

use crate::args::{GoLive, Output};
use crate::connect;
use crate::exit::Exit;
use crate::follow::follow;
use crate::report::{self, Resume};
use crate::result::Outcome;
use crate::signals::Signals;
use crate::token_file::TokenFile;
use anyhow::Result;
use golive::{Error, Offer, Operation, Portal, ResumeToken};
use std::future::IntoFuture;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Starts a go-live and, unless told otherwise, waits for its end.
pub async fn run(args: &GoLive) -> Result<Exit> {
    if !args.emulator {
        let portal = connect::service(&args.service)?;
        return go_live(args, &portal, false).await;
    }
    let (emulator, portal) = connect::emulator().await?;
    let exit = go_live(args, &portal, true).await;
    emulator.shutdown().await;
    exit
}

async fn go_live(args: &GoLive, portal: &Portal, ends_with_us: bool) -> Result<Exit> {
    // All that can be wrong here is found before anything is sent.
    let offer = portal.offer(&args.publisher, &args.offer)?;
    let token_file = args
        .token_file
        .as_deref()
        .map(TokenFile::prepare)
        .transpose()?;
    let mut signals = Signals::new()?;
    let mut resume = Resume {
        endpoint: connect::named_endpoint(portal),
        token_file: None,
        ends_with_us,
    };

    let Submission {
        result,
        interrupted,
    } = submit(&offer, &mut signals).await;
    // An error may carry the token of what was accepted all the same.
    let token = match &result {
        Some(Ok(operation)) => Some(operation.token()),
        Some(Err(error)) => error.resume_token().cloned(),
        None => None,
    };
    if let Some(token) = &token {
        resume.token_file = keep(token, token_file.as_ref());
    }
    let operation = match (result, interrupted) {
        (Some(Ok(operation)), None) => operation,
        (Some(Ok(_)), Some(exit)) => {
            report::say(&format!(
                "golive: interrupted; the service has accepted {offer}"
            ));
            return Ok(stopped(exit, token.as_ref(), &resume));
        }
        (Some(Err(error)), Some(exit)) if error.is_stopped() => {
            report::say("golive: interrupted before anything was submitted");
            return Ok(exit);
        }
        (Some(Err(error)), interrupted) => {
            let exit = report::failed(&error);
            if let Some(running) = error.running_operation() {
                resume.print_running(running);
            }
            return Ok(stopped(
                interrupted.unwrap_or(exit),
                token.as_ref(),
                &resume,
            ));
        }
        (None, interrupted) => {
            report::say("golive: interrupted; it is unknown whether the service has accepted");
            return Ok(interrupted.unwrap_or(Exit::Unknown));
        }
    };

    let token = operation.token();
    report::say(&format!(
        "accepted: {offer}, operation {}",
        token.operation_id()
    ));
    if args.no_wait {
        resume.print(&token);
        print_accepted(&token, args.waiting.output);
        return Ok(Exit::Succeeded);
    }
    if !ends_with_us {
        connect::warn_of_short_credential(portal);
    }
    let operation = match args.waiting.deadline {
        Some(deadline) => operation.deadline(deadline),
        None => operation,
    };
    Ok(follow(operation, args.waiting.output, &resume, &mut signals).await)
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
async fn submit(offer: &Offer, signals: &mut Signals) -> Submission {
    let stop = Arc::new(AtomicBool::new(false));
    let stopping = stop.clone();
    let go_live = offer
        .go_live()
        .only_if(move || !stopping.load(Ordering::SeqCst));
    let mut submitting = go_live.into_future();
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
                report::say(
                    "golive: interrupted; waiting for the service's answer, so that nothing is \
                     lost (a second signal stops at once)",
                );
            }
        }
    }
}

/// Writes the token to the file, before the first poll. If that fails the
/// operation is running all the same, so the token is shown instead.
fn keep<'a>(token: &ResumeToken, file: Option<&'a TokenFile>) -> Option<&'a Path> {
    let file = file?;
    match file.write(token) {
        Ok(()) => Some(file.path()),
        Err(error) => {
            report::unusable(&error);
            None
        }
    }
}

fn stopped(exit: Exit, token: Option<&ResumeToken>, resume: &Resume<'_>) -> Exit {
    if let Some(token) = token {
        resume.print(token);
    }
    exit
}

fn print_accepted(token: &ResumeToken, output: Output) {
    match output {
        Output::Text => report::result(&token.to_string()),
        Output::Json => Outcome {
            token,
            status: None,
            error: None,
            polls: 0,
            elapsed: Duration::ZERO,
        }
        .print(output),
    }
}
