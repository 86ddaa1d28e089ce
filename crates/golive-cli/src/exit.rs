//! Exit codes.

use golive::Error;
use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Succeeded.
    Succeeded,
    /// The operation failed or was canceled, or the preview was not approved or
    /// not as expected.
    Failed,
    /// Wrong usage.
    Usage,
    /// Not signed in, or not allowed.
    NotAllowed,
    /// The request was refused, or the service or the network failed.
    Refused,
    /// It is unknown whether the submission was accepted.
    Unknown,
    /// Still running at the deadline.
    StillRunning,
    /// Interrupted by SIGINT.
    Interrupted,
    /// Ended by SIGTERM.
    Terminated,
}

impl Exit {
    /// The code for an error.
    pub fn of(error: &Error) -> Self {
        if error.is_submission_unknown() {
            Self::Unknown
        } else if error.is_failed()
            || error.is_canceled()
            || error.is_not_approved()
            || error.is_unexpected_preview()
        {
            Self::Failed
        } else if error.is_timeout() {
            Self::StillRunning
        } else if error.is_unauthorized() || error.is_forbidden() {
            Self::NotAllowed
        } else if error.is_invalid_input() {
            Self::Usage
        } else {
            Self::Refused
        }
    }

    /// The code.
    pub fn code(self) -> u8 {
        match self {
            Self::Succeeded => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotAllowed => 3,
            Self::Refused => 4,
            Self::Unknown => 5,
            Self::StillRunning => 75,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
