//! Why the portal refuses.

/// Why the portal refuses a request. How each is answered, and with which
/// status code, is the service's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Something does not exist.
    NotFound(String),
    /// An operation of the offer is running.
    Busy,
    /// The preview does not wait for a sign-off.
    NothingToSignOff(String),
    /// The offer has changed since the caller read it.
    Changed,
    /// The request makes no sense.
    Invalid(String),
    /// The offer did not pass validation.
    Unfit(String),
}
