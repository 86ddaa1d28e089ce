//! The estimate-aware schedule against fixed intervals, on simulated operations.

use bench::schedule::operations::MINUTE;
use bench::schedule::polled::{as_many_requests, computed, fixed};
use bench::schedule::{OURS, estimated, operations};

#[test]
fn an_estimate_aware_schedule_beats_any_fixed_interval() {
    for seed in [1, 2] {
        let operations = operations(200, seed);
        let thirty = computed(&operations, |it| fixed(it, 30.0));
        let ours = estimated(&operations, OURS);
        let interval = as_many_requests(&operations, ours.requests);
        let equal = computed(&operations, |it| fixed(it, interval));
        assert!(ours.requests <= 0.08 * thirty.requests, "seed {seed}");
        assert!(ours.relative <= 0.01, "seed {seed}");
        assert!(ours.worst_delay <= 15.0 * MINUTE, "seed {seed}");
        assert!(ours.short_delay <= 15.0, "seed {seed}");
        assert!(ours.relative <= 0.3 * equal.relative, "seed {seed}");
    }
}
