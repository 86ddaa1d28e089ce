//! The portal as an HTTP service.

mod call;
mod journal;
mod listener;
mod offers;
mod operations;
mod outermost;
mod reply;
mod routes;
mod submissions;

pub use journal::RecordedRequest;
pub(crate) use listener::{Listener, STOP_WITHIN};

use crate::clock::Clock;
use crate::portal::{Guids, Portal};
use crate::render::Renderer;
use axum::Router;
use axum::middleware;
use journal::Journal;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// The bounds of the hint that a caller gets about when to poll again, in the
/// portal's time.
const POLL_AFTER_AT_LEAST: Duration = Duration::from_secs(60);
const POLL_AFTER_AT_MOST: Duration = Duration::from_secs(60 * 60);

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) clock: Clock,
    pub(crate) renderer: Renderer,
    pub(crate) journal: Journal,
    portal: Mutex<Portal>,
    correlation: Mutex<Guids>,
}

impl Service {
    pub(crate) fn new(clock: Clock, renderer: Renderer, portal: Portal, seed: u64) -> Arc<Self> {
        Arc::new(Self {
            clock,
            renderer,
            journal: Journal::default(),
            portal: Mutex::new(portal),
            correlation: Mutex::new(Guids::new(seed)),
        })
    }

    /// The portal, and the time. The time is read under the lock, so that what
    /// one caller was told is never later than what the next one sees.
    pub(crate) fn portal(&self) -> (MutexGuard<'_, Portal>, SystemTime) {
        let portal = self.portal.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        (portal, now)
    }

    fn correlation_id(&self) -> Uuid {
        let guids = self.correlation.lock();
        let mut guids = guids.unwrap_or_else(PoisonError::into_inner);
        guids.next().unwrap_or_default()
    }
}

/// The whole service, without a socket.
pub(crate) fn router(service: &Arc<Service>) -> Router {
    routes::router(service).layer(middleware::from_fn_with_state(
        Arc::clone(service),
        outermost::finish,
    ))
}
