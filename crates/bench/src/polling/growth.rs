//! What ten and a hundred times the polling costs.

use anyhow::Result;

use crate::growth::{Growth, least};
use crate::measure::{Measure, median};
use crate::report::Report;
use crate::schedule;

/// A kind of work, at 1, 10 and 100 times.
struct Work {
    title: &'static str,
    /// The subject and how often its work is done, at each size.
    sizes: [(&'static str, u64); 3],
    warm: bool,
    /// Whether a server in another process answers. A short run may share a core with
    /// it from the beginning to the end, and takes half as long then; no long one does.
    over_http: bool,
    /// How many times as much is done in one go of the subject, at each size.
    scale: [f64; 3],
}

const WORKS: [Work; 5] = [
    Work {
        title: "one poll: 6, 60, 600 steps in the status",
        sizes: [("lro", 50_000), ("lro-60", 5_000), ("lro-600", 500)],
        warm: true,
        over_http: false,
        scale: [1.0, 10.0, 100.0],
    },
    Work {
        title: "polls: 2,000, 20,000, 200,000",
        sizes: [("lro", 2_000), ("lro", 20_000), ("lro", 200_000)],
        warm: true,
        over_http: false,
        scale: [1.0; 3],
    },
    Work {
        title: "polls over HTTP: 1,000, 10,000, 100,000",
        sizes: [
            ("lro-loopback", 1_000),
            ("lro-loopback", 10_000),
            ("lro-loopback", 100_000),
        ],
        warm: true,
        over_http: true,
        scale: [1.0; 3],
    },
    Work {
        title: "operations asleep: 1,000, 10,000, 100,000",
        sizes: [
            ("lro-set-asleep", 1_000),
            ("lro-set-asleep", 10_000),
            ("lro-set-asleep", 100_000),
        ],
        warm: false,
        over_http: false,
        scale: [1.0; 3],
    },
    Work {
        title: "operations in a set over HTTP: 100, 1,000, 10,000",
        sizes: [("set-100", 500), ("set-1000", 5_000), ("set-10000", 50_000)],
        warm: true,
        over_http: true,
        scale: [1.0; 3],
    },
];

fn waited(count: usize) -> Result<f64> {
    least(5, || schedule::each(count))
}

/// The table of growth.
pub fn report(measure: &Measure) -> Result<Report> {
    let mut growth = Growth::new(
        "growth",
        "Ten and a hundred times the polling",
        "Processor time in microseconds, the least of 5 runs and over HTTP their median, and \
         bytes held of the allocator.",
    );
    for work in WORKS {
        let sizes = work.sizes.into_iter().zip(work.scale);
        let each = sizes.map(|((name, count), scale)| {
            let warm = if work.warm { count } else { 0 };
            let run = || Ok(measure.sample(name, count, warm)?.cpu_each() / 1000.0 / scale);
            if work.over_http {
                let runs: Result<Vec<f64>> = (0..5).map(|_| run()).collect();
                return Ok(median(runs?));
            }
            least(5, run)
        });
        growth.measured(
            &format!("{}; µs", work.title),
            &each.collect::<Result<Vec<_>>>()?,
        );
    }
    growth.measured(
        "simulated operations, from start to end: 20, 200, 2,000; µs",
        &[waited(20)?, waited(200)?, waited(2_000)?],
    );
    let held = [1_000, 10_000, 100_000].map(|count| {
        let sample = measure.counted("lro-set-asleep", count, 0)?;
        anyhow::Ok(sample.held as f64 / count as f64)
    });
    growth.measured(
        "operations asleep: 1,000, 10,000, 100,000; bytes",
        &held.into_iter().collect::<Result<Vec<_>>>()?,
    );
    Ok(growth.finish())
}
