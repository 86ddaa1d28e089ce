//! What ten and a hundred times the work costs.

use anyhow::Result;

use crate::measure::Measure;
use crate::report::{Bound, Report};

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
        sizes: [("lro", 20_000), ("lro-60", 2_000), ("lro-600", 200)],
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
        "Ten and a hundred times the work: polling",
        "Processor time for one unit of the work at each size, in microseconds, the least of \
         5 runs. Linear is when it stays the same; better is when it falls.",
        &[("1×", 3), ("10×", 3), ("100×", 3), ("100× / 1×", 2)],
    );
    for growth in GROWTHS {
        let mut each = Vec::new();
        for ((name, count), scale) in growth.sizes.into_iter().zip(growth.scale) {
            let warm = if growth.warm { count } else { 0 };
            let mut least = f64::INFINITY;
            for _ in 0..5 {
                let sample = measure.sample(name, count, warm)?;
                least = least.min(sample.cpu_each() / 1000.0 / scale);
            }
            each.push(least);
        }
        let (first, last) = (each[0], each[2]);
        let cells = [each[0], each[1], each[2], last / first].map(Some);
        report.row(growth.title, &cells);
        report.budget(growth.title, Bound::Most(1.25), last / first);
    }
    Ok(report)
}
