//! Simulated operations of a marketplace portal: steps with the documented
//! estimates, durations drawn from heavy-tailed distributions, some failing,
//! some stuck.

use std::time::Duration;

use lro::{BoxError, Estimate, FinalReply, Reply, State, StatusMonitor, Via};
use serde::{Deserialize, Serialize};

/// Seconds.
pub const MINUTE: f64 = 60.0;
/// Seconds.
pub const HOUR: f64 = 60.0 * MINUTE;
/// Seconds.
pub const DAY: f64 = 24.0 * HOUR;

/// A step of the contract: name, shortest and longest estimate in seconds.
struct Kind {
    name: &'static str,
    shortest: Option<f64>,
    longest: Option<f64>,
}

const PUBLISH: &[Kind] = &[
    kind("displaydummycertify", None, Some(15.0 * MINUTE)),
    kind("displaycertify", None, Some(5.0 * DAY)),
    kind("displayprovision", None, Some(DAY)),
    kind("displaypackage", None, Some(HOUR)),
];
const GO_LIVE: &[Kind] = &[
    kind("publisher-signoff", None, None),
    kind("live", Some(2.0 * DAY), Some(5.0 * DAY)),
];

const fn kind(name: &'static str, shortest: Option<f64>, longest: Option<f64>) -> Kind {
    Kind {
        name,
        shortest,
        longest,
    }
}

/// A step of one operation: when it ends, in seconds from the start.
struct Step {
    kind: &'static Kind,
    begins: f64,
    ends: f64,
    /// The reported progress is this power of the true one.
    bend: f64,
}

/// One operation, from its start to its end.
pub struct Operation {
    steps: Vec<Step>,
    /// When it ends, in seconds from its start.
    pub ends: f64,
    /// Whether it ends badly.
    pub fails: bool,
}

/// So many operations, publishing and going live in turns.
pub fn draw(count: usize, seed: u64) -> Vec<Operation> {
    let mut dice = Dice(fastrand::Rng::with_seed(seed));
    let kinds = [PUBLISH, GO_LIVE].into_iter().cycle();
    kinds
        .take(count)
        .map(|kinds| dice.operation(kinds))
        .collect()
}

struct Dice(fastrand::Rng);

impl Dice {
    fn normal(&mut self) -> f64 {
        let (a, b) = (1.0 - self.0.f64(), self.0.f64());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// Log-normal about half the estimate; one in thirty is stuck, by a Pareto
    /// distribution that has no finite variance.
    fn duration(&mut self, kind: &Kind) -> f64 {
        let median = match (kind.shortest, kind.longest) {
            (Some(shortest), Some(longest)) => (shortest * longest).sqrt(),
            (None, Some(longest)) => longest / 2.0,
            // A person decides.
            _ => 8.0 * HOUR,
        };
        let usual = median * (0.7 * self.normal()).exp();
        let stuck = match self.0.f64() < 1.0 / 30.0 {
            true => 4.0 * (1.0 - self.0.f64()).powf(-1.0 / 1.2),
            false => 1.0,
        };
        (usual * stuck).clamp(MINUTE, 60.0 * DAY)
    }

    fn operation(&mut self, kinds: &'static [Kind]) -> Operation {
        let mut steps = Vec::new();
        let mut now = 0.0;
        for kind in kinds {
            let duration = self.duration(kind);
            // One step in twelve fails, somewhere on its way.
            let fails = self.0.f64() < 1.0 / 12.0;
            let lasts = match fails {
                true => duration * (0.1 + 0.9 * self.0.f64()),
                false => duration,
            };
            steps.push(Step {
                kind,
                begins: now,
                ends: now + duration,
                bend: (0.5 * self.normal()).exp(),
            });
            now += lasts;
            if fails {
                return Operation {
                    steps,
                    ends: now,
                    fails,
                };
            }
        }
        Operation {
            steps,
            ends: now,
            fails: false,
        }
    }
}

/// The status of a simulated operation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Status {
    state: String,
    step: String,
    shortest: Option<f64>,
    longest: Option<f64>,
    percent: u32,
}

impl StatusMonitor for Status {
    type Output = ();
    const KIND: &'static str = "simulated";

    fn parse(reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        reply.json()
    }

    fn state(&self) -> State {
        State::from_wire(&self.state)
    }

    fn estimate(&self) -> Option<Estimate> {
        let estimate = Estimate::new(&self.step, Duration::from_secs_f64(self.longest?))
            .progress(f64::from(self.percent) / 100.0);
        Some(match self.shortest {
            Some(shortest) => estimate.shortest(Duration::from_secs_f64(shortest)),
            None => estimate,
        })
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<(), BoxError> {
        Ok(())
    }
}

impl Operation {
    /// The status at a time, in seconds from the start.
    pub fn at(&self, now: f64) -> Status {
        let step = self
            .steps
            .iter()
            .rev()
            .find(|step| step.begins <= now)
            .unwrap_or(&self.steps[0]);
        let true_progress = (now - step.begins) / (step.ends - step.begins);
        let state = match (now >= self.ends, self.fails) {
            (false, _) => "Running",
            (true, false) => "Succeeded",
            (true, true) => "Failed",
        };
        Status {
            state: state.to_owned(),
            step: step.kind.name.to_owned(),
            shortest: step.kind.shortest,
            longest: step.kind.longest,
            percent: (true_progress.clamp(0.0, 1.0).powf(step.bend) * 100.0) as u32,
        }
    }

    /// Whether the step that the operation ended in is estimated at under an
    /// hour.
    pub fn ends_in_short_step(&self) -> bool {
        self.steps
            .last()
            .and_then(|step| step.kind.longest)
            .is_some_and(|longest| longest <= HOUR)
    }
}
