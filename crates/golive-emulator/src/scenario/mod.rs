//! Scenarios: what goes wrong, written down.

mod action;
mod builtin;
mod endpoint;
mod rule;

pub(crate) use action::{Action, BodyKind, RetryAfter, RetryAfterForm, WhichClock};
pub(crate) use rule::{Phase, Rule};

use crate::meant::with_suggestion;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// What goes wrong in a rehearsal: a list of rules, each of which binds an
/// action to requests.
///
/// Scenarios are TOML, YAML or JSON; [`Scenario::json_schema`] describes them, and
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
        let scenario: Self = toml::from_str(text).map_err(ScenarioError::unread)?;
        scenario.checked()
    }

    /// Reads a scenario from JSON.
    ///
    /// # Errors
    ///
    /// It is not JSON, or not a scenario.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = serde_json::from_str(text).map_err(ScenarioError::unread)?;
        scenario.checked()
    }

    /// Reads a single rule from JSON.
    pub(crate) fn from_json_rule(text: &str) -> Result<Self, ScenarioError> {
        let rule = serde_json::from_str(text).map_err(ScenarioError::unread)?;
        let rules = vec![rule];
        Self {
            rules,
            ..Self::default()
        }
        .checked()
    }

    /// Reads a scenario from YAML.
    ///
    /// # Errors
    ///
    /// It is not YAML, or not a scenario.
    pub fn from_yaml(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = serde_saphyr::from_str(text).map_err(ScenarioError::unread)?;
        scenario.checked()
    }

    /// Reads a scenario from a file: YAML if its name ends in `.yaml` or `.yml`,
    /// JSON if it ends in `.json`, and TOML otherwise.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not a scenario.
    pub fn load(path: &Path) -> Result<Self, ScenarioError> {
        let named = |problem: &dyn fmt::Display| ScenarioError {
            problem: format!("{}: {problem}", path.display()),
        };
        let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
        let read = match path.extension().and_then(|end| end.to_str()) {
            Some("yaml" | "yml") => Self::from_yaml(&text),
            Some("json") => Self::from_json(&text),
            _ => Self::from_toml(&text),
        };
        read.map_err(|error| named(&error.problem))
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
        let mut ids = BTreeSet::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let wrong = |problem| ScenarioError {
                problem: format!("rule {}: {problem}", index + 1),
            };
            rule.check().map_err(wrong)?;
            // Of two with the same id, only the last would be in force.
            if let Some(id) = &rule.id
                && !ids.insert(id)
            {
                return Err(wrong(format!("the id '{id}' is another rule's too")));
            }
        }
        Ok(self)
    }
}

/// Why a scenario cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    problem: String,
}

impl ScenarioError {
    fn unread(error: impl fmt::Display) -> Self {
        Self {
            problem: with_suggestion(&error.to_string()),
        }
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a scenario: {}", self.problem.trim_end())
    }
}

impl std::error::Error for ScenarioError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_the_same_in_every_language() {
        let toml = "seed = 7\n[[rule]]\nendpoint = ['get_operation']\nnth = { from = 2 }\n\
                    action = { kind = 'reply', status = 503, retry-after = { seconds = 9 } }";
        let yaml = "seed: 7\nrule:\n  - endpoint: [get_operation]\n    nth: { from: 2 }\n    \
                    action:\n      kind: reply\n      status: 503\n      retry-after:\n        \
                    seconds: 9\n";
        let scenario = Scenario::from_toml(toml).unwrap();
        assert_eq!(Scenario::from_yaml(yaml).unwrap(), scenario);
        let json = serde_json::to_string(&scenario).unwrap();
        assert_eq!(Scenario::from_json(&json).unwrap(), scenario);
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.yaml", yaml),
            ("a.yml", yaml),
            ("a.toml", toml),
            ("a.json", &json),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            assert_eq!(Scenario::load(&path).unwrap(), scenario, "{name}");
            std::fs::write(&path, "rule: [").unwrap();
            let error = Scenario::load(&path).unwrap_err().to_string();
            assert_eq!(error.matches("not a scenario").count(), 1, "{error}");
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn a_typo_is_found_where_it_is_and_the_right_word_suggested() {
        type Read = fn(&str) -> Result<Scenario, ScenarioError>;
        let reset = "action = { kind = 'reset' }";
        let toml = |line: &str| format!("[[rule]]\n{line}\n{reset}");
        for (read, text, place, meant) in [
            (
                Scenario::from_toml as Read,
                toml("probabilty = 0.2"),
                "line 2, column 1",
                "probability",
            ),
            (
                Scenario::from_toml,
                toml("endpoint = 'get_operatoin'"),
                "line 2, column 12",
                "get_operation",
            ),
            (
                Scenario::from_toml,
                toml("endpoint = ['get_offer', 'go_live_ofer']"),
                "line 2, column 12",
                "go_live_offer",
            ),
            (
                Scenario::from_toml,
                toml("nth = { form = 2 }"),
                "line 2, column",
                "from",
            ),
            (
                Scenario::from_toml,
                "[[rule]]\naction = { kind = 'repli' }".to_owned(),
                "line 2, column 19",
                "reply",
            ),
            (
                Scenario::from_toml,
                "[[rules]]".to_owned(),
                "line 1",
                "rule",
            ),
            (
                Scenario::from_yaml,
                "rule:\n  - endpoint: get_operatoin\n".to_owned(),
                "line 2 column 15",
                "get_operation",
            ),
            (
                Scenario::from_yaml,
                "rule:\n  - probabilty: 1\n".to_owned(),
                "line 2 column 5",
                "probability",
            ),
            (
                Scenario::from_json,
                "{\"rule\": [\n{\"ofer\": \"a\"}]}".to_owned(),
                "line 2 column 7",
                "offer",
            ),
            (
                Scenario::from_json_rule,
                "{\n\"ofer\": \"a\"}".to_owned(),
                "line 2 column 6",
                "offer",
            ),
            (
                Scenario::from_toml,
                "[[rule]]\naction = { kind = 'stall-step', step = 'lve' }".to_owned(),
                "line 2, column",
                "live",
            ),
        ] {
            let error = read(&text).unwrap_err().to_string();
            assert!(error.contains(place), "{error}");
            let question = format!("did you mean `{meant}`?");
            assert!(error.ends_with(&question), "{error}");
        }
        for wrong in ["nth = 'x'", "nth = -1", "nth = 1.5"] {
            let error = Scenario::from_toml(&toml(wrong)).unwrap_err().to_string();
            assert!(error.contains("a number from 1, a list"), "{error}");
            assert!(error.contains("line 2, column 7"), "{error}");
        }
    }

    #[test]
    fn what_could_never_happen_is_refused() {
        let rule = |id: &str, action: &str| format!("[[rule]]\n{id}\naction = {{ {action} }}\n");
        let reply = |header: &str| format!("kind = 'reply', headers = {{ {header} }}");
        let fail = |step: &str| format!("kind = 'fail-step', message = '', step = '{step}'");
        for (text, problem) in [
            (
                rule("id = 'a'", "kind = 'reset'").repeat(2),
                "rule 2: the id 'a'",
            ),
            (rule("", &reply("Content-Length = '3'")), "broken-off"),
            (rule("", &reply("transfer-encoding = 'x'")), "broken-off"),
            (rule("", "kind = 'redirect', to = \"\\n\""), "no URL"),
            (
                rule("phase = 'after'", "kind = 'polling-url', to = \"a\\r\""),
                "no URL",
            ),
            (
                rule("endpoint = 'publish_offer'", &fail("live")),
                "go_live_offer",
            ),
            (
                rule("endpoint = ['get_offer']", &fail("displaycertify")),
                "publish_offer",
            ),
            (
                rule(
                    "endpoint = 'publish_offer'",
                    "kind = 'refuse-sign-off', message = ''",
                ),
                "go_live_offer",
            ),
        ] {
            let error = Scenario::from_toml(&text).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }

    #[test]
    fn yaml_that_grows_without_bound_is_refused() {
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (before, letter) in ('a'..'i').zip('b'..='i') {
            let nine = vec![format!("*{before}"); 9].join(",");
            bomb.push_str(&format!("{letter}: &{letter} [{nine}]\n"));
        }
        assert!(Scenario::from_yaml(&format!("{bomb}name: *i\n")).is_err());
        assert!(Scenario::from_yaml(&"[".repeat(100_000)).is_err());
        assert!(Scenario::from_yaml(&"- ".repeat(100_000)).is_err());
    }
}
