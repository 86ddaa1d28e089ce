//! Who may ask.

use super::Service;
use super::enter::Entered;
use super::reply::Denial;
use crate::identity::{AUDIENCE, Tokens, bearer};
use http::HeaderMap;

/// Checks the bearer token of a request, as the mode says.
pub(super) fn authorize(
    service: &Service,
    entered: &Entered,
    headers: &HeaderMap,
) -> Result<(), Denial> {
    let mode = service.settings.tokens;
    if mode == Tokens::Off {
        return Ok(());
    }
    let token = bearer(headers).ok_or(Denial::Unauthorized)?;
    if mode == Tokens::Any {
        return Ok(());
    }
    let now = entered.world.clock.now();
    let checked = service.issuer.check(token, AUDIENCE, now);
    checked.map_err(Denial::InvalidToken)
}
