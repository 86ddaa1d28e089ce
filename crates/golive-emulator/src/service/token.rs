//! A token endpoint like that of Microsoft Entra ID, for client credentials.

use super::Service;
use super::call::BODY_LIMIT;
use super::enter::{Entered, not_the_portals};
use crate::identity::{AUDIENCE, Claims};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Extension, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use http::header::{self, HeaderValue};
use serde_json::{Value, json};
use std::sync::Arc;
use url::form_urlencoded;

/// What the scopes of client credentials end with.
const DEFAULT_SCOPE: &str = "/.default";

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/{tenant}/oauth2/v2.0/token", post(token))
        .route("/{tenant}/oauth2/token", post(token))
        .route(
            "/{tenant}/v2.0/.well-known/openid-configuration",
            get(configuration),
        )
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// Why no token is issued, as OAuth has it.
struct Refused {
    status: StatusCode,
    error: &'static str,
    description: &'static str,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "error_description": self.description });
        json_answer(self.status, &body)
    }
}

async fn token(
    State(service): State<Arc<Service>>,
    Extension(entered): Extension<Entered>,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Response {
    not_the_portals(issue(&service, &entered, &tenant, &body))
}

fn issue(
    service: &Service,
    entered: &Entered,
    tenant: &str,
    body: &[u8],
) -> Result<Response, Refused> {
    let refused = |error, description| Refused {
        status: StatusCode::BAD_REQUEST,
        error,
        description,
    };
    let field = |name: &str| {
        let mut pairs = form_urlencoded::parse(body);
        let found = pairs.find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.into_owned())
            .filter(|it| !it.is_empty())
    };
    if field("grant_type").as_deref() != Some("client_credentials") {
        let problem = "The grant_type must be client_credentials.";
        return Err(refused("unsupported_grant_type", problem));
    }
    let client = field("client_id");
    let client = client.ok_or(refused("invalid_request", "There is no client_id."))?;
    // There is nobody who could know which secret is right.
    if field("client_secret")
        .or(field("client_assertion"))
        .is_none()
    {
        return Err(Refused {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            description: "There is neither a client_secret nor a client_assertion.",
        });
    }
    let scope = field("scope").and_then(|it| it.strip_suffix(DEFAULT_SCOPE).map(str::to_owned));
    let audience = field("resource").or(scope).ok_or(refused(
        "invalid_scope",
        "There is neither a resource nor a scope that ends in /.default.",
    ))?;
    let settings = &service.settings;
    let clock = &entered.world.clock;
    let claims = Claims::new(
        audience.trim_end_matches('/'),
        format!(
            "{}{}/{tenant}/v2.0",
            entered.server.origin(),
            entered.server.prefix
        ),
        &client,
        tenant,
        clock.now(),
        settings.token_lifetime,
    );
    // The client waits in real time, and the token expires by the portal's.
    let expires_in = clock.real_seconds(settings.token_lifetime);
    let body = json!({
        "token_type": "Bearer",
        "expires_in": expires_in,
        "ext_expires_in": expires_in,
        "access_token": service.issuer.issue(&claims),
    });
    Ok(json_answer(StatusCode::OK, &body))
}

async fn configuration(
    Extension(entered): Extension<Entered>,
    Path(tenant): Path<String>,
) -> Response {
    let base = format!(
        "{}{}/{tenant}",
        entered.server.origin(),
        entered.server.prefix
    );
    let body = json!({
        "issuer": format!("{base}/v2.0"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "response_types_supported": ["code"],
        "scopes_supported": [format!("{AUDIENCE}{DEFAULT_SCOPE}")],
    });
    not_the_portals(json_answer(StatusCode::OK, &body))
}

fn json_answer(status: StatusCode, body: &Value) -> Response {
    let mut response = super::reply::Reply::json(status, body).into_response();
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    response
}
