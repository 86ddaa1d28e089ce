//! Many operations, waited for in one task.

use crate::goal::Monitor;
use crate::{Operation, OperationStatus, Portal, ResumeToken, Update};
use futures_core::Stream;
use lro::PollSet;
use std::fmt;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Many operations of a portal, waited for in one task: a stream of (key, update).
///
/// One timer serves them all. At most [`concurrency`](Self::concurrency) requests
/// run at once, and no two begin within [`spacing`](Self::spacing). If the service
/// asks one poll to slow down (429), all of them pause for as long as it says.
///
/// An operation leaves the set with its [`Update::Done`]. The stream ends when the
/// set is empty, and goes on when something is inserted again. Between two items,
/// operations may be inserted and removed; dropping the set cancels nothing at the
/// service.
///
/// Previews and go-lives may be in one set, so a whole catalog can be released
/// with it: insert each publishing, and when one is done, insert its go-live.
///
/// ```no_run
/// use futures_util::StreamExt;
/// use golive::{OperationSet, Update};
///
/// # async fn example(portal: golive::Portal, offers: Vec<String>) -> Result<(), golive::Error> {
/// let mut set = OperationSet::new(&portal).concurrency(4);
/// for id in offers {
///     let operation = portal.offer("contoso", &id)?.go_live().await?;
///     set.insert(id, operation);
/// }
/// while let Some((id, update)) = set.next().await {
///     match update {
///         Update::Done(Ok(_)) => println!("{id}: live"),
///         Update::Done(Err(error)) => println!("{id}: {error}"),
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "operations are polled only when the set is streamed"]
pub struct OperationSet<K> {
    set: PollSet<K, Monitor>,
}

impl<K: Clone + Eq + Hash> OperationSet<K> {
    /// An empty set, on the clock of the portal.
    pub fn new(portal: &Portal) -> Self {
        Self {
            set: PollSet::new(&portal.shared.service),
        }
    }

    /// How many requests may run at once. Default 16; at least 1.
    pub fn concurrency(self, requests: usize) -> Self {
        Self {
            set: self.set.concurrency(requests),
        }
    }

    /// The least time between the beginnings of two requests of this set. Default
    /// zero: no limit of the rate.
    pub fn spacing(self, spacing: Duration) -> Self {
        Self {
            set: self.set.spacing(spacing),
        }
    }

    /// Puts an operation in, with its [deadline](Operation::deadline) if it has
    /// one. An operation that was there under the same key comes out.
    pub fn insert(&mut self, key: K, operation: Operation) -> Option<Operation> {
        let before = self.set.insert(key, operation.into_poller());
        before.map(Operation::new)
    }

    /// Takes an operation out, to be waited for in another way or not at all. The
    /// service is told nothing. None if there is none under the key, for example
    /// because it has ended.
    pub fn remove(&mut self, key: &K) -> Option<Operation> {
        self.set.remove(key).map(Operation::new)
    }

    /// How many operations are in the set.
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether no operation is in the set.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// The last status of an operation in the set.
    pub fn last_status(&self, key: &K) -> Option<&OperationStatus> {
        self.set.last_status(key).map(|it| &*it.document)
    }

    /// What another process needs to go on with the operations in the set, in no
    /// order.
    pub fn tokens(&self) -> impl Iterator<Item = (&K, ResumeToken)> {
        let tokens = self.set.tokens();
        tokens.map(|(key, token)| (key, ResumeToken(token)))
    }
}

impl<K: Clone + Eq + Hash + Unpin> Stream for OperationSet<K> {
    type Item = (K, Update);

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let set = &mut self.get_mut().set;
        loop {
            let Some((key, update)) = ready!(Pin::new(&mut *set).poll_next(cx)) else {
                return Poll::Ready(None);
            };
            if let Some(update) = Update::of(update) {
                return Poll::Ready(Some((key, update)));
            }
        }
    }
}

impl<K> fmt::Debug for OperationSet<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationSet")
            .field("set", &self.set)
            .finish()
    }
}
