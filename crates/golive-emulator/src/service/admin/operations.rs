//! `/_emulator/operations` and `/_emulator/offers`: what a person at the page
//! does, and what happens to an operation from outside.

use super::super::enter::{Entered, done};
use super::{Answer, invalid, read};
use crate::portal::{CannotFail, Interference, Obstacle, Stage};
use axum::body::Bytes;
use axum::extract::{Extension, Path};
use serde::Deserialize;

/// What happens to the running operation of an offer, or to the next one that
/// has the step.
#[derive(Debug, Deserialize)]
#[serde(
    tag = "action",
    deny_unknown_fields,
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
enum Steering {
    Fail {
        step: Option<Stage>,
        message: String,
    },
    Block {
        step: Option<Stage>,
        message: String,
    },
    Reject {
        step: Option<Stage>,
        message: String,
    },
    Stall {
        step: Option<Stage>,
    },
    Resume {},
}

pub(super) async fn interfere(
    Extension(entered): Extension<Entered>,
    Path((publisher, offer)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let steering: Steering = read(&body)?;
    let world = &entered.world;
    let (mut portal, now) = world.portal();
    let (step, interference) = match steering {
        Steering::Fail { step, message } => (step, Interference::Fail(message)),
        Steering::Block { step, message } => {
            (step, Interference::Hold(Obstacle::Block, Some(message)))
        }
        Steering::Reject { step, message } => {
            (step, Interference::Hold(Obstacle::Reject, Some(message)))
        }
        Steering::Stall { step } => (step, Interference::Hold(Obstacle::Stall, None)),
        Steering::Resume {} => {
            let latest = portal.latest_mut(&publisher, &offer)?;
            let released = latest.is_some_and(|it| it.is_running(now) && it.release(now));
            if !released {
                return Err(invalid("Nothing holds an operation of this offer."));
            }
            world.keep_offer(&portal, &publisher, &offer);
            return Ok(done());
        }
    };
    let current = portal.offer(&publisher, &offer)?.latest();
    let current = current.and_then(|operation| operation.current(now));
    let step = step
        .or(current)
        .ok_or_else(|| invalid("No step is under way: name one."))?;
    portal
        .interfere(&publisher, &offer, step, interference, now)?
        .map_err(|problem| invalid(explained(problem, step)))?;
    world.keep_offer(&portal, &publisher, &offer);
    Ok(done())
}

/// Why somebody cannot interfere at a step.
pub(crate) fn explained(problem: CannotFail, step: Stage) -> String {
    let step = step.facts().id;
    match problem {
        CannotFail::NoSuchStep => format!("the running operation has no step '{step}'"),
        CannotFail::StepIsDone => format!("the step '{step}' is done"),
        CannotFail::Canceling => "the running operation is being canceled".to_owned(),
    }
}

/// What the publisher does with an offer.
#[derive(Debug, Deserialize)]
#[serde(tag = "action", deny_unknown_fields, rename_all = "camelCase")]
enum Submission {
    Publish {},
    GoLive {},
    Cancel {},
}

pub(super) async fn submit(
    Extension(entered): Extension<Entered>,
    Path((publisher, offer)): Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let submission: Submission = read(&body)?;
    let world = &entered.world;
    let (mut portal, now) = world.portal();
    match submission {
        Submission::Publish {} => drop(portal.publish(&publisher, &offer, None, now)?.id),
        Submission::GoLive {} => drop(portal.go_live(&publisher, &offer, None, now)?.id),
        Submission::Cancel {} => {
            let manner = world.renderer(portal.offer(&publisher, &offer)?).manner;
            let waiting = manner.running_until_sign_off;
            portal.cancel(&publisher, &offer, waiting, now)?;
        }
    }
    world.keep_offer(&portal, &publisher, &offer);
    Ok(done())
}
