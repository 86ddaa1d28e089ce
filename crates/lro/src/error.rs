//! One opaque error with questions to ask.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::{BoxError, Failure, Reply, ResumeToken, TransportError};

/// Why an operation, or the polling of it, did not end well.
///
/// Ask it questions rather than match on it. Whenever there is an operation to
/// go on with, it carries the resume token. It is cheap to clone and never
/// holds a credential.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    transient: bool,
    may_have_been_sent: bool,
    gave_up: Option<(u32, Duration)>,
    reply: Option<Reply>,
    failure: Option<Failure>,
    token: Option<ResumeToken>,
    last_status: Option<Arc<dyn Any + Send + Sync>>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

#[derive(Clone)]
pub(crate) enum Kind {
    Config(String),
    Foreign(String),
    MissingPollingUrl,
    MissingResultUrl,
    Token(String),
    NoReply,
    PollTimeout(Duration),
    Deadline(Duration),
    Status(StatusCode),
    Redirects,
    Credential,
    Unreadable,
    Result,
    Failed,
    Canceled,
    Expired,
    Finished,
    Blocking(&'static str),
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Arc::new(Inner {
            kind,
            transient: false,
            may_have_been_sent: false,
            gave_up: None,
            reply: None,
            failure: None,
            token: None,
            last_status: None,
            source: None,
        }))
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config(message.into()))
    }

    pub(crate) fn token(message: &str) -> Self {
        Self::new(Kind::Token(message.to_owned()))
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        let sent = error.may_have_been_sent();
        // Nobody checked where that redirect went: not to be repeated.
        let transient = !error.is_redirected();
        Self::new(Kind::NoReply)
            .edit(|it| {
                it.transient = transient;
                it.may_have_been_sent = sent;
            })
            .with_source(Box::new(error))
    }

    fn edit(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    pub(crate) fn transient(self) -> Self {
        self.edit(|it| it.transient = true)
    }

    pub(crate) fn sent(self) -> Self {
        self.edit(|it| it.may_have_been_sent = true)
    }

    pub(crate) fn giving_up(self, attempts: u32, time: Duration) -> Self {
        self.edit(|it| {
            it.transient = false;
            it.gave_up = Some((attempts, time));
        })
    }

    pub(crate) fn with_reply(self, reply: Reply) -> Self {
        self.edit(|it| {
            it.may_have_been_sent = true;
            it.failure = it
                .failure
                .take()
                .or_else(|| Failure::from_body(reply.body()));
            it.reply = Some(reply);
        })
    }

    pub(crate) fn with_failure(self, failure: Option<Failure>) -> Self {
        self.edit(|it| it.failure = failure.or(it.failure.take()))
    }

    pub(crate) fn with_source(self, source: BoxError) -> Self {
        self.edit(|it| it.source = Some(Arc::from(source)))
    }

    pub(crate) fn because(self, error: Option<Error>) -> Self {
        self.edit(|it| it.source = error.map(|error| Arc::new(error) as _))
    }

    pub(crate) fn with_token(self, token: ResumeToken) -> Self {
        self.edit(|it| it.token = Some(token))
    }

    pub(crate) fn with_last_status<M: Send + Sync + 'static>(self, last: Option<Arc<M>>) -> Self {
        self.edit(|it| it.last_status = last.map(|last| last as _))
    }

    /// The deadline passed and the operation had not ended.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Deadline(_))
    }

    /// The operation ended in failure. See [`failure`](Self::failure).
    pub fn is_failed(&self) -> bool {
        matches!(self.0.kind, Kind::Failed)
    }

    /// The operation was canceled.
    pub fn is_canceled(&self) -> bool {
        matches!(self.0.kind, Kind::Canceled)
    }

    /// The server no longer knows the operation (404 beyond the tolerance, or
    /// 410). How it ended is unknown.
    pub fn is_expired(&self) -> bool {
        matches!(self.0.kind, Kind::Expired)
    }

    /// A URL, named by the server or in a token, is not on an allowed origin.
    /// Nothing was sent there.
    pub fn is_foreign_origin(&self) -> bool {
        matches!(self.0.kind, Kind::Foreign(_))
    }

    /// The reply that accepted the operation names no usable polling URL.
    pub fn is_missing_polling_url(&self) -> bool {
        matches!(self.0.kind, Kind::MissingPollingUrl)
    }

    /// The server answered 401, also to a fresh credential.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.0.kind, Kind::Status(StatusCode::UNAUTHORIZED))
    }

    /// The credential has no token to give.
    pub fn is_credential(&self) -> bool {
        matches!(self.0.kind, Kind::Credential)
    }

    /// The resume token is damaged, of an unknown version, or of another kind
    /// of operation.
    pub fn is_invalid_token(&self) -> bool {
        matches!(self.0.kind, Kind::Token(_))
    }

    /// Polling failed in a way that may pass: polling again makes sense.
    pub fn is_transient(&self) -> bool {
        self.0.transient
    }

    /// Transient failures used up the [`Tolerance`](crate::Tolerance).
    pub fn gave_up(&self) -> bool {
        self.0.gave_up.is_some()
    }

    /// Whether the server may have received the request. Of interest after a
    /// cancel; a poll changes nothing.
    pub fn may_have_been_sent(&self) -> bool {
        self.0.may_have_been_sent
    }

    /// The HTTP status of the reply.
    pub fn status(&self) -> Option<u16> {
        self.0.reply.as_ref().map(|reply| reply.status().as_u16())
    }

    /// The server's code for the failure.
    pub fn code(&self) -> Option<&str> {
        self.0.failure.as_ref()?.code()
    }

    /// The server's message.
    pub fn message(&self) -> Option<&str> {
        self.0.failure.as_ref()?.message()
    }

    /// All that the server says about the failure.
    pub fn failure(&self) -> Option<&Failure> {
        self.0.failure.as_ref()
    }

    /// The raw reply, no longer than the body limit.
    pub fn reply(&self) -> Option<&Reply> {
        self.0.reply.as_ref()
    }

    /// What is needed to go on with the operation, here or elsewhere. Absent
    /// only when there is no operation to go on with.
    pub fn resume_token(&self) -> Option<&ResumeToken> {
        self.0.token.as_ref()
    }

    /// The last status that was seen, when it was of type `M`.
    pub fn last_status<M: 'static>(&self) -> Option<&M> {
        self.0.last_status.as_ref()?.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((attempts, time)) = self.0.gave_up {
            write!(
                f,
                "gave up after {attempts} failed polls in {} s: ",
                time.as_secs()
            )?;
        }
        match &self.0.kind {
            Kind::Config(message) | Kind::Token(message) => f.write_str(message)?,
            Kind::Foreign(origin) => write!(
                f,
                "the URL to go on with is on {origin}, which is not an allowed origin; nothing was sent there"
            )?,
            Kind::MissingPollingUrl => f.write_str("the server named no usable polling URL")?,
            Kind::MissingResultUrl => {
                f.write_str("the operation succeeded, but nothing says where its result is")?;
            }
            Kind::Result => {
                f.write_str("the operation succeeded, but its result cannot be read")?;
            }
            Kind::NoReply => f.write_str("no reply from the server")?,
            Kind::PollTimeout(limit) => {
                write!(f, "no reply from the server within {} s", limit.as_secs())?;
            }
            Kind::Deadline(limit) => write!(
                f,
                "the operation had not ended by the deadline of {} s",
                limit.as_secs_f64()
            )?,
            Kind::Status(status) => write!(f, "the server answered {status}")?,
            Kind::Redirects => f.write_str("the server redirects without end")?,
            Kind::Credential => f.write_str("no credential to be had")?,
            Kind::Unreadable => f.write_str("the server's reply cannot be read")?,
            Kind::Failed => f.write_str("the operation failed")?,
            Kind::Canceled => f.write_str("the operation was canceled")?,
            Kind::Expired => f.write_str("the server no longer knows the operation")?,
            Kind::Finished => f.write_str("the operation's outcome has been handed out already")?,
            Kind::Blocking(why) => f.write_str(why)?,
        }
        match &self.0.failure {
            Some(failure) => write!(f, ": {failure}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &self.to_string())
            .field("reply", &self.0.reply)
            .field("resume_token", &self.0.token)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
