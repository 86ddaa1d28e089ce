//! Tokens like those of Microsoft Entra ID.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Issues tokens, and knows its own.
#[derive(Debug)]
pub(crate) struct Issuer {
    key: hmac::Key,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) aud: String,
    pub(crate) iss: String,
    pub(crate) iat: u64,
    pub(crate) nbf: u64,
    pub(crate) exp: u64,
    pub(crate) appid: String,
    pub(crate) tid: String,
}

impl Issuer {
    /// An issuer whose tokens hold for everybody with the same secret.
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, secret),
        }
    }

    /// A secret that nobody knows.
    pub(crate) fn secret() -> Option<Vec<u8>> {
        let mut secret = vec![0; 32];
        aws_lc_rs::rand::fill(&mut secret).ok()?;
        Some(secret)
    }

    pub(crate) fn issue(&self, claims: &Claims) -> String {
        const HEADER: &str = r#"{"typ":"JWT","alg":"HS256"}"#;
        let claims = serde_json::to_vec(claims).unwrap_or_default();
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(HEADER),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let signature = hmac::sign(&self.key, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// What a token of this issuer says; none for any other.
    fn read(&self, token: &str) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        hmac::verify(&self.key, signed.as_bytes(), &signature).ok()?;
        let (_, claims) = signed.split_once('.')?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    /// Why a token does not hold at a moment, if it does not.
    pub(crate) fn check(
        &self,
        token: &str,
        audience: &str,
        now: SystemTime,
    ) -> Result<(), &'static str> {
        let claims = self.read(token).ok_or("it was not issued here")?;
        let audiences = claims.aud.trim_end_matches('/');
        if audiences != audience {
            return Err("its audience is another");
        }
        if seconds(now) >= claims.exp {
            return Err("it has expired");
        }
        Ok(())
    }
}

impl Claims {
    pub(crate) fn new(
        audience: &str,
        issuer: String,
        client: &str,
        tenant: &str,
        now: SystemTime,
        lifetime: Duration,
    ) -> Self {
        let now = seconds(now);
        Self {
            aud: audience.to_owned(),
            iss: issuer,
            iat: now,
            nbf: now,
            exp: now.saturating_add(lifetime.as_secs()),
            appid: client.to_owned(),
            tid: tenant.to_owned(),
        }
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_hold_for_their_audience_until_they_expire() {
        let issuer = Issuer::new(b"one");
        let now = UNIX_EPOCH + Duration::from_secs(1_000_000);
        let lifetime = Duration::from_secs(60);
        let claims = |audience| Claims::new(audience, "i".to_owned(), "c", "t", now, lifetime);
        let token = issuer.issue(&claims("https://a"));
        assert_eq!(issuer.check(&token, "https://a", now), Ok(()));
        let end = now + lifetime;
        let before = end - Duration::from_secs(1);
        assert_eq!(issuer.check(&token, "https://a", before), Ok(()));
        assert!(
            issuer
                .check(&token, "https://a", end)
                .unwrap_err()
                .contains("expired")
        );
        assert!(
            issuer
                .check(&token, "https://b", now)
                .unwrap_err()
                .contains("audience")
        );
        let slash = issuer.issue(&claims("https://a/"));
        assert_eq!(issuer.check(&slash, "https://a", now), Ok(()));
        let other = Issuer::new(b"two").issue(&claims("https://a"));
        let forged = format!("{}x", &token[..token.len() - 1]);
        for token in [other.as_str(), &forged, "", ".", "a.b.c", "secret"] {
            assert!(
                issuer
                    .check(token, "https://a", now)
                    .unwrap_err()
                    .contains("issued")
            );
        }
    }
}
