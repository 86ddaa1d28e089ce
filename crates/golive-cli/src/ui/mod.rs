//! What the program shows, and where: results on standard output, everything for
//! people on standard error, annotations and outputs for a CI system.

mod bars;
pub mod ci;
mod errors;
pub mod foreign;
mod lines;
mod progress;
pub mod summary;
mod table;

pub use table::Table;

use crate::args::Output;
use crate::event::{Event, Outcome};
use crate::record::CancelOutcome;
use bars::Bars;
use ci::{Ci, Level};
use golive::{OperationStatus, ResumeToken};
use lines::Lines;
use progress::Progress;
use serde::Serialize;
use serde_json::Value;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where everything goes that the program shows.
pub struct Ui {
    output: Output,
    quiet: bool,
    ci: Ci,
    /// Whether a live view may be drawn on standard error.
    live: bool,
    progress: Mutex<Option<Progress>>,
}

impl Ui {
    /// What suits the output, the flags and the environment.
    pub fn new(
        output: Output,
        quiet: bool,
        verbose: bool,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let in_ci = environment("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let ci = Ci::detect(&environment);
        let live = std::io::stderr().is_terminal() && !in_ci && ci == Ci::None && !verbose;
        Self {
            output,
            quiet,
            ci,
            live,
            progress: Mutex::new(None),
        }
    }

    /// Whether somebody can be asked and shown things.
    pub fn is_live(&self) -> bool {
        self.live && !self.quiet
    }

    fn progress(&self) -> MutexGuard<'_, Option<Progress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says something to people, unless they asked for quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.write(text);
        }
    }

    /// Says something that people have to know.
    pub fn say(&self, text: &str) {
        self.write(text);
    }

    /// Warns, also in the CI system.
    pub fn warn(&self, text: &str) {
        self.write(&format!("golive: warning: {text}"));
        self.annotate(Level::Warning, text);
    }

    fn annotate(&self, level: Level, text: &str) {
        if let Some(line) = self.ci.annotation(level, &foreign::harmless(text)) {
            write_line(&line);
        }
    }

    /// Above the live view, if there is one.
    fn write(&self, text: &str) {
        let progress = self.progress();
        for line in text.lines() {
            let line = foreign::harmless(line);
            let line = self.ci.harmless(&line);
            match &*progress {
                Some(progress) => progress.line(&line),
                None => write_line(&line),
            }
        }
    }

    /// Writes the result: `text` or `document`, as was asked for.
    pub fn result(&self, text: &str, document: &impl Serialize) {
        match self.output {
            Output::Text => self.text(text),
            Output::Json | Output::Jsonl => self.document(document),
        }
    }

    /// Writes a list: `text`, one document with all, or a document for each.
    pub fn list(&self, text: &str, documents: &[impl Serialize]) {
        match self.output {
            Output::Text if text.is_empty() => {}
            Output::Text => self.text(text),
            Output::Json => self.document(&documents),
            Output::Jsonl => documents.iter().for_each(|it| self.document(it)),
        }
    }

    fn document(&self, document: &impl Serialize) {
        match serde_json::to_string(document) {
            Ok(json) => write_result(&foreign::harmless_json(&json)),
            Err(error) => self.say(&format!("golive: {error}")),
        }
    }

    /// Writes a JSON document: for people on several lines.
    pub fn json(&self, document: &Value) {
        match self.output {
            Output::Text => write_result(&foreign::harmless_json(&format!("{document:#}"))),
            Output::Json | Output::Jsonl => self.document(document),
        }
    }

    /// Writes lines that may have foreign text in them.
    fn text(&self, text: &str) {
        let lines = text.lines().map(|line| {
            let line = foreign::harmless(line);
            self.ci.harmless(&line).into_owned()
        });
        write_result(&lines.collect::<Vec<_>>().join("\n"));
    }

    /// Writes how an operation or a release stands at the end.
    pub fn outcome(&self, outcome: Outcome) {
        match self.output {
            Output::Text => self.text(&outcome.line()),
            Output::Json => self.document(&outcome),
            Output::Jsonl => self.document(&Event::Result(Box::new(outcome))),
        }
    }

    /// Writes how a cancellation ended.
    pub fn cancellation(&self, outcome: CancelOutcome) {
        match self.output {
            Output::Text => self.text(&outcome.line()),
            Output::Json => self.document(&outcome),
            Output::Jsonl => self.document(&Event::Cancellation(Box::new(outcome))),
        }
    }

    /// Writes an event, if events were asked for.
    pub fn event(&self, event: impl FnOnce() -> Event) {
        if self.output == Output::Jsonl {
            self.document(&event());
        }
    }

    /// Begins to show an operation.
    pub fn begin(&self, title: &str) {
        *self.progress() = Some(if self.is_live() {
            Progress::Bars(Box::new(Bars::new(title)))
        } else if self.quiet {
            Progress::Quiet
        } else {
            Progress::Lines(Lines::new(title, self.ci.clone()))
        });
    }

    /// Shows a status.
    pub fn status(&self, status: &OperationStatus, elapsed: Duration, next_poll: Option<Duration>) {
        if let Some(progress) = &mut *self.progress() {
            progress.status(status, elapsed, next_poll);
        }
        let known: Vec<u64> = status.steps.iter().map(percentage).collect();
        if let Some(count) = u64::try_from(known.len()).ok().filter(|count| *count > 0) {
            let percentage = u8::try_from(known.iter().sum::<u64>() / count).unwrap_or(100);
            let text = status.running_step().map_or("", |step| &step.name);
            if let Some(line) = self.ci.progress(percentage, &foreign::harmless(text)) {
                write_line(&line);
            }
        }
    }

    /// Where there is no live view: says that the operation still runs, if
    /// nothing was said for a while.
    pub fn heartbeat(&self, next_poll: Duration) {
        if let Some(progress) = &mut *self.progress() {
            progress.heartbeat(next_poll);
        }
    }

    /// Leaves the last state on the screen.
    pub fn end(&self) {
        if let Some(progress) = self.progress().take() {
            progress.finish();
        }
    }

    /// Tells the CI system of an operation that runs.
    pub fn outputs(&self, token: &ResumeToken) {
        self.set_output("resume-token", &token.to_string());
        self.set_output("operation-id", token.operation_id());
    }

    /// Sets an output of the step in the CI system.
    pub fn set_output(&self, name: &str, value: &str) {
        match self.ci.output(name, &foreign::harmless(value)) {
            Ok(Some(line)) => write_line(&line),
            Ok(None) => {}
            Err(error) => self.say(&format!(
                "golive: warning: the output {name} cannot be set: {error}"
            )),
        }
    }

    /// Adds to the summary of the step in the CI system.
    pub fn add_summary(&self, markdown: &str) {
        match self.ci.summary(markdown) {
            Ok(Some(line)) => write_line(&line),
            Ok(None) => {}
            Err(error) => {
                self.say(&format!(
                    "golive: warning: no summary can be written: {error}"
                ));
            }
        }
    }
}

/// How far a step is; one that does not say counts by its status.
fn percentage(step: &golive::Step) -> u64 {
    match (step.progress, &step.status) {
        (Some(progress), _) => u64::from(progress),
        (None, golive::StepStatus::Complete) => 100,
        (None, _) => 0,
    }
}

/// A line on standard error. A reader that has gone away is not an error.
fn write_line(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// A result on standard output. A reader that has gone away is not an error.
fn write_result(text: &str) {
    let mut stdout = anstream::stdout().lock();
    let _ = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
}
