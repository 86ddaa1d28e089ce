//! Standard output: the result, which is text or JSON, and events as they happen.

use super::text::Text;
use super::{Ui, foreign, harmless_in};
use crate::args::Output;
use crate::event::{Event, Outcome, Problem, Summary};
use crate::exit::Exit;
use crate::record::CancelOutcome;
use serde::Serialize;
use serde_json::Value;
use std::io::{ErrorKind, Write};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

impl Ui {
    /// Writes the result: `text` or `document`, as was asked for.
    pub fn result(&self, text: impl Into<Text>, document: &impl Serialize) {
        self.answer();
        match self.output {
            Output::Text => self.text(&text.into()),
            Output::Json | Output::Jsonl => self.document(document),
        }
    }

    /// From now on there is a result: an error later on needs no document.
    fn answer(&self) {
        self.answered.store(true, Ordering::SeqCst);
    }

    /// Writes a list: `text`, one document with all, or a document for each.
    pub fn list(&self, text: &Text, documents: &[impl Serialize]) {
        self.answer();
        match self.output {
            Output::Text if text.is_empty() => {}
            Output::Text => self.text(text),
            Output::Json => self.document(&documents),
            Output::Jsonl => documents.iter().for_each(|it| self.document(it)),
        }
    }

    pub(super) fn document(&self, document: &impl Serialize) {
        match serde_json::to_string(document) {
            Ok(json) => self.write_json(&json),
            Err(error) => self.error(&error.to_string()),
        }
    }

    /// Writes a JSON document: for people on several lines.
    pub fn json(&self, document: &Value) {
        self.answer();
        match self.output {
            Output::Text => self.write_json(&format!("{document:#}")),
            Output::Json | Output::Jsonl => self.document(document),
        }
    }

    /// Foreign text in a JSON document is written out, so that it stays the same
    /// document and does nothing to a screen or to a CI system.
    fn write_json(&self, json: &str) {
        self.write_result(&self.ci.harmless_json(foreign::harmless_json(json)));
    }

    fn text(&self, text: &Text) {
        let lines = text.lines().iter();
        let lines = lines.map(|line| harmless_in(&self.ci, line).render(true));
        self.write_result(&lines.collect::<Vec<_>>().join("\n"));
    }

    /// Beside the live view, if both are on a terminal.
    fn write_result(&self, text: &str) {
        match &*self.progress() {
            Some(progress) if self.on_terminal => progress.aside(|| self.print(text)),
            _ => self.print(text),
        }
    }

    /// On standard output. A reader that has gone away is not an error.
    fn print(&self, text: &str) {
        let mut stdout = anstream::stdout().lock();
        match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
                lost.get_or_insert(error);
            }
            _ => {}
        }
    }

    /// Why standard output has not got everything, if so.
    fn lost(&self) -> Option<std::io::Error> {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        lost.take()
    }

    /// Writes how an operation or a release stands at the end; `text` is the same
    /// for people.
    pub fn outcome(&self, text: impl Into<Text>, outcome: Outcome) {
        self.answer();
        match self.output {
            Output::Text | Output::Json => self.result(text, &outcome),
            Output::Jsonl => self.document(&Event::Result(Box::new(outcome))),
        }
    }

    /// Writes how a cancellation ended.
    pub fn cancellation(&self, outcome: CancelOutcome) {
        self.answer();
        match self.output {
            Output::Text => self.text(&outcome.text()),
            Output::Json => self.document(&outcome),
            Output::Jsonl => self.document(&Event::Cancellation(Box::new(outcome))),
        }
    }

    /// Writes how many offers stand at the end.
    pub fn many_result(&self, text: &Text, summary: Summary) {
        self.answer();
        match self.output {
            Output::Text => self.text(text),
            Output::Json => self.document(&summary),
            Output::Jsonl => self.document(&Event::Summary(Box::new(summary))),
        }
    }

    /// Keeps what went wrong, for those that read the result.
    pub(super) fn keep(&self, problem: Problem) {
        *self.problem() = Some(problem);
    }

    /// Tells machines why there is no result, if there is none. Gives the exit
    /// code: whatever has succeeded, a result that got lost has not.
    pub fn finish(&self, exit: Exit) -> Exit {
        let answered = self.answered.load(Ordering::SeqCst);
        if !answered && exit != Exit::Succeeded && self.output != Output::Text {
            self.no_result(exit);
        }
        let Some(error) = self.lost() else {
            return exit;
        };
        let error = anyhow::Error::new(error).context("standard output cannot be written");
        let usage = self.unusable(&error);
        match exit {
            Exit::Succeeded => usage,
            exit => exit,
        }
    }

    fn no_result(&self, exit: Exit) {
        let problem = self.problem().take();
        let mut problem = match problem {
            Some(problem) => problem.ended(exit),
            None => Problem::of_end(exit, self.said_of_itself().take()),
        };
        let mut resume = self.resume.lock().unwrap_or_else(PoisonError::into_inner);
        problem.resume_token = problem.resume_token.or_else(|| resume.take());
        match self.output {
            Output::Jsonl => self.document(&Event::Error(Box::new(problem))),
            _ => self.document(&problem),
        }
    }

    /// Writes an event, if events were asked for.
    pub fn event(&self, event: impl FnOnce() -> Event) {
        if self.output == Output::Jsonl {
            self.document(&event());
        }
    }

    /// Writes an event, if there is one and events were asked for.
    pub fn event_if(&self, event: impl FnOnce() -> Option<Event>) {
        if self.output == Output::Jsonl
            && let Some(event) = event()
        {
            self.document(&event);
        }
    }
}
