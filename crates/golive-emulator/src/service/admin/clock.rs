//! `/_emulator/clock`

use super::super::World;
use super::super::enter::Entered;
use super::{Answer, invalid, read, shown};
use crate::clock;
use axum::body::Bytes;
use axum::extract::Extension;
use axum::response::Response;
use golive_client::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// What is done to the clock; what is left out stays.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Change {
    /// Moves it ahead.
    advance_seconds: f64,
    /// How many times faster than real it runs.
    speed: Option<f64>,
    /// Whether it stands still.
    frozen: Option<bool>,
}

pub(super) async fn show(Extension(entered): Extension<Entered>) -> Response {
    shown(&standing(&entered.world))
}

pub(super) async fn change(Extension(entered): Extension<Entered>, body: Bytes) -> Answer {
    let change: Change = read(&body)?;
    let ahead = Duration::try_from_secs_f64(change.advance_seconds);
    let ahead = ahead.map_err(|problem| invalid(format!("advanceSeconds: {problem}.")))?;
    if let Some(speed) = change.speed
        && !clock::is_speed(speed)
    {
        return Err(invalid(clock::no_speed(speed)));
    }
    let clock = &entered.world.clock;
    let then = clock.now().checked_add(ahead);
    if then.is_none_or(|then| then > clock.latest()) {
        let latest = Timestamp::from(clock.latest());
        let latest = latest.as_str();
        return Err(invalid(format!(
            "advanceSeconds: the clock ends at {latest}."
        )));
    }
    entered.world.change_clock(|clock| {
        clock.advance(ahead);
        if let Some(speed) = change.speed {
            clock.set_speed(speed);
        }
        if let Some(frozen) = change.frozen {
            clock.freeze(frozen);
        }
    });
    Ok(shown(&standing(&entered.world)))
}

/// What the clock shows, and how it runs.
pub(super) fn standing(world: &World) -> Value {
    let reading = world.clock.reading();
    json!({
        "now": Timestamp::from(reading.shows),
        "speed": reading.speed,
        "frozen": reading.frozen,
    })
}
