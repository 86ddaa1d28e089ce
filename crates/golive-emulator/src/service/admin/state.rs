//! `/_emulator/state`, `/_emulator/reset`, `/_emulator/export` and
//! `/_emulator/import`

use super::super::enter::{Entered, done};
use super::super::{Export, Service, World};
use super::{Answer, clock, invalid, read, shown};
use crate::portal::{Offer, Operation, Task};
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::response::Response;
use golive_client::types::SlotId;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::SystemTime;

/// How many offers the page shows.
const SHOWN: usize = 200;

pub(super) async fn show(Extension(entered): Extension<Entered>) -> Response {
    shown(&standing(&entered.world))
}

pub(super) async fn reset(
    State(service): State<Arc<Service>>,
    Extension(entered): Extension<Entered>,
) -> Response {
    service.reset(&entered.session);
    done()
}

pub(super) async fn export(Extension(entered): Extension<Entered>) -> Response {
    shown(&entered.world.export())
}

pub(super) async fn import(
    State(service): State<Arc<Service>>,
    Extension(entered): Extension<Entered>,
    body: Bytes,
) -> Answer {
    let export: Export = read(&body)?;
    service.import(&entered.session, export).map_err(invalid)?;
    Ok(done())
}

/// Everything that the page shows.
pub(super) fn standing(world: &World) -> Value {
    let rules = world.rules().len();
    let (portal, now) = world.portal();
    let count = portal.all_offers().count();
    let offers = portal.all_offers().take(SHOWN);
    let offers: Vec<Value> = offers.map(|offer| of_offer(world, offer, now)).collect();
    drop(portal);
    json!({
        "clock": clock::standing(world),
        "rules": rules,
        "offerCount": count,
        "offers": offers,
    })
}

fn of_offer(world: &World, offer: &Offer, now: SystemTime) -> Value {
    let status = world.plain_renderer().offer_status(offer, now);
    let slot = |slot: SlotId| offer.slot(slot, now).map(|edition| edition.version);
    json!({
        "publisher": offer.publisher,
        "offer": offer.id,
        "title": offer.draft.document.definition.as_ref().and_then(|it| it.display_text.clone()),
        "slots": {
            "draft": slot(SlotId::Draft),
            "preview": slot(SlotId::Preview),
            "production": slot(SlotId::Production),
        },
        "status": status.status,
        "steps": status.steps,
        "messages": status.messages,
        "operation": offer.latest().map(|it| of_operation(it, now)),
    })
}

fn of_operation(operation: &Operation, now: SystemTime) -> Value {
    json!({
        "id": operation.id,
        "task": match operation.task {
            Task::Publish => "publish",
            Task::GoLive => "go live",
        },
        "running": operation.is_running(now),
        "held": operation.is_held(now),
        "canBeCanceled": operation.can_be_canceled(now),
        "currentStep": operation.current(now),
    })
}
