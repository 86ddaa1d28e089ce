//! What keeps an operation from going on while it is running.

use super::stage::Stage;
use golive_client::StepStateKind;
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

/// Why an operation does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Obstacle {
    /// Nobody says.
    Stall,
    /// The step is blocked, and says why.
    Block,
    /// The step was rejected, and says why.
    Reject,
}

impl Obstacle {
    pub(super) fn state(self) -> StepStateKind {
        match self {
            Self::Stall => StepStateKind::InProgress,
            Self::Block => StepStateKind::Blocked,
            Self::Reject => StepStateKind::Rejected,
        }
    }
}

/// A stage that does not go on from a moment, until somebody lets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hold {
    pub(super) stage: Stage,
    pub(super) at: SystemTime,
    pub(super) obstacle: Obstacle,
    pub(super) message: Option<String>,
}

/// What somebody does to a stage from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Interference {
    /// The operation fails, with a message.
    Fail(String),
    /// The operation goes on running, and no further.
    Hold(Obstacle, Option<String>),
}
