//! How much trouble with polling is borne before giving up.

use std::time::Duration;

/// The budget for polls that fail without saying anything about the operation.
///
/// Tolerated are: no connection, no reply in time, 408, 429, every 5xx, a reply
/// that cannot be read, a credential that cannot be had. The budget is for
/// failures in a row: one status that can be read restores it. It is finite,
/// and so is every wait; when it is used up, the error says
/// [`gave_up`] and carries the resume token.
///
/// The budget is the operation's, not the process's: what is used of it is in the
/// resume token. It begins anew for whoever goes on after [`gave_up`].
///
/// [`gave_up`]: crate::Error::gave_up
///
/// 404 has a count of its own, because a status monitor may appear a moment
/// after the operation was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tolerance {
    pub(crate) attempts: u32,
    pub(crate) time: Duration,
    pub(crate) not_found: u32,
}

impl Default for Tolerance {
    /// 60 failures in a row or 30 minutes of them, whichever comes first, and
    /// 5 times 404 in a row.
    fn default() -> Self {
        Self {
            attempts: 60,
            time: Duration::from_secs(30 * 60),
            not_found: 5,
        }
    }
}

impl Tolerance {
    /// No tolerance: the first failure ends the wait.
    pub fn none() -> Self {
        Self {
            attempts: 0,
            time: Duration::ZERO,
            not_found: 0,
        }
    }

    /// How many failures in a row are borne.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// For how long failures in a row are borne, from the first of them. What counts
    /// is the time of the polls and of the waits until the next was due: not a pause
    /// in which nobody polls, be it between two processes.
    #[must_use]
    pub fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// How many 404 in a row are borne before the operation counts as expired.
    #[must_use]
    pub fn not_found(mut self, count: u32) -> Self {
        self.not_found = count;
        self
    }
}
