//! `golive completions`

use crate::program::{program, run};
use std::process::Command;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

fn script(shell: &str) -> String {
    let ended = run(program().args(["completions", shell]), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stderr.is_empty(), "{ended:?}");
    ended.stdout
}

#[test]
fn every_shell_has_a_script_with_the_commands_and_the_flags_in_it() {
    for shell in SHELLS {
        let script = script(shell);
        for word in ["go-live", "token-file", "polls-per-step"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn a_shell_that_is_installed_takes_its_script() {
    let folder = tempfile::tempdir().unwrap();
    let mut checked = 0;
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let file = folder.path().join(shell);
        std::fs::write(&file, script(shell)).unwrap();
        // Not every machine has all of them.
        let Ok(output) = Command::new(shell).arg(check).arg(&file).output() else {
            continue;
        };
        assert!(output.status.success(), "{shell}: {output:?}");
        checked += 1;
    }
    assert!(checked > 0, "there is no shell");
}

/// The script at work: what bash would offer.
#[test]
fn bash_completes_commands_flags_and_values() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("golive.bash");
    std::fs::write(&file, script("bash")).unwrap();
    let offered = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let last = words.len() - 1;
        let code = format!(
            "source '{}'\nCOMP_WORDS=({})\nCOMP_CWORD={last}\n_golive golive '{}' '{}'\n\
             printf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
            file.display(),
            words
                .iter()
                .map(|word| format!("'{word}' "))
                .collect::<String>(),
            words[last],
            words[last - 1],
        );
        let output = Command::new("bash").args(["-c", &code]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(offered("golive rel"), "release\n");
    assert_eq!(offered("golive go-live --dead"), "--deadline\n");
    assert_eq!(
        offered("golive go-live --on-conflict "),
        "fail\nattach\nwait\n"
    );
    assert_eq!(offered("golive config sh"), "show\n");
}

/// They are asked for when a shell starts, in any folder.
#[test]
fn wrong_settings_do_not_matter() {
    let ended = run(
        program().env("GOLIVE_OUTPUT", "nonsense").args([
            "completions",
            "bash",
            "--config",
            "/nowhere/golive.toml",
        ]),
        "",
    );
    assert_eq!(ended.code, 0, "{ended:?}");
}

#[test]
fn an_unknown_shell_is_wrong_usage() {
    let ended = run(program().args(["completions", "tcsh"]), "");
    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("elvish"), "{ended:?}");
}
