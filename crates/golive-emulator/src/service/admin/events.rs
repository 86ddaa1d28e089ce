//! `/_emulator/events`: what the page shows, whenever it changes.

use super::super::Service;
use super::super::enter::{Entered, not_the_portals};
use super::state::standing;
use axum::extract::{Extension, State};
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// How often somebody looks whether anything has changed.
const LOOK: Duration = Duration::from_millis(250);

pub(super) async fn stream(
    State(service): State<Arc<Service>>,
    Extension(entered): Extension<Entered>,
) -> Response {
    let mut ticks = tokio::time::interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let watching = Watching {
        service: Arc::downgrade(&service),
        session: entered.session,
        ticks,
        last: String::new(),
    };
    let events = stream::unfold(watching, |mut watching| async move {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    not_the_portals(Sse::new(Box::pin(events)).keep_alive(KeepAlive::default()))
}

struct Watching {
    /// Not a strong one: nobody who looks keeps an emulator alive.
    service: Weak<Service>,
    session: String,
    ticks: tokio::time::Interval,
    last: String,
}

impl Watching {
    /// The next change; none when the emulator has gone.
    async fn next(&mut self) -> Option<Event> {
        loop {
            self.ticks.tick().await;
            // The session may have been reset: its world is another one then.
            let world = self.service.upgrade()?.world(&self.session).ok()?;
            let standing = standing(&world).to_string();
            if standing != self.last {
                self.last.clone_from(&standing);
                return Some(Event::default().data(standing));
            }
        }
    }
}
