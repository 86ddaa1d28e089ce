//! A step that has far outlived its estimate, for people.

use crate::moment::spoken;
use golive::Stall;

/// How long it has been running, and how long it usually does.
pub fn text(stall: &Stall) -> String {
    let (step, running) = (&stall.step, spoken(stall.running));
    let text = format!("the step {step} has been running for {running}");
    match stall.estimate.is_zero() {
        true => text,
        false => format!(
            "{text} and usually takes at most {}",
            spoken(stall.estimate)
        ),
    }
}
