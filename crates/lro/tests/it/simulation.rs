//! The estimate-aware schedule against fixed intervals, on simulated
//! operations of a marketplace portal: steps with the documented estimates,
//! durations drawn from heavy-tailed distributions, some failing, some stuck.
//!
//! `cargo test -p lro simulation -- --nocapture` prints the table.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use lro::{
    BoxError, Estimate, FinalReply, Reply, Schedule, Service, State, StatusMonitor, Via,
    transport_fn,
};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use url::Url;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

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

struct Operation {
    steps: Vec<Step>,
    ends: f64,
    fails: bool,
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

#[derive(Serialize, Deserialize)]
struct Status {
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
        Ok(serde_json::from_slice(reply.body())?)
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
    fn at(&self, now: f64) -> Status {
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
    fn ends_in_short_step(&self) -> bool {
        self.steps
            .last()
            .and_then(|step| step.kind.longest)
            .is_some_and(|longest| longest <= HOUR)
    }
}

/// Requests made, and seconds from the end to its detection.
struct Outcome {
    requests: f64,
    delay: f64,
}

/// The real poller on a virtual clock.
fn polled(operations: Vec<Operation>) -> Vec<(Operation, Outcome)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    let mut outcomes = Vec::new();
    for (seed, operation) in operations.into_iter().enumerate() {
        let operation = Arc::new(operation);
        let served = Arc::clone(&operation);
        let outcome = runtime.block_on(async move {
            let start = Instant::now();
            let requests = Arc::new(Mutex::new(0_u32));
            let count = Arc::clone(&requests);
            let transport = transport_fn(move |_: http::Request<Bytes>| {
                *count.lock().expect("no panic") += 1;
                let status = served.at(start.elapsed().as_secs_f64());
                let body = serde_json::to_vec(&status).expect("JSON");
                async move { Ok(http::Response::new(Bytes::from(body))) }
            });
            let endpoint = Url::parse("https://svc.example/").expect("a URL");
            let service = Service::builder(&endpoint)
                .transport(transport)
                .schedule(Schedule::estimated(
                    Duration::from_secs(15),
                    Duration::from_secs(14 * 60),
                ))
                .seed(seed as u64)
                .build()
                .expect("a service");
            let _ = service.poll_at::<Status>("/op").expect("a poller").await;
            let detected = start.elapsed().as_secs_f64();
            let requests = f64::from(*requests.lock().expect("no panic"));
            (requests, detected)
        });
        let (requests, detected) = outcome;
        let Ok(operation) = Arc::try_unwrap(operation) else {
            panic!("the transport is gone");
        };
        let delay = detected - operation.ends;
        outcomes.push((operation, Outcome { requests, delay }));
    }
    outcomes
}

/// A poll every `interval` seconds.
fn fixed(operation: &Operation, interval: f64) -> Outcome {
    let polls = (operation.ends / interval).ceil().max(1.0);
    Outcome {
        requests: polls,
        delay: polls * interval - operation.ends,
    }
}

struct Summary {
    requests: f64,
    mean_delay: f64,
    worst_delay: f64,
    short_delay: f64,
    relative: f64,
}

fn summary<'a>(outcomes: impl Iterator<Item = (&'a Operation, Outcome)>) -> Summary {
    let mut all = Summary {
        requests: 0.0,
        mean_delay: 0.0,
        worst_delay: 0.0,
        short_delay: 0.0,
        relative: 0.0,
    };
    let (mut count, mut short) = (0.0, 0.0);
    for (operation, outcome) in outcomes {
        assert!(outcome.delay >= 0.0);
        count += 1.0;
        all.requests += outcome.requests;
        all.mean_delay += outcome.delay;
        all.worst_delay = all.worst_delay.max(outcome.delay);
        all.relative += outcome.delay / operation.ends;
        if operation.ends_in_short_step() {
            short += 1.0;
            all.short_delay += outcome.delay;
        }
    }
    all.mean_delay /= count;
    all.relative /= count;
    all.short_delay /= short;
    all
}

#[test]
fn an_estimate_aware_schedule_beats_any_fixed_interval() {
    for seed in [1, 2] {
        let mut dice = Dice(fastrand::Rng::with_seed(seed));
        let operations: Vec<_> = (0..200)
            .map(|nr| dice.operation(if nr % 2 == 0 { PUBLISH } else { GO_LIVE }))
            .collect();
        let failed = operations.iter().filter(|it| it.fails).count();
        let days: f64 = operations.iter().map(|it| it.ends).sum::<f64>() / DAY;

        let outcomes = polled(operations);
        let fixed_at = |interval: f64| {
            summary(
                outcomes
                    .iter()
                    .map(|(operation, _)| (operation, fixed(operation, interval))),
            )
        };
        let thirty = fixed_at(30.0);
        let ours = summary(outcomes.iter().map(|(operation, outcome)| {
            let outcome = Outcome { ..*outcome };
            (operation, outcome)
        }));
        // The one fixed interval that makes as many requests.
        let (mut low, mut high) = (1.0, DAY);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            match fixed_at(middle).requests > ours.requests {
                true => low = middle,
                false => high = middle,
            }
        }
        let equal = fixed_at(low);

        println!("seed {seed}: 200 operations, {failed} fail, {days:.0} days in all");
        println!("  schedule         requests   of 30 s  mean delay  worst  short step  relative");
        for (name, it) in [
            ("fixed 30 s".to_owned(), &thirty),
            (format!("fixed {low:.0} s"), &equal),
            ("estimated".to_owned(), &ours),
        ] {
            println!(
                "  {name:<15} {:>9.0} {:>8.2} % {:>9.1} s {:>4.0} s {:>9.1} s {:>8.3} %",
                it.requests,
                100.0 * it.requests / thirty.requests,
                it.mean_delay,
                it.worst_delay,
                it.short_delay,
                100.0 * it.relative,
            );
        }
        assert!(ours.requests <= 0.08 * thirty.requests);
        assert!(ours.relative <= 0.01);
        assert!(ours.worst_delay <= 15.0 * MINUTE);
        assert!(ours.short_delay <= 15.0);
        assert!(ours.relative <= 0.3 * equal.relative);
    }
}
