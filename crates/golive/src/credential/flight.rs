//! One attempt that many callers share.

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use lro::BoxFuture;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

/// The attempt that is under way, if there is one.
///
/// Callers that come while it is under way wait for its outcome. It is driven by
/// those that wait, and dropped when the last of them gives up, so that nobody
/// finds a half-dead attempt an hour later.
pub(super) struct Flight<T: Clone> {
    current: Mutex<Option<WeakShared<BoxFuture<'static, T>>>>,
}

/// What a caller got.
pub(super) enum Joined<T: Clone> {
    /// There was no need for an attempt.
    Ready(T),
    /// The attempt to wait for.
    Wait(Shared<BoxFuture<'static, T>>),
}

impl<T: Clone + Send + Sync + 'static> Flight<T> {
    pub(super) fn new() -> Self {
        Self {
            current: Mutex::new(None),
        }
    }

    /// Joins the attempt that is under way, or starts one unless `ready` has an
    /// answer. `ready` sees everything that the attempt before has done.
    pub(super) fn join<F>(
        self: &Arc<Self>,
        ready: impl FnOnce() -> Option<T>,
        start: impl FnOnce() -> F,
    ) -> Joined<T>
    where
        F: Future<Output = T> + Send + 'static,
    {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = ready() {
            return Joined::Ready(answer);
        }
        if let Some(flight) = current.as_ref().and_then(WeakShared::upgrade) {
            return Joined::Wait(flight);
        }
        let attempt = start();
        let this = self.clone();
        let flight = async move {
            let outcome = attempt.await;
            // From here on a caller starts anew: it must not be handed an
            // outcome from before it asked.
            this.current
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            outcome
        };
        let flight = flight.boxed().shared();
        *current = flight.downgrade();
        Joined::Wait(flight)
    }
}
