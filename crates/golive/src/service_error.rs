//! What an answer that is not success says, whatever its body.

use crate::html;
use golive_client::headers::names;
use http::HeaderMap;
use lro::Reply;
use serde_json::Value;

/// The longest message that is taken from a body, in characters.
const LONGEST_MESSAGE: usize = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

impl ServiceError {
    /// Reads the envelope, a bare JSON string, problem+json, HTML or text.
    pub(crate) fn read(reply: &Reply) -> Self {
        if reply.status().is_success() {
            return Self::default();
        }
        let body = reply.body();
        match serde_json::from_slice(body) {
            Ok(Value::String(text)) => Self::from_text(&text),
            Ok(Value::Object(object)) => {
                let error = match object.get("error") {
                    Some(Value::Object(error)) => error,
                    Some(Value::String(text)) => return Self::from_text(text),
                    _ => &object,
                };
                let word = |name: &str| error.get(name).and_then(Value::as_str).and_then(shorten);
                Self {
                    code: word("code"),
                    message: word("message")
                        .or_else(|| word("detail"))
                        .or_else(|| word("title")),
                }
            }
            _ => Self::from_text(&String::from_utf8_lossy(body)),
        }
    }

    fn from_text(text: &str) -> Self {
        Self {
            code: None,
            message: shorten(text),
        }
    }
}

/// Plain text of a bounded length; none if there is none.
fn shorten(text: &str) -> Option<String> {
    let text = html::to_text(text);
    if text.is_empty() {
        return None;
    }
    Some(match text.char_indices().nth(LONGEST_MESSAGE) {
        None => text,
        Some((at, _)) => format!("{}…", &text[..at]),
    })
}

/// The correlation id of an answer.
pub(crate) fn correlation_id(headers: &HeaderMap) -> Option<&str> {
    [names::X_MS_CORRELATION_REQUEST_ID, names::REQUEST_ID]
        .into_iter()
        .find_map(|name| headers.get(name)?.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    fn read(body: &str) -> (Option<String>, Option<String>) {
        let reply = Reply::new(StatusCode::NOT_FOUND, HeaderMap::new(), body.to_owned());
        let error = ServiceError::read(&reply);
        (error.code, error.message)
    }

    #[test]
    fn understands_every_body() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read(r#"{"error":{"code":"A","message":"b"}}"#),
            (some("A"), some("b"))
        );
        assert_eq!(read(r#"{"error":"b"}"#), (None, some("b")));
        assert_eq!(
            read(r#"{"code":"A","message":"b"}"#),
            (some("A"), some("b"))
        );
        assert_eq!(read(r#"{"title":"t","detail":"d"}"#), (None, some("d")));
        assert_eq!(
            read(r#""Microsoft.Http404Exception: no""#),
            (None, some("Microsoft.Http404Exception: no"))
        );
        assert_eq!(
            read("<html><body><h1>Bad</h1> gateway</body></html>"),
            (None, some("Bad gateway"))
        );
        assert_eq!(read(""), (None, None));
        assert_eq!(read("{}"), (None, None));
        assert_eq!(read("[1]"), (None, some("[1]")));
    }

    #[test]
    fn a_long_body_gives_a_short_message() {
        let (_, message) = read(&"é".repeat(1_000_000));
        assert_eq!(message.unwrap().chars().count(), LONGEST_MESSAGE + 1);
    }
}
