//! Starts an operation and follows it: what `go-live` and `publish` share.

use super::submit::Submission;
use crate::args::Submitting;
use crate::attempt::Asked;
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::signals::Signals;
use crate::token_file::{Token, TokenFile};
use anyhow::Result;
use std::sync::Arc;
use tokio::time::Instant;

/// Submits and, unless told otherwise, follows the operation to its end. What an
/// earlier run with the same token file has begun is gone on with instead.
pub async fn start(
    context: &Arc<Context>,
    args: &Submitting,
    asked: Asked,
    no_wait: bool,
) -> Result<Exit> {
    // All that can be wrong here is found before anything is sent.
    let file = TokenFile::open_if(args.token_file.as_deref())?.map(Arc::new);
    let earlier = match &file {
        Some(file) => earlier(file, &asked)?,
        None => None,
    };
    let connection = if args.emulator {
        Connection::to_emulator(context).await?
    } else {
        Connection::to_service(context, &args.service)?
    };
    let exit = run(context, &connection, file, earlier, asked, no_wait).await;
    connection.close().await;
    exit
}

/// What an earlier run has begun, which must be what is asked for.
fn earlier(file: &TokenFile, asked: &Asked) -> Result<Option<Token>> {
    match file.unfinished()? {
        Some(token) if !token.is_of(asked) => Err(file.refusal(&token)),
        token => Ok(token),
    }
}

async fn run(
    context: &Arc<Context>,
    connection: &Connection,
    file: Option<Arc<TokenFile>>,
    earlier: Option<Token>,
    asked: Asked,
    no_wait: bool,
) -> Result<Exit> {
    let mut signals = Signals::new()?;
    let mut submission = Submission {
        context,
        connection,
        resume: connection.resume(context),
        file: file.clone(),
        asked,
        no_wait,
        is_resumed: false,
        began: Instant::now(),
    };
    let (Some(earlier), Some(file)) = (earlier, file) else {
        return submission.submit(&mut signals).await;
    };
    context.ui.say(&format!(
        "golive: the token file {} has {earlier}: going on with it",
        file.path().display()
    ));
    submission.resume.token_file = Some(file.path().to_owned());
    match earlier {
        Token::Operation(token) => submission.go_on(*token, &mut signals).await,
        Token::Attempt(token) => submission.settle(*token, &mut signals).await,
        Token::Release(_) => Err(file.refusal(&earlier)),
    }
}
