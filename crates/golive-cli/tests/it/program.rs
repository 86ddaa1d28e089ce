//! The program `golive` as a real process.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};

/// What the program reads of its environment, and what CI systems set.
const VARIABLES: [&str; 4] = ["GOLIVE_", "GITHUB_", "AZURE", "AGENT_"];

/// The program, with nothing of this process's environment that it reads.
pub fn program() -> Command {
    undisturbed(Command::new(env!("CARGO_BIN_EXE_golive")))
}

/// A command with nothing of this process's environment that the program reads.
pub fn undisturbed(mut command: Command) -> Command {
    for (name, _) in std::env::vars() {
        if VARIABLES.iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    for name in [
        "CI",
        "TF_BUILD",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
    // No settings of whoever runs the tests.
    command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

/// The client's side of a run at an endpoint, with polls as often as the service
/// lets it.
pub fn quick(endpoint: &str) -> Command {
    let mut command = program();
    command
        .env("GOLIVE_ENDPOINT", endpoint)
        .env("GOLIVE_TOKEN", "test-secret")
        .env("GOLIVE_INTERVAL", "5ms")
        .env("GOLIVE_MAX_INTERVAL", "5ms");
    command
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code.
    pub code: i32,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Self {
            code: output.status.code().expect("no signal ended it"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Standard output as one JSON value.
    ///
    /// # Panics
    ///
    /// It is something else.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Runs the program to its end, with `stdin` as its standard input.
///
/// # Panics
///
/// The program cannot be run, or a signal ended it.
pub fn run(command: &mut Command, stdin: &str) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    if let Some(mut input) = child.stdin.take() {
        // The program may not read it.
        let _ = input.write_all(stdin.as_bytes());
    }
    Ended::of(child.wait_with_output().expect("the program ends"))
}

/// Starts the program without an input, with both outputs in pipes.
///
/// # Panics
///
/// The program cannot be run.
pub fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Sends a signal: `INT`, `TERM` or `KILL`.
///
/// # Panics
///
/// The system does not let this process send it.
#[cfg(unix)]
pub fn send(id: u32, signal: &str) {
    let mut kill = Command::new("kill");
    let status = kill.args(["-s", signal, &id.to_string()]).status();
    assert!(
        status
            .expect("there is a program to send signals")
            .success()
    );
}

/// Waits for the end of a process, and gives what is left of its outputs.
///
/// # Panics
///
/// A signal ended it.
pub async fn ended(child: Child) -> Ended {
    let output = tokio::task::spawn_blocking(|| child.wait_with_output());
    let output = output.await.expect("it does not panic");
    Ended::of(output.expect("the program ends"))
}

/// `golive emulator` as a real process, killed when dropped.
pub struct EmulatorProcess {
    child: Child,
    /// Where it listens.
    pub url: String,
}

impl EmulatorProcess {
    /// Starts it on a port that the system chooses.
    ///
    /// # Panics
    ///
    /// It does not start, or its first line is not as documented.
    pub fn start(speed: u32) -> Self {
        let mut child = program()
            .args([
                "emulator",
                "--listen",
                "127.0.0.1:0",
                "--speed",
                &speed.to_string(),
            ])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts");
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the emulator writes a line");
        let url = line
            .trim_end()
            .strip_prefix("listening on ")
            .expect("the line is as documented");
        Self {
            url: url.to_owned(),
            child,
        }
    }

    /// The program, told to talk to this emulator.
    pub fn client(&self) -> Command {
        let mut command = program();
        command
            .env("GOLIVE_ENDPOINT", &self.url)
            .env("GOLIVE_TOKEN", "test-secret");
        command
    }

    /// Waits for its end and gives its exit code; none if a signal ended it.
    ///
    /// # Panics
    ///
    /// The system does not let this process wait.
    pub fn wait(mut self) -> Option<i32> {
        self.child.wait().expect("the emulator ends").code()
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for EmulatorProcess {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
