//! What ten and a hundred times the work costs.

use anyhow::Result;

use crate::measure::Measure;
use crate::report::{Bound, Report};
use crate::schedule;

/// A kind of work, at 1, 10 and 100 times.
struct Growth {
    title: &'static str,
    /// The subject and how often its work is done, at each size.
    sizes: [(&'static str, u64); 3],
    warm: bool,
    /// How many times as much is done in one go of the subject, at each size.
    scale: [f64; 3],
}

const GROWTHS: [Growth; 4] = [
    Growth {
        title: "one poll: 6, 60, 600 steps in the status",
        sizes: [("lro", 50_000), ("lro-60", 5_000), ("lro-600", 500)],
        warm: true,
        scale: [1.0, 10.0, 100.0],
    },
    Growth {
        title: "polls: 2,000, 20,000, 200,000",
        sizes: [("lro", 2_000), ("lro", 20_000), ("lro", 200_000)],
        warm: true,
        scale: [1.0; 3],
    },
    Growth {
        title: "operations asleep: 1,000, 10,000, 100,000",
        sizes: [
            ("lro-set-asleep", 1_000),
            ("lro-set-asleep", 10_000),
            ("lro-set-asleep", 100_000),
        ],
        warm: false,
        scale: [1.0; 3],
    },
    Growth {
        title: "operations in a set over HTTP: 100, 1,000, 10,000",
        sizes: [("set-100", 500), ("set-1000", 5_000), ("set-10000", 50_000)],
        warm: true,
        scale: [1.0; 3],
    },
];

/// The table of growth.
pub fn report(measure: &Measure) -> Result<Report> {
    let mut report = Report::new(
        "growth",
        "Ten and a hundred times the work",
        "Processor time for one unit of the work at each size, in microseconds, the least of \
         5 runs. Linear is when it stays the same, better is when it falls. A set of 100,000 \
         operations no longer fits the processor's caches, which is in its figure.",
        &[("1×", 2), ("10×", 2), ("100×", 2), ("100× / 1×", 2)],
    );
    for growth in GROWTHS {
        let [one, ten, hundred] = growth.sizes;
        let [first, second, third] = growth.scale;
        let each = |(name, count): (&str, u64), scale: f64| {
            let warm = if growth.warm { count } else { 0 };
            least(|| Ok(measure.sample(name, count, warm)?.cpu_each() / 1000.0 / scale))
        };
        let each = [each(one, first)?, each(ten, second)?, each(hundred, third)?];
        add(&mut report, growth.title, each);
    }
    let waited = |count| least(|| schedule::each(count));
    add(
        &mut report,
        "simulated operations, from start to end: 20, 200, 2,000",
        [waited(20)?, waited(200)?, waited(2_000)?],
    );
    Ok(report)
}

fn least(mut run: impl FnMut() -> Result<f64>) -> Result<f64> {
    let runs: Result<Vec<f64>> = (0..5).map(|_| run()).collect();
    Ok(runs?.into_iter().fold(f64::INFINITY, f64::min))
}

fn add(report: &mut Report, title: &str, each: [f64; 3]) {
    let ratio = each[2] / each[0];
    report.row(title, &[each[0], each[1], each[2], ratio].map(Some));
    report.budget(title, Bound::Most(1.5), ratio);
}
