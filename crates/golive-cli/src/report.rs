//! Messages for people, on standard error.

use crate::exit::Exit;
use golive::{Error, ResumeToken};
use std::io::Write;
use std::path::Path;

/// Prints a line. A reader that has gone away is not an error.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a result on standard output. A reader that has gone away is not an
/// error.
pub fn result(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
}

/// Prints an error of the library with its causes and what to do, and gives its
/// exit code.
pub fn failed(error: &Error) -> Exit {
    causes(error);
    advise(error);
    Exit::of(error)
}

/// Prints an error of the command line or of this machine.
pub fn unusable(error: &anyhow::Error) -> Exit {
    causes(error.as_ref());
    match error.downcast_ref::<Error>() {
        Some(error) => {
            advise(error);
            Exit::of(error)
        }
        None => Exit::Usage,
    }
}

fn advise(error: &Error) {
    if let Some(advice) = error.advice() {
        say(&format!("  what to do: {advice}"));
    }
}

fn causes(error: &dyn std::error::Error) {
    say(&format!("golive: {error}"));
    let mut last = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Some libraries repeat the text of the cause in their own.
        let text = error.to_string();
        if !last.contains(&text) {
            say(&format!("  caused by: {text}"));
        }
        last = text;
        cause = error.source();
    }
}

/// The command that goes on with an operation.
pub struct Resume<'a> {
    /// The endpoint, if it is not the default one.
    pub endpoint: Option<&'a str>,
    /// The file that has the token, if there is one.
    pub token_file: Option<&'a Path>,
    /// Whether the service ends together with this program.
    pub ends_with_us: bool,
}

impl Resume<'_> {
    /// The command, ready to be pasted into a shell.
    pub fn command(&self, token: &ResumeToken) -> String {
        let mut command = "golive wait".to_owned();
        if let Some(endpoint) = self.endpoint {
            command.push_str(" --endpoint ");
            command.push_str(&quoted(endpoint));
        }
        command.push(' ');
        match self.token_file {
            Some(file) => {
                command.push_str("--token-file ");
                command.push_str(&quoted(&file.to_string_lossy()));
            }
            None => command.push_str(&token.to_string()),
        }
        command
    }

    /// Prints the command that follows an operation which may be somebody else's.
    pub fn print_running(&self, token: &ResumeToken) {
        let command = Resume {
            token_file: None,
            ..*self
        }
        .command(token);
        say(&format!(
            "an operation of the offer is running; follow it with: {command}"
        ));
    }

    /// Prints the command.
    pub fn print(&self, token: &ResumeToken) {
        say(&format!("resume with: {}", self.command(token)));
        if self.ends_with_us {
            say("  (this emulator ends with this program; nothing is left to resume)");
        }
    }
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_a_shell() {
        for (text, word) in [
            ("token", "token"),
            ("http://127.0.0.1:1", "http://127.0.0.1:1"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(text), word);
        }
    }
}
