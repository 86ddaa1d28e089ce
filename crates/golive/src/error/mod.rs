//! One opaque error with questions to ask.

mod advice;
mod display;
mod questions;
mod retry_after;

use crate::doing::Doing;
use crate::service_error::ServiceError;
use crate::{ReleaseToken, ResumeToken};
use lro::{BoxError, Reply, TransportError};
use std::sync::Arc;

/// Why something did not go well.
///
/// Ask it questions rather than match on it. Once an operation has been
/// accepted, every error carries the [resume token](Self::resume_token). It is
/// cheap to clone and never holds a credential.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    /// What was tried, for example `take contoso/offer live`.
    action: Option<String>,
    reply: Option<Reply>,
    service: ServiceError,
    token: Option<ResumeToken>,
    /// An operation that runs, and that may be anybody's.
    running: Option<ResumeToken>,
    release: Option<Box<ReleaseToken>>,
    source: Option<Source>,
}

#[derive(Clone)]
enum Source {
    Poll(lro::Error),
    Other(Arc<dyn std::error::Error + Send + Sync>),
}

#[derive(Clone)]
enum Kind {
    /// What the caller gave cannot be used.
    Invalid(String),
    /// There is no token to sign in with.
    Credential,
    /// The service answered, and not with success.
    Refused,
    /// Nothing was sent.
    NotSent,
    /// Something was sent, and no answer can be had.
    NoAnswer,
    /// The service answered with success, and the answer cannot be used.
    Unreadable,
    /// It is not known whether a submission was accepted.
    SubmissionUnknown,
    /// A submission was accepted, and there is nothing to poll.
    NothingToPoll,
    /// Another operation is running; found before anything was accepted. With what
    /// was to be gone on with, if it is not that, and what it is, if that is known.
    Conflict {
        asked: Option<Doing>,
        found: Option<Doing>,
    },
    /// The Preview slot has something else than was expected.
    UnexpectedPreview {
        problem: String,
        /// It is not the one that was shown.
        replaced: bool,
    },
    /// A person or a hook said no to a go-live.
    NotApproved,
    /// The caller stopped it while nothing was submitted.
    Stopped,
    /// The caller could not keep what is needed to go on, and nothing was submitted.
    NotKept,
    /// A release token of one endpoint was to be gone on with at another.
    ForeignPortal { token: String, endpoint: String },
    /// The deadline passed while nothing of ours ran.
    Deadline,
    /// Polling ended without success.
    Poll,
}

impl Error {
    fn new(kind: Kind) -> Self {
        Self(Arc::new(Inner {
            kind,
            action: None,
            reply: None,
            service: ServiceError::default(),
            token: None,
            running: None,
            release: None,
            source: None,
        }))
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid(message.into()))
    }

    pub(crate) fn credential(source: impl Into<BoxError>) -> Self {
        Self::new(Kind::Credential).with_source(source)
    }

    pub(crate) fn refused(reply: Reply) -> Self {
        Self::new(Kind::Refused).with_reply(reply)
    }

    pub(crate) fn unreadable(reply: Reply, source: impl Into<BoxError>) -> Self {
        Self::new(Kind::Unreadable)
            .with_reply(reply)
            .with_source(source)
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        let kind = if error.may_have_been_sent() {
            Kind::NoAnswer
        } else {
            Kind::NotSent
        };
        Self::new(kind).with_source(error)
    }

    pub(crate) fn conflict(found: Option<Doing>) -> Self {
        Self::new(Kind::Conflict { asked: None, found })
    }

    /// Something else runs than what was to be gone on with, or nobody knows what.
    pub(crate) fn not_the_same(asked: Doing, found: Option<Doing>) -> Self {
        let asked = Some(asked);
        Self::new(Kind::Conflict { asked, found })
    }

    pub(crate) fn stopped() -> Self {
        Self::new(Kind::Stopped)
    }

    pub(crate) fn not_kept() -> Self {
        Self::new(Kind::NotKept)
    }

    pub(crate) fn foreign_portal(token: &str, endpoint: &str) -> Self {
        Self::new(Kind::ForeignPortal {
            token: token.to_owned(),
            endpoint: endpoint.to_owned(),
        })
    }

    pub(crate) fn deadline() -> Self {
        Self::new(Kind::Deadline)
    }

    pub(crate) fn unexpected_preview(problem: String, replaced: bool) -> Self {
        Self::new(Kind::UnexpectedPreview { problem, replaced })
    }

    pub(crate) fn not_approved() -> Self {
        Self::new(Kind::NotApproved)
    }

    pub(crate) fn nothing_to_poll(reply: Reply) -> Self {
        Self::new(Kind::NothingToPoll).with_reply(reply)
    }

    fn edit(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Nobody can say whether a submission was accepted.
    pub(crate) fn unknown() -> Self {
        Self::new(Kind::SubmissionUnknown)
    }

    /// Says of an error that a submission may have been accepted.
    pub(crate) fn submission_unknown(self) -> Self {
        self.edit(|inner| inner.kind = Kind::SubmissionUnknown)
    }

    pub(crate) fn while_trying(self, action: impl Into<String>) -> Self {
        self.edit(|inner| inner.action = Some(action.into()))
    }

    pub(crate) fn with_token(self, token: Option<ResumeToken>) -> Self {
        self.edit(|inner| inner.token = token.or(inner.token.take()))
    }

    /// The operation that this is about is not the caller's own.
    pub(crate) fn without_token(self) -> Self {
        self.edit(|inner| inner.token = None)
    }

    pub(crate) fn with_running_operation(self, running: Option<ResumeToken>) -> Self {
        self.edit(|inner| inner.running = running)
    }

    pub(crate) fn with_release_token(self, token: ReleaseToken) -> Self {
        let running = token.operation().cloned();
        self.edit(|inner| {
            inner.token = inner.token.take().or(running);
            inner.release = Some(Box::new(token));
        })
    }

    fn with_reply(self, reply: Reply) -> Self {
        self.edit(|inner| {
            inner.service = ServiceError::read(&reply);
            inner.reply = Some(reply);
        })
    }

    fn with_source(self, source: impl Into<BoxError>) -> Self {
        self.edit(|inner| inner.source = Some(Source::Other(Arc::from(source.into()))))
    }

    /// The answer, if it was success and only its details were not understood.
    pub(crate) fn success(&self) -> Option<&Reply> {
        let reply = self.0.reply.as_ref()?;
        reply.status().is_success().then_some(reply)
    }

    fn poll(&self) -> Option<&lro::Error> {
        match &self.0.source {
            Some(Source::Poll(error)) => Some(error),
            _ => None,
        }
    }
}

impl From<lro::Error> for Error {
    fn from(error: lro::Error) -> Self {
        let token = error.resume_token().cloned().map(ResumeToken);
        // The poller knows fewer kinds of bodies.
        let service = error.reply().map(ServiceError::read);
        Self::new(Kind::Poll).with_token(token).edit(|inner| {
            inner.service = service.unwrap_or_default();
            inner.source = Some(Source::Poll(error));
        })
    }
}
