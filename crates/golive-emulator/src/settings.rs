//! How an emulator is set up, once it is.

use crate::dialect::Manner;
use crate::durations::StepDurations;
use crate::identity::Tokens;
use crate::scenario::Scenario;
use crate::service::VersionPolicy;
use std::collections::BTreeMap;
use std::time::Duration;

/// How an emulator is set up. Every session begins with the same.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) speed: f64,
    pub(crate) seed: u64,
    pub(crate) empty: bool,
    pub(crate) manner: Manner,
    /// Manners of offers, by publisher and offer.
    pub(crate) manners: BTreeMap<(String, String), Manner>,
    pub(crate) durations: StepDurations,
    pub(crate) versions: VersionPolicy,
    pub(crate) tokens: Tokens,
    pub(crate) token_lifetime: Duration,
    pub(crate) polls_per_step: Option<u32>,
    pub(crate) scenarios: Vec<Scenario>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            speed: 1.0,
            seed: 0,
            empty: false,
            manner: Manner::default(),
            manners: BTreeMap::new(),
            durations: StepDurations::default(),
            versions: VersionPolicy::default(),
            tokens: Tokens::default(),
            token_lifetime: Duration::from_secs(3599),
            polls_per_step: None,
            scenarios: Vec::new(),
        }
    }
}

impl Settings {
    pub(crate) fn manner(&self, publisher: &str, offer: &str) -> Manner {
        if self.manners.is_empty() {
            return self.manner;
        }
        let key = (publisher.to_owned(), offer.to_owned());
        self.manners.get(&key).copied().unwrap_or(self.manner)
    }
}
