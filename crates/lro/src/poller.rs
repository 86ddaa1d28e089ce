//! One operation, waited for: awaited, streamed or polled by hand.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use tracing::{Instrument as _, Span};

use crate::error::Kind;
use crate::exchange::exchange;
use crate::operation::{Operation, Turn};
use crate::service::Shared;
use crate::token::Redacted;
use crate::waited::Waited;
use crate::{BoxFuture, Error, FinalState, Reply, ResumeToken, StatusMonitor, Update};

/// One operation of the server, in three ways:
///
/// - **await it** for the result: `poller.await`, or `poller.wait().await` to
///   keep the poller;
/// - **stream it** for updates, each delivered when it arrives; the last one
///   is [`Update::Done`];
/// - **poll it by hand** with [`poll_once`](Self::poll_once).
///
/// Dropping a poller, or a future of it, never cancels the operation on the
/// server. [`token`](Self::token) is what another process needs to go on.
#[must_use = "an operation is polled only when the poller is awaited, streamed or polled by hand"]
pub struct Poller<M: StatusMonitor> {
    waited: Waited<M>,
    activity: Activity,
    stream_over: bool,
    span: Span,
}

enum Activity {
    Idle,
    Sleeping(BoxFuture<'static, ()>),
    Sending(BoxFuture<'static, Result<Reply, Error>>),
}

impl<M: StatusMonitor> Poller<M> {
    pub(crate) fn new(shared: Arc<Shared>, token: ResumeToken, delay: Duration) -> Self {
        Self::start(Operation::new(shared, token, delay), None)
    }

    pub(crate) fn start(operation: Operation<M>, first: Option<Reply>) -> Self {
        Self::from_waited(Waited::new(operation, first))
    }

    pub(crate) fn from_waited(waited: Waited<M>) -> Self {
        let span = tracing::info_span!(
            "lro",
            kind = &*waited.operation.token.kind,
            url = %Redacted(&waited.operation.token.url)
        );
        Self {
            waited,
            activity: Activity::Idle,
            stream_over: false,
            span,
        }
    }

    pub(crate) fn into_waited(self) -> Waited<M> {
        self.waited
    }

    /// Puts a word of the caller's own into the resume token, for example
    /// which of its things the operation is about.
    pub fn with_context(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.waited
            .operation
            .token
            .context
            .insert(key.into(), value.into());
        self
    }

    /// Makes this an operation of another kind that `M` serves, for one that was
    /// found by its URL. See [`StatusMonitor::is_kind`].
    pub fn of_kind(mut self, kind: &'static str) -> Self {
        self.waited.operation.token.kind = kind.into();
        self
    }

    /// Replaces all that the caller has put into the resume token.
    pub fn context(mut self, context: BTreeMap<String, String>) -> Self {
        self.waited.operation.token.context = context;
        self
    }

    /// Where the result of this operation is, in place of what the status
    /// monitor says. The resume token carries it.
    pub fn final_state(mut self, final_state: FinalState) -> Self {
        self.waited.operation.token.final_state = Some(final_state);
        self
    }

    /// Ends the wait `limit` from now. The last delay is clipped, and there is
    /// one more poll at the deadline itself; then the error says
    /// [`is_timeout`](Error::is_timeout). The operation goes on at the server.
    ///
    /// There is no deadline by default. It bounds awaiting and streaming;
    /// [`poll_once`](Self::poll_once) does not heed it.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.waited.set_deadline(limit);
        // A sleep under way may be too long now.
        if let Activity::Sleeping(_) = self.activity {
            self.activity = Activity::Idle;
        }
        self
    }

    /// What another process needs to go on with this operation.
    pub fn token(&self) -> ResumeToken {
        self.waited.operation.token()
    }

    /// The last status that was seen.
    pub fn last_status(&self) -> Option<&M> {
        self.waited.operation.last.as_deref()
    }

    /// Polls made so far.
    pub fn polls(&self) -> u64 {
        self.waited.operation.polls
    }

    /// Time since the operation was accepted, as far as is known: the resume
    /// token carries it, an operation polled by its URL counts from then.
    pub fn elapsed(&self) -> Duration {
        self.waited.operation.elapsed()
    }

    /// Time to the next poll: zero when it is due.
    pub fn next_poll(&self) -> Duration {
        self.waited.operation.wait()
    }

    /// Polls now, whether or not a poll is due: the pace is the caller's, and
    /// [`next_poll`](Self::next_poll) is what it should keep to. At the end of
    /// the operation it gives [`Update::Done`], with an error when the
    /// operation failed or was canceled. When the result needs a request of
    /// its own, that is made too.
    ///
    /// Dropping the future loses nothing: the next call goes on with the
    /// request under way.
    ///
    /// # Errors
    ///
    /// The poll failed. The state is as before, and the poll can be repeated;
    /// [`Error::is_transient`] says whether that makes sense, and
    /// [`Error::gave_up`] that the tolerance is used up.
    pub async fn poll_once(&mut self) -> Result<Update<M>, Error> {
        self.stream_over = false;
        loop {
            let turn = match self.waited.first.take() {
                Some(reply) => self.waited.operation.absorb_first(&reply),
                None if self.waited.operation.finished => return Err(Error::new(Kind::Finished)),
                None => {
                    if !matches!(self.activity, Activity::Sending(_)) {
                        self.send();
                    }
                    poll_fn(|cx| self.receive(cx)).await
                }
            };
            match turn {
                Turn::Fetch => {}
                Turn::Status(status) => return Ok(self.waited.status(status)),
                Turn::Done(outcome) => return Ok(Update::Done(outcome)),
                Turn::Transient(error) | Turn::Fatal(error) => return Err(error),
            }
        }
    }

    /// Waits for the end of the operation, like `.await` on the poller itself,
    /// and keeps the poller.
    ///
    /// # Errors
    ///
    /// The operation failed, was canceled, has expired, did not end by the
    /// deadline, or polling failed beyond the tolerance. After the last three
    /// it makes sense to wait again.
    pub async fn wait(&mut self) -> Result<M::Output, Error> {
        self.stream_over = false;
        poll_fn(|cx| self.poll_outcome(cx)).await
    }

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Result<M::Output, Error>> {
        loop {
            match ready!(Pin::new(&mut *self).poll_next(cx)) {
                Some(Update::Done(outcome)) => return Poll::Ready(outcome),
                Some(_) => {}
                None => return Poll::Ready(Err(Error::new(Kind::Finished))),
            }
        }
    }

    pub(crate) fn dress(&self, error: Error) -> Error {
        self.waited.operation.dress(error)
    }

    pub(crate) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.waited.operation.shared)
    }

    /// Makes the next poll due at once.
    pub(crate) fn poll_soon(&mut self) {
        self.waited.operation.poll_soon();
        if let Activity::Sleeping(_) = self.activity {
            self.activity = Activity::Idle;
        }
    }

    /// Forgets a timer or a request under way; it will be begun again.
    pub(crate) fn begin_anew(&mut self) {
        self.activity = Activity::Idle;
    }

    fn send(&mut self) {
        self.waited.sending();
        let span = tracing::debug_span!(
            parent: &self.span,
            "lro.poll",
            n = self.waited.operation.polls + 1,
            status = tracing::field::Empty,
        );
        let operation = &self.waited.operation;
        let request = exchange(Arc::clone(&operation.shared), operation.call());
        self.activity = Activity::Sending(if span.is_disabled() {
            Box::pin(request)
        } else {
            Box::pin(request.instrument(span))
        });
    }

    fn sleep(&mut self, delay: Duration) {
        let span = tracing::debug_span!(
            parent: &self.span,
            "lro.sleep",
            seconds = delay.as_secs_f64()
        );
        let sleep = self.waited.operation.shared.clock.sleep(delay);
        self.activity = Activity::Sleeping(if span.is_disabled() {
            sleep
        } else {
            Box::pin(sleep.instrument(span))
        });
    }

    fn tell(&mut self, turn: Turn<M>) -> Option<Update<M>> {
        let update = self.waited.tell(turn);
        self.stream_over = matches!(update, Some(Update::Done(_)));
        update
    }

    /// The reply to the request under way.
    fn receive(&mut self, cx: &mut Context<'_>) -> Poll<Turn<M>> {
        let Activity::Sending(request) = &mut self.activity else {
            // Only ever called with a request under way; send one otherwise.
            self.send();
            return self.receive(cx);
        };
        let outcome = ready!(request.as_mut().poll(cx));
        self.activity = Activity::Idle;
        let _entered = self.span.enter();
        Poll::Ready(self.waited.operation.absorb(outcome))
    }
}

impl<M: StatusMonitor> Stream for Poller<M> {
    type Item = Update<M>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Update<M>>> {
        let this = self.get_mut();
        loop {
            if this.stream_over {
                return Poll::Ready(None);
            }
            if let Some(reply) = this.waited.first.take() {
                let turn = this.waited.operation.absorb_first(&reply);
                if let Some(update) = this.tell(turn) {
                    return Poll::Ready(Some(update));
                }
            }
            if this.waited.operation.finished {
                return Poll::Ready(None);
            }
            match &mut this.activity {
                Activity::Idle => match this.waited.delay() {
                    Duration::ZERO => this.send(),
                    delay => this.sleep(delay),
                },
                Activity::Sleeping(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    this.send();
                }
                Activity::Sending(_) => {
                    let turn = ready!(this.receive(cx));
                    if let Some(update) = this.tell(turn) {
                        return Poll::Ready(Some(update));
                    }
                }
            }
        }
    }
}

impl<M: StatusMonitor> IntoFuture for Poller<M> {
    type Output = Result<M::Output, Error>;
    type IntoFuture = Waiting<M>;

    fn into_future(self) -> Waiting<M> {
        Waiting { poller: self }
    }
}

/// The future of an awaited [`Poller`].
#[must_use = "futures do nothing unless awaited"]
pub struct Waiting<M: StatusMonitor> {
    poller: Poller<M>,
}

impl<M: StatusMonitor> Future for Waiting<M> {
    type Output = Result<M::Output, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poller.poll_outcome(cx)
    }
}

impl<M: StatusMonitor> fmt::Debug for Poller<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("token", &self.waited.operation.token)
            .field("state", &self.last_status().map(StatusMonitor::state))
            .field("polls", &self.waited.operation.polls)
            .finish_non_exhaustive()
    }
}

impl<M: StatusMonitor> fmt::Debug for Waiting<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiting").field(&self.poller).finish()
    }
}
