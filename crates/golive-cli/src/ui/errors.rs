//! Errors, for the person who has to mend them.

use super::Ui;
use super::ci::Level;
use crate::exit::Exit;
use golive::Error;

impl Ui {
    /// Prints an error of the library with its causes and what to do, and gives
    /// its exit code.
    pub fn failed(&self, error: &Error) -> Exit {
        // An operation that only outlasts the deadline has not failed.
        let level = match error.is_timeout() {
            true => Level::Warning,
            false => Level::Error,
        };
        self.causes(level, error);
        self.advise(error);
        Exit::of(error)
    }

    /// Prints an error of the command line or of this machine.
    pub fn unusable(&self, error: &anyhow::Error) -> Exit {
        self.causes(Level::Error, error.as_ref());
        match error.downcast_ref::<Error>() {
            Some(error) => {
                self.advise(error);
                Exit::of(error)
            }
            None => Exit::Usage,
        }
    }

    fn advise(&self, error: &Error) {
        if let Some(advice) = error.advice() {
            self.say(&format!("  what to do: {advice}"));
        }
    }

    fn causes(&self, level: Level, error: &dyn std::error::Error) {
        self.say(&format!("golive: {error}"));
        self.annotate(level, &error.to_string());
        let mut last = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            // Some libraries repeat the text of the cause in their own.
            let text = error.to_string();
            if !last.contains(&text) {
                self.say(&format!("  caused by: {text}"));
            }
            last = text;
            cause = error.source();
        }
    }
}
