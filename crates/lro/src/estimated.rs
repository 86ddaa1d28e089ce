//! The delay that an estimate-aware schedule takes.

use std::time::Duration;

use crate::schedule::Pace;

/// A step that is estimated at so long is polled this many times in it.
const POLLS_IN_A_STEP: f64 = 150.0;
/// The delay grows to this part of the operation's age: on average the end is
/// noticed after half of it.
const PART_OF_AGE: f64 = 1.0 / 60.0;
/// What is left of a step by its own progress is polled this many times.
const POLLS_IN_THE_REST: f64 = 20.0;
/// Inside one step the delay may always grow to this part of the time that the
/// step has been running. Without it a step that is stuck would be polled at
/// the pace of its estimate for ever.
const PART_OF_STEP: f64 = 1.0 / 250.0;

/// While an operation is young, `closest` is down to this part of its age.
const PART_OF_YOUTH: f64 = 1.0 / 20.0;

/// The delay before jitter and clamping to the schedule's own bounds.
///
/// An end may come at any time, since a step may fail early. When the chance
/// of an end falls with the age, as it does with heavy-tailed durations, a
/// delay in proportion to the age costs the fewest polls for a given relative
/// delay. An estimate makes it smaller where an end is to be expected soon.
pub(crate) fn delay(pace: &Pace<'_>, closest: Duration, rarest: Duration) -> Duration {
    let mut delay = pace.elapsed.as_secs_f64() * PART_OF_AGE;
    if let Some((estimate, running)) = pace.step {
        let running = running.as_secs_f64();
        delay = delay.min(estimate.longest.as_secs_f64() / POLLS_IN_A_STEP);
        if let Some(progress) = estimate.progress.filter(|it| *it > 0.0) {
            let rest = running * (1.0 - progress) / progress;
            delay = delay.min(rest / POLLS_IN_THE_REST);
        }
        delay = delay.max(running * PART_OF_STEP);
        // Before the shortest that the step takes, only a failure ends it.
        if let Some(shortest) = estimate.shortest {
            let left = shortest.as_secs_f64() - running;
            delay =
                delay.max((left / POLLS_IN_THE_REST).min(pace.elapsed.as_secs_f64() * PART_OF_AGE));
        }
    }
    // A young operation may well end in seconds: it is begun more closely.
    let young = Duration::try_from_secs_f64(pace.elapsed.as_secs_f64() * PART_OF_YOUTH)
        .unwrap_or(closest)
        .max(closest / 3);
    Duration::try_from_secs_f64(delay)
        .unwrap_or(rarest)
        .clamp(closest.min(young), rarest)
}
