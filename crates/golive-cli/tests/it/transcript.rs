//! What a person or a pipeline sees of a run: the command, its exit code, and both
//! outputs, with what differs from run to run made equal.

use crate::program::{Ended, run};
use regex::Regex;
use std::fmt::Write;
use std::process::Command;

/// Several runs, one after the other.
#[derive(Default)]
pub struct Transcript {
    text: String,
    redactions: Vec<(String, String)>,
}

/// What differs from run to run, and what is shown instead.
const REDACTIONS: [(&str, &str); 10] = [
    (r"golive-attempt1\.[\w.-]+", "<attempt token>"),
    (r"golive-release1\.[\w-]+", "<release token>"),
    (r"lro1\.[\w.-]+", "<resume token>"),
    (r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:<port>"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "<id>"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "<time>"),
    (r"\d+ polls?, \d+ s", "<polls>"),
    (r#""polls":\d+"#, r#""polls":<number>"#),
    (r#"Seconds":[0-9.]+"#, r#"Seconds":<number>"#),
    (r"next poll in \d+ s", "next poll in <time>"),
];

impl Transcript {
    /// Shows something else in place of a text, such as the path of a folder.
    pub fn redact(&mut self, text: &str, shown: &str) {
        self.redactions.push((text.to_owned(), shown.to_owned()));
    }

    /// Runs the program and writes down what happens.
    pub fn run(&mut self, command: &mut Command) -> Ended {
        let ended = run(command, "");
        self.add(command, &ended);
        ended
    }

    /// Writes down what has happened.
    pub fn add(&mut self, command: &Command, ended: &Ended) {
        let arguments = command.get_args().map(|it| it.to_string_lossy());
        let arguments: Vec<_> = arguments.collect();
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "$ golive {}", arguments.join(" "));
        for (name, output) in [("stdout", &ended.stdout), ("stderr", &ended.stderr)] {
            if !output.is_empty() {
                let _ = writeln!(self.text, "-- {name}\n{}", output.trim_end());
            }
        }
        let _ = writeln!(self.text, "-- exit code {}\n", ended.code);
        assert!(!self.text.contains("test-secret"), "{}", self.text);
    }

    /// All of it.
    pub fn text(&self) -> String {
        let text = self
            .redactions
            .iter()
            .fold(self.text.clone(), |text, (found, shown)| {
                text.replace(found, shown)
            });
        REDACTIONS.iter().fold(text, |text, (found, shown)| {
            let found = Regex::new(found).unwrap();
            found.replace_all(&text, *shown).into_owned()
        })
    }
}
