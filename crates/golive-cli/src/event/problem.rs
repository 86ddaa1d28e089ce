//! Why there is no result.

use super::{Failure, OperationName};
use crate::exit::Exit;
use crate::moment;
use golive::{Error, ResumeToken};
use schemars::JsonSchema;
use serde::Serialize;

/// Why a command has no result: an error before anything was accepted or read. It
/// takes the place of the document of `--output json`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// When, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub time: String,
    /// The exit code of the program.
    pub exit_code: u8,
    /// What kind of end it is.
    pub kind: Kind,
    /// What happened, and what to do about it.
    pub error: Failure,
    /// What caused it, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// What else may help: what was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The operation that is in the way, or may be the one that was submitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub running: Option<Running>,
    /// For `golive wait`, if there is something to go on with: a submission that was
    /// accepted, or of which that is not known, or that is still to be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_token: Option<String>,
    #[serde(skip)]
    exit: Exit,
}

/// An operation that is running, maybe somebody else's.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Running {
    /// Which one.
    pub operation: OperationName,
    /// For `golive wait`, to follow it.
    pub resume_token: String,
}

/// A kind of end without a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Wrong usage: the command line, the settings, a file.
    Usage,
    /// There is no token, or the service refused it.
    NotSignedIn,
    /// Signed in, and not allowed to.
    NotAllowed,
    /// The publisher, the offer or the operation does not exist.
    NotFound,
    /// Another operation of the offer is running.
    Conflict,
    /// The service refused the request.
    Refused,
    /// The service or the network failed, or the reply cannot be used.
    Unavailable,
    /// It is unknown whether the service accepted the submission.
    Unknown,
    /// An operation failed, or was canceled.
    Failed,
    /// The preview is not as expected; nothing was submitted.
    UnexpectedPreview,
    /// The preview was not approved; nothing was submitted after it.
    NotApproved,
    /// The deadline has passed.
    StillRunning,
    /// A signal ended the program.
    Interrupted,
}

impl Kind {
    fn of(error: &Error) -> Self {
        if error.is_submission_unknown() {
            Self::Unknown
        } else if error.is_unexpected_preview() {
            Self::UnexpectedPreview
        } else if error.is_not_approved() {
            Self::NotApproved
        } else if error.is_failed() || error.is_canceled() {
            Self::Failed
        } else if error.is_timeout() {
            Self::StillRunning
        } else if error.is_unauthorized() {
            Self::NotSignedIn
        } else if error.is_forbidden() {
            Self::NotAllowed
        } else if error.is_invalid_input() {
            Self::Usage
        } else if error.is_conflict() {
            Self::Conflict
        } else if error.is_not_found() {
            Self::NotFound
        } else if matches!(error.status(), Some(400..=499)) {
            Self::Refused
        } else {
            Self::Unavailable
        }
    }

    /// Where only the exit code is known.
    fn of_exit(exit: Exit) -> Self {
        match exit {
            Exit::Succeeded | Exit::Failed => Self::Failed,
            Exit::Usage => Self::Usage,
            Exit::NotAllowed => Self::NotAllowed,
            Exit::Refused => Self::Refused,
            Exit::Unknown => Self::Unknown,
            Exit::StillRunning => Self::StillRunning,
            Exit::Interrupted | Exit::Terminated => Self::Interrupted,
        }
    }
}

impl From<&ResumeToken> for Running {
    fn from(token: &ResumeToken) -> Self {
        Self {
            operation: token.into(),
            resume_token: token.to_string(),
        }
    }
}

impl Problem {
    /// An error of the library.
    pub fn of(error: &Error) -> Self {
        let mut problem = Self::new(Exit::of(error), error);
        problem.kind = Kind::of(error);
        problem.error = Failure::from(error);
        problem.running = error.running_operation().map(Running::from);
        problem.resume_token = error.resume_token().map(ToString::to_string);
        problem
    }

    /// An error of the command line or of this machine, which may come from the
    /// library.
    pub fn of_machine(error: &anyhow::Error) -> Self {
        match error.downcast_ref::<Error>() {
            None => Self::new(Exit::Usage, error.as_ref()),
            Some(inner) => {
                let whole = Self::new(Exit::of(inner), error.as_ref());
                let mut problem = Self::of(inner);
                problem.error.message = whole.error.message;
                problem.causes = whole.causes;
                problem
            }
        }
    }

    /// An end before its time without an error: a signal, or the deadline.
    pub fn of_end(exit: Exit, said: Option<String>) -> Self {
        let message = said.unwrap_or_else(|| {
            match exit {
                Exit::Interrupted => "interrupted",
                Exit::Terminated => "terminated",
                Exit::StillRunning => "the deadline has passed",
                _ => "it did not succeed",
            }
            .to_owned()
        });
        Self::said(exit, message)
    }

    /// The deadline has passed, and a request was still on its way.
    pub fn of_deadline() -> Self {
        Self::said(Exit::StillRunning, Failure::late().message)
    }

    /// Wrong usage, found by whoever reads the command line.
    pub fn of_usage(message: String) -> Self {
        Self::said(Exit::Usage, message)
    }

    fn new(exit: Exit, error: &dyn std::error::Error) -> Self {
        let message = error.to_string();
        let mut causes = Vec::new();
        let mut last = message.clone();
        let mut cause = error.source();
        while let Some(error) = cause {
            // Some libraries repeat the text of the cause in their own.
            let text = error.to_string();
            if !last.contains(&text) {
                causes.push(text.clone());
            }
            last = text;
            cause = error.source();
        }
        let mut problem = Self::said(exit, message);
        problem.causes = causes;
        problem
    }

    fn said(exit: Exit, message: String) -> Self {
        Self {
            time: moment::now(),
            exit_code: exit.code(),
            kind: Kind::of_exit(exit),
            error: Failure::new(message),
            causes: Vec::new(),
            hint: None,
            running: None,
            resume_token: None,
            exit,
        }
    }

    /// Its exit code.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The same of a program that ends with another exit code than the error's own.
    pub fn ended(mut self, exit: Exit) -> Self {
        if exit != self.exit {
            self.exit = exit;
            self.exit_code = exit.code();
            self.kind = Kind::of_exit(exit);
        }
        self
    }
}
