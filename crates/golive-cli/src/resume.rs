//! The command that goes on.

use crate::context::Context;
use std::path::{Path, PathBuf};

/// The command that goes on with an operation or a release.
#[derive(Clone, Debug, Default)]
pub struct Resume {
    /// The endpoint, if it is not the default one.
    pub endpoint: Option<String>,
    /// The file that has the token, if there is one.
    pub token_file: Option<PathBuf>,
    /// More flags with their values, without which it would not go on in the same
    /// way.
    pub flags: Vec<(&'static str, String)>,
    /// Whether the service ends together with this program.
    pub ends_with_us: bool,
}

impl Resume {
    /// The command, ready to be pasted into a shell.
    pub fn command(&self, token: &str) -> String {
        match &self.token_file {
            Some(file) => self.with(&[&option("token-file", file)]),
            None => self.with(&[token]),
        }
    }

    fn with(&self, arguments: &[&str]) -> String {
        let mut command = "golive wait".to_owned();
        if let Some(endpoint) = &self.endpoint {
            command.push(' ');
            command.push_str(&option("endpoint", Path::new(endpoint)));
        }
        for (flag, value) in &self.flags {
            command.push(' ');
            command.push_str(&option(flag, Path::new(value)));
        }
        for argument in arguments {
            command.push(' ');
            command.push_str(argument);
        }
        command
    }

    /// Prints the command that follows an operation which may be somebody else's.
    pub fn print_running(&self, context: &Context, token: &str) {
        let command = self.with(&[token]);
        context.ui.say(&format!(
            "an operation of the offer is running; follow it with: {command}"
        ));
    }

    /// Prints the command, unless quiet was asked for: nothing went wrong.
    pub fn note(&self, context: &Context, token: &str) {
        context
            .ui
            .note(&format!("resume with: {}", self.command(token)));
    }

    /// Prints the command.
    pub fn print(&self, context: &Context, token: &str) {
        context
            .ui
            .say(&format!("resume with: {}", self.command(token)));
        if self.ends_with_us {
            context
                .ui
                .say("  (this emulator ends with this program; nothing is left to resume)");
        }
    }
}

/// A flag and its value, for a POSIX shell.
pub fn option(flag: &str, value: &Path) -> String {
    let value = quoted(value);
    // It would be taken for a flag itself.
    let between = match value.trim_start_matches('\'').starts_with('-') {
        true => "=",
        false => " ",
    };
    format!("--{flag}{between}{value}")
}

/// A word for a POSIX shell.
pub fn quoted(word: &Path) -> String {
    let text = word.to_string_lossy();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.into_owned();
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
            assert_eq!(quoted(Path::new(text)), word);
        }
    }

    #[test]
    fn a_value_is_never_taken_for_a_flag() {
        for (value, words) in [
            ("t", "--token-file t"),
            ("-t", "--token-file=-t"),
            ("- t", "--token-file='- t'"),
        ] {
            assert_eq!(option("token-file", Path::new(value)), words);
        }
    }
}
