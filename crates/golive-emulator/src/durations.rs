//! How long steps take.

use crate::portal::Stage;
use fastrand::Rng;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the steps of an operation take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StepDurations {
    /// A typical time within the service's estimate, always the same: a
    /// publishing takes 60 hours and 50 minutes, a go-live 60 hours.
    #[default]
    Typical,
    /// A time drawn around the typical one and within the estimate. It follows
    /// from the seed and from which operation it is, so that the same seed gives
    /// the same run.
    Drawn,
}

impl StepDurations {
    /// How long a stage takes. `seed` is the operation's own.
    pub(crate) fn of(self, stage: Stage, seed: u64) -> Duration {
        let facts = stage.facts();
        match self {
            Self::Typical => facts.duration,
            Self::Drawn => {
                let place = Stage::ALL.iter().position(|it| *it == stage).unwrap_or(0);
                let drawn = Rng::with_seed(seed.wrapping_add(place as u64)).f64();
                triangular(facts.range, facts.duration, drawn)
            }
        }
    }
}

/// The triangular distribution: what is known are the ends and the peak.
fn triangular((low, high): (Duration, Duration), peak: Duration, drawn: f64) -> Duration {
    let (low, high, peak) = (low.as_secs_f64(), high.as_secs_f64(), peak.as_secs_f64());
    let width = high - low;
    if width <= 0.0 {
        return Duration::from_secs_f64(low);
    }
    let turn = (peak - low) / width;
    let seconds = if drawn < turn {
        low + (drawn * width * (peak - low)).sqrt()
    } else {
        high - ((1.0 - drawn) * width * (high - peak)).sqrt()
    };
    // Whole seconds are easier to read, and as good.
    Duration::from_secs(seconds.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_times_keep_to_the_estimates_and_follow_the_seed() {
        for stage in Stage::ALL {
            let facts = stage.facts();
            let draw = |seed| StepDurations::Drawn.of(stage, seed);
            let drawn: Vec<Duration> = (0..2000).map(draw).collect();
            assert!(
                drawn
                    .iter()
                    .all(|it| facts.range.0 <= *it && *it <= facts.range.1)
            );
            assert_eq!(draw(5), draw(5));
            if stage == Stage::SignOff {
                continue;
            }
            let mean = drawn.iter().sum::<Duration>() / 2000;
            let expected = (facts.range.0 + facts.range.1 + facts.duration) / 3;
            let off = mean.abs_diff(expected).as_secs_f64() / expected.as_secs_f64();
            assert!(off < 0.05, "{}: {mean:?}, not {expected:?}", facts.id);
        }
    }
}
