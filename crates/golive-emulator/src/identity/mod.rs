//! Who may ask: bearer tokens, and the endpoint that issues them.

mod certificate;
mod issuer;

pub(crate) use certificate::Certificate;
pub(crate) use issuer::{Claims, Issuer};

use aws_lc_rs::digest;
use http::header::{self, HeaderMap};
use std::fmt;
use std::sync::Mutex;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 6]);

impl Fingerprint {
    pub(crate) fn of(token: &str) -> Self {
        let digest = digest::digest(&digest::SHA256, token.as_bytes());
        let mut begin = [0; 6];
        for (byte, digested) in begin.iter_mut().zip(digest.as_ref()) {
            *byte = *digested;
        }
        Self(begin)
    }
}

/// Fingerprints, the last of which is kept: a caller sends the same token for an
/// hour, and the digest of a real one is more work than all else that a poll takes.
#[derive(Default)]
pub(crate) struct Fingerprints(Mutex<Option<(Box<str>, Fingerprint)>>);

impl fmt::Debug for Fingerprints {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fingerprints").finish_non_exhaustive()
    }
}

impl Fingerprints {
    pub(crate) fn of(&self, token: &str) -> Fingerprint {
        // Nobody waits for what can be had without.
        let Ok(mut last) = self.0.try_lock() else {
            return Fingerprint::of(token);
        };
        if let Some((known, fingerprint)) = &*last
            && **known == *token
        {
            return *fingerprint;
        }
        let fingerprint = Fingerprint::of(token);
        *last = Some((token.into(), fingerprint));
        fingerprint
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_does_not_give_a_token_away() {
        let print = Fingerprint::of("secret");
        assert_eq!(print.to_string(), "sha256:2bb80d537b1d");
        assert_ne!(print, Fingerprint::of("Secret"));
    }

    #[test]
    fn a_kept_fingerprint_is_that_of_its_token() {
        let prints = Fingerprints::default();
        for token in ["secret", "secret", "Secret", "secret", ""] {
            assert_eq!(prints.of(token), Fingerprint::of(token));
        }
        prints.of("secret");
        assert!(!format!("{prints:?}").contains("secret"));
    }
}
