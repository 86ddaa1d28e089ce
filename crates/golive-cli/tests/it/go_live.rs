//! `golive go-live` and `golive wait` against the emulator, as real processes
//! over loopback.

use crate::program::{EmulatorProcess, Ended, program, run};
use golive_emulator::{Emulator, SEED_OFFER, SEED_PUBLISHER};
use std::process::Command;
use std::time::Duration;

/// Fast enough that a go-live of 60 hours takes a second.
const SPEED: u32 = 216_000;

/// The longest go-live of the emulator, and some more.
const LONG: Duration = Duration::from_secs(100 * 3600);

/// An emulator on whose clock nothing happens until the test says so.
async fn still_emulator() -> Emulator {
    Emulator::builder().start().await.unwrap()
}

fn client(emulator: &Emulator) -> Command {
    let mut command = program();
    command
        .env("GOLIVE_ENDPOINT", emulator.url())
        .env("GOLIVE_TOKEN", "test-secret");
    command
}

fn go_live(mut command: Command, arguments: &[&str]) -> Ended {
    run(
        command
            .args(["go-live", SEED_PUBLISHER, SEED_OFFER])
            .args(arguments),
        "",
    )
}

fn submissions(emulator: &Emulator) -> usize {
    let requests = emulator.requests();
    requests
        .iter()
        .filter(|request| request.path.ends_with("/golive"))
        .count()
}

/// The last line of standard error, which is the command that resumes, without
/// `resume with: golive`.
fn resume_arguments(ended: &Ended) -> Vec<String> {
    let line = ended.stderr.lines().last().unwrap_or_default();
    let command = line
        .strip_prefix("resume with: golive ")
        .unwrap_or_else(|| panic!("{ended:?}"));
    command.split(' ').map(str::to_owned).collect()
}

#[test]
fn a_go_live_runs_to_its_end_in_text_and_in_json() {
    let emulator = EmulatorProcess::start(SPEED);
    let ended = go_live(emulator.client(), &[]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(
        ended
            .stdout
            .starts_with("contoso/contoso-virtualmachineoffer: succeeded (operation ")
    );
    assert!(ended.stderr.contains("Live: complete 100%"), "{ended:?}");
    assert!(
        !ended.stderr.contains('\u{1b}'),
        "no terminal, no bars: {ended:?}"
    );

    let emulator = EmulatorProcess::start(SPEED);
    let ended = go_live(emulator.client(), &["--output", "json"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let json = ended.json();
    assert_eq!(json["publisher"], SEED_PUBLISHER);
    assert_eq!(json["offer"], SEED_OFFER);
    assert_eq!(json["status"], "succeeded");
    assert!(json["polls"].as_u64().unwrap() >= 1);
    assert!(json["elapsedSeconds"].as_f64().unwrap() > 0.0);
    let id = json["operation"]["id"].as_str().unwrap();
    assert!(
        json["operation"]["url"]
            .as_str()
            .unwrap()
            .starts_with(&emulator.url)
    );
    assert!(json["operation"]["url"].as_str().unwrap().contains(id));
    let steps: Vec<_> = json["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["id"])
        .collect();
    assert_eq!(
        steps,
        [
            "displaydummycertify",
            "displaycertify",
            "displayprovision",
            "displaypackage",
            "publisher-signoff",
            "live"
        ]
    );
    for step in json["steps"].as_array().unwrap() {
        assert_eq!(step["status"], "complete");
        assert_eq!(step["progressPercentage"], 100);
        assert!(step["name"].is_string());
    }
}

#[test]
fn the_embedded_emulator_needs_nothing() {
    let mut command = program();
    // A flag counts more than the environment.
    command.env("GOLIVE_ENDPOINT", "http://127.0.0.1:1");
    let ended = go_live(command, &["--emulator", "--output", "json"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(ended.json()["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_waiting_the_token_is_printed_and_serves_wait_in_three_ways() {
    let emulator = still_emulator().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("go live.token");
    let ended = go_live(
        client(&emulator),
        &["--no-wait", "--token-file", file.to_str().unwrap()],
    );
    assert_eq!(ended.code, 0, "{ended:?}");
    let token = ended.stdout.trim();
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim(), token);
    assert!(
        ended.stderr.contains("resume with: golive wait "),
        "{ended:?}"
    );

    emulator.advance(LONG);
    let wait = |arguments: &[&str], stdin: &str| {
        let ended = run(client(&emulator).arg("wait").args(arguments), stdin);
        assert_eq!(ended.code, 0, "{ended:?}");
        assert!(
            ended
                .stdout
                .contains("contoso/contoso-virtualmachineoffer: succeeded"),
            "{ended:?}"
        );
    };
    wait(&[token], "");
    wait(&["--token-file", file.to_str().unwrap()], "");
    wait(&[], &format!("{token}\n"));
    wait(&["-"], token);
    assert_eq!(submissions(&emulator), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_waiting_json_has_the_token() {
    let emulator = still_emulator().await;
    let ended = go_live(client(&emulator), &["--no-wait", "--output", "json"]);
    let json = ended.json();
    assert_eq!(json["status"], "running");
    assert_eq!(json["steps"], serde_json::json!([]));
    emulator.advance(LONG);
    let token = json["resumeToken"].as_str().unwrap();
    assert_eq!(run(client(&emulator).args(["wait", token]), "").code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_ends_the_wait_and_not_the_operation() {
    let emulator = still_emulator().await;
    let ended = go_live(client(&emulator), &["--deadline", "1s", "--output", "json"]);
    assert_eq!(ended.code, 75, "{ended:?}");
    assert_eq!(ended.json()["status"], "running");
    emulator.advance(LONG);
    let ended = run(client(&emulator).args(resume_arguments(&ended)), "");
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(submissions(&emulator), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_operation_names_the_step_and_the_reason() {
    let emulator = still_emulator().await;
    emulator
        .fail_step(
            SEED_PUBLISHER,
            SEED_OFFER,
            "live",
            "The image <b>cannot</b> be replicated",
        )
        .unwrap();
    let started = go_live(client(&emulator), &["--no-wait"]);
    emulator.advance(LONG);
    let ended = run(
        client(&emulator).args(["wait", "--output", "json"]),
        &started.stdout,
    );
    assert_eq!(ended.code, 1, "{ended:?}");
    let json = ended.json();
    assert_eq!(json["status"], "failed");
    assert_eq!(json["error"]["step"], "live");
    assert_eq!(
        json["error"]["reasons"][0],
        "The image cannot be replicated"
    );
    assert!(
        ended
            .stderr
            .contains("failed at the step Live: The image cannot be replicated"),
        "{ended:?}"
    );
    assert!(ended.stderr.contains("resume with: "), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_operation_is_a_conflict() {
    let emulator = still_emulator().await;
    assert_eq!(go_live(client(&emulator), &["--no-wait"]).code, 0);
    let ended = go_live(client(&emulator), &[]);
    assert_eq!(ended.code, 4, "{ended:?}");
    let said = "another operation of the offer is running";
    assert!(ended.stderr.contains(said), "{ended:?}");
    assert!(ended.stdout.is_empty(), "{ended:?}");
}

#[cfg(unix)]
mod signals {
    use super::*;
    use crate::program::send;
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    use std::process::Child;

    /// Starts a go-live and returns when the token file has its operation.
    fn start(emulator: &Emulator, file: &Path) -> Child {
        let mut command = client(emulator);
        command.args([
            "go-live",
            SEED_PUBLISHER,
            SEED_OFFER,
            "--output",
            "json",
            "--token-file",
        ]);
        let child = crate::program::start(command.arg(file));
        // The emulator asks for an hour until the first poll, so the file can only
        // come from before it.
        let has_operation =
            || std::fs::read_to_string(file).is_ok_and(|it| it.starts_with("lro1."));
        while !has_operation() {
            std::thread::yield_now();
        }
        child
    }

    fn resume(emulator: &Emulator, file: &Path) {
        emulator.advance(LONG);
        let ended = run(
            client(emulator).arg("wait").arg("--token-file").arg(file),
            "",
        );
        assert_eq!(ended.code, 0, "{ended:?}");
        assert_eq!(submissions(emulator), 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_interruption_leaves_the_operation_running_and_says_how_to_resume() {
        for (signal, code) in [("INT", 130), ("TERM", 143)] {
            let emulator = still_emulator().await;
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("token");
            let child = start(&emulator, &file);
            send(child.id(), signal);
            let output = child.wait_with_output().unwrap();
            let ended = Ended {
                code: output.status.code().unwrap(),
                stdout: String::from_utf8(output.stdout).unwrap(),
                stderr: String::from_utf8(output.stderr).unwrap(),
            };
            assert_eq!(ended.code, code, "{ended:?}");
            assert_eq!(ended.json()["status"], "running");
            let arguments = resume_arguments(&ended);
            assert_eq!(arguments[0], "wait");
            assert!(
                arguments.contains(&file.to_str().unwrap().to_owned()),
                "{ended:?}"
            );
            resume(&emulator, &file);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_kill_after_the_acceptance_loses_nothing() {
        let emulator = still_emulator().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let mut child = start(&emulator, &file);
        send(child.id(), "KILL");
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        // Polls come after the file.
        let requests = emulator.requests();
        let polls = requests
            .iter()
            .filter(|request| request.path.contains("/operations/"))
            .count();
        assert_eq!(polls, 0);
        resume(&emulator, &file);
    }

    #[test]
    fn the_emulator_ends_when_it_is_told_to() {
        for signal in ["INT", "TERM"] {
            let emulator = EmulatorProcess::start(1);
            send(emulator.id(), signal);
            assert_eq!(emulator.wait(), Some(0));
        }
    }
}
