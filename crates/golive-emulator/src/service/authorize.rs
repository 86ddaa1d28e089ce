//! Who may ask.

use super::Service;
use super::call::Caller;
use super::reply::Denial;
use crate::identity::{AUDIENCE, Tokens};

/// Checks the bearer token of a request, as the mode says.
pub(super) fn authorize(service: &Service, caller: &Caller<'_>) -> Result<(), Denial> {
    let mode = service.settings.tokens;
    if mode == Tokens::Off {
        return Ok(());
    }
    let token = caller.token.ok_or(Denial::Unauthorized)?;
    if mode == Tokens::Any {
        return Ok(());
    }
    let now = caller.world.clock.now();
    let checked = service.issuer.check(token.text, AUDIENCE, now);
    checked.map_err(Denial::InvalidToken)
}
