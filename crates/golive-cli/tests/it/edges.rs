//! Standard streams, arguments and variables as nobody wishes them.

use crate::portal::{client, frozen_emulator};
use crate::program::{Ended, program, run};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

/// Its exit code and what it says to people, with a standard output that takes
/// nothing.
fn with_full_disk(command: &mut Command) -> (i32, String) {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command.stdout(full).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said)
}

fn golive(emulator: &Emulator, words: &[&str]) -> Command {
    let mut command = client(emulator);
    command.args(words);
    command
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_gets_lost_is_an_error() {
    let emulator = frozen_emulator().await;
    let (publisher, offer) = (SEED_PUBLISHER, SEED_OFFER);
    for words in [
        &["offers", "list", publisher][..],
        &["status", publisher, offer, "--output", "json"],
        &["offers", "show", publisher, offer],
        &["config", "show"],
        &["schema"],
        &["--help"],
        &["go-live", "--help"],
        // The token is told on standard error, so that it is not lost.
        &["go-live", publisher, offer, "--no-wait"],
    ] {
        let (code, said) = with_full_disk(&mut golive(&emulator, words));
        assert_eq!(code, 2, "{words:?}: {said}");
        assert!(
            said.contains("error: standard output cannot be written"),
            "{words:?}: {said}"
        );
        assert!(said.contains("No space left"), "{words:?}: {said}");
    }
    // What has failed has its own code.
    let (code, said) = with_full_disk(&mut golive(&emulator, &["go-live", publisher, offer]));
    assert_eq!(code, 4, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_has_seen_enough_is_no_error() {
    let emulator = frozen_emulator().await;
    for words in [
        &["offers", "list", SEED_PUBLISHER][..],
        &["--help"],
        &["schema"],
    ] {
        let mut child = golive(&emulator, words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{words:?}: {said}");
        assert!(!said.contains("error"), "{words:?}: {said}");
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_name() {
    let broken = OsStr::from_bytes(b"con\xfftoso");
    let refused = |command: &mut Command, said: &str| {
        let ended: Ended = run(command, "");
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.stderr.contains(said), "{ended:?}");
        assert_eq!(ended.stdout, "");
    };
    refused(
        program().arg("status").arg(broken).arg("offer"),
        "invalid UTF-8",
    );
    for name in ["GOLIVE_TOKEN", "GOLIVE_DEADLINE", "GOLIVE_ENDPOINT"] {
        refused(
            program().env(name, broken).args(["status", "a", "b"]),
            &format!("the variable {name} is not UTF-8"),
        );
    }
}

/// A path may be anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_file_may_have_any_name() {
    let emulator = frozen_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(OsStr::from_bytes(b"a\xff.token"));
    let words = ["go-live", SEED_PUBLISHER, SEED_OFFER, "--no-wait"];
    let mut command = golive(&emulator, &words);
    let ended = run(command.arg("--token-file").arg(&file), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    let mut wait = golive(&emulator, &["wait", "--deadline", "0s", "--token-file"]);
    assert_eq!(run(wait.arg(&file), "").code, 75);
}

#[test]
fn without_a_home_there_are_no_settings_of_a_user() {
    let mut command = program();
    command.env_remove("HOME").env_remove("XDG_CONFIG_HOME");
    let ended = run(command.args(["config", "show"]), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stdout.contains("default"), "{ended:?}");
}
