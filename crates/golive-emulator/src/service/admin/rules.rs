//! `/_emulator/rules` and `/_emulator/scenarios`

use super::super::Service;
use super::super::enter::Entered;
use super::{Answer, invalid, shown};
use crate::meant::nearest;
use crate::portal::Refusal;
use crate::scenario::Scenario;
use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::response::Response;
use http::header::{self, HeaderMap};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) async fn list(Extension(entered): Extension<Entered>) -> Response {
    shown(&entered.world.rules())
}

/// Puts a scenario in force, or a single rule: JSON; or a scenario as TOML, or
/// as YAML if the media type says so, because nothing else tells the two apart.
pub(super) async fn add(
    State(service): State<Arc<Service>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let media_type = headers.get(header::CONTENT_TYPE);
    let media_type = media_type.and_then(|it| it.to_str().ok());
    let yaml = media_type.is_some_and(|it| it.contains("yaml"));
    let text = std::str::from_utf8(&body).map_err(invalid)?;
    let json = text.trim_start().starts_with('{');
    let scenario = match json {
        false if yaml => Scenario::from_yaml(text),
        false => Scenario::from_toml(text),
        true => {
            let value: Value = super::read(&body)?;
            // Read from the text again, which knows its lines.
            match value.get("action") {
                Some(_) => Scenario::from_json_rule(text),
                None => Scenario::from_json(text),
            }
        }
    };
    put_in_force(&service, &entered, &scenario.map_err(invalid)?)
}

pub(super) async fn add_named(
    State(service): State<Arc<Service>>,
    Extension(entered): Extension<Entered>,
    Path(name): Path<String>,
) -> Answer {
    let scenario = Scenario::named(&name).ok_or_else(|| {
        Refusal::NotFound(match nearest(&name, Scenario::names()) {
            Some(near) => format!("There is no scenario '{name}'. Did you mean '{near}'?"),
            None => {
                let known: Vec<&str> = Scenario::names().collect();
                let known = known.join(", ");
                format!("There is no scenario '{name}'; there are {known}.")
            }
        })
    })?;
    put_in_force(&service, &entered, &scenario)
}

fn put_in_force(service: &Service, entered: &Entered, scenario: &Scenario) -> Answer {
    let seed = service.settings.seed;
    let added = entered
        .world
        .change_faults(|faults| faults.add(scenario, seed));
    let ids = added.ok_or_else(|| invalid("There are too many rules."))?;
    Ok(shown(&json!({ "rules": ids })))
}

pub(super) async fn clear(Extension(entered): Extension<Entered>) -> Response {
    let cleared = entered.world.change_faults(|faults| faults.clear(None));
    shown(&json!({ "cleared": cleared }))
}

pub(super) async fn clear_one(
    Extension(entered): Extension<Entered>,
    Path(id): Path<String>,
) -> Answer {
    let cleared = entered
        .world
        .change_faults(|faults| faults.clear(Some(&id)));
    match cleared {
        0 => Err(Refusal::NotFound(format!("There is no rule '{id}'.")).into()),
        cleared => Ok(shown(&json!({ "cleared": cleared }))),
    }
}

pub(super) async fn scenarios() -> Response {
    let all = Scenario::names().filter_map(Scenario::named);
    let listed: Vec<Value> = all
        .map(|it| json!({ "name": it.name(), "description": it.description() }))
        .collect();
    shown(&listed)
}

pub(super) async fn schema() -> Response {
    shown(&Scenario::json_schema())
}
