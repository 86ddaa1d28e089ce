//! Which portal to talk to.

use crate::args::Service;
use crate::report;
use anyhow::{Context, Result};
use golive::{Portal, StaticToken};
use golive_emulator::Emulator;

/// How fast the clock of the emulator inside this program runs: a day takes two
/// seconds, and a go-live about five.
const SPEED: f64 = 43_200.0;

/// The portal at the endpoint of the command line.
pub fn service(service: &Service) -> Result<Portal, golive::Error> {
    let variable = std::env::var("GOLIVE_ENDPOINT")
        .ok()
        .filter(|endpoint| !endpoint.is_empty());
    let endpoint = service.endpoint.clone().or(variable);
    let endpoint = endpoint.unwrap_or_else(|| golive::DEFAULT_ENDPOINT.to_owned());
    Portal::builder().endpoint(endpoint).build()
}

/// The endpoint, if a command that goes on has to name it.
pub fn named_endpoint(portal: &Portal) -> Option<&str> {
    let endpoint = portal.endpoint();
    (endpoint != golive::DEFAULT_ENDPOINT).then_some(endpoint)
}

/// Says when a wait may be longer than the token lives.
pub fn warn_of_short_credential(portal: &Portal) {
    if let Some(outlives) = portal.credential_outlives() {
        let minutes = outlives.as_secs() / 60;
        report::say(&format!(
            "golive: warning: the token in GOLIVE_TOKEN cannot be renewed; it lives about {minutes} \
             minutes, and a longer wait ends with exit code 3 and can be resumed with a new one"
        ));
    }
}

/// An emulator inside this program, and a portal that talks to it.
pub async fn emulator() -> Result<(Emulator, Portal)> {
    let emulator = Emulator::builder().speed(SPEED).start().await;
    let emulator = emulator.context("the emulator cannot be started")?;
    let portal = Portal::builder()
        .endpoint(emulator.url())
        .credential(StaticToken::new("emulator"))
        .build()?;
    Ok((emulator, portal))
}
