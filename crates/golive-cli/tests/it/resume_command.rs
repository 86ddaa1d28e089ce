//! The command that goes on, as it is printed: run by a shell, it does just that.

use crate::portal::{client, frozen_emulator};
use crate::program::{Ended, run, undisturbed};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::path::Path;
use std::process::Command;

/// The command that a run has printed.
fn printed(ended: &Ended) -> &str {
    let lines = ended.stderr.lines();
    let mut commands = lines.filter_map(|line| line.strip_prefix("resume with: golive "));
    commands.next().unwrap_or_else(|| panic!("{ended:?}"))
}

/// Runs the words by a shell, in a folder.
fn pasted(words: &str, folder: &Path, variables: &[(&str, &str)]) -> Ended {
    let script = format!("\"$GOLIVE_PROGRAM\" {words}");
    let mut command = undisturbed(Command::new("sh"));
    command
        .args(["-c", &script])
        .current_dir(folder)
        .env("GOLIVE_DEADLINE", "0s")
        .env("GOLIVE_OUTPUT", "json")
        .env("GOLIVE_PROGRAM", env!("CARGO_BIN_EXE_golive"))
        .envs(variables.iter().copied());
    run(&mut command, "")
}

/// A go-live that goes on when the program ends.
fn go_live(
    emulator: &Emulator,
    folder: &Path,
    flags: &[&str],
    variables: &[(&str, &str)],
) -> Ended {
    let mut command = client(emulator);
    command
        .args(["go-live", SEED_PUBLISHER, SEED_OFFER, "--deadline", "0s"])
        .args(["--on-conflict", "attach"])
        .args(flags)
        .current_dir(folder)
        .envs(variables.iter().copied());
    let ended = run(&mut command, "");
    assert_eq!(ended.code, 75, "{ended:?}");
    ended
}

/// Which token the last request had: two can be told apart by it.
fn fingerprint(emulator: &Emulator) -> String {
    let requests = emulator.requests();
    let last = requests.last().and_then(|it| it.token.clone());
    last.expect("there is a token")
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_any_name_is_found_again() {
    for name in ["t", "-t", "it's a token", "東京"] {
        let emulator = frozen_emulator().await;
        let folder = tempfile::tempdir().unwrap();
        let flag = format!("--token-file={name}");
        let ended = go_live(&emulator, folder.path(), &[&flag], &[]);
        let variables = [("GOLIVE_TOKEN", "test-secret")];
        let again = pasted(printed(&ended), folder.path(), &variables);
        assert_eq!(again.code, 75, "{name}: {again:?}");
        assert_eq!(again.json()["status"], "running");
    }
}

/// Whatever else the environment offers, the same credential serves.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn it_signs_in_in_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let file = write("access-token", "of-the-file");
    let settings = write("file.toml", "access-token-file = 'access-token'");
    let selected = "access-token-file = 'access-token'\ncredential = 'token-file'";
    let selected = write("selected.toml", selected);
    let variable = ("GOLIVE_TOKEN", "of-the-variable");
    for (flags, variables, expected) in [
        (&[][..], &[variable][..], ""),
        (
            &["--access-token-file", &file],
            &[variable],
            "--access-token-file",
        ),
        (
            &["--credential", "token-file"],
            &[variable, ("GOLIVE_ACCESS_TOKEN_FILE", &file)],
            "--credential token-file",
        ),
        (
            &["--credential", "token"],
            &[variable, ("GOLIVE_CREDENTIAL", "azure-cli")],
            "--credential token",
        ),
        (&["--config", &settings], &[variable], ""),
        (
            &["--config", &settings],
            &[("GOLIVE_TOKEN", "")],
            "--access-token-file access-token",
        ),
        (
            &["--config", &selected],
            &[variable],
            "--access-token-file access-token",
        ),
        (
            &["--config", &settings, "--credential", "token"],
            &[variable],
            "--credential token",
        ),
    ] {
        let emulator = frozen_emulator().await;
        let ended = go_live(&emulator, folder.path(), flags, variables);
        let first = fingerprint(&emulator);
        let command = printed(&ended);
        assert!(command.contains(expected), "{command}");
        let signs_in = ["--access-token-file", "--credential"];
        let signs_in = signs_in.iter().filter(|it| command.contains(*it)).count();
        assert_eq!(signs_in, usize::from(!expected.is_empty()), "{command}");
        let again = pasted(command, folder.path(), variables);
        assert_eq!(again.code, 75, "{command}: {again:?}");
        assert_eq!(fingerprint(&emulator), first, "{command}");
    }
}
