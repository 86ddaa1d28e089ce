//! What is for people and for other programs: the page, the contract, and
//! whether the emulator is there.

use super::Service;
use super::enter::not_the_portals;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header;
use std::sync::Arc;

const PAGE: &str = include_str!("page.html");
const CONTRACT: &str = include_str!("../../../../openapi/cloud-partner-portal.yaml");

/// The page needs nothing that is not in it, and nobody may put it in a frame.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
                      connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/", get(page))
        .route("/openapi.yaml", get(contract))
        .route("/healthz", get(health))
}

async fn page() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    not_the_portals((headers, PAGE).into_response())
}

async fn contract() -> Response {
    not_the_portals(([(header::CONTENT_TYPE, "application/yaml")], CONTRACT))
}

async fn health() -> Response {
    not_the_portals("ok\n")
}
