//! Errors, for the person who has to mend them.

use super::Ui;
use super::ci::Level;
use super::line::Line;
use super::style::{ERROR, PLAIN, STRONG};
use super::text::Text;
use crate::event::Problem;
use crate::exit::Exit;
use clap::error::ErrorKind;
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
        self.tell(level, Problem::of(error))
    }

    /// Prints an error of the command line or of this machine.
    pub fn unusable(&self, error: &anyhow::Error) -> Exit {
        self.tell(Level::Error, Problem::of_machine(error))
    }

    /// Says that the deadline has passed, and gives the exit code.
    pub fn late(&self) -> Exit {
        self.tell(Level::Warning, Problem::of_deadline())
    }

    fn tell(&self, level: Level, problem: Problem) -> Exit {
        let message = &problem.error.message;
        match level {
            Level::Warning => self.warn_people(message),
            Level::Error => self.error(message),
        }
        self.annotate(level, message);
        for cause in &problem.causes {
            self.say(&format!("  caused by: {cause}"));
        }
        let failure = &problem.error;
        // What support asks for, unless it is in the message.
        for (name, value) in [
            ("code", &failure.code),
            ("correlation id", &failure.correlation_id),
        ] {
            if let Some(value) = value
                && !message.contains(value.as_str())
            {
                self.say(&format!("  {name}: {value}"));
            }
        }
        if let Some(advice) = &failure.advice {
            self.advise(advice);
        }
        let exit = problem.exit();
        self.keep(problem);
        exit
    }

    /// Tells machines that the command line was not understood; people were told.
    pub fn misused(&self, error: &clap::Error) -> Exit {
        let text = error.to_string();
        let message = match error.kind() {
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
                "a command is missing".into()
            }
            _ => {
                let lines = text.lines().take_while(|line| !line.is_empty());
                let words = lines
                    .flat_map(str::split_whitespace)
                    .skip_while(|it| *it == "error:");
                words.collect::<Vec<_>>().join(" ")
            }
        };
        self.keep(Problem::of_usage(message));
        self.finish(Exit::Usage)
    }

    /// Says that something went wrong.
    pub fn error(&self, text: &str) {
        self.show(labeled(Line::new(ERROR, "error:"), text));
    }

    /// Says what to do about it.
    pub fn advise(&self, text: &str) {
        let label = Line::new(PLAIN, "  ").with(STRONG, "what to do:");
        self.show(labeled(label, text));
    }

    /// Says what else may help.
    pub fn hint(&self, text: &str) {
        self.say(&format!("  {text}"));
        if let Some(problem) = &mut *self.problem() {
            problem.hint = Some(text.to_owned());
        }
    }
}

/// A word before the first line of a text.
pub fn labeled(label: Line, text: &str) -> Text {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let first = label.with(PLAIN, " ").with(PLAIN, first);
    let rest = lines.map(|line| Line::new(PLAIN, line));
    std::iter::once(first).chain(rest).collect()
}
