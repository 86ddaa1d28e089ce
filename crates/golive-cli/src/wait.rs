//! `golive wait`

use crate::args::Wait;
use crate::exit::Exit;
use crate::follow::follow;
use crate::report::{self, Resume};
use crate::signals::Signals;
use crate::{connect, token_file};
use anyhow::{Context, Result, bail};
use golive::ResumeToken;
use std::io::IsTerminal;

/// Goes on waiting for an operation.
pub async fn run(args: &Wait) -> Result<Exit> {
    let token = token(args)?;
    let portal = connect::service(&args.service)?;
    let operation = match portal.resume(token) {
        Ok(operation) => operation,
        Err(error) => {
            // The token is for another service than the endpoint.
            report::failed(&error);
            return Ok(Exit::Usage);
        }
    };
    connect::warn_of_short_credential(&portal);
    let operation = match args.waiting.deadline {
        Some(deadline) => operation.deadline(deadline),
        None => operation,
    };
    let mut signals = Signals::new()?;
    let resume = Resume {
        endpoint: connect::named_endpoint(&portal),
        token_file: args.token_file.as_deref(),
        ends_with_us: false,
    };
    // While polling, a credential that fails is tolerated; at the start it is not.
    if let Err(error) = portal.authenticate().await {
        let exit = report::failed(&error);
        resume.print(&operation.token());
        return Ok(exit);
    }
    Ok(follow(operation, args.waiting.output, &resume, &mut signals).await)
}

fn token(args: &Wait) -> Result<ResumeToken> {
    if let Some(file) = &args.token_file {
        return token_file::read(file);
    }
    match args.token.as_deref() {
        Some("-") => from_stdin(),
        Some(token) => token.parse().context("the argument is not a resume token"),
        None if std::io::stdin().is_terminal() => {
            bail!("no resume token: give it as an argument, in --token-file, or on standard input")
        }
        None => from_stdin(),
    }
}

fn from_stdin() -> Result<ResumeToken> {
    token_file::parse(std::io::stdin()).context("standard input has no resume token in it")
}
