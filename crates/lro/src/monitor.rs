//! What a service's status document looks like: the trait to implement.

use std::time::Duration;

use http::{HeaderName, header};
use serde::{Deserialize, Serialize};

use crate::{BoxError, Failure, Reply, State};

/// A status document of one kind of operation.
///
/// [`AzureStatus`](crate::AzureStatus) is the standard one of Azure's services.
/// Implement the trait for a service with a status document of its own:
///
/// ```
/// use lro::{BoxError, FinalReply, Reply, State, StatusMonitor, Via};
///
/// #[derive(Clone, serde::Deserialize)]
/// struct Build {
///     phase: String,
///     image: Option<String>,
/// }
///
/// impl StatusMonitor for Build {
///     type Output = Build;
///     const KIND: &'static str = "example/build";
///
///     fn parse(reply: &Reply, _via: Via) -> Result<Self, BoxError> {
///         reply.json()
///     }
///
///     fn state(&self) -> State {
///         State::from_wire(&self.phase)
///     }
///
///     fn output(&self, _reply: FinalReply<'_>) -> Result<Build, BoxError> {
///         Ok(self.clone())
///     }
/// }
/// ```
pub trait StatusMonitor: Sized + Send + Sync + Unpin + 'static {
    /// What a successful operation gives.
    type Output: Send + 'static;

    /// Names this kind of operation inside resume tokens. A token of another
    /// kind is refused. Keep it when the type is renamed.
    const KIND: &'static str;

    /// Reads a reply with a success status (2xx) to a poll.
    ///
    /// # Errors
    ///
    /// The reply is not a status document, for example because it has no
    /// status. That poll then counts as a transient failure: it is tolerated
    /// within the [`Tolerance`](crate::Tolerance).
    fn parse(reply: &Reply, via: Via) -> Result<Self, BoxError>;

    /// Whether operations of `kind` are read by this type. By default those of
    /// [`KIND`](Self::KIND) are. A type that serves several kinds, so that they
    /// can be in one [`PollSet`](crate::PollSet), says so here and reads them
    /// with [`parse_kind`](Self::parse_kind).
    fn is_kind(kind: &str) -> bool {
        kind == Self::KIND
    }

    /// Like [`parse`](Self::parse), for a type that serves several kinds: `kind`
    /// is that of the operation.
    ///
    /// # Errors
    ///
    /// As of [`parse`](Self::parse).
    fn parse_kind(kind: &str, reply: &Reply, via: Via) -> Result<Self, BoxError> {
        let _ = kind;
        Self::parse(reply, via)
    }

    /// Whether an error answer to a poll is this protocol's way to say that
    /// the operation has failed. By default none is: then it is polling that
    /// has failed, and the operation may be well. Never asked about 401, 403,
    /// 404, 408, 410, 429 and 5xx, which say nothing of the operation.
    fn is_failure(reply: &Reply, via: Via) -> bool {
        let _ = (reply, via);
        false
    }

    /// The operation's state.
    fn state(&self) -> State;

    /// Why the operation failed, when it has and the document says so.
    fn failure(&self) -> Option<Failure> {
        None
    }

    /// What the operation is busy with and how long that usually takes, when
    /// the document says so. An estimate-aware schedule is steered by it.
    fn estimate(&self) -> Option<Estimate> {
        None
    }

    /// The URL of the result, when the document names one.
    fn resource_location(&self) -> Option<&str> {
        None
    }

    /// Where the result of a successful operation is. By default the status
    /// document itself is or holds the result. The caller's own choice
    /// ([`Poller::final_state`](crate::Poller::final_state)) goes before it.
    fn final_state(&self) -> FinalState {
        FinalState::Status
    }

    /// The result of an operation that succeeded.
    ///
    /// # Errors
    ///
    /// The reply does not hold what it should. The operation has succeeded all
    /// the same: the error carries the reply and the resume token.
    fn output(&self, reply: FinalReply<'_>) -> Result<Self::Output, BoxError>;
}

/// The reply that holds a successful operation's result.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum FinalReply<'a> {
    /// The reply that the status document was read from.
    Status(&'a Reply),
    /// The reply to a request of its own for the result.
    Fetched(&'a Reply),
}

/// How the polling URL of an operation was found, which also says how its
/// replies are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Via {
    /// `Operation-Location`: a status document with the state in its body.
    OperationLocation,
    /// `Azure-AsyncOperation`: a status document with the state in its body.
    AzureAsyncOperation,
    /// `Location`: 202 is in progress, and another success is the result.
    Location,
    /// The resource itself is polled at the URL of the first request, and its
    /// body holds its state.
    Original,
    /// Nothing is polled: the first reply said it all.
    Reply,
}

static OPERATION_LOCATION: HeaderName = HeaderName::from_static("operation-location");
static AZURE_ASYNC_OPERATION: HeaderName = HeaderName::from_static("azure-asyncoperation");

impl Via {
    /// The header that names the polling URL.
    pub(crate) fn header(self) -> Option<&'static HeaderName> {
        match self {
            Self::OperationLocation => Some(&OPERATION_LOCATION),
            Self::AzureAsyncOperation => Some(&AZURE_ASYNC_OPERATION),
            Self::Location => Some(&header::LOCATION),
            Self::Original | Self::Reply => None,
        }
    }
}

/// Where the result of a successful operation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FinalState {
    /// By Azure's rules: the URL that the status names
    /// ([`StatusMonitor::resource_location`]); otherwise the URL of the first
    /// request if that was a PUT or a PATCH; otherwise, for a POST, the
    /// `Location` if there was one; otherwise the status itself.
    #[default]
    Auto,
    /// In the status document (`final-state-via: operation-location`).
    Status,
    /// At the last `Location` that was seen (`final-state-via: location`).
    Location,
    /// At the URL of the first request (`final-state-via: original-uri`).
    OriginalUrl,
    /// At the URL that the status names.
    Resource,
}

/// What an operation is busy with, how long that usually takes, and how far it
/// has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    pub(crate) step: String,
    pub(crate) shortest: Option<Duration>,
    pub(crate) longest: Duration,
    pub(crate) progress: Option<f64>,
}

impl Estimate {
    /// The running step, by a name that changes when the next step begins, and
    /// the longest that it usually takes.
    pub fn new(step: impl Into<String>, longest: Duration) -> Self {
        Self {
            step: step.into(),
            shortest: None,
            longest,
            progress: None,
        }
    }

    /// The shortest that the step usually takes.
    #[must_use]
    pub fn shortest(mut self, shortest: Duration) -> Self {
        self.shortest = Some(shortest);
        self
    }

    /// How much of the step is done, 0 to 1. Anything else is ignored.
    #[must_use]
    pub fn progress(mut self, progress: f64) -> Self {
        self.progress = (0.0..=1.0).contains(&progress).then_some(progress);
        self
    }
}
