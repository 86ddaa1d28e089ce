//! The scripts of action.yml and of the template for Azure Pipelines, run as their
//! systems would.

use crate::program::{Ended, run, undisturbed};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A YAML file of the repository.
pub fn yaml(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The elements of a list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value}"))
}

/// The names in an object.
pub fn names(value: &Value) -> Vec<&str> {
    let object = value.as_object().unwrap_or_else(|| panic!("{value}"));
    object.keys().map(String::as_str).collect()
}

/// A text with its expressions replaced. An expression that the test does not know
/// is an error, so that none is added unseen.
pub fn resolved(text: &str, known: &BTreeMap<String, String>) -> String {
    let mut rest = text;
    let mut result = String::new();
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").unwrap();
        result.push_str(before);
        let value = known.get(expression.trim());
        result.push_str(value.unwrap_or_else(|| panic!("{expression} in {text}")));
        rest = after;
    }
    result.push_str(rest);
    result
}

/// A script, to be run by bash with some options, as its system does.
pub fn bash(
    options: &[&str],
    script: &str,
    environment: &Value,
    known: &BTreeMap<String, String>,
) -> Command {
    assert!(
        !script.contains("${{") && !script.contains("$(System"),
        "values come through the environment: {script}"
    );
    let mut command = Command::new("bash");
    command
        .args(["--noprofile", "--norc"])
        .args(options)
        .arg("-c")
        .arg(script);
    let mut command = undisturbed(command);
    for (name, value) in environment.as_object().unwrap() {
        command.env(name, resolved(value.as_str().unwrap(), known));
    }
    command
}

/// Every long flag in a script is one of every command that the script may run.
pub fn flags_exist(script: &str, commands: &[&str]) {
    let flag = regex::Regex::new(r"[( ]--[a-z][a-z-]+").unwrap();
    let mut found = 0;
    for flag in flag.find_iter(script) {
        let flag = &flag.as_str()[1..];
        for command in commands {
            let help = help(command);
            assert!(help.contains(&format!("{flag} <")), "{command} {flag}");
        }
        found += 1;
    }
    assert!(found > 0, "{script}");
}

/// Every argument of a list with one on each line is a flag of a command.
pub fn arguments_exist(arguments: &str, command: &str) {
    let flag = regex::Regex::new(r"--[a-z-]+=").unwrap();
    let help = help(command);
    for line in arguments.lines() {
        let flag = flag.find(line).unwrap_or_else(|| panic!("{line}"));
        let name = flag.as_str().trim_end_matches('=');
        assert!(help.contains(&format!("{name} <")), "{command} {name}");
    }
}

/// The help of a command.
fn help(command: &str) -> String {
    let ended = run(crate::program::program().args([command, "--help"]), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.stdout
}

/// Inputs that would do something if anybody took them for code or for a flag. The
/// file that they would make is `made`.
pub fn hostile(made: &Path) -> Vec<String> {
    let made = made.display();
    vec![
        format!("$(touch {made})"),
        format!("`touch {made}`"),
        format!("x\"; touch {made}; \""),
        format!("x'; touch {made}; '"),
        format!("x\ntouch {made}"),
        "--help".to_owned(),
        "--emulator".to_owned(),
        "*".to_owned(),
        "${PATH}".to_owned(),
    ]
}

/// What hostile inputs must have come to: the ids of something that is not there.
pub fn refused(ended: &Ended, made: &Path) {
    let is_no_id = ended.code == 2 && ended.stderr.contains("is not the id of");
    let is_unknown = ended.code == 4 && ended.stderr.contains("cannot be reached");
    assert!(is_no_id || is_unknown, "{ended:?}");
    assert!(!made.exists(), "{ended:?}");
}
