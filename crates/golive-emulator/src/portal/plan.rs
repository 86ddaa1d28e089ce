//! When each stage of an operation begins and ends, if nothing goes wrong.

use super::stage::Stage;
use crate::durations::StepDurations;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// When a stage begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slice {
    pub(crate) stage: Stage,
    pub(crate) begins: SystemTime,
    pub(crate) ends: SystemTime,
}

impl Slice {
    pub(super) fn contains(self, time: SystemTime) -> bool {
        self.begins <= time && time < self.ends
    }

    /// Whole percents; 100 only when the stage is done.
    pub(super) fn progress(self, time: SystemTime) -> u8 {
        if time >= self.ends {
            return 100;
        }
        let whole = between(self.begins, self.ends).as_nanos().max(1);
        let done = between(self.begins, time).as_nanos();
        u8::try_from(done.saturating_mul(100) / whole)
            .unwrap_or(99)
            .min(99)
    }

    /// When the progress rises next, while the stage is under way.
    pub(super) fn progresses_at(self, time: SystemTime) -> SystemTime {
        let next = u128::from(self.progress(time)) + 1;
        if next >= 100 {
            return self.ends;
        }
        let whole = between(self.begins, self.ends).as_nanos().max(1);
        // Rounded up: the moment from which the division gives the next percent.
        let done = next.saturating_mul(whole).div_ceil(100);
        // What is too long for this comes earlier, which is harmless.
        let done = Duration::from_nanos(u64::try_from(done).unwrap_or(u64::MAX));
        self.begins + done
    }

    pub(super) fn middle(self) -> SystemTime {
        self.begins + between(self.begins, self.ends) / 2
    }
}

pub(super) fn between(earlier: SystemTime, later: SystemTime) -> Duration {
    later.duration_since(earlier).unwrap_or_default()
}

/// Stages one after the other.
pub(super) fn in_a_row(
    stages: &[Stage],
    durations: StepDurations,
    operation: Uuid,
    started: SystemTime,
) -> Vec<Slice> {
    let (high, low) = operation.as_u64_pair();
    let mut begins = started;
    let stages = stages.iter();
    stages
        .map(|stage| {
            let ends = begins + durations.of(*stage, high ^ low);
            let slice = Slice {
                stage: *stage,
                begins,
                ends,
            };
            begins = ends;
            slice
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::UNIX_EPOCH;

    proptest! {
        #[test]
        fn progress_rises_when_it_is_said_to(whole in 1u64..1 << 60, done in 0u64..1 << 60) {
            let slice = Slice {
                stage: Stage::Live,
                begins: UNIX_EPOCH,
                ends: UNIX_EPOCH + Duration::from_nanos(whole),
            };
            let time = UNIX_EPOCH + Duration::from_nanos(done % whole);
            let (progress, rises) = (slice.progress(time), slice.progresses_at(time));
            prop_assert!(rises > time);
            prop_assert!(slice.progress(rises) > progress);
            let before = rises - Duration::from_nanos(1);
            prop_assert_eq!(slice.progress(before), progress);
        }
    }
}
