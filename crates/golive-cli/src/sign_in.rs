//! Signs in before a wait, so that a credential that does not serve is told at once.

use crate::answer::{NoAnswer, answer, in_time};
use crate::connect::Connection;
use crate::context::Context;
use crate::exit::Exit;
use crate::signals::Signals;
use golive::Error;
use tokio::time::Instant;

/// Why somebody is not signed in.
pub enum NotSignedIn {
    /// There is no token.
    Error(Error),
    /// A signal arrived.
    Signal(Exit),
    /// The deadline has passed.
    Late,
}

/// Asks for a token. The deadline counts from `began`.
pub async fn sign_in(
    context: &Context,
    connection: &Connection,
    signals: &mut Signals,
    began: Instant,
) -> Result<(), NotSignedIn> {
    let limit = in_time(context, began);
    let still = "still signing in";
    let signing_in = connection.portal.authenticate();
    match answer(context, signals, limit, still, signing_in).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(NotSignedIn::Error(error)),
        Err(NoAnswer::Signal(exit)) => Err(NotSignedIn::Signal(exit)),
        Err(NoAnswer::Late) => Err(NotSignedIn::Late),
    }
}
