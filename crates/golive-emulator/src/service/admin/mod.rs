//! What steers the emulator over HTTP, under `/_emulator/`.
//!
//! Nothing here is the portal's. It answers this machine only, and pages of
//! other sites not at all: a browser on this machine would carry their
//! requests.

mod clock;
mod events;
mod guard;
mod operations;
mod requests;
mod rules;
mod state;

pub(crate) use operations::explained;

use super::Service;
use super::enter::not_the_portals;
use super::reply::{Denial, Reply};
use crate::meant::with_suggestion;
use crate::portal::Refusal;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What all paths begin with.
pub(super) const PATH: &str = "/_emulator";

/// How large a body may be: an export of many offers is.
pub(super) const BODY_LIMIT: usize = 256 * 1024 * 1024;

pub(super) fn router() -> Router<Arc<Service>> {
    let steering = Router::new()
        .route(
            "/rules",
            get(rules::list).post(rules::add).delete(rules::clear),
        )
        .route("/rules/{id}", delete(rules::clear_one))
        .route("/scenarios", get(rules::scenarios))
        .route("/scenarios/{name}", post(rules::add_named))
        .route("/scenario.schema.json", get(rules::schema))
        .route("/clock", get(clock::show).post(clock::change))
        .route(
            "/operations/{publisher}/{offer}",
            post(operations::interfere),
        )
        .route("/offers/{publisher}/{offer}", post(operations::submit))
        .route("/requests", get(requests::list).delete(requests::clear))
        .route("/state", get(state::show))
        .route("/events", get(events::stream))
        .route("/reset", post(state::reset))
        .route("/export", get(state::export))
        .route("/import", post(state::import))
        .fallback(async || Denied(Denial::NoSuchPath))
        .method_not_allowed_fallback(async || Denied(Denial::NoSuchMethod))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(guard::check));
    Router::new().nest(PATH, steering)
}

/// An answer with a body, or why there is none.
type Answer = Result<Response, Denied>;

/// Why the emulator cannot be steered so.
struct Denied(Denial);

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        not_the_portals(self.0)
    }
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

fn invalid(problem: impl std::fmt::Display) -> Denied {
    Refusal::Invalid(problem.to_string()).into()
}

fn shown(body: &impl Serialize) -> Response {
    not_the_portals(Reply::ok(body))
}

/// A body. Its media type does not matter, so that a short command is enough.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Denied> {
    let wrong = |problem: serde_json::Error| {
        let problem = with_suggestion(&problem.to_string());
        invalid(format!("The body: {problem}"))
    };
    // Without this, serde would take a list for an object.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(invalid("The body is not a JSON object."));
    }
    serde_json::from_slice(body).map_err(wrong)
}
