//! `golive release`

mod approval;
mod progress;

use crate::args::{Release as Args, go_live::Expected, release::Approval};
use crate::connect::Connection;
use crate::context::Context;
use crate::event::{Outcome, Standing};
use crate::exit::Exit;
use crate::follow;
use crate::signals::Signals;
use crate::token_file::TokenFile;
use anyhow::Result;
use approval::Approver;
use golive::{Error, OperationStatus, Release, ReleaseToken};
use progress::Progress;
use std::future::IntoFuture;
use std::sync::Arc;

/// Runs a whole release.
pub async fn run(args: &Args, context: &Arc<Context>) -> Result<Exit> {
    let submitting = &args.submitting;
    let approver = Approver::of_new(&args.approval)?;
    let token_file = TokenFile::prepare_if(submitting.token_file.as_deref())?;
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
    let progress = Progress::new(context.clone(), connection.resume(), token_file, None);
    let exit = drive(context, &connection, release, approver, progress).await;
    connection.close().await;
    exit
}

/// Goes on with a release.
pub async fn go_on(
    context: &Arc<Context>,
    connection: &Connection,
    approval: &Approval,
    token_file: Option<TokenFile>,
    token: ReleaseToken,
) -> Result<Exit> {
    let approver = Approver::of_resumed(approval);
    let release = connection.portal.resume_release(token.clone())?;
    let progress = Progress::new(
        context.clone(),
        connection.resume(),
        token_file,
        Some(token),
    );
    drive(context, connection, release, approver, progress).await
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
}

async fn drive(
    context: &Arc<Context>,
    connection: &Connection,
    release: Release,
    approver: Option<Approver>,
    progress: Progress,
) -> Result<Exit> {
    let ui = &context.ui;
    let mut signals = Signals::new()?;
    // No token, no release: this is found out before anything is submitted.
    if let Err(error) = connection.portal.authenticate().await {
        let exit = ui.failed(&error);
        progress.print_resume();
        return Ok(exit);
    }
    connection.warn_of_short_credential(context);
    let observed = progress.clone();
    let mut release = release.observe(move |update| observed.observe(update));
    if let Some(approver) = approver {
        let context = context.clone();
        release = release.approve(move |preview| approver.clone().ask(context.clone(), preview));
    }
    if let Some(deadline) = &context.settings.deadline {
        release = release.deadline(deadline.value.duration);
    }
    let mut running = release.into_future();
    let mut heartbeat = tokio::time::interval(context.settings.heartbeat.value.duration);
    heartbeat.reset();
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
            _ = heartbeat.tick() => progress.heartbeat(),
        }
    };
    drop(running);
    Ok(ended(context, &progress, &end))
}

/// Prints the result and, unless it succeeded, how to go on.
fn ended(context: &Context, progress: &Progress, end: &End) -> Exit {
    let ui = &context.ui;
    let error = match end {
        End::Outcome(Err(error)) => Some(error),
        _ => None,
    };
    if let Some(token) = error.and_then(Error::release_token) {
        progress.keep(token.clone());
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
        follow::finish(context, Outcome::of_release(&token, standing));
    }
    let exit = match (end, error) {
        (End::Signal(exit), _) => {
            ui.say("golive: interrupted; what runs at the service goes on");
            *exit
        }
        (_, Some(error)) => ui.failed(error),
        (_, None) => return Exit::Succeeded,
    };
    progress.print_resume();
    exit
}
