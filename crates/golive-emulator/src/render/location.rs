//! Where an accepted operation can be polled.

use super::Renderer;
use crate::dialect::Dialect;
use crate::portal::{Offer, Operation};
use golive_client::endpoints::{self, API_VERSION};
use golive_client::{Endpoint, PathError, Place};
use http::header;
use http::uri::Authority;
use std::sync::LazyLock;

/// The header of 2018 that names the polling URL, as the contract spells it.
pub(crate) static OPERATION_LOCATION: LazyLock<header::HeaderName> = LazyLock::new(|| {
    let start = &endpoints::GO_LIVE_OFFER;
    let name = start.long_running.map(|it| it.final_state_via);
    let name = name.expect("a go-live is long-running");
    let name = header::HeaderName::from_bytes(name.as_bytes());
    name.expect("the contract names a header")
});

/// The name of the parameter that every endpoint requires in its query.
pub(crate) fn version_parameter(endpoint: &Endpoint) -> Option<&'static str> {
    let parameters = endpoint.parameters.iter();
    let mut required = parameters.filter(|it| it.required && it.place == Place::Query);
    required.next().map(|parameter| parameter.name)
}

/// The server, as a caller knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// Whether the connection is encrypted.
    pub(crate) secure: bool,
    /// Host and port, if the caller has named them.
    pub(crate) host: Option<header::HeaderValue>,
    /// What comes before the paths of the contract.
    pub(crate) prefix: String,
}

impl Server {
    /// Scheme, host and port. An absolute polling URL must name the host that
    /// the caller knows, or a careful client does not follow it.
    pub(crate) fn origin(&self) -> String {
        let host = self.host.as_ref().and_then(|host| host.to_str().ok());
        let valid = |host: &&str| host.parse::<Authority>().is_ok() && !host.contains('@');
        let host = host.filter(valid).unwrap_or("localhost");
        let scheme = match self.secure {
            true => "https",
            false => "http",
        };
        format!("{scheme}://{host}")
    }
}

/// The header of an accepted operation that says where to poll.
pub(crate) fn polling_header(
    renderer: Renderer,
    server: &Server,
    offer: &Offer,
    operation: &Operation,
) -> Result<(header::HeaderName, String), PathError> {
    let id = operation.id.to_string();
    let by_id = || endpoints::GET_OPERATION.path_with(&[&offer.publisher, &offer.id, &id]);
    let prefix = &server.prefix;
    Ok(match renderer.manner.dialect {
        Dialect::Seed => (
            OPERATION_LOCATION.clone(),
            format!("{}{prefix}{}", server.origin(), by_id()?),
        ),
        Dialect::Migrated => (
            header::LOCATION,
            with_version(&endpoints::GET_OPERATION, prefix, &by_id()?),
        ),
        Dialect::NonMigrated => {
            let endpoint = &endpoints::GET_OPERATION_BY_KEY;
            let path = endpoint.path_with(&[&renderer.operation_key(offer, operation)])?;
            (header::LOCATION, with_version(endpoint, prefix, &path))
        }
    })
}

fn with_version(endpoint: &Endpoint, prefix: &str, path: &str) -> String {
    match version_parameter(endpoint) {
        Some(name) => format!("{prefix}{path}?{name}={API_VERSION}"),
        None => format!("{prefix}{path}"),
    }
}
