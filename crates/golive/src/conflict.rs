//! Another operation of the offer is running.

use serde::{Deserialize, Serialize};

/// What to do when another operation of the offer is running.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum OnConflict {
    /// Fail with an error that names the running operation
    /// ([`Error::is_conflict`](crate::Error::is_conflict)) and carries its resume
    /// token.
    #[default]
    Fail,
    /// Submit nothing and go on with the running operation, if it does what was asked
    /// for. A publishing is never taken for a go-live, nor a go-live for a publishing:
    /// if something else runs, or if the service does not say what, fail in the same
    /// way. What is expected of a preview is checked first: it is what goes live.
    Attach,
    /// Wait until the running operation has ended, however it ends, and submit
    /// then. If the service refuses although it lists nothing that is to be waited for,
    /// try again a minute later, ten times at most. A release that has come to its
    /// go-live does not wait for a publishing, which puts another preview in the place
    /// of the one that was approved: it fails.
    Wait,
}
