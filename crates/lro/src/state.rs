//! The state of an operation, as far as a poller cares.

use std::borrow::Cow;
use std::fmt;

/// The state of a long-running operation.
///
/// Services spell states in many ways; [`State::from_wire`] knows the common
/// ones, and a [`StatusMonitor`](crate::StatusMonitor) of your own may map
/// others.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Accepted, not yet begun.
    NotStarted,
    /// Under way. Keeps the server's word when it is not one of the usual.
    InProgress(Cow<'static, str>),
    /// Ended well.
    Succeeded,
    /// Ended badly.
    Failed,
    /// Ended because somebody canceled it.
    Canceled,
}

impl State {
    /// Reads the server's word for a state, in any case.
    ///
    /// `Succeeded` and `Completed` are success, `Failed` is failure,
    /// `Canceled` and `Cancelled` are cancelation, `NotStarted` is not
    /// started. Everything else is in progress and keeps its text: a state
    /// nobody has heard of must not end the wait, and the deadline bounds it.
    /// The whole word is compared, never a part of it.
    pub fn from_wire(word: &str) -> Self {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        if is("succeeded") || is("completed") {
            Self::Succeeded
        } else if is("failed") {
            Self::Failed
        } else if is("canceled") || is("cancelled") {
            Self::Canceled
        } else if is("notstarted") {
            Self::NotStarted
        } else if is("inprogress") {
            Self::InProgress(Cow::Borrowed("InProgress"))
        } else if is("running") {
            Self::InProgress(Cow::Borrowed("Running"))
        } else {
            Self::InProgress(Cow::Owned(word.to_owned()))
        }
    }

    /// Under way, with no word of its own.
    pub fn in_progress() -> Self {
        Self::InProgress(Cow::Borrowed("InProgress"))
    }

    /// Whether the operation has ended.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled)
    }

    /// The state as a word: the server's own for an operation under way.
    pub fn as_str(&self) -> &str {
        match self {
            Self::NotStarted => "NotStarted",
            Self::InProgress(word) => word,
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Canceled => "Canceled",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn known_words_in_any_case() {
        for (word, state) in [
            ("Succeeded", State::Succeeded),
            ("COMPLETED", State::Succeeded),
            ("failed", State::Failed),
            ("Canceled", State::Canceled),
            ("cancelled", State::Canceled),
            ("notStarted", State::NotStarted),
        ] {
            assert_eq!(State::from_wire(word), state, "{word}");
        }
        assert_eq!(State::from_wire("running").as_str(), "Running");
        assert_eq!(State::from_wire("INPROGRESS").as_str(), "InProgress");
    }

    #[test]
    fn unknown_words_are_in_progress_and_kept() {
        for word in [
            "Provisioning",
            "PartiallySucceeded",
            "not succeeded",
            "",
            "Succeeded ",
        ] {
            let state = State::from_wire(word);
            assert!(!state.is_terminal(), "{word}");
            assert_eq!(state.as_str(), word);
        }
    }
}
