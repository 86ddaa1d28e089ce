//! Scenarios: what goes wrong, written down.

mod action;
mod builtin;
mod endpoint;
mod rule;

pub(crate) use action::{Action, BodyKind, RetryAfter, RetryAfterForm, WhichClock};
pub(crate) use rule::{Phase, Rule};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;

/// What goes wrong in a rehearsal: a list of rules, each of which binds an
/// action to requests.
///
/// Scenarios are TOML or JSON; [`Scenario::json_schema`] describes them, and
/// [`Scenario::named`] has ready ones.
///
/// ```
/// use golive_emulator::{Emulator, Scenario};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let scenario = Scenario::from_toml(r#"
///     [[rule]]
///     endpoint = "get_operation"
///     nth = { from = 2, to = 4 }
///     action = { kind = "reply", status = 503, body = "html" }
/// "#)?;
/// let emulator = Emulator::builder().scenario(scenario).start().await?;
/// # emulator.shutdown().await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scenario {
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// What probabilities follow from; without it, the emulator's seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seed: Option<u64>,
    /// What goes wrong, in the order in which it is tried.
    #[serde(default, rename = "rule")]
    pub(crate) rules: Vec<Rule>,
}

impl Scenario {
    /// Reads a scenario from TOML.
    ///
    /// # Errors
    ///
    /// It is not TOML, or not a scenario.
    pub fn from_toml(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = toml::from_str(text).map_err(|error| ScenarioError {
            problem: error.to_string(),
        })?;
        scenario.checked()
    }

    /// Reads a scenario from JSON.
    ///
    /// # Errors
    ///
    /// It is not JSON, or not a scenario.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = serde_json::from_str(text).map_err(|error| ScenarioError {
            problem: error.to_string(),
        })?;
        scenario.checked()
    }

    /// Reads a scenario from a file: JSON if its name ends in `.json`, and TOML
    /// otherwise.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not a scenario.
    pub fn load(path: &Path) -> Result<Self, ScenarioError> {
        let named = |problem: &dyn fmt::Display| ScenarioError {
            problem: format!("{}: {problem}", path.display()),
        };
        let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
        let json = path.extension().is_some_and(|end| end == "json");
        let read = match json {
            true => Self::from_json(&text),
            false => Self::from_toml(&text),
        };
        read.map_err(|error| named(&error))
    }

    /// A scenario that is in the library; [`Scenario::names`] lists them.
    pub fn named(name: &str) -> Option<Self> {
        let text = builtin::text(name)?;
        // A test reads them all.
        Self::from_toml(text).ok()
    }

    /// The names of the scenarios in the library.
    pub fn names() -> impl Iterator<Item = &'static str> {
        builtin::names()
    }

    /// What it is called.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What it is for.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The JSON schema of scenarios, for editors and other languages.
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }

    fn checked(self) -> Result<Self, ScenarioError> {
        for (index, rule) in self.rules.iter().enumerate() {
            rule.check().map_err(|problem| ScenarioError {
                problem: format!("rule {}: {problem}", index + 1),
            })?;
        }
        Ok(self)
    }
}

/// Why a scenario cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    problem: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a scenario: {}", self.problem.trim_end())
    }
}

impl std::error::Error for ScenarioError {}
