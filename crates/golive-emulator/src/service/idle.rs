//! Connections on which nothing is asked.
//!
//! A timer for each request would be made and taken down with each, and those of
//! a thousand connections lie far apart in memory. So a connection has one that
//! ticks, and looks back each time.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often a connection looks back.
pub(super) const TICK: Duration = Duration::from_secs(10);

/// After how many ticks without a request a connection is closed. That is how long
/// the head of a request may take, too. It is longer than clients keep idle
/// connections, so that it is the client who lets go of one, and no request meets
/// a closed one.
const LIMIT: u32 = 11;

/// The requests of a connection.
#[derive(Debug, Default)]
pub(super) struct Requests {
    begun: AtomicU32,
    answered: AtomicU32,
}

impl Requests {
    /// A request has begun: its head has arrived.
    pub(super) fn begin(&self) {
        let begun = self.begun.load(Ordering::Relaxed);
        self.begun.store(begun.wrapping_add(1), Ordering::Relaxed);
    }

    /// All that have begun are answered.
    pub(super) fn end(&self) {
        let begun = self.begun.load(Ordering::Relaxed);
        self.answered.store(begun, Ordering::Relaxed);
    }
}

/// Looks back at a connection.
#[derive(Debug, Default)]
pub(super) struct Idle {
    /// How many requests there were.
    seen: u32,
    ticks: u32,
}

impl Idle {
    /// Whether nothing was asked for so long that the connection is to be closed.
    /// This is asked with every tick.
    pub(super) fn is_over(&mut self, requests: &Requests) -> bool {
        let begun = requests.begun.load(Ordering::Relaxed);
        let busy = requests.answered.load(Ordering::Relaxed) != begun;
        self.ticks = match busy || begun != self.seen {
            true => 0,
            false => self.ticks + 1,
        };
        self.seen = begun;
        self.ticks >= LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks_to_the_end(idle: &mut Idle, requests: &Requests) -> Option<u32> {
        (1..100).find(|_| idle.is_over(requests))
    }

    #[test]
    fn only_what_is_idle_is_closed() {
        let (requests, mut idle) = (Requests::default(), Idle::default());
        requests.begin();
        assert_eq!(ticks_to_the_end(&mut idle, &requests), None);
        requests.end();
        assert_eq!(ticks_to_the_end(&mut idle, &requests), Some(LIMIT));
        requests.begin();
        requests.end();
        // The request may have come at any time of the first tick.
        assert_eq!(ticks_to_the_end(&mut idle, &requests), Some(LIMIT + 1));
    }
}
