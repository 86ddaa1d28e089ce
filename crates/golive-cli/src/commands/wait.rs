//! `golive wait`

use super::release;
use crate::args::Wait;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::follow::follow;
use crate::signals::Signals;
use crate::token_file::{self, Token, TokenFile};
use anyhow::{Context as _, Result, bail};
use golive::{ReleasePhase, ResumeToken};
use std::io::IsTerminal;
use std::sync::Arc;
use tokio::time::Instant;

/// Goes on with an operation, or with a release.
pub async fn run(args: &Wait, context: &Arc<Context>) -> Result<Exit> {
    let token = token(args)?;
    let token_file = kept(args, context, &token)?;
    let connection = Connection::to_service(context, &args.service)?;
    match token {
        Token::Operation(token) => {
            operation(args, context, &connection, token_file.as_ref(), *token).await
        }
        Token::Release(token) => {
            release::go_on(context, &connection, args, token_file, *token).await
        }
    }
}

async fn operation(
    args: &Wait,
    context: &Arc<Context>,
    connection: &Connection,
    token_file: Option<&TokenFile>,
    token: ResumeToken,
) -> Result<Exit> {
    let operation = match connection.portal.resume(token) {
        Ok(operation) => operation,
        Err(error) => {
            // The token is for another service than the endpoint.
            context.ui.failed(&error);
            return Ok(Exit::Usage);
        }
    };
    let began = Instant::now();
    let mut signals = Signals::new()?;
    let mut resume = connection.resume(context);
    resume.token_file.clone_from(&args.token_file);
    // While polling, a credential that fails is tolerated; at the start it is not.
    let exit = match signals.unless(connection.portal.authenticate()).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(context.ui.failed(&error)),
        Err(exit) => {
            context
                .ui
                .say("golive: interrupted; the operation goes on at the service");
            Some(exit)
        }
    };
    if let Some(exit) = exit {
        resume.print(context, &operation.token().to_string());
        return Ok(exit);
    }
    connection.warn_of_short_credential(context);
    Ok(follow(context, operation, token_file, &resume, &mut signals, began).await)
}

/// The file to keep the token current in. The old token of an operation serves as
/// well as a new one, so that a file that cannot be written is no reason not to
/// wait. That of a release must know what is submitted next.
fn kept(args: &Wait, context: &Context, token: &Token) -> Result<Option<TokenFile>> {
    let submits = match token {
        Token::Operation(_) => false,
        Token::Release(token) => token.phase() != ReleasePhase::Live,
    };
    match TokenFile::prepare_if(args.token_file.as_deref()) {
        Err(error) if !submits => {
            let ui = &context.ui;
            ui.warn(&format!("{error:#}; it is not kept current"));
            Ok(None)
        }
        prepared => prepared,
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
