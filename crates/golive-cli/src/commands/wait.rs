//! `golive wait`

use super::release;
use super::submit::Submission;
use crate::args::Wait;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::follow::{End, ended_by, follow};
use crate::resume::Resume;
use crate::sign_in::{NotSignedIn, sign_in};
use crate::signals::Signals;
use crate::token_file::{self, Busy, Token, TokenFile};
use anyhow::{Context as _, Result, bail};
use golive::{Error, ReleasePhase, ResumeToken};
use std::io::IsTerminal;
use std::sync::Arc;
use tokio::time::Instant;

/// Goes on with an operation, a release, or a submission.
pub async fn run(args: &Wait, context: &Arc<Context>) -> Result<Exit> {
    // Before it is read, so that nobody writes it in between.
    let opened = args.token_file.as_deref().map(TokenFile::open).transpose();
    let token = token(args)?;
    let file = kept(opened, context, &token)?;
    let connection = Connection::to_service(context, &args.service)?;
    let began = Instant::now();
    let mut signals = Signals::new()?;
    let mut resume = connection.resume(context);
    resume.token_file.clone_from(&args.token_file);
    match token {
        Token::Operation(token) => {
            let file = file.as_ref();
            let signals = &mut signals;
            Ok(operation(context, &connection, file, &resume, *token, signals, began).await)
        }
        Token::Release(token) => {
            if let Some(operation) = token.operation()
                && let Err(error) = connection.portal.resume(operation.clone())
            {
                return Ok(elsewhere(context, &error));
            }
            release::go_on(context, &connection, args, file, *token).await
        }
        Token::Attempt(token) => {
            let submission = Submission {
                context,
                connection: &connection,
                file: file.map(Arc::new),
                resume,
                asked: token.asked.clone(),
                no_wait: false,
                is_resumed: true,
                began,
            };
            submission.settle(*token, &mut signals).await
        }
    }
}

/// The token is for another service than the endpoint, or for nothing that can be
/// polled there.
fn elsewhere(context: &Context, error: &Error) -> Exit {
    context.ui.failed(error);
    Exit::Usage
}

/// Goes on with an operation. The deadline counts from `began`.
pub async fn operation(
    context: &Arc<Context>,
    connection: &Connection,
    file: Option<&TokenFile>,
    resume: &Resume,
    token: ResumeToken,
    signals: &mut Signals,
    began: Instant,
) -> Exit {
    let operation = match connection.portal.resume(token) {
        Ok(operation) => operation,
        Err(error) => return elsewhere(context, &error),
    };
    // While polling, a credential that fails is tolerated; at the start it is not.
    match sign_in(context, connection, signals, began).await {
        Ok(()) => {}
        Err(NotSignedIn::Error(error)) => {
            let exit = context.ui.failed(&error);
            let token = operation.token().to_string();
            context.ui.resumable(&token);
            resume.print(context, &token);
            return exit;
        }
        Err(NotSignedIn::Signal(exit)) => {
            return ended_by(context, &operation, file, resume, &End::Signal(exit));
        }
        Err(NotSignedIn::Late) => {
            return ended_by(context, &operation, file, resume, &End::Late);
        }
    }
    connection.warn_of_short_credential(context);
    follow(context, operation, file, resume, signals, began).await
}

/// The file to keep the token current in. The old token of an operation serves as
/// well as a new one, so that a file that cannot be written is no reason not to
/// wait. Whatever submits must know what was sent.
fn kept(
    opened: Result<Option<TokenFile>>,
    context: &Context,
    token: &Token,
) -> Result<Option<TokenFile>> {
    let submits = match token {
        Token::Operation(_) => false,
        Token::Release(token) => token.phase() != ReleasePhase::Live,
        Token::Attempt(_) => true,
    };
    match opened {
        Err(error) if !submits && !error.is::<Busy>() => {
            let ui = &context.ui;
            ui.warn(&format!("{error:#}; it is not kept current"));
            Ok(None)
        }
        opened => opened,
    }
}

fn token(args: &Wait) -> Result<Token> {
    if let Some(file) = &args.token_file {
        return token_file::read(file);
    }
    match args.token.as_deref() {
        Some("-") => from_stdin(args),
        Some(token) => token.parse().context("the argument is not a resume token"),
        None if std::io::stdin().is_terminal() => {
            bail!("no resume token: give it as an argument, in --token-file, or on standard input")
        }
        None => from_stdin(args),
    }
}

fn from_stdin(args: &Wait) -> Result<Token> {
    if args.service.access_token_stdin {
        bail!(
            "standard input has the bearer token: give the resume token as an argument or in \
             --token-file"
        );
    }
    token_file::parse(std::io::stdin()).context("standard input has no resume token in it")
}
