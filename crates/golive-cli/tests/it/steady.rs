//! What people read, with what differs from run to run made the same.

use crate::program::{Ended, program, run};
use golive_emulator::Emulator;
use std::process::Command;

/// An emulator whose ids are always the same, on whose clock nothing happens until
/// the test says so.
pub async fn seeded_emulator() -> Emulator {
    Emulator::builder().seed(7).start().await.unwrap()
}

/// The program, told to talk to an emulator or to a mock.
pub fn client(url: &str) -> Command {
    let mut command = program();
    command
        .env("GOLIVE_ENDPOINT", url)
        .env("GOLIVE_TOKEN", "test-secret");
    command
}

/// Runs a command line, whose words are separated by spaces.
pub fn golive(url: &str, line: &str) -> Ended {
    golive_with(url, line, "")
}

/// The same with something on standard input.
pub fn golive_with(url: &str, line: &str, stdin: &str) -> Ended {
    run(client(url).args(line.split(' ')), stdin)
}

/// Everything that a run has shown, for a snapshot.
pub fn shown(ended: &Ended) -> String {
    let Ended {
        code,
        stdout,
        stderr,
    } = ended;
    format!("{stdout}--- standard error ---\n{stderr}--- exit code {code}")
}

/// Compares with a snapshot.
macro_rules! assert_shown {
    ($ended:expr, @$snapshot:literal) => {
        insta::with_settings!({filters => vec![
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[time]"),
            (r"http://127\.0\.0\.1:\d+", "[endpoint]"),
            (r"correlation id [0-9a-f-]{36}", "correlation id [id]"),
            (r"lro1\.[\w-]+", "[resume token]"),
        ]}, {
            insta::assert_snapshot!(crate::steady::shown(&$ended), @$snapshot);
        });
    };
}

pub(crate) use assert_shown;
