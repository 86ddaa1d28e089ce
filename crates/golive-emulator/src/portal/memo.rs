//! What was said of an operation, and for how long it holds.
//!
//! How an operation stands follows from what was decided and from the time, and
//! for most of the time nothing about it changes: polls are answered with what
//! was said before, as long as it would be said again.

use super::offer::Offer;
use super::operation::Operation;
use super::standing::Next;
use crate::dialect::Manner;
use axum::body::Bytes;
use std::cell::RefCell;
use std::time::{Duration, SystemTime};

/// What was last said of an operation. It is kept with the operation, and goes
/// nowhere with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo(RefCell<Option<Noted>>);

/// What is said of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: Bytes,
    /// How long until something worth asking about happens, while it is running.
    pub(crate) changes_after: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Noted {
    text: Bytes,
    next: Option<Next>,
    /// In which manner.
    manner: Manner,
    /// How often somebody had the offer to change it.
    changes: u64,
    /// When, and the next moment at which something may differ.
    at: SystemTime,
    until: Option<SystemTime>,
}

impl Noted {
    fn said(&self, now: SystemTime) -> Said {
        Said {
            text: self.text.clone(),
            changes_after: self.next.map(|next| next.after(now)),
        }
    }

    fn holds(&self, offer: &Offer, manner: Manner, now: SystemTime) -> bool {
        self.at <= now
            && self.until.is_none_or(|until| now < until)
            && self.manner == manner
            && self.changes == offer.changes
    }
}

impl Offer {
    /// What `say` says of an operation of the offer now and in a manner, and when
    /// it changes next: with what both follow from close together. `say` is
    /// not asked again before it could say something else, and must look at
    /// nothing but the offer and the time.
    pub(crate) fn said(
        &self,
        operation: &Operation,
        manner: Manner,
        now: SystemTime,
        say: impl FnOnce() -> Bytes,
    ) -> Said {
        let mut memo = operation.memo.0.borrow_mut();
        if let Some(noted) = memo.as_ref().filter(|it| it.holds(self, manner, now)) {
            return noted.said(now);
        }
        let text = say();
        let noted = memo.insert(Noted {
            // Without what there was room for while it was written.
            text: Bytes::copy_from_slice(&text),
            next: operation.next(now),
            manner,
            changes: self.changes,
            at: now,
            until: self.holds_until(now),
        });
        noted.said(now)
    }

    /// The next moment at which something about the operations may change by
    /// itself; none if nothing does.
    fn holds_until(&self, now: SystemTime) -> Option<SystemTime> {
        let changes = self.operations.iter().filter_map(|it| it.holds_until(now));
        changes.min()
    }
}

impl Operation {
    fn holds_until(&self, now: SystemTime) -> Option<SystemTime> {
        let slices = self.schedule.iter();
        let bounds = slices.clone().flat_map(|slice| [slice.begins, slice.ends]);
        let under_way = slices.filter(|slice| slice.contains(now));
        let progress = under_way.map(|slice| slice.progresses_at(now));
        let failed = self.failure.as_ref().map(|it| it.at);
        let held = self.hold.as_ref().map(|it| it.at);
        let canceled = self.cancellation.map(|it| [it.requested, it.done]);
        bounds
            .chain(progress)
            .chain(failed)
            .chain(held)
            .chain(canceled.into_iter().flatten())
            .filter(|moment| *moment > now)
            .min()
    }
}
