//! Many operations, waited for in one task.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use futures_util::FutureExt as _;
use futures_util::stream::FuturesUnordered;
use tracing::Instrument as _;

use crate::exchange::exchange;
use crate::operation::Turn;
use crate::pause::Pauses;
use crate::queue::{Queue, Ticket, room_for_more};
use crate::service::Shared;
use crate::token::Redacted;
use crate::waited::Waited;
use crate::{BoxFuture, Error, Poller, Reply, ResumeToken, Service, StatusMonitor, Update};

/// Many operations, waited for in one task: a stream of (key, update).
///
/// One timer serves them all. No more than [`concurrency`](Self::concurrency)
/// requests run at once and no two begin within [`spacing`](Self::spacing); a
/// 429 pauses every operation on that host for as long as it asks, and an
/// operation whose deadline passes meanwhile ends without the last poll.
/// Operations are polled in the order in which they fall due, so none starves.
///
/// An operation leaves the set with its [`Update::Done`]. The stream ends when
/// the set is empty, and goes on when something is inserted again. Between two
/// items, operations may be inserted and removed.
///
/// ```
/// # async fn run(service: lro::Service, tokens: Vec<(String, lro::ResumeToken)>)
/// # -> Result<(), lro::Error> {
/// use futures_util::StreamExt;
/// use lro::{AzureStatus, PollSet, Update};
///
/// let mut set = PollSet::<String, AzureStatus>::new(&service).concurrency(4);
/// for (name, token) in tokens {
///     set.insert(name, service.resume(token)?);
/// }
/// while let Some((name, update)) = set.next().await {
///     if let Update::Done(outcome) = update {
///         println!("{name}: {outcome:?}");
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "operations are polled only when the set is streamed"]
pub struct PollSet<K, M: StatusMonitor> {
    shared: Arc<Shared>,
    concurrency: usize,
    spacing: Duration,
    slots: Vec<Slot<K, M>>,
    free: Vec<u32>,
    by_key: HashMap<K, u32>,
    due: Queue,
    running: FuturesUnordered<BoxFuture<'static, (Ticket, Result<Reply, Error>)>>,
    pauses: Pauses,
    /// When the next request may begin, by the clock.
    next_start: Duration,
    timer: Option<(Duration, BoxFuture<'static, ()>)>,
}

struct Slot<K, M: StatusMonitor> {
    generation: u32,
    entry: Option<(K, Waited<M>)>,
}

impl<K, M> PollSet<K, M>
where
    K: Clone + Eq + Hash,
    M: StatusMonitor,
{
    /// An empty set on the clock of `service`.
    pub fn new(service: &Service) -> Self {
        Self {
            shared: Arc::clone(&service.shared),
            concurrency: 16,
            spacing: Duration::ZERO,
            slots: Vec::new(),
            free: Vec::new(),
            by_key: HashMap::new(),
            due: Queue::default(),
            running: FuturesUnordered::new(),
            pauses: Pauses::default(),
            next_start: Duration::ZERO,
            timer: None,
        }
    }

    /// How many requests may run at once. Default 16; at least 1.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    /// The least time between the beginnings of two requests of this set.
    /// Default zero: no limit of the rate.
    pub fn spacing(mut self, spacing: Duration) -> Self {
        self.spacing = spacing;
        self
    }

    /// Puts an operation in. One that was there under the same key comes out.
    pub fn insert(&mut self, key: K, poller: Poller<M>) -> Option<Poller<M>> {
        let before = self.remove(&key);
        let slot = self.free.pop().unwrap_or_else(|| {
            let room = room_for_more(self.slots.len(), self.slots.capacity());
            self.slots.reserve_exact(room);
            self.slots.push(Slot {
                generation: 0,
                entry: None,
            });
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        let waited = poller.into_waited();
        let delay = match waited.first {
            Some(_) => Duration::ZERO,
            None => waited.delay(),
        };
        if let Some(place) = self.slots.get_mut(slot as usize) {
            place.entry = Some((key.clone(), waited));
            let ticket = Ticket {
                slot,
                generation: place.generation,
            };
            self.by_key.insert(key, slot);
            self.schedule(ticket, delay);
        }
        before
    }

    /// Takes an operation out, to be waited for in another way or not at all.
    /// The server is told nothing. A request under way for it goes on to its
    /// end, and its reply is not used.
    pub fn remove(&mut self, key: &K) -> Option<Poller<M>> {
        let slot = self.by_key.remove(key)?;
        let (_, waited) = self.take(slot)?;
        let slots = &self.slots;
        self.due.void(|ticket| is_current(slots, ticket));
        Some(Poller::from_waited(waited))
    }

    /// How many operations are in the set.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether no operation is in the set.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The last status of an operation in the set.
    pub fn last_status(&self, key: &K) -> Option<&M> {
        self.waited(*self.by_key.get(key)?)?
            .operation
            .last
            .as_deref()
    }

    /// The resume tokens of all operations in the set, in no order.
    pub fn tokens(&self) -> impl Iterator<Item = (&K, ResumeToken)> {
        self.slots
            .iter()
            .filter_map(|slot| slot.entry.as_ref())
            .map(|(key, waited)| (key, waited.operation.token()))
    }

    fn waited(&self, slot: u32) -> Option<&Waited<M>> {
        Some(&self.slots.get(slot as usize)?.entry.as_ref()?.1)
    }

    /// Empties a slot, for the next operation.
    fn take(&mut self, slot: u32) -> Option<(K, Waited<M>)> {
        let place = self.slots.get_mut(slot as usize)?;
        let entry = place.entry.take()?;
        place.generation = place.generation.wrapping_add(1);
        self.free.push(slot);
        Some(entry)
    }

    fn schedule(&mut self, ticket: Ticket, delay: Duration) {
        let at = self.shared.clock.elapsed().saturating_add(delay);
        self.due.push(ticket, at);
    }

    /// The first operation that is due and may be polled; or when to look
    /// again; or nothing at all to wait for.
    fn next_due(&mut self) -> Next {
        let now = self.shared.clock.elapsed();
        while let Some((at, ticket)) = self.due.peek() {
            let Some(place) = self.slots.get(ticket.slot as usize) else {
                self.due.pop();
                continue;
            };
            let waited = match &place.entry {
                Some((_, waited)) if place.generation == ticket.generation => waited,
                _ => {
                    self.due.pop();
                    continue;
                }
            };
            if waited.first.is_some() {
                self.due.pop();
                return Next::Told(ticket);
            }
            if at > now {
                return Next::At(at);
            }
            let paused = self.pauses.until(&waited.operation.token.url, now);
            if let Some(until) = paused {
                self.due.pop();
                match waited.left() {
                    Some(Duration::ZERO) => return Next::Late(ticket),
                    Some(left) => self.due.push(ticket, until.min(now.saturating_add(left))),
                    None => self.due.push(ticket, until),
                }
                continue;
            }
            if self.running.len() >= self.concurrency {
                return Next::Never;
            }
            if self.next_start > now {
                return Next::At(self.next_start);
            }
            self.due.pop();
            self.next_start = now.saturating_add(self.spacing);
            return Next::Poll(ticket);
        }
        Next::Never
    }

    fn send(&mut self, ticket: Ticket) {
        let Some((_, waited)) = self
            .slots
            .get_mut(ticket.slot as usize)
            .and_then(|slot| slot.entry.as_mut())
        else {
            return;
        };
        waited.sending();
        let operation = &waited.operation;
        let span = tracing::debug_span!(
            "lro.poll",
            kind = &*operation.token.kind,
            url = %Redacted(&operation.token.url),
            n = operation.polls + 1,
            status = tracing::field::Empty,
        );
        let request = exchange(Arc::clone(&operation.shared), operation.call()).instrument(span);
        // An async block around it would hold it twice.
        let request = request.map(move |outcome| (ticket, outcome));
        self.running.push(Box::pin(request));
    }

    /// Takes in what became of an operation, and says what is to be told.
    fn absorb(
        &mut self,
        ticket: Ticket,
        outcome: Option<Result<Reply, Error>>,
    ) -> Option<(K, Update<M>)> {
        if !is_current(&self.slots, ticket) {
            return None;
        }
        let (key, waited) = self.slots.get_mut(ticket.slot as usize)?.entry.as_mut()?;
        // A poller has a span for its life; here one for each reply costs less.
        let _span = tracing::info_span!(
            "lro",
            kind = &*waited.operation.token.kind,
            url = %Redacted(&waited.operation.token.url)
        )
        .entered();
        let turn = match (outcome, waited.first.take()) {
            (Some(outcome), _) => waited.operation.absorb(outcome),
            (None, first) => waited.operation.absorb_first(&*first?),
        };
        if let Turn::Transient(error) = &turn
            && error.status() == Some(429)
        {
            let now = self.shared.clock.elapsed();
            let until = now.saturating_add(waited.operation.wait());
            self.pauses.set(&waited.operation.token.url, until);
        }
        let update = waited.tell(turn);
        let key = key.clone();
        let delay = waited.delay();
        match update {
            Some(update @ Update::Done(_)) => {
                self.by_key.remove(&key);
                self.take(ticket.slot);
                Some((key, update))
            }
            other => {
                self.schedule(ticket, delay);
                other.map(|update| (key, update))
            }
        }
    }
}

/// Whether the operation that the ticket names is still there.
fn is_current<K, M: StatusMonitor>(slots: &[Slot<K, M>], ticket: Ticket) -> bool {
    slots
        .get(ticket.slot as usize)
        .is_some_and(|slot| slot.generation == ticket.generation && slot.entry.is_some())
}

enum Next {
    /// The operation's end is known without a poll.
    Told(Ticket),
    /// The deadline has passed while the host is quiet: there is no last poll.
    Late(Ticket),
    Poll(Ticket),
    At(Duration),
    Never,
}

impl<K, M> Stream for PollSet<K, M>
where
    K: Clone + Eq + Hash + Unpin,
    M: StatusMonitor,
{
    type Item = (K, Update<M>);

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Poll::Ready(Some((ticket, outcome))) = Pin::new(&mut this.running).poll_next(cx)
            {
                match this.absorb(ticket, Some(outcome)) {
                    Some(item) => return Poll::Ready(Some(item)),
                    None => continue,
                }
            }
            if this.by_key.is_empty() {
                return Poll::Ready(None);
            }
            match this.next_due() {
                Next::Told(ticket) => {
                    if let Some(item) = this.absorb(ticket, None) {
                        return Poll::Ready(Some(item));
                    }
                }
                Next::Late(ticket) => {
                    if let Some((key, waited)) = this.take(ticket.slot) {
                        this.by_key.remove(&key);
                        let outcome = Err(waited.timeout());
                        return Poll::Ready(Some((key, Update::Done(outcome))));
                    }
                }
                Next::Poll(ticket) => this.send(ticket),
                Next::At(at) => {
                    if !matches!(&this.timer, Some((set, _)) if *set == at) {
                        let delay = at.saturating_sub(this.shared.clock.elapsed());
                        this.timer = Some((at, this.shared.clock.sleep(delay)));
                    }
                    if let Some((_, timer)) = &mut this.timer {
                        if timer.as_mut().poll(cx).is_pending() {
                            return Poll::Pending;
                        }
                        this.timer = None;
                    }
                }
                // Something is running, and wakes this task when it ends.
                Next::Never => return Poll::Pending,
            }
        }
    }
}

impl<K, M: StatusMonitor> fmt::Debug for PollSet<K, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollSet")
            .field("operations", &self.by_key.len())
            .field("running", &self.running.len())
            .field("concurrency", &self.concurrency)
            .field("spacing", &self.spacing)
            .finish_non_exhaustive()
    }
}
