//! What schedules make of an operation: how many requests, and how long the
//! end goes unnoticed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bench_poll::poll::paused;
use bytes::Bytes;
use lro::{Schedule, Service, transport_fn};
use tokio::time::Instant;
use url::Url;

use super::operations::{Operation, Status};

/// What became of one operation.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// Requests made.
    pub requests: f64,
    /// Seconds from the end to its detection.
    pub delay: f64,
}

/// The real poller, on a virtual clock.
///
/// # Panics
///
/// The poller ended before the operation.
pub fn polled(operations: &[Arc<Operation>], schedule: &Schedule) -> Vec<Outcome> {
    let runtime = paused();
    let endpoint = Url::parse("https://portal.example/").expect("a URL");
    let one = |(seed, operation): (usize, &Arc<Operation>)| {
        let requests = Arc::new(AtomicU32::new(0));
        let (served, count) = (Arc::clone(operation), Arc::clone(&requests));
        let detected = runtime.block_on(async {
            let start = Instant::now();
            let transport = transport_fn(move |_: http::Request<Bytes>| {
                count.fetch_add(1, Ordering::Relaxed);
                let status = served.at(start.elapsed().as_secs_f64());
                let body = serde_json::to_vec(&status).expect("JSON");
                async move { Ok(http::Response::new(Bytes::from(body))) }
            });
            let service = Service::builder(&endpoint)
                .transport(transport)
                .schedule(schedule.clone())
                .seed(seed as u64)
                .build()
                .expect("a service");
            // How it ended is not of interest, and it has.
            let _ = service.poll_at::<Status>("/op").expect("a poller").await;
            start.elapsed().as_secs_f64()
        });
        let delay = detected - operation.ends;
        assert!(delay >= 0.0, "the operation is under way");
        Outcome {
            requests: f64::from(requests.load(Ordering::Relaxed)),
            delay,
        }
    };
    operations.iter().enumerate().map(one).collect()
}

/// A poll every `interval` seconds.
pub fn fixed(operation: &Operation, interval: f64) -> Outcome {
    fixed_until(operation.ends, interval)
}

fn fixed_until(ends: f64, interval: f64) -> Outcome {
    let polls = (ends / interval).ceil().max(1.0);
    Outcome {
        requests: polls,
        delay: polls * interval - ends,
    }
}

/// A delay that begins with a second and doubles up to `cap` seconds.
pub fn exponential(operation: &Operation, cap: f64) -> Outcome {
    let (mut now, mut delay, mut requests) = (0.0, 1.0, 0.0);
    while now < operation.ends {
        if delay >= cap {
            let rest = fixed_until(operation.ends - now, cap);
            return Outcome {
                requests: requests + rest.requests,
                delay: rest.delay,
            };
        }
        now += delay;
        requests += 1.0;
        delay *= 2.0;
    }
    Outcome {
        requests,
        delay: now - operation.ends,
    }
}

/// What became of many operations.
#[derive(Clone, Copy, Default)]
pub struct Summary {
    /// Requests in all.
    pub requests: f64,
    /// Seconds, the mean.
    pub mean_delay: f64,
    /// Seconds, the longest.
    pub worst_delay: f64,
    /// Seconds, the mean of those that end in a step of under an hour.
    pub short_delay: f64,
    /// The delay as a part of the operation's duration, the mean.
    pub relative: f64,
}

/// Sums up.
pub fn summary(operations: &[Arc<Operation>], outcomes: &[Outcome]) -> Summary {
    let mut all = Summary::default();
    let mut short = 0.0;
    for (operation, outcome) in operations.iter().zip(outcomes) {
        all.requests += outcome.requests;
        all.mean_delay += outcome.delay;
        all.worst_delay = all.worst_delay.max(outcome.delay);
        all.relative += outcome.delay / operation.ends;
        if operation.ends_in_short_step() {
            short += 1.0;
            all.short_delay += outcome.delay;
        }
    }
    let count = operations.len() as f64;
    all.mean_delay /= count;
    all.relative /= count;
    all.short_delay /= short;
    all
}

/// The summary of a schedule that needs no simulation.
pub fn computed(operations: &[Arc<Operation>], outcome: impl Fn(&Operation) -> Outcome) -> Summary {
    let outcomes: Vec<Outcome> = operations.iter().map(|it| outcome(it)).collect();
    summary(operations, &outcomes)
}

/// The fixed interval, in seconds, that makes as many requests.
pub fn as_many_requests(operations: &[Arc<Operation>], requests: f64) -> f64 {
    let (mut low, mut high) = (1.0, super::operations::DAY);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        match computed(operations, |it| fixed(it, middle)).requests > requests {
            true => low = middle,
            false => high = middle,
        }
    }
    low
}
