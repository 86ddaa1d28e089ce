//! Where the service is.

use crate::Error;
use url::{Host, Url};

/// Reads an endpoint: https, unless it is on this machine, and nothing else in it.
pub(crate) fn parse(text: &str) -> Result<Url, Error> {
    let text = text.trim();
    let invalid = |problem: &str| Error::invalid(format!("the endpoint {text:?} {problem}"));
    if !text.contains("://") {
        let problem = format!("has no scheme: write https://{text}");
        return Err(invalid(&problem));
    }
    let url = Url::parse(text).map_err(|error| invalid(&format!("is not a URL: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        // Not printed: it may be a secret.
        return Err(Error::invalid(
            "the endpoint must not carry a user name or a password",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("must not have a query or a fragment"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(invalid("must be https, because a token is sent there")),
        _ => Err(invalid("must begin with https://")),
    }
}

/// Whether a URL is on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_https_or_on_this_machine() {
        for endpoint in [
            "https://cloudpartner.azure.com",
            "https://cloudpartner.azure.com/",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:1",
            "https://example.com/prefix/",
        ] {
            assert!(parse(endpoint).is_ok(), "{endpoint}");
        }
        for (endpoint, problem) in [
            (
                "cloudpartner.azure.com",
                "write https://cloudpartner.azure.com",
            ),
            ("127.0.0.1:8080", "has no scheme"),
            ("http://cloudpartner.azure.com", "must be https"),
            ("http://127.0.0.1.example.com", "must be https"),
            ("ftp://example.com", "must begin with https://"),
            ("https://", "is not a URL"),
            ("https://example.com?x=1", "query"),
            ("", "has no scheme"),
        ] {
            let error = parse(endpoint).unwrap_err();
            assert!(error.is_invalid_input());
            assert!(error.to_string().contains(problem), "{error}");
        }
        let error = parse("https://user:hidden@example.com").unwrap_err();
        assert!(!error.to_string().contains("hidden"));
    }
}
