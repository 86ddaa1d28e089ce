//! Who may ask: bearer tokens, and the endpoint that issues them.

mod certificate;
mod issuer;

pub(crate) use certificate::Certificate;
pub(crate) use issuer::{Claims, Issuer};

use aws_lc_rs::digest;
use http::header::{self, HeaderMap};

/// Which bearer tokens are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tokens {
    /// A request needs none.
    Off,
    /// Any that is not empty.
    #[default]
    Any,
    /// Only those that the emulator's token endpoint has issued for the service,
    /// until they expire.
    Issued,
}

/// The audience of tokens for the service: where the service is.
pub(crate) const AUDIENCE: &str = golive_client::endpoints::DEFAULT_SERVER;

/// The bearer token of a request, if it has one that is not empty.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// What tells a token from another, and does not give it away.
pub(crate) fn fingerprint(token: &str) -> String {
    let digest = digest::digest(&digest::SHA256, token.as_bytes());
    let mut text = "sha256:".to_owned();
    for byte in digest.as_ref().iter().take(6) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_does_not_give_a_token_away() {
        let print = fingerprint("secret");
        assert_eq!(print, "sha256:2bb80d537b1d");
        assert_ne!(print, fingerprint("Secret"));
    }
}
