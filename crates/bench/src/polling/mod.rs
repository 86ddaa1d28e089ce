//! `bench lro`: what polling costs.

pub mod asleep;
mod growth;
pub mod loopback;
mod poll;
mod throughput;

use anyhow::Result;
use bench_poll::subject::Subject;

use crate::measure::Measure;
use crate::report::Report;

/// Everything of ours, and the limits.
pub fn subjects() -> Vec<Subject> {
    let mut all = bench_poll::poll::subjects();
    all.extend(loopback::subjects());
    all.extend(asleep::subjects());
    all.extend(throughput::subjects());
    all
}

/// What is measured, in order.
pub const REPORTS: [fn(&Measure) -> Result<Report>; 5] = [
    poll::report,
    loopback::report,
    asleep::report,
    throughput::report,
    growth::report,
];
