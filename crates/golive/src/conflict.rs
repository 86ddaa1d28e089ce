//! Another operation of the offer is running.

/// What to do when another operation of the offer is running.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnConflict {
    /// Fail with an error that names the running operation
    /// ([`Error::is_conflict`](crate::Error::is_conflict)) and carries its resume
    /// token.
    #[default]
    Fail,
    /// Submit nothing and go on with the running operation, whatever it does.
    Attach,
    /// Wait until the running operation has ended, however it ends, and submit
    /// then.
    Wait,
}
