//! `golive release`

mod progress;

use super::approval::{self, Approver};
use crate::args::{Release as Args, Wait, go_live::Expected};
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Failure, Outcome, Standing};
use crate::exit::Exit;
use crate::follow::{self, left};
use crate::sign_in::{NotSignedIn, sign_in};
use crate::signals::Signals;
use crate::suggest;
use crate::token_file::TokenFile;
use anyhow::Result;
use golive::{Error, OperationStatus, Release, ReleaseToken};
use progress::Progress;
use std::future::IntoFuture;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::time::Instant;

/// Runs a whole release.
pub async fn run(args: &Args, context: &Arc<Context>) -> Result<Exit> {
    let submitting = &args.submitting;
    let approver = Approver::of_new(&args.approval)?;
    let token_file = TokenFile::of_new_release_if(submitting.token_file.as_deref())?;
    let connection = if submitting.emulator {
        Connection::to_emulator(context).await?
    } else {
        Connection::to_service(context, &submitting.service)?
    };
    let offer = connection
        .portal
        .offer(&submitting.publisher, &submitting.offer)?;
    let release = offer.release().on_conflict(submitting.on_conflict.into());
    let mut release = expecting(release, &args.expected);
    for email in context.settings.notify.iter().flat_map(|it| &it.value.0) {
        release = release.notify(email);
    }
    let progress = progress(context, &connection, approver.as_ref(), token_file, None);
    let exit = drive(context, &connection, release, approver, progress).await;
    connection.close().await;
    exit
}

/// Goes on with a release.
pub async fn go_on(
    context: &Arc<Context>,
    connection: &Connection,
    args: &Wait,
    token_file: Option<TokenFile>,
    token: ReleaseToken,
) -> Result<Exit> {
    let approver = Approver::of_resumed(&args.approval, token.needs_approval())?;
    let release = match connection.portal.resume_release(token.clone()) {
        Ok(release) => release,
        Err(error) => {
            // The token is for another service than the endpoint.
            context.ui.failed(&error);
            return Ok(Exit::Usage);
        }
    };
    let known = Some((token, args.token_file.clone()));
    let progress = progress(context, connection, approver.as_ref(), token_file, known);
    drive(context, connection, release, approver, progress).await
}

/// Of a release that begins, or of one whose token is known, maybe from a file.
fn progress(
    context: &Arc<Context>,
    connection: &Connection,
    approver: Option<&Approver>,
    token_file: Option<TokenFile>,
    known: Option<(ReleaseToken, Option<PathBuf>)>,
) -> Progress {
    let mut resume = connection.resume(context);
    resume
        .flags
        .extend(approver.map_or_else(Vec::new, Approver::flags));
    let (token, path) = known.unzip();
    resume.token_file = path.flatten();
    Progress::new(context.clone(), resume, token_file, token)
}

fn expecting(mut release: Release, expected: &Expected) -> Release {
    for (plan, version) in &expected.expect_image {
        release = release.expect_image(plan, version);
    }
    for (pointer, value) in &expected.expect_value {
        release = release.expect_value(pointer, value.clone());
    }
    release
}

enum End {
    Outcome(Result<OperationStatus, Error>),
    Signal(Exit),
    /// The deadline has passed, and the last poll is not answered.
    Late,
}

/// Runs a release to its end, to its deadline, or to a signal.
async fn drive(
    context: &Arc<Context>,
    connection: &Connection,
    release: Release,
    approver: Option<Approver>,
    progress: Progress,
) -> Result<Exit> {
    let ui = &context.ui;
    let began = Instant::now();
    let mut signals = Signals::new()?;
    // No token, no release: this is found out before anything is submitted.
    let not_signed_in = match sign_in(context, connection, &mut signals, began).await {
        Ok(()) => None,
        Err(NotSignedIn::Error(error)) => Some(ui.failed(&error)),
        Err(NotSignedIn::Signal(exit)) => {
            ui.say("golive: interrupted; what runs at the service goes on");
            Some(exit)
        }
        // One that begins has no token yet to go on with: it is made below.
        Err(NotSignedIn::Late) => progress.token().map(|_| ui.late()),
    };
    if let Some(exit) = not_signed_in {
        if let Some(token) = progress.token() {
            ui.resumable(&token.to_string());
        }
        progress.print_resume();
        return Ok(exit);
    }
    connection.warn_of_short_credential(context);
    let (kept, observed) = (progress.clone(), progress.clone());
    let mut release = release
        .keep_token(move |token| kept.keep(token))
        .observe(move |update| observed.observe(update));
    let asked = approver.clone();
    if let Some(approver) = approver {
        let context = context.clone();
        release = release.approve(move |preview| approver.clone().ask(context.clone(), preview));
    }
    let deadline = context.settings.deadline.as_ref();
    let deadline = deadline.map(|deadline| deadline.value.duration);
    if let Some(deadline) = deadline {
        release = release.deadline(left(deadline, began));
    }
    let mut running = release.into_future();
    let heartbeat = context.settings.heartbeat.value.duration;
    let late = follow::late(context, began);
    tokio::pin!(late);
    let mut interrupted = None;
    let end = loop {
        tokio::select! {
            outcome = &mut running => break End::Outcome(outcome),
            signal = signals.next() => {
                if interrupted.is_some() || !progress.is_submitting() {
                    break End::Signal(interrupted.unwrap_or(signal));
                }
                interrupted = Some(signal);
                ui.say(
                    "golive: interrupted; waiting for the service's answer, so that nothing is \
                     lost (a second signal stops at once)",
                );
            }
            () = progress.changed() => {
                if let Some(signal) = interrupted && !progress.is_submitting() {
                    break End::Signal(signal);
                }
            }
            // An answer that says whether something was submitted is waited for.
            () = &mut late, if !progress.is_submitting() => break End::Late,
            () = ui.silence(heartbeat) => progress.heartbeat(),
        }
    };
    drop(running);
    let exit = ended(context, connection, &progress, &end, asked.as_ref()).await;
    // Without anybody who could be asked, the answer is still to come.
    let is_open =
        asked.is_none() && matches!(&end, End::Outcome(Err(error)) if error.is_not_approved());
    if matches!(exit, Exit::Succeeded | Exit::Failed) && !is_open {
        progress.ended();
    }
    Ok(match end {
        End::Outcome(Err(_)) => interrupted.unwrap_or(exit),
        _ => exit,
    })
}

/// Prints the result and, unless it succeeded, how to go on.
async fn ended(
    context: &Context,
    connection: &Connection,
    progress: &Progress,
    end: &End,
    asked: Option<&Approver>,
) -> Exit {
    let ui = &context.ui;
    let error = match end {
        End::Outcome(Err(error)) => Some(error),
        _ => None,
    };
    if let Some(token) = error.and_then(Error::release_token) {
        progress.keep(token);
    }
    ui.end();
    let (polls, elapsed, last) = progress.seen();
    let status = match end {
        End::Outcome(Ok(status)) => Some(status),
        _ => error.and_then(Error::last_status).or(last.as_deref()),
    };
    let standing = Standing {
        status,
        error,
        ended: matches!(end, End::Outcome(Ok(_))),
        polls,
        elapsed,
    };
    if let Some(token) = progress.token() {
        let mut outcome = Outcome::of_release(&token, standing);
        if matches!(end, End::Late) {
            outcome.error = Some(Failure::late());
        }
        follow::finish(context, outcome);
    }
    let exit = match end {
        End::Outcome(Ok(_)) => return Exit::Succeeded,
        End::Outcome(Err(error)) => {
            let others = error.running_operation();
            let exit = match progress.token() {
                _ if error.is_timeout() && others.is_some() => {
                    ui.say(
                        "golive: the deadline has passed while another operation of the offer was \
                         running",
                    );
                    Exit::StillRunning
                }
                Some(token) => {
                    let (publisher, offer) = (token.publisher(), Some(token.offer()));
                    suggest::failed(context, &connection.portal, publisher, offer, error).await
                }
                None => ui.failed(error),
            };
            if error.is_preview_replaced()
                && let Some(Approver::File(file)) = asked
            {
                approval::put_aside(context, file);
            }
            if error.is_not_approved() && asked.is_none() {
                ui.advise(
                    "nobody could be asked; go on with --approve file, with --approve auto, or at \
                     a terminal",
                );
            }
            if let Some(running) = others {
                progress.print_running(running);
            }
            if error.is_stopped() {
                progress.print_not_kept();
            }
            if error.is_submission_unknown() {
                progress.print_what_to_look_at();
            }
            exit
        }
        End::Signal(exit) => {
            ui.say("golive: interrupted; what runs at the service goes on");
            *exit
        }
        End::Late => ui.late(),
    };
    progress.print_resume();
    exit
}
