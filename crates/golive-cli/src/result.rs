//! The result on standard output.

use crate::args::Output;
use crate::report;
use golive::{Error, OperationStatus, ResumeToken};
use serde::Serialize;
use std::time::Duration;

/// How an operation stands when the program ends.
pub struct Outcome<'a> {
    /// Which operation.
    pub token: &'a ResumeToken,
    /// The last status that was seen.
    pub status: Option<&'a OperationStatus>,
    /// Why it did not succeed.
    pub error: Option<&'a Error>,
    /// Polls that were made.
    pub polls: u64,
    /// How long the program has waited.
    pub elapsed: Duration,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    publisher: &'a str,
    offer: &'a str,
    operation: Operation<'a>,
    status: &'a str,
    polls: u64,
    elapsed_seconds: f64,
    steps: Vec<Step<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    preview_links: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    live_links: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resume_token: Option<String>,
}

#[derive(Serialize)]
struct Operation<'a> {
    id: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step<'a> {
    id: &'a str,
    name: &'a str,
    status: &'a str,
    progress_percentage: Option<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a str>,
    reasons: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<&'a str>,
}

impl Outcome<'_> {
    /// `succeeded`, `failed`, `canceled` or `running`.
    fn status(&self) -> &'static str {
        match self.error {
            Some(error) if error.is_failed() => "failed",
            Some(error) if error.is_canceled() => "canceled",
            None if self
                .status
                .is_some_and(|status| status.status.is_terminal()) =>
            {
                "succeeded"
            }
            _ => "running",
        }
    }

    fn document(&self) -> Document<'_> {
        let status = self.status();
        Document {
            publisher: self.token.publisher(),
            offer: self.token.offer(),
            operation: Operation {
                id: self.token.operation_id(),
                url: self.token.url(),
            },
            status,
            polls: self.polls,
            elapsed_seconds: (self.elapsed.as_secs_f64() * 1000.0).round() / 1000.0,
            steps: self.status.map_or_else(Vec::new, steps),
            preview_links: self
                .status
                .map_or_else(Vec::new, |status| texts(&status.preview_links)),
            live_links: self
                .status
                .map_or_else(Vec::new, |status| texts(&status.live_links)),
            error: self.error.map(failure),
            resume_token: (status != "succeeded").then(|| self.token.to_string()),
        }
    }

    /// Writes the result.
    pub fn print(&self, output: Output) {
        report::result(&match output {
            Output::Json => match serde_json::to_string(&self.document()) {
                Ok(json) => json,
                Err(error) => return report::say(&format!("golive: {error}")),
            },
            Output::Text => self.line(),
        });
    }

    fn line(&self) -> String {
        let (publisher, offer) = (self.token.publisher(), self.token.offer());
        let (status, id) = (self.status(), self.token.operation_id());
        let seconds = self.elapsed.as_secs();
        let polls = self.polls;
        let mut line =
            format!("{publisher}/{offer}: {status} (operation {id}, {polls} polls, {seconds} s)");
        for link in self.status.map_or(&[][..], |status| &status.live_links) {
            line.push_str("\nlive at ");
            line.push_str(link);
        }
        line
    }
}

fn steps(status: &OperationStatus) -> Vec<Step<'_>> {
    status
        .steps
        .iter()
        .map(|step| Step {
            id: &step.id,
            name: &step.name,
            status: step.status.as_str(),
            progress_percentage: step.progress,
        })
        .collect()
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn failure(error: &Error) -> Failure<'_> {
    Failure {
        message: error.to_string(),
        step: error.failing_step().map(|step| step.id.as_str()),
        reasons: error.reasons(),
        correlation_id: error.correlation_id(),
    }
}
