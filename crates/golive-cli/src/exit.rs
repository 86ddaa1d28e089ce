//! Exit codes, and what to tell the person who has to mend things.

use golive::Error;
use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Succeeded.
    Succeeded,
    /// The operation failed or was canceled.
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
        } else if error.is_failed() || error.is_canceled() {
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

    fn code(self) -> u8 {
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

/// What to do about an error, if there is something to say.
pub fn advice(error: &Error) -> Option<&'static str> {
    Some(if error.is_submission_unknown() {
        "do not simply repeat it: look at the offer's operations in the portal first, \
         or resume the one that is named here"
    } else if error.is_unauthorized() {
        "sign in and put a token into GOLIVE_TOKEN, for example with \
         `az account get-access-token --resource https://cloudpartner.azure.com \
         --query accessToken --output tsv`"
    } else if error.is_forbidden() {
        "check that the principal is a user of the publisher's account (owner or contributor), \
         and that the publisher is the right one"
    } else if error.is_not_found() {
        "check the ids of the publisher and of the offer; ids are not display names"
    } else if error.is_conflict() {
        "wait until the running operation has ended, or cancel it"
    } else if error.is_failed() {
        "mend what the service names, publish to preview again, and go live again"
    } else if error.is_foreign_origin() {
        "check that --endpoint is the service that accepted the operation"
    } else if error.is_expired() {
        "look at the status of the offer in the portal"
    } else if error.status() == Some(429) {
        "try again later"
    } else {
        return None;
    })
}
