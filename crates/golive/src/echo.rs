//! Takes the token out of a reply in which the service sends it back, before
//! anything reads or keeps that reply.

use bytes::Bytes;
use http::{HeaderValue, Response};
use memchr::memmem;

/// Stands where the token was. It may be in a URL as well as in a text.
const REDACTED: &[u8] = b"REDACTED";

/// What is shorter is a word rather than a secret, and would be found in any page.
const SHORTEST: usize = 6;

/// An answer of success is a document that may be written back, so that nothing of
/// it may be changed by accident. What is as long as this is in it by no accident.
/// Real tokens have a thousand characters and more.
const SHORTEST_IN_DOCUMENTS: usize = 32;

/// Takes the token of the request's `Authorization` out of the headers and the body
/// of the reply.
pub(crate) fn remove(response: &mut Response<Bytes>, authorization: &HeaderValue) {
    let value = authorization.as_bytes();
    let token = value.strip_prefix(b"Bearer ").unwrap_or(value);
    if token.len() < SHORTEST {
        return;
    }
    let finder = memmem::Finder::new(token);
    for value in response.headers_mut().values_mut() {
        if let Some(redacted) = replaced(value.as_bytes(), &finder) {
            // What takes the place of the token is allowed in a header.
            *value =
                HeaderValue::from_bytes(&redacted).unwrap_or_else(|_| HeaderValue::from_static(""));
        }
    }
    if response.status().is_success() && token.len() < SHORTEST_IN_DOCUMENTS {
        return;
    }
    if let Some(redacted) = replaced(response.body(), &finder) {
        *response.body_mut() = redacted.into();
    }
}

/// None if there is nothing to replace.
fn replaced(text: &[u8], finder: &memmem::Finder<'_>) -> Option<Vec<u8>> {
    let mut redacted = Vec::new();
    let mut rest = text;
    while let Some(at) = finder.find(rest) {
        redacted.extend_from_slice(&rest[..at]);
        redacted.extend_from_slice(REDACTED);
        rest = &rest[at + finder.needle().len()..];
    }
    if rest.len() == text.len() {
        return None;
    }
    redacted.extend_from_slice(rest);
    Some(redacted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, token: &str, body: &str) -> Response<Bytes> {
        let mut response = Response::builder()
            .status(status)
            .header("location", format!("/op?token={token}"))
            .body(Bytes::from(body.to_owned()))
            .unwrap();
        let authorization = HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
        remove(&mut response, &authorization);
        response
    }

    #[test]
    fn the_token_is_taken_out_of_errors_and_long_ones_out_of_documents() {
        let long = "e".repeat(40);
        for (status, token, redacted) in [
            (401, "secret-token", true),
            (500, long.as_str(), true),
            (200, long.as_str(), true),
            (200, "secret-token", false),
            // A word, not a secret.
            (401, "token", false),
        ] {
            let body = format!("<p>{token} {token}</p> \u{fc}{token}");
            let reply = reply(status, token, &body);
            let expected = match redacted {
                true => body.replace(token, "REDACTED"),
                false => body,
            };
            assert_eq!(reply.body(), expected.as_bytes(), "{status} {token}");
            if token.len() >= SHORTEST {
                assert_eq!(reply.headers()["location"], "/op?token=REDACTED");
            }
        }
    }

    #[test]
    fn what_has_no_token_in_it_is_left_as_it_is() {
        let reply = reply(500, "secret-token", "secret-toke secret\u{fc}-token");
        assert_eq!(reply.body(), "secret-toke secret\u{fc}-token".as_bytes());
    }
}
