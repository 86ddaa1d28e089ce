//! What was said of an operation, and for how long it holds.
//!
//! How an operation stands follows from what was decided and from the time, and
//! for most of the time nothing about it changes: polls are answered with what
//! was said before, as long as it would be said again.

use super::offer::Offer;
use super::operation::Operation;
use crate::dialect::Manner;
use axum::body::Bytes;
use std::cell::RefCell;
use std::time::SystemTime;

/// What was last said of an operation. It is kept with the operation, and goes
/// nowhere with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo(RefCell<Option<Said>>);

#[derive(Clone, Debug)]
struct Said {
    text: Bytes,
    /// In which manner.
    manner: Manner,
    /// How often somebody had the offer to change it.
    changes: u64,
    /// When, and the next moment at which something may differ.
    at: SystemTime,
    until: Option<SystemTime>,
}

impl Said {
    fn holds(&self, offer: &Offer, manner: Manner, now: SystemTime) -> bool {
        self.at <= now
            && self.until.is_none_or(|until| now < until)
            && self.manner == manner
            && self.changes == offer.changes
    }
}

impl Offer {
    /// What `say` says of an operation of the offer now and in a manner. It is
    /// not asked again before it could say something else, and must look at
    /// nothing but the offer and the time.
    pub(crate) fn said(
        &self,
        operation: &Operation,
        manner: Manner,
        now: SystemTime,
        say: impl FnOnce() -> Bytes,
    ) -> Bytes {
        let mut memo = operation.memo.0.borrow_mut();
        if let Some(said) = memo.as_ref().filter(|it| it.holds(self, manner, now)) {
            return said.text.clone();
        }
        let text = say();
        *memo = Some(Said {
            // Without what there was room for while it was written.
            text: Bytes::copy_from_slice(&text),
            manner,
            changes: self.changes,
            at: now,
            until: self.holds_until(now),
        });
        text
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
