//! What `cargo xtask` says to what it is told. Nothing here runs a command.

use std::process::{Command, Output};

fn xtask(arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments.split_whitespace());
    command.output().expect("it runs")
}

#[test]
fn help_is_no_error_wherever_it_is_asked_for() {
    for arguments in [
        "--help",
        "help",
        "help ci",
        "ci --help",
        "semver --help",
        "conformance -h",
        "instructions --help",
    ] {
        let output = xtask(arguments);
        assert!(output.status.success(), "{arguments}");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.starts_with("usage: cargo xtask COMMAND"), "{text}");
    }
    let output = xtask("bench lro --help");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("usage: cargo xtask bench"));
}

#[test]
fn what_is_wrong_is_said() {
    for (arguments, said) in [
        ("frobnicate", "xtask: there is no command frobnicate"),
        // A word of the usage that is no command.
        ("snapshots", "xtask: there is no command snapshots"),
        ("semver", "xtask: semver needs an argument"),
        ("semver --all", "xtask: semver does not take: --all"),
        ("api lro", "xtask: api does not take: lro"),
        (
            "conformance lro page",
            "xtask: conformance does not take: lro page",
        ),
        (
            "conformance paint",
            "conformance: there is no part paint: lro, emulator, page",
        ),
        ("bench paint", "bench: there is no paint to measure"),
        ("bench --paint", "bench: there is no option --paint"),
        ("bench --check lro", "bench: --check measures nothing"),
        ("", "usage: cargo xtask COMMAND"),
    ] {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.starts_with(said), "{arguments}: {text}");
        assert!(output.stdout.is_empty());
    }
}
