//! What the server says about why something failed.

use std::fmt;

use serde_json::Value;

/// What the server says about why an operation or a request failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    code: Option<String>,
    message: Option<String>,
    target: Option<String>,
    details: Vec<Failure>,
}

impl Failure {
    /// A failure that says nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With the server's code for it.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// With a message for people.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// With the thing that the failure is about.
    #[must_use]
    pub fn with_target(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// With one more failure below this one.
    #[must_use]
    pub fn with_detail(mut self, detail: Failure) -> Self {
        self.details.push(detail);
        self
    }

    /// The server's code.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message for people.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The thing that the failure is about.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The failures below this one.
    pub fn details(&self) -> &[Failure] {
        &self.details
    }

    /// Reads an error body: Azure's `{"error": {code, message, target,
    /// details}}`, with or without the outer object, or a problem document
    /// (`type`, `title`, `detail`, `instance`). `None` when it is neither.
    pub fn from_body(body: &[u8]) -> Option<Self> {
        Self::from_json(&serde_json::from_slice(body).ok()?)
    }

    /// Like [`from_body`](Self::from_body), from JSON that is parsed already.
    pub fn from_json(value: &Value) -> Option<Self> {
        match value.get("error") {
            Some(Value::String(message)) => Some(Self {
                code: Some(message.clone()),
                message: text(value, "error_description").or_else(|| text(value, "message")),
                ..Self::default()
            }),
            Some(error @ Value::Object(_)) => Self::read(error),
            _ => Self::read(value),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        // A resource has a `type` too: only a problem has a title or a detail.
        let problem = text(value, "detail").or_else(|| text(value, "title"));
        let kind = problem.as_ref().and_then(|_| text(value, "type"));
        let failure = Self {
            code: text(value, "code").or(kind),
            message: text(value, "message").or(problem),
            target: text(value, "target").or_else(|| text(value, "instance")),
            // The parser bounds the nesting, so this ends.
            details: value
                .get("details")
                .and_then(Value::as_array)
                .map(|details| details.iter().filter_map(Self::read).collect())
                .unwrap_or_default(),
        };
        (failure.code.is_some() || failure.message.is_some()).then_some(failure)
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, &self.message) {
            (Some(code), Some(message)) => write!(f, "{}: {}", Short(code), Short(message)),
            (Some(one), None) | (None, Some(one)) => Short(one).fmt(f),
            (None, None) => f.write_str("no details"),
        }
    }
}

/// A message may be as long as a body: a line of a log is not.
struct Short<'a>(&'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 2000;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}...", &self.0[..end]),
            None => f.write_str(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn azure_and_problem_documents() {
        let azure = Failure::from_body(
            br#"{"error":{"code":"Quota","message":"too much","target":"cpu",
                "details":[{"code":"Core","message":"8 of 8"}]}}"#,
        )
        .expect("a failure");
        assert_eq!(azure.to_string(), "Quota: too much");
        assert_eq!(azure.target(), Some("cpu"));
        assert_eq!(azure.details()[0].code(), Some("Core"));

        let problem = Failure::from_body(
            br#"{"type":"https://x.example/q","title":"Quota","detail":"too much","status":409}"#,
        )
        .expect("a failure");
        assert_eq!(problem.code(), Some("https://x.example/q"));
        assert_eq!(problem.message(), Some("too much"));
    }

    #[test]
    fn a_long_message_is_shortened_in_a_line_only() {
        let long = "ü".repeat(100_000);
        let failure = Failure::new().with_code("Long").with_message(&long);
        assert!(failure.to_string().chars().count() < 2100);
        assert_eq!(failure.message(), Some(long.as_str()));
    }

    #[test]
    fn what_says_nothing_is_no_failure() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "<html>",
            r#"{"error":null}"#,
            r#"{"type":"Example/orders"}"#,
        ] {
            assert_eq!(Failure::from_body(body.as_bytes()), None, "{body}");
        }
    }
}
