//! `docs/cli.md` says what `--help` says. To write it anew:
//!
//! ```sh
//! UPDATE_DOCS=1 cargo test -p golive-cli --test it docs
//! ```

use crate::program::{program, run};
use std::fmt::Write;
use std::path::Path;

const FILE: &str = "../../docs/cli.md";
/// What stands above it is written by hand.
const MARKER: &str = "<!-- From here on it is what --help prints: \
    UPDATE_DOCS=1 cargo test -p golive-cli --test it docs -->\n";

/// The program and all its commands, each as the words after `golive`, in the
/// order of the help.
pub fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut next = 0;
    while next < found.len() {
        let command = found[next].clone();
        let below: Vec<_> = names(&help(&command))
            .into_iter()
            .map(|name| [command.clone(), vec![name]].concat())
            .collect();
        // Those of a command come right after it.
        next += 1;
        found.splice(next..next, below);
    }
    found
}

fn help(command: &[String]) -> String {
    let ended = run(
        program().env("COLUMNS", "80").args(command).arg("--help"),
        "",
    );
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.stdout
}

/// The commands that a help lists.
fn names(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        // Longer descriptions go on, further in.
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

fn reference() -> String {
    let mut text = String::new();
    for command in commands() {
        let title = [vec!["golive".to_owned()], command.clone()].concat();
        let _ = write!(text, "\n## `{}`\n\n```text\n", title.join(" "));
        for line in help(&command).trim_end().lines() {
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text.push_str("```\n");
    }
    text
}

#[test]
fn the_reference_is_what_help_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let old = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let (above, _) = old.split_once(MARKER).expect("docs/cli.md has the marker");
    let new = format!("{above}{MARKER}{}", reference());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, new).unwrap();
        return;
    }
    assert!(
        old == new,
        "docs/cli.md is not what --help prints; write it anew with \
         UPDATE_DOCS=1 cargo test -p golive-cli --test it docs"
    );
}

#[test]
fn every_command_is_there() {
    let commands = commands();
    for command in ["go-live", "config show", "man"] {
        let words: Vec<_> = command.split(' ').map(str::to_owned).collect();
        assert!(commands.contains(&words), "{commands:?}");
    }
}
