//! Which of many operations falls due next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

/// Names an operation in a set, and no later one in the same slot.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket {
    pub(crate) slot: u32,
    pub(crate) generation: u32,
}

/// In the order of time, and of arrival at the same time.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: Duration,
    sequence: u64,
    ticket: Ticket,
}

/// How much room a list that may be full is given: a quarter more. Twice as much, as
/// usual, would leave a sleeping operation with up to twice the bytes.
pub(crate) fn room_for_more(len: usize, capacity: usize) -> usize {
    if len < capacity { 0 } else { len / 4 + 4 }
}

/// When each idle operation is due. An operation that leaves stays in the
/// queue, void, until its time comes or the void ones are too many.
#[derive(Default)]
pub(crate) struct Queue {
    heap: BinaryHeap<Reverse<Due>>,
    sequence: u64,
    void: usize,
}

impl Queue {
    pub(crate) fn push(&mut self, ticket: Ticket, at: Duration) {
        self.sequence += 1;
        let room = room_for_more(self.heap.len(), self.heap.capacity());
        self.heap.reserve_exact(room);
        self.heap.push(Reverse(Due {
            at,
            sequence: self.sequence,
            ticket,
        }));
    }

    /// The next one, without taking it.
    pub(crate) fn peek(&self) -> Option<(Duration, Ticket)> {
        let Reverse(due) = self.heap.peek()?;
        Some((due.at, due.ticket))
    }

    pub(crate) fn pop(&mut self) {
        self.heap.pop();
    }

    /// One more entry is void, unless its operation was under way. Sweeps when
    /// they are half of all.
    pub(crate) fn void(&mut self, is_current: impl Fn(Ticket) -> bool) {
        self.void += 1;
        if self.void > 64 && self.void > self.heap.len() / 2 {
            self.heap.retain(|Reverse(due)| is_current(due.ticket));
            self.void = 0;
        }
    }
}
