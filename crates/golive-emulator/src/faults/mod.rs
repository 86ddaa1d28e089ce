//! The rules in force, and what they say of a request.

use crate::scenario::{Action, Phase, Rule, Scenario};
use fastrand::Rng;
use golive_client::Endpoint;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// How many rules can be in force, and how many tokens one of them remembers.
const LIMIT: usize = 1000;

/// The rules in force.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Faults {
    rules: Vec<Active>,
    added: u64,
}

/// A rule and what it has seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Active {
    rule: Rule,
    id: String,
    seed: u64,
    /// How many requests it was about.
    seen: u64,
    /// How many of those it was applied to.
    applied: u64,
    /// When each token was first seen, by its fingerprint.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    tokens: BTreeMap<String, SystemTime>,
}

/// A rule as the list of rules shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    id: String,
    /// How many requests it was about.
    seen: u64,
    /// How many of those it was applied to.
    applied: u64,
    rule: Rule,
}

/// A request, as far as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) path: &'a [Cow<'a, str>],
    /// The fingerprint of its token.
    pub(crate) token: Option<&'a str>,
    pub(crate) now: SystemTime,
}

/// What goes wrong with a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    pub(crate) before: Vec<Action>,
    pub(crate) after: Vec<Action>,
    /// What happens to the operation that it starts.
    pub(crate) operation: Vec<Action>,
    /// The rules that it comes from.
    pub(crate) rules: Vec<String>,
}

impl Faults {
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What is wrong with rules that come from elsewhere.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.rules.len() > LIMIT {
            return Err(format!("there are more than {LIMIT} rules"));
        }
        self.rules.iter().try_for_each(|active| {
            let checked = active.rule.check();
            checked.map_err(|problem| format!("the rule '{}': {problem}", active.id))
        })
    }

    /// Puts the rules of a scenario in force, after those that are. The answer
    /// is their ids; none if there would be too many.
    pub(crate) fn add(&mut self, scenario: &Scenario, seed: u64) -> Option<Vec<String>> {
        if self.rules.len() + scenario.rules.len() > LIMIT {
            return None;
        }
        let seed = scenario.seed.unwrap_or(seed);
        let mut ids = Vec::new();
        for rule in &scenario.rules {
            self.added = self.added.wrapping_add(1);
            let chosen = || format!("rule-{}", self.added);
            let id = rule.id.clone().unwrap_or_else(chosen);
            // The rules of a scenario draw apart from each other.
            let seed = Rng::with_seed(seed.wrapping_add(ids.len() as u64)).u64(..);
            self.rules.retain(|active| active.id != id);
            self.rules.push(Active {
                rule: rule.clone(),
                id: id.clone(),
                seed,
                seen: 0,
                applied: 0,
                tokens: BTreeMap::new(),
            });
            ids.push(id);
        }
        Some(ids)
    }

    pub(crate) fn list(&self) -> Vec<Listed> {
        let rules = self.rules.iter();
        rules
            .map(|active| Listed {
                id: active.id.clone(),
                seen: active.seen,
                applied: active.applied,
                rule: active.rule.clone(),
            })
            .collect()
    }

    /// Takes one rule out of force, or all; the answer is how many.
    pub(crate) fn clear(&mut self, id: Option<&str>) -> usize {
        let before = self.rules.len();
        self.rules
            .retain(|active| id.is_some_and(|id| active.id != id));
        before - self.rules.len()
    }

    /// What goes wrong with a request. Every rule that is about it counts it,
    /// whatever other rules say.
    pub(crate) fn plan(&mut self, subject: Subject<'_>) -> Plan {
        let mut plan = Plan::default();
        for active in &mut self.rules {
            if !active.applies(subject) {
                continue;
            }
            active.applied = active.applied.wrapping_add(1);
            plan.rules.push(active.id.clone());
            let action = active.rule.action.clone();
            let list = match (action.is_of_operation(), active.rule.phase) {
                (true, _) => &mut plan.operation,
                (false, Phase::Before) => &mut plan.before,
                (false, Phase::After) => &mut plan.after,
            };
            list.push(action);
        }
        plan
    }
}

impl Active {
    fn applies(&mut self, subject: Subject<'_>) -> bool {
        if !self.rule.is_about(subject.endpoint, subject.path) {
            return false;
        }
        self.seen = self.seen.wrapping_add(1);
        if let Action::ExpireToken { minutes } = self.rule.action
            && !self.has_expired(subject, Duration::from_secs(minutes.saturating_mul(60)))
        {
            return false;
        }
        // Drawn from the number, so that the same request fares the same in
        // every run, and after a restart.
        let drawn = Rng::with_seed(self.seed ^ self.seen.rotate_left(32)).f64();
        self.rule.wants(self.seen) && self.rule.probability.is_none_or(|share| drawn < share)
    }

    fn has_expired(&mut self, subject: Subject<'_>, good_for: Duration) -> bool {
        let Some(token) = subject.token else {
            return false;
        };
        if self.tokens.len() >= LIMIT && !self.tokens.contains_key(token) {
            let oldest = self.tokens.iter().min_by_key(|(_, seen)| **seen);
            if let Some(oldest) = oldest.map(|(token, _)| token.clone()) {
                self.tokens.remove(&oldest);
            }
        }
        let first = *self.tokens.entry(token.to_owned()).or_insert(subject.now);
        let age = subject.now.duration_since(first).unwrap_or_default();
        age >= good_for
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use golive_client::endpoints::*;
    use std::time::UNIX_EPOCH;

    fn in_force(text: &str, seed: u64) -> Faults {
        let mut faults = Faults::default();
        let scenario = Scenario::from_toml(text).unwrap();
        faults.add(&scenario, seed).unwrap();
        faults
    }

    fn subject(token: Option<&str>, minutes: u64) -> Subject<'_> {
        Subject {
            endpoint: &GET_OPERATION,
            path: &[],
            token,
            now: UNIX_EPOCH + Duration::from_secs(60 * minutes),
        }
    }

    #[test]
    fn every_rule_counts_every_request() {
        let mut faults = in_force(
            "[[rule]]\nnth = 1\naction = { kind = 'reset' }\n\
             [[rule]]\nnth = 2\nphase = 'after'\naction = { kind = 'reset' }",
            0,
        );
        let first = faults.plan(subject(None, 0));
        assert_eq!((first.before.len(), first.after.len()), (1, 0));
        let second = faults.plan(subject(None, 0));
        assert_eq!((second.before.len(), second.after.len()), (0, 1));
        assert_eq!(faults.plan(subject(None, 0)), Plan::default());
    }

    #[test]
    fn probabilities_follow_from_the_seed() {
        let text = "[[rule]]\nprobability = 0.5\naction = { kind = 'reset' }";
        let run = |seed| {
            let mut faults = in_force(text, seed);
            let drawn: Vec<bool> = (0..1000)
                .map(|_| !faults.plan(subject(None, 0)).before.is_empty())
                .collect();
            drawn
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        let hits = run(1).iter().filter(|hit| **hit).count();
        assert!((400..600).contains(&hits), "{hits}");
    }

    #[test]
    fn a_token_expires_until_another_comes() {
        let mut faults = in_force(
            "[[rule]]\naction = { kind = 'expire-token', minutes = 60 }",
            0,
        );
        let mut refused =
            |token, minutes| !faults.plan(subject(Some(token), minutes)).before.is_empty();
        assert!(!refused("a", 0) && !refused("a", 59));
        assert!(refused("a", 60) && refused("a", 61));
        assert!(!refused("b", 61) && refused("a", 61));
        assert!(refused("b", 121));
        assert!(faults.plan(subject(None, 500)).before.is_empty());
    }

    #[test]
    fn rules_are_listed_and_cleared() {
        let mut faults = in_force(
            "[[rule]]\nid = 'one'\naction = { kind = 'reset' }\n\
             [[rule]]\naction = { kind = 'reset' }",
            0,
        );
        faults.plan(subject(None, 0));
        let listed = serde_json::to_value(faults.list()).unwrap();
        assert_eq!(listed[0]["id"], "one");
        assert_eq!(listed[1]["id"], "rule-2");
        assert_eq!(listed[1]["seen"], 1);
        assert_eq!(faults.clear(Some("one")), 1);
        assert_eq!(faults.clear(Some("one")), 0);
        assert_eq!(faults.clear(None), 1);
        assert!(faults.is_empty());
    }
}
