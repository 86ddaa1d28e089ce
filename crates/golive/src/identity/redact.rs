//! Keeps secrets out of what people read.

use secrecy::{ExposeSecret, SecretString};

/// The longest text that is taken over from somebody else, in characters.
const TEXT_LIMIT: usize = 1000;

/// Shorter ones are not secrets, and taking them out would spoil every text.
const SHORTEST_SECRET: usize = 4;

/// The secrets that must not appear in a message.
#[derive(Default)]
pub(super) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(super) fn hide(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() >= SHORTEST_SECRET {
            self.0.push(SecretString::from(secret.to_owned()));
        }
    }

    /// The text on one line, without secrets and without anything that looks
    /// like a token, and not too long.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            text = text.replace(secret.expose_secret(), "(redacted)");
        }
        let mut words: Vec<_> = text.split_whitespace().map(without_tokens).collect();
        words.retain(|word| !word.is_empty());
        let text = words.join(" ");
        match text.char_indices().nth(TEXT_LIMIT) {
            Some((end, _)) => format!("{}...", &text[..end]),
            None => text,
        }
    }
}

/// A word without JSON web tokens: three parts of base64url with dots between.
fn without_tokens(word: &str) -> String {
    let mut clean = String::new();
    for part in word.split_inclusive(|c: char| !is_token_char(c)) {
        let end = part.trim_end_matches(|c: char| !is_token_char(c));
        if end.len() > 40 && end.starts_with("ey") && end.matches('.').count() >= 2 {
            clean.push_str("(redacted)");
            clean.push_str(&part[end.len()..]);
        } else {
            clean.push_str(part);
        }
    }
    clean
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl";

    #[test]
    fn secrets_and_tokens_are_taken_out() {
        let mut secrets = Secrets::default();
        secrets.hide(" s3cr3t~\n");
        secrets.hide("");
        secrets.hide("e");
        let text = format!("the secret 's3cr3t~' and\r\n {{\"token\":\"{TOKEN}\"}} {TOKEN}.");
        assert_eq!(
            secrets.clean(&text),
            "the secret '(redacted)' and {\"token\":\"(redacted)\"} (redacted)"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = Secrets::default().clean(&"\u{f6}".repeat(5000));
        assert_eq!(text.chars().count(), TEXT_LIMIT + 3);
    }

    #[test]
    fn names_of_hosts_and_versions_stay() {
        let text = "eyes.on.login.microsoftonline.com answered 1.2.3";
        assert_eq!(Secrets::default().clean(text), text);
    }
}
