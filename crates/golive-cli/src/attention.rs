//! What somebody should look at although the operation goes on.

use crate::event::Reason;
use crate::moment::spoken;
use golive::{OperationStatus, Stall};

/// Something that somebody should look at.
pub struct Attention {
    /// Why.
    pub reason: Reason,
    /// The id of the step.
    pub step: String,
    /// The same for people, with the service's words.
    pub message: String,
    /// By which it is told once, and again when it is something else.
    pub key: String,
}

/// What there is to look at.
pub fn found(status: &OperationStatus, stall: Option<&Stall>) -> Vec<Attention> {
    let blocked = status.blocked_step().map(|step| {
        let reasons = status.reasons().join("; ");
        let message = format!("{} is {}: {reasons}", step.name, step.status);
        Attention {
            reason: Reason::Blocked,
            step: step.id.clone(),
            key: message.clone(),
            message,
        }
    });
    let stalled = stall.map(|stall| Attention {
        reason: Reason::Stalled,
        step: stall.step.clone(),
        // Its times change at every poll: the step alone decides.
        key: format!("stalled {}", stall.step),
        message: stalled(stall),
    });
    blocked.into_iter().chain(stalled).collect()
}

/// How long a step has been running, and how long it usually does.
fn stalled(stall: &Stall) -> String {
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
