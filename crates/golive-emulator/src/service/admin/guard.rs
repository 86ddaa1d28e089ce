//! Who may steer: this machine, and no page of another site.

use super::super::enter::Entered;
use super::super::reply::Denial;
use super::Denied;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderMap};
use http::uri::Authority;
use std::net::IpAddr;

pub(super) async fn check(request: Request, next: Next) -> Response {
    let entered = request.extensions().get::<Entered>();
    let peer = entered.and_then(|entered| entered.peer);
    // Without a socket, the caller is in the process.
    let near = peer.is_none_or(|peer| peer.address.ip().to_canonical().is_loopback());
    if near && is_own(request.headers()) {
        return next.run(request).await;
    }
    Denied(Denial::NotFromHere).into_response()
}

/// The host is this machine by name, so that no other site can be at its
/// address, and a browser says that the page is from here.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    let Some(host) = text(header::HOST) else {
        return true;
    };
    if !is_loopback(host) {
        return false;
    }
    let Some(origin) = text(header::ORIGIN) else {
        return true;
    };
    let place = origin.split_once("://").map(|(_, place)| place);
    place == Some(host)
}

fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host().trim_matches(['[', ']']);
    let ip = name.parse::<IpAddr>();
    name == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_steers() {
        let own = |host: Option<&str>, origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            is_own(&headers)
        };
        for host in ["127.0.0.1:80", "localhost:8080", "[::1]:1", "localhost"] {
            assert!(own(Some(host), None), "{host}");
            assert!(own(Some(host), Some(&format!("http://{host}"))), "{host}");
            assert!(!own(Some(host), Some("http://elsewhere.example")), "{host}");
            assert!(!own(Some(host), Some("null")), "{host}");
        }
        for host in [
            "elsewhere.example",
            "127.0.0.1.elsewhere.example",
            "",
            "10.0.0.1",
        ] {
            assert!(!own(Some(host), None), "{host}");
        }
        assert!(own(None, None));
    }
}
