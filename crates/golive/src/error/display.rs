//! What an error says. It never says a credential.

use super::{Error, Kind, Source};
use std::error::Error as StdError;
use std::fmt;

/// One line; `{:#}` adds the service's code, the correlation id, what to do, and
/// the resume token, each on a line of its own.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(action) = &self.0.action {
            write!(f, "cannot {action}: ")?;
        }
        match &self.0.kind {
            Kind::Invalid(message) => f.write_str(message),
            Kind::Credential => match StdError::source(self) {
                Some(source) => write!(f, "no bearer token to be had: {source}"),
                None => f.write_str("no bearer token to be had"),
            },
            Kind::Refused | Kind::Unreadable => self.fmt_answer(f),
            Kind::NotSent => f.write_str("the service cannot be reached; nothing was sent"),
            Kind::NoAnswer => f.write_str("no usable answer from the service"),
            Kind::SubmissionUnknown => {
                f.write_str("it is unknown whether the service accepted it: ")?;
                match &self.0.reply {
                    Some(_) => self.fmt_answer(f),
                    None => f.write_str("no usable answer came back"),
                }
            }
            Kind::NothingToPoll => f.write_str(
                "the service accepted it, but named no polling URL, and lists no running operation",
            ),
            Kind::Conflict { asked, found } => {
                f.write_str("another operation of the offer is running")?;
                match (asked, found) {
                    (Some(asked), Some(found)) => write!(f, ", and it is {found}, not {asked}"),
                    (Some(asked), None) => {
                        write!(f, ", and the service does not say whether it is {asked}")
                    }
                    (None, Some(found)) => write!(f, ": {found}"),
                    (None, None) => Ok(()),
                }
            }
            Kind::UnexpectedPreview { problem, .. } => f.write_str(problem),
            Kind::NotApproved => f.write_str("the preview was not approved"),
            Kind::NotKept => f.write_str(
                "what is needed to go on could not be kept, so that nothing was submitted",
            ),
            Kind::ForeignPortal { token, endpoint } => write!(
                f,
                "the release token is of the portal at {token}, and the endpoint is {endpoint}; \
                 nothing was sent"
            ),
            Kind::Stopped => f.write_str("stopped before anything was submitted"),
            Kind::Deadline => f.write_str("the deadline has passed"),
            Kind::Poll => self.fmt_poll(f),
        }?;
        if let Some(running) = &self.0.running {
            write!(f, "; the operation {} is running", running.operation_id())?;
        }
        if !f.alternate() {
            return Ok(());
        }
        for (name, value) in [
            ("code", self.code()),
            ("correlation id", self.correlation_id()),
        ] {
            if let Some(value) = value {
                write!(f, "\n  {name}: {value}")?;
            }
        }
        if let Some(advice) = self.advice() {
            write!(f, "\n  what to do: {advice}")?;
        }
        if let Some(running) = self.0.running.as_ref().filter(|_| self.is_conflict()) {
            write!(f, "\n  resume token of the running operation: {running}")?;
        }
        match (&self.0.release, &self.0.token) {
            (Some(release), _) => write!(f, "\n  release token: {release}"),
            (None, Some(token)) => write!(f, "\n  resume token: {token}"),
            (None, None) => Ok(()),
        }
    }
}

impl Error {
    fn fmt_answer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(reply) = &self.0.reply else {
            return Ok(());
        };
        write!(f, "the service answered {}", reply.status())?;
        if let Kind::Unreadable = self.0.kind {
            f.write_str(" with a body that cannot be understood")?;
        }
        if let Some(message) = self.message() {
            write!(f, ": {message}")?;
        }
        let named = [
            ("code", self.code()),
            ("correlation id", self.correlation_id()),
        ];
        let named: Vec<String> = named
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name} {}", value?)))
            .collect();
        if !named.is_empty() && !f.alternate() {
            write!(f, " ({})", named.join(", "))?;
        }
        Ok(())
    }

    fn fmt_poll(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(error) = self.poll() else {
            return Ok(());
        };
        if !error.is_failed() && !error.is_canceled() {
            write!(f, "{error}")?;
            return match self.message() {
                Some(message) if error.message().is_none() => write!(f, ": {message}"),
                _ => Ok(()),
            };
        }
        f.write_str(if error.is_failed() {
            "the operation failed"
        } else {
            "the operation was canceled"
        })?;
        if let Some(step) = self.failing_step() {
            write!(f, " at the step {}", step.name)?;
        }
        let reasons = self.reasons();
        if !reasons.is_empty() {
            write!(f, ": {}", reasons.join("; "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &self.to_string())
            .field("reply", &self.0.reply)
            .field("resume_token", &self.0.token)
            .field("source", &StdError::source(self).map(ToString::to_string))
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.0.source.as_ref()? {
            // Its text is this error's own already; its cause is not.
            Source::Poll(error) => error.source(),
            Source::Other(error) => Some(&**error),
        }
    }
}
