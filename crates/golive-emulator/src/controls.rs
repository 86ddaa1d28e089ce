//! What a test can do to a running emulator.

use crate::portal::{Interference, Refusal, Stage};
use crate::scenario::Scenario;
use crate::service::{RecordedRequest, Service, explained};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a test can do to a running emulator, from any task. Copies control the
/// same emulator.
#[derive(Clone)]
pub struct Controls(Arc<Service>);

impl fmt::Debug for Controls {
    /// Short: all that exists would drown what somebody looks for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Controls").finish_non_exhaustive()
    }
}

impl Controls {
    pub(crate) fn new(service: Arc<Service>) -> Self {
        Self(service)
    }

    /// Moves the portal's clock ahead.
    pub fn advance(&self, time: Duration) {
        let world = self.0.default_world();
        world.change_clock(|clock| clock.advance(time));
    }

    /// Makes an operation of an offer fail at a step, with a message for people,
    /// which may be HTML.
    ///
    /// The running operation fails at once if the step is under way, and in the
    /// middle of the step if it is still to come. While nothing is running, the
    /// next operation that has the step fails in the middle of it.
    ///
    /// ```
    /// # use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (router, controls) = Emulator::builder().router()?;
    /// controls.fail_step(SEED_PUBLISHER, SEED_OFFER, "live", "The image is <b>gone</b>.")?;
    /// # drop(router);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The offer or the step does not exist, or the running operation does not
    /// have the step, is past it, or is being canceled.
    pub fn fail_step(
        &self,
        publisher: &str,
        offer: &str,
        step: &str,
        message: &str,
    ) -> Result<(), ControlError> {
        let stage = Stage::from_id(step).ok_or_else(|| {
            let known = Stage::ids().join(", ");
            ControlError(format!("there is no step '{step}'; the steps are {known}"))
        })?;
        let world = self.0.default_world();
        let (mut portal, now) = world.portal();
        let failure = Interference::Fail(message.to_owned());
        portal
            .interfere(publisher, offer, stage, failure, now)
            .map_err(|refusal| {
                ControlError(match refusal {
                    Refusal::NotFound(message) => message,
                    other => format!("{other:?}"),
                })
            })?
            .map_err(|problem| ControlError(explained(problem, stage)))?;
        world.keep_offer(&portal, publisher, offer);
        Ok(())
    }

    /// Puts a scenario in force, beside those that are.
    ///
    /// # Errors
    ///
    /// There would be more than a thousand rules.
    pub fn add_scenario(&self, scenario: &Scenario) -> Result<(), ControlError> {
        let world = self.0.default_world();
        let seed = world.settings().seed;
        let added = world.change_faults(|faults| faults.add(scenario, seed));
        let too_many = || ControlError("there are too many rules".to_owned());
        added.map(|_| ()).ok_or_else(too_many)
    }

    /// Takes all rules out of force.
    pub fn clear_rules(&self) {
        let world = self.0.default_world();
        world.change_faults(|faults| faults.clear(None));
    }

    /// Puts everything back to its beginning, but for other sessions.
    pub fn reset(&self) {
        self.0.reset("");
    }

    /// The requests that were answered, the oldest first; of many, the last ten
    /// thousand.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.default_world().journal.requests()
    }
}

/// Why an emulator does not do what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlError(String);

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ControlError {}
