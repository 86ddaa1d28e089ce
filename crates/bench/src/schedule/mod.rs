//! `bench schedule`: when to poll, on simulated operations.

pub mod operations;
mod plot;
pub mod polled;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use lro::Schedule;

use crate::process;
use crate::report::{Bound, Report};
use operations::{MINUTE, Operation, draw};
use plot::{Line, Plot};
use polled::{Summary, as_many_requests, computed, exponential, fixed, polled, summary};

/// The schedule of the SDK: `closest` and `rarest`, in seconds.
pub const OURS: (u64, u64) = (15, 14 * 60);

/// Other settings of the same schedule, for the frontier.
const SETTINGS: [(u64, u64); 8] = [
    (4, 3 * 60),
    (8, 6 * 60),
    OURS,
    (30, 28 * 60),
    (60, 60 * 60),
    (120, 2 * 3600),
    (240, 4 * 3600),
    (480, 8 * 3600),
];

const OPERATIONS: usize = 200;
const SEED: u64 = 1;

/// So many operations.
pub fn operations(count: usize, seed: u64) -> Vec<Arc<Operation>> {
    draw(count, seed).into_iter().map(Arc::new).collect()
}

/// What the estimate-aware schedule makes of them.
pub fn estimated(operations: &[Arc<Operation>], (closest, rarest): (u64, u64)) -> Summary {
    let (closest, rarest) = (Duration::from_secs(closest), Duration::from_secs(rarest));
    let schedule = Schedule::estimated(closest, rarest).max(rarest.max(Duration::from_secs(3600)));
    summary(operations, &polled(operations, &schedule))
}

/// The table, and the frontier as a plot in `folder`.
pub fn report(folder: &Path) -> Result<Report> {
    let operations = operations(OPERATIONS, SEED);
    let failed = operations.iter().filter(|it| it.fails).count();
    let days = operations.iter().map(|it| it.ends).sum::<f64>() / operations::DAY;
    let mut report = Report::new(
        "schedule",
        "When to poll",
        &format!(
            "{OPERATIONS} simulated operations of the portal (seed {SEED}; {failed} fail, \
             {days:.0} days in all): steps with the documented estimates from 15 minutes to 5 \
             days, log-normal durations, one step in twelve failing and one in thirty stuck. The \
             delay is from the end of an operation to its detection; \"of the duration\" is the \
             mean of the delay as a part of the operation's own duration. lro's row is the \
             real poller on a virtual clock; the others are computed. The oracle asks once, at \
             the end."
        ),
        &[
            ("requests", 0),
            ("of fixed 30 s, %", 1),
            ("mean delay, s", 1),
            ("longest, s", 0),
            ("of the duration, %", 3),
        ],
    );
    let thirty = computed(&operations, |it| fixed(it, 30.0));
    let ours = estimated(&operations, OURS);
    let interval = as_many_requests(&operations, ours.requests);
    let equal = computed(&operations, |it| fixed(it, interval));
    let google = computed(&operations, |it| exponential(it, 60.0));
    let five_minutes = computed(&operations, |it| fixed(it, 300.0));
    let oracle = Summary {
        requests: OPERATIONS as f64,
        ..Summary::default()
    };
    for (name, it) in [
        ("fixed 30 s (azure_core, azcore)", thirty),
        ("fixed 300 s (cloudpub)", five_minutes),
        ("exponential 1 s to 60 s (google-cloud-lro)", google),
        (
            &format!("fixed {interval:.0} s, as many requests as lro"),
            equal,
        ),
        ("lro, estimated, 15 s to 14 min", ours),
        ("an oracle", oracle),
    ] {
        report.row(
            name,
            &[
                Some(it.requests),
                Some(100.0 * it.requests / thirty.requests),
                Some(it.mean_delay),
                Some(it.worst_delay),
                Some(100.0 * it.relative),
            ],
        );
    }
    report.budget(
        "requests, % of fixed 30 s",
        Bound::Most(8.0),
        100.0 * ours.requests / thirty.requests,
    );
    report.budget(
        "mean delay, % of the duration",
        Bound::Most(1.0),
        100.0 * ours.relative,
    );
    report.budget(
        "longest delay, min",
        Bound::Most(15.0),
        ours.worst_delay / MINUTE,
    );
    report.budget(
        "relative delay / that of the fixed interval with as many requests",
        Bound::Most(0.3),
        ours.relative / equal.relative,
    );
    fs::create_dir_all(folder)?;
    fs::write(folder.join("schedule.svg"), frontier(&operations))?;
    Ok(report)
}

/// Requests against delay, of whole families of schedules.
fn frontier(operations: &[Arc<Operation>]) -> String {
    let count = operations.len() as f64;
    let point = |it: Summary| (it.requests / count, 100.0 * it.relative);
    let intervals = (0..=20).map(|step| 10.0 * 2.0_f64.powf(f64::from(step) / 2.0));
    // Those of the marks too, so that each is on its curve.
    let mut intervals: Vec<f64> = intervals.chain([30.0, 60.0, 300.0]).collect();
    intervals.sort_by(f64::total_cmp);
    let fixed_line = intervals.iter();
    let fixed_line = fixed_line.map(|s| point(computed(operations, |it| fixed(it, *s))));
    let growing = intervals.iter();
    let growing = growing.map(|s| point(computed(operations, |it| exponential(it, *s))));
    let ours = SETTINGS.map(|setting| point(estimated(operations, setting)));
    let mark = |name: &str, it: Summary| (name.to_owned(), point(it));
    Plot {
        title: "How late the end is noticed, against requests".to_owned(),
        across: "requests per operation".to_owned(),
        up: "mean delay, of the operation's duration".to_owned(),
        unit: "%".to_owned(),
        lines: vec![
            Line::new(
                "fixed intervals, 10 s to 2.8 h",
                "#b44",
                "8 4",
                fixed_line.collect(),
            ),
            Line::new(
                "exponential from 1 s, up to the same",
                "#96600a",
                "2 3",
                growing.collect(),
            ),
            Line::new(
                "lro, 4 s to 3 min ... 8 min to 8 h",
                "#06a",
                "",
                ours.to_vec(),
            ),
        ],
        marks: vec![
            mark(
                "30 s: azure_core, azcore",
                computed(operations, |it| fixed(it, 30.0)),
            ),
            mark(
                "300 s: cloudpub",
                computed(operations, |it| fixed(it, 300.0)),
            ),
            mark(
                "1 to 60 s: google",
                computed(operations, |it| exponential(it, 60.0)),
            ),
            ("15 s to 14 min: golive".to_owned(), ours[2]),
        ],
        note: "↙ an oracle: one request, no delay".to_owned(),
    }
    .svg()
}

/// The processor time, in microseconds, to wait for one simulated operation when
/// `count` of them are waited for, one after the other.
pub fn each(count: usize) -> Result<f64> {
    // The same twenty again and again, so that each costs the same.
    let twenty = operations(20, SEED);
    let many: Vec<_> = twenty.iter().cycle().take(count).cloned().collect();
    let before = process::cpu()?;
    estimated(&many, OURS);
    let took = process::cpu()?.saturating_sub(before);
    Ok(took as f64 / 1e3 / count as f64)
}
